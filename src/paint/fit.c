/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/fit.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define HOLLOW_CHARS 2 /* the ellipsis is one */
#define SHRINK_STEP 4
#define TITLE_GLUE_MAX 8 /* characters of a book title that stay together */
#define WIDOW_SHARE 0.15 /* of the measure: shorter last lines are balanced away */
#define ELLIPSIS "…"

/* What may follow a number and belongs to it. Longer ones first. */
static const char *const units[] = {"个百分点", "个工作日", "万平方米", "平方米", "亿元以上", "万元", "亿元",
	"万人", "万套", "个月", "大项", "小项", "季度", "个", "项", "天", "名", "位", "次", "栋", "处", "条",
	"家", "年", "月", "日", "时", "分", "秒", "元", "人", "万", "亿", "%", "％", "℃", "米", "吨", "套",
	"件", "届", "期", "号", "类", "倍", "点"};

static bool is_digit(uint32_t p)
{
	return p >= '0' && p <= '9';
}

static bool is_latin(uint32_t p)
{
	return (p >= 'a' && p <= 'z') || (p >= 'A' && p <= 'Z');
}

static bool starts_with(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

/* Forbids breaks inside [from, to): a break stands before the byte it is marked at. */
static void glue(char *marks, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		marks[i] = UC_BREAK_PROHIBITED;
}

/* How many bytes at the start are a unit, with 多 or 余 before it; alone, those two count. */
static size_t unit_length(const char *text, const char **unit)
{
	size_t before = starts_with(text, "多") || starts_with(text, "余") ? strlen("多") : 0;
	*unit = "";
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (starts_with(text + before, units[i])) {
			*unit = units[i];
			break;
		}
	}
	return before + strlen(*unit);
}

/* A number's unit, and what follows a date's part. */
static void glue_unit(const char *text, size_t at, char *marks)
{
	const char *unit;
	size_t to = at + unit_length(text + at, &unit);
	bool date_goes_on =
		(strcmp(unit, "年") == 0 || strcmp(unit, "月") == 0) && is_digit((unsigned char)text[to]);
	glue(marks, at, to + (date_goes_on ? 1 : 0));
}

static void glue_title(const char *text, size_t at, char *marks)
{
	const char *end = strstr(text + at, "》");
	if (!end)
		return;
	size_t to = (size_t)(end - text);
	char *inside = alloc_text_len(text + at, to - at);
	if (utf8_count(inside) - 1 < TITLE_GLUE_MAX)
		glue(marks, at + strlen("《"), to + strlen("》"));
	free(inside);
}

/* Beyond what closes something. */
static bool may_not_begin(uint32_t p)
{
	return text_is_closing(p) || p == 0x2014 || p == 0x2026 || p == 0xB7 || p == '%' || p == 0x2103;
}

/* One mark a byte: whether a line may break before it. */
static void find_breaks(const char *text, size_t len, char *marks)
{
	u8_possible_linebreaks((const uint8_t *)text, len, "UTF-8", marks);
	uint32_t before = 0;
	for (const char *at = text; *at;) {
		size_t i = (size_t)(at - text);
		const char *next = at;
		uint32_t p = utf8_next(&next);
		bool quote_opens = (p == 0x201C || p == 0x2018) && text_is_han(before);
		bool quote_closed = (before == 0x201D || before == 0x2019) && text_is_han(p);
		if (quote_opens || quote_closed)
			marks[i] = UC_BREAK_POSSIBLE;
		if (may_not_begin(p) || text_is_opening(before))
			marks[i] = UC_BREAK_PROHIBITED;
		if (is_digit(p) &&
			(is_digit(before) || before == '.' || before == 0x7B2C || before == 0x524D))
			marks[i] = UC_BREAK_PROHIBITED; /* 第 and 前 stay with their number */
		if (before == '.' && is_latin(p))
			marks[i] = UC_BREAK_PROHIBITED; /* UAX #14, LB29: a file's name, a host's */
		if (is_digit(before) && p == 0x2014)
			marks[i] = UC_BREAK_PROHIBITED;
		before = p;
		at = next;
	}
	for (size_t i = 1; i < len; i++) {
		if (is_digit((unsigned char)text[i - 1]) && !is_digit((unsigned char)text[i]))
			glue_unit(text, i, marks);
		if (starts_with(text + i - 1, "《"))
			glue_title(text, i - 1, marks);
	}
}

