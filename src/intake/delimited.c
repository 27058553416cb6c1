/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/delimited.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/alloc.h"
#include "base/buf.h"

#define SAMPLE_LINES 50 /* that vote for what stands between cells */
#define PIECE_BYTES 65536 /* and by as much libcsv's memory grows: its own 128 bytes are slow */
#define FIELD_BYTES_MAX (SHEET_CELL_CHARS_MAX * 4)

struct line_reader {
	struct sheet_book *book;
	struct sheet *sheet;
	struct err *e;
	struct buf text;
	int row, column;
	int line, first_line; /* in the file; where the row began */
	bool is_between_rows, is_refused;
};

static int line_of(const char *bytes, size_t len)
{
	int line = 1;
	for (const char *at = bytes; (at = memchr(at, '\n', len - (size_t)(at - bytes))) != NULL; at++)
		line++;
	return line;
}

/* GB 18030 holds GBK and GB 2312, which offices' older programs write. */
static bool convert(const char *bytes, size_t len, struct buf *out, struct err *e)
{
	char piece[4096];
	char *from = (char *)(uintptr_t)bytes;
	size_t left = len;
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	if (converter == (iconv_t)-1)
		return err_set(e, ERR_IO, "GB18030: %s", strerror(errno));
	bool ok = true;
	while (ok && left) {
		char *to = piece;
		size_t room = sizeof piece;
		size_t result = iconv(converter, &from, &left, &to, &room);
		buf_add(out, piece, sizeof piece - room);
		ok = result != (size_t)-1 || errno == E2BIG;
	}
	(void)iconv_close(converter);
	return ok || err_set(e, ERR_FORMAT, "第 %d 行的文字既不是 UTF-8 也不是 GB 18030 编码",
			     line_of(bytes, len - left));
}

static bool decode(const char *bytes, size_t len, struct buf *out, struct err *e)
{
	bool is_utf16 = len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
	const char *nul = memchr(bytes, '\0', len);
	if (is_utf16)
		return err_set(e, ERR_FORMAT, "文件是 UTF-16 编码，请另存为“CSV UTF-8”");
	if (nul)
		return err_set(e, ERR_FORMAT, "第 %d 行含有空字符，不是文本文件",
			line_of(bytes, (size_t)(nul - bytes)));
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
		const uint8_t *bad = u8_check((const uint8_t *)bytes, len);
		if (bad)
			return err_set(e, ERR_FORMAT, "第 %d 行的文字不是 UTF-8 编码",
				line_of(bytes, (size_t)((const char *)bad - bytes)));
	} else if (u8_check((const uint8_t *)bytes, len)) {
		return convert(bytes, len, out, e);
	}
	buf_add(out, bytes, len);
	return true;
}

/* How many of a delimiter stand in a line outside quotes. */
static int count_in(const char *line, size_t len, char delimiter)
{
	int count = 0;
	bool is_quoted = false;
	for (size_t i = 0; i < len; i++) {
		is_quoted ^= line[i] == '"';
		count += line[i] == delimiter && !is_quoted;
	}
	return count;
}

/* Lines that have as many of it as the line with most others alike. */
static int agreement(const char *text, char delimiter)
{
	int counts[SAMPLE_LINES], lines = 0, best = 0;
	for (const char *at = text; *at && lines < SAMPLE_LINES; at += *at == '\n') {
		size_t len = strcspn(at, "\n");
		if (len > 1)
			counts[lines++] = count_in(at, len, delimiter);
		at += len;
	}
	for (int i = 0; i < lines; i++) {
		int same = 0;
		for (int k = 0; k < lines; k++)
			same += counts[k] == counts[i];
		int score = counts[i] ? same * 1000 + (counts[i] < 999 ? counts[i] : 999) : 0;
		if (score > best)
			best = score;
	}
	return best;
}