static double width_of(
	struct canvas *c, const char *text, size_t len, double size, const struct fit_role *role)
{
	char piece[1024];
	if (len >= sizeof piece)
		len = sizeof piece - 1;
	memcpy(piece, text, len);
	piece[len] = '\0';
	struct text_run run = {piece, size, role->weight, TOKEN_FG, 0};
	return text_width(c, &run, 1, role->flags);
}

/* The last place before len where a line may be cut: not behind an opening mark, not
 * inside a number or between it and its unit. */
static size_t cut_before(const char *text, size_t len)
{
	const char *at = text, *unit;
	size_t good = 0, bound = 0;
	uint32_t before = 0;
	while (at < text + len) {
		const char *here = at;
		uint32_t p = utf8_next(&at);
		if (is_digit(before) && !is_digit(p))
			bound = (size_t)(here - text) + unit_length(here, &unit);
		bool splits = text_is_opening(before) || (is_digit(before) && (is_digit(p) || p == '.')) ||
			      (before == '.' && is_digit(p)) || (size_t)(here - text) < bound;
		if (!splits)
			good = (size_t)(here - text);
		before = p;
	}
	return good;
}

struct lines {
	size_t start[FIT_LINES_MAX + 1], len[FIT_LINES_MAX + 1];
	int count; /* FIT_LINES_MAX + 1: more than allowed */
};

/* How much of a word that is wider than a line a line takes; 0: not even its beginning. */
static size_t break_word(struct canvas *c, const char *word, size_t len, double size, double measure,
	const struct fit_role *role)
{
	bool is_bad = true;
	while (len && is_bad) {
		len = cut_before(word, len);
		const char *rest = word + len;
		uint32_t next = utf8_next(&rest);
		is_bad = next == ' ' || may_not_begin(next) || width_of(c, word, len, size, role) > measure;
	}
	return len;
}

/* Where a line ends that begins at start: as much as the measure takes, and be it only up to
 * the first place that may end one. */
static size_t line_end(struct canvas *c, const char *text, const char *marks, size_t start, double size,
	double measure, const struct fit_role *role)
{
	double widths[TEXT_WIDTHS];
	struct text_run run = {text + start, size, role->weight, TOKEN_FG, 0};
	size_t measured = text_widths(c, &run, role->flags, measure, widths);
	size_t good = 0;
	for (size_t i = start + 1;; i++) {
		bool must_end = text[i] == '\0' || marks[i] == UC_BREAK_MANDATORY;
		if (!must_end && marks[i] != UC_BREAK_POSSIBLE)
			continue;
		if (good && (i - start > measured || widths[i - start] > measure))
			return good;
		good = i;
		if (must_end)
			return good;
	}
}

/* Greedy: as much on each line as the measure takes. */
static struct lines break_lines(struct canvas *c, const char *text, const char *marks, double size,
	double measure, const struct fit_role *role, bool breaks_words)
{
	struct lines out = {0};
	size_t total = strlen(text);
	size_t start = 0;
	while (start < total && out.count <= FIT_LINES_MAX) {
		/* libunistring puts the mandatory break before the line feed itself. */
		while (text[start] == '\n')
			start++;
		if (start == total)
			break; /* nothing stands behind the last line feed */
		size_t good = line_end(c, text, marks, start, size, measure, role);
		size_t piece = 0;
		if (breaks_words && width_of(c, text + start, good - start, size, role) > measure)
			piece = break_word(c, text + start, good - start, size, measure, role);
		if (piece)
			good = start + piece;
		size_t len = good - start;
		while (len && (text[start + len - 1] == '\n' || text[start + len - 1] == ' '))
			len--;
		out.start[out.count] = start;
		out.len[out.count++] = len;
		start = good;
	}
	return out;
}

static bool all_fit(
	struct canvas *c, const char *text, const struct lines *l, double size, const struct fit_role *role)
{
	for (int i = 0; i < l->count; i++) {
		if (width_of(c, text + l->start[i], l->len[i], size, role) > role->max_width)
			return false;
	}
	return l->count <= role->max_lines;
}

static bool has_widow(
	struct canvas *c, const char *text, const struct lines *l, double size, const struct fit_role *role)
{
	int last = l->count - 1;
	if (last < 1)
		return false;
	double w = width_of(c, text + l->start[last], l->len[last], size, role);
	return w <= size * 1.01 || w <= role->max_width * WIDOW_SHARE;
}

/* A wished line broke, and what hangs over is next to nothing: the wish did not help. */
static bool has_stray(
	struct canvas *c, const char *text, const struct lines *l, double size, const struct fit_role *role)
{
	for (int i = 1; i < l->count; i++) {
		bool is_rest = text[l->start[i] - 1] != '\n';
		char end = text[l->start[i] + l->len[i]];
		double w = width_of(c, text + l->start[i], l->len[i], size, role);
		if (is_rest && end == '\n' && (w <= size * 1.01 || w <= role->max_width * WIDOW_SHARE))
			return true;
	}
	return false;
}

/* The narrowest measure that needs no more lines makes them about equal. */
static struct lines balance(struct canvas *c, const char *text, const char *marks, double size,
	const struct lines *wide, const struct fit_role *role)
{
	struct lines best = *wide;
	double low = size, high = role->max_width;
	while (high - low > size / 8) {
		double middle = (low + high) / 2;
		struct lines l = break_lines(c, text, marks, size, middle, role, false);
		if (l.count <= wide->count && all_fit(c, text, &l, size, role)) {
			best = l;
			high = middle;
		} else {
			low = middle;
		}
	}
	return best;
}

/* A line feed is a wish: without it, Han follow directly and Latin words by a space. */
static char *flatten(struct arena *a, const char *text)
{
	size_t len = strlen(text);
	char *out = arena_take(a, len + 1, 1);
	size_t used = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] != '\n') {
			out[used++] = text[i];
			continue;
		}
		bool ascii = used && (unsigned char)out[used - 1] < 0x80 && (unsigned char)text[i + 1] < 0x80;
		if (ascii)
			out[used++] = ' ';
	}
	out[used] = '\0';
	return out;
}

static void keep(struct fit *f, struct arena *a, const char *text, const struct lines *l, double size)
{
	f->count = l->count;
	f->size = size;
	for (int i = 0; i < l->count; i++)
		f->lines[i] = arena_text_len(a, text + l->start[i], l->len[i]);
}

/* The text at one size, with its line feeds or without. */
static bool try_text(struct canvas *c, struct arena *a, const char *text, double size,
	const struct fit_role *role, bool breaks_words, struct fit *f)
{
	size_t len = strlen(text);
	char *marks = arena_take(a, len + 1, 1);
	find_breaks(text, len, marks);
	struct lines l = break_lines(c, text, marks, size, role->max_width, role, breaks_words);
	bool wished = strchr(text, '\n') != NULL;
	if (!all_fit(c, text, &l, size, role) || (wished && has_stray(c, text, &l, size, role)))
		return false;
	if (!wished && !breaks_words && l.count > 1 &&
		(role->is_balanced || has_widow(c, text, &l, size, role)))
		l = balance(c, text, marks, size, &l, role);
	keep(f, a, text, &l, size);
	return true;
}

/* As much of the text as a line takes with an ellipsis behind it, and the ellipsis.
 * Returns how many bytes of the text that is. */
static size_t cut_line(
	struct canvas *c, const char *text, double size, const struct fit_role *role, char *line)
{
	size_t rest = strlen(text);
	do {
		rest = cut_before(text, rest);
		memcpy(line, text, rest);
		memcpy(line + rest, ELLIPSIS, sizeof ELLIPSIS);
	} while (rest && width_of(c, line, strlen(line), size, role) > role->max_width);
	return rest;
}