/* Excel's own way to say it is a first line "sep=;". */
static char guess_delimiter(const char **text)
{
	static const char delimiters[] = {',', ';', '\t'};
	char best = ',';
	int most = 0;
	if (strncmp(*text, "sep=", 4) == 0 && (*text)[4] && strchr(",;\t", (*text)[4])) {
		best = (*text)[4];
		*text += strcspn(*text, "\n");
		return best;
	}
	for (size_t i = 0; i < sizeof delimiters; i++) {
		int score = agreement(*text, delimiters[i]);
		if (score > most) {
			most = score;
			best = delimiters[i];
		}
	}
	return best;
}

static bool refuse_long(struct line_reader *r)
{
	return err_set(
		r->e, ERR_FORMAT, "第 %d 行有单元格超过 %d 个字", r->first_line, SHEET_CELL_CHARS_MAX);
}

static void on_field(void *field, size_t len, void *user)
{
	struct line_reader *r = user;
	r->column++;
	r->is_between_rows = false;
	if (r->is_refused)
		return;
	if (len > FIELD_BYTES_MAX) {
		r->is_refused = !refuse_long(r);
		return;
	}
	buf_clear(&r->text);
	buf_add(&r->text, field, len);
	const struct sheet_cell cell = {r->column, CELL_PLAIN, r->text.data};
	r->is_refused = !sheet_add_cell(r->book, r->sheet, r->row + 1, &cell, r->e);
}

static void on_row(int end, void *user)
{
	struct line_reader *r = user;
	(void)end;
	r->row++;
	r->column = 0;
	r->is_between_rows = true;
	r->first_line = r->line + 1;
}

static bool is_blank(const char *line, size_t len)
{
	return len == 0 || line[0] == '\n' || (line[0] == '\r' && (len == 1 || line[1] == '\n'));
}

static size_t piece_of(const char *text, const char *end)
{
	size_t most = (size_t)(end - text) < PIECE_BYTES ? (size_t)(end - text) : PIECE_BYTES;
	const char *stop = memchr(text, '\n', most);
	return stop ? (size_t)(stop + 1 - text) : most;
}

/* One line of the file at a time, to know where we are; libcsv passes over blank ones. */
static bool feed(struct csv_parser *parser, struct line_reader *r, const char *text, struct err *e)
{
	const char *end = text + strlen(text);
	while (text < end && !r->is_refused) {
		size_t len = piece_of(text, end);
		if (r->is_between_rows && is_blank(text, len)) {
			r->row++;
			r->first_line = r->line + 1;
		} else {
			r->is_between_rows = false;
			if (csv_parse(parser, text, len, on_field, on_row, r) != len)
				return err_set(e, ERR_FORMAT, "第 %d 行的引号用得不对", r->line);
		}
		if (parser->entry_pos > FIELD_BYTES_MAX)
			return refuse_long(r);
		r->line += text[len - 1] == '\n';
		text += len;
	}
	if (!r->is_refused && csv_fini(parser, on_field, on_row, r) != 0)
		return err_set(e, ERR_FORMAT, "第 %d 行开始的引号没有结束", r->first_line);
	return !r->is_refused;
}

static bool read_lines(struct sheet_book *book, const char *text, struct err *e)
{
	struct csv_parser parser;
	struct line_reader r = {.book = book, .e = e, .line = 1, .first_line = 1, .is_between_rows = true};
	char delimiter = guess_delimiter(&text);
	r.sheet = sheet_add(book, "CSV", false, e);
	if (!r.sheet || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return false;
	csv_set_delim(&parser, (unsigned char)delimiter);
	csv_set_blk_size(&parser, PIECE_BYTES);
	csv_set_realloc_func(&parser, alloc_bytes_again);
	bool ok = feed(&parser, &r, text, e);
	csv_free(&parser);
	buf_finish(&r.text);
	return ok;
}

bool delimited_read(struct sheet_book **out, const char *bytes, size_t len, struct err *e)
{
	struct buf text = {0};
	*out = NULL;
	struct sheet_book *book = sheet_book_create();
	bool ok = decode(bytes, len, &text, e) && read_lines(book, text.data ? text.data : "", e);
	buf_finish(&text);
	if (ok)
		*out = book;
	else
		sheet_book_destroy(book);
	return ok;
}