/* The last line that is allowed is cut, or the first one that nothing makes fit; if not a
 * character fits there beside the ellipsis, the line before it. */
static void cut(struct canvas *c, struct arena *a, const char *text, double size, const struct fit_role *role,
	struct fit *f)
{
	size_t len = strlen(text);
	char *marks = arena_take(a, len + 1, 1);
	find_breaks(text, len, marks);
	struct lines l = break_lines(c, text, marks, size, role->max_width, role, role->max_lines > 1);
	int last = 0;
	while (last + 1 < l.count && last + 1 < role->max_lines &&
		width_of(c, text + l.start[last], l.len[last], size, role) <= role->max_width)
		last++;
	char *line = arena_take(a, len + sizeof ELLIPSIS, 1);
	while (cut_line(c, text + l.start[last], size, role, line) == 0 && last > 0)
		last--;
	l.count = last + 1;
	keep(f, a, text, &l, size);
	f->lines[last] = line;
	f->is_cut = true;
}

struct fit fit_text(struct canvas *c, struct arena *a, const char *text, const char *short_form,
	const struct fit_role *role)
{
	struct fit f = {0};
	const char *flat = flatten(a, text);
	if (!*text)
		return f;
	const char *const rungs[] = {text, flat, short_form};
	for (size_t i = 0; i < 3; i++) {
		if (rungs[i] && try_text(c, a, rungs[i], role->size, role, false, &f))
			return f;
	}
	if (short_form)
		flat = short_form;
	for (double size = role->size - SHRINK_STEP; size >= role->floor; size -= SHRINK_STEP) {
		if (try_text(c, a, flat, size, role, false, &f))
			return f;
	}
	if (role->max_lines > 1 && try_text(c, a, flat, role->floor, role, true, &f))
		return f;
	/* Smaller did not help: one line is cut at its designed size, like its
	 * neighbours; of several, the smallest keeps the most words. */
	cut(c, a, flat, role->max_lines == 1 ? role->size : role->floor, role, &f);
	if (fit_is_hollow(&f) && role->floor < role->size)
		cut(c, a, flat, role->floor, role, &f);
	return f;
}

bool fit_is_hollow(const struct fit *f)
{
	size_t chars = 0;
	for (int i = 0; i < f->count; i++)
		chars += utf8_count(f->lines[i]);
	return f->is_cut && chars <= HOLLOW_CHARS;
}

double fit_draw(struct canvas *c, double x, double baseline, enum text_align align, const struct fit *f,
	const struct fit_role *role, enum token color)
{
	double widest = 0;
	int chars = 0;
	for (int i = 0; i < f->count; i++) {
		chars += (int)utf8_count(f->lines[i]);
		int kept = f->is_cut && i == f->count - 1 ? chars : 0;
		struct text_run run = {f->lines[i], f->size, role->weight, color, 0, role->max_width, kept};
		double w = text_draw(c, x, baseline + i * role->line_height, align, &run, 1, role->flags);
		widest = w > widest ? w : widest;
	}
	return widest;
}

int fit_line(struct canvas *c, struct arena *a, double x, double baseline, enum text_align align,
	const char *text, const struct fit_role *role, enum token color)
{
	struct fit f = fit_text(c, a, text, NULL, role);
	fit_draw(c, x, baseline, align, &f, role, color);
	return f.count;
}

double fit_scale(struct canvas *c, const struct text_run *runs, int count, unsigned flags, double max_width,
	const double *sizes, int size_count)
{
	struct text_run scaled[8];
	for (int i = 0; i < size_count; i++) {
		double by = sizes[i] / sizes[0];
		for (int k = 0; k < count && k < 8; k++) {
			scaled[k] = runs[k];
			scaled[k].size *= by;
		}
		if (text_width(c, scaled, count < 8 ? count : 8, flags) <= max_width)
			return by;
	}
	return sizes[size_count - 1] / sizes[0];
}
