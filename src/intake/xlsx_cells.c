/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "intake/xlsx_parts.h"
#include "intake/xml.h"

#define SERIAL_END 2958466 /* 10000-01-01 */
#define SERIAL_ODD 60 /* 1900-02-29, which never was */
#define DAYS_1904 1462
#define DAY_S 86400
#define VALUE_BYTES_MAX 131072

struct cell_reader {
	const struct xlsx_cells *x;
	struct sheet *sheet;
	struct xlsx_text text; /* of <is> */
	struct buf value; /* of <v> */
	int row, column;
	bool is_hidden, has_formula, is_in_value, is_in_data;
	int look;
	char type[12];
};

bool xlsx_parse_place(const char *text, int *row, int *column)
{
	char *end;
	int c = 0;
	for (; *text >= 'A' && *text <= 'Z' && c < 100000; text++)
		c = c * 26 + (*text - 'A' + 1);
	if (c < 1 || *text < '1' || *text > '9')
		return false;
	long r = strtol(text, &end, 10);
	*row = (int)r;
	*column = c;
	return *end == '\0' && r < 10000000;
}

/* Seconds are rounded: 17:30 is kept as 0.729166666666667. */
static struct sheet_cell show_date(double value, enum xlsx_look look, bool is_1904, char out[static 40])
{
	const struct sheet_cell bad = {.kind = CELL_ERROR, .text = "日期超出范围"};
	double serial = is_1904 ? value + DAYS_1904 : value;
	if (!(serial >= 0) || serial >= SERIAL_END || (int)serial == SERIAL_ODD)
		return bad;
	int64_t seconds = (int64_t)llround(serial * DAY_S);
	int32_t day = (int32_t)(seconds / DAY_S);
	int rest = (int)(seconds % DAY_S);
	if (day == 0 && look != XLSX_AS_TIME)
		return bad;
	struct civil c = civil_from_days(civil_days(1899, 12, day < SERIAL_ODD ? 31 : 30) + day);
	char hour[16];
	(void)snprintf(hour, sizeof hour, "%02d:%02d:%02d", rest / 3600 % 24, rest / 60 % 60, rest % 60);
	if (look == XLSX_AS_TIME && day == 0)
		(void)snprintf(out, 40, "%s", hour);
	else if (look == XLSX_AS_TIME || look == XLSX_AS_DAY_AND_TIME)
		(void)snprintf(out, 40, "%04d-%02d-%02dT%s", c.year, c.month, c.day, hour);
	else if (look == XLSX_AS_DAY)
		(void)snprintf(out, 40, "%04d-%02d-%02d", c.year, c.month, c.day);
	else if (look == XLSX_AS_MONTH)
		(void)snprintf(out, 40, "%04d-%02d", c.year, c.month);
	else
		(void)snprintf(out, 40, "%04d", c.year);
	return (struct sheet_cell){.kind = CELL_DATE, .text = out};
}

struct sheet_cell xlsx_show_number(double value, enum xlsx_look look, bool is_1904, char out[static 40])
{
	const char *percent = look == XLSX_AS_PERCENT ? "%" : "";
	double shown = *percent ? value * 100 : value;
	if (!isfinite(shown))
		return (struct sheet_cell){.kind = CELL_ERROR, .text = "不是有限的数"};
	if (look >= XLSX_AS_YEAR)
		return show_date(value, look, is_1904, out);
	/* 15 digits are what a spreadsheet shows; the 17 that it keeps tell of binary. */
	if (fabs(shown) < 1e15 && shown == floor(shown))
		(void)snprintf(out, 40, "%.0f%s", shown + 0.0, percent);
	else
		(void)snprintf(out, 40, "%.15g%s", shown, percent);
	return (struct sheet_cell){.kind = look == XLSX_SCALED ? CELL_SCALED : CELL_NUMBER, .text = out};
}

static bool start_row(struct cell_reader *r, const char *const *attributes, struct err *e)
{
	const char *number = xml_attribute(attributes, "r"), *hidden = xml_attribute(attributes, "hidden");
	int row = r->row + 1;
	if (number) {
		long n = strtol(number, NULL, 10);
		if (n < row || n > 10000000)
			return err_set(e, ERR_FORMAT, "行号次序不对，文件可能已损坏");
		row = (int)n;
	}
	r->row = row;
	r->column = 0;
	r->is_hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
	return true;
}

static bool start_cell(struct cell_reader *r, const char *const *attributes, struct err *e)
{
	const char *place = xml_attribute(attributes, "r"), *style = xml_attribute(attributes, "s");
	const char *type = xml_attribute(attributes, "t");
	int row = r->row, column = r->column + 1;
	if (place && (!xlsx_parse_place(place, &row, &column) || row != r->row || column <= r->column))
		return err_set(e, ERR_FORMAT, "第 %d 行有单元格位置不对，文件可能已损坏", r->row);
	r->column = column;
	r->has_formula = false;
	buf_clear(&r->value);
	buf_clear(&r->text.text);
	long at = style ? strtol(style, NULL, 10) : 0;
	r->look = at >= 0 && at < r->x->styles->count ? (int)r->x->styles->looks[at] : XLSX_AS_NUMBER;
	(void)snprintf(r->type, sizeof r->type, "%s", type ? type : "n");
	return true;
}

static bool add_merge(struct cell_reader *r, const char *const *attributes, struct err *e)
{
	const char *ref = xml_attribute(attributes, "ref");
	char first[32] = "";
	struct sheet_range m;
	const char *colon = ref ? strchr(ref, ':') : NULL;
	if (!colon || colon - ref >= (int)sizeof first)
		return true; /* of one cell, or none */
	memcpy(first, ref, (size_t)(colon - ref));
	if (!xlsx_parse_place(first, &m.first_row, &m.first_column) ||
		!xlsx_parse_place(colon + 1, &m.last_row, &m.last_column))
		return err_set(e, ERR_FORMAT, "合并单元格 %.30s 位置不对", ref);
	return sheet_add_merge(r->x->book, r->sheet, &m, e);
}

static bool on_start(void *user, const char *name, const char *const *attributes, struct err *e)
{
	struct cell_reader *r = user;
	xlsx_text_start(&r->text, name);
	if (strcmp(name, "sheetData") == 0)
		r->is_in_data = true;
	else if (strcmp(name, "row") == 0 && r->is_in_data)
		return start_row(r, attributes, e);
	else if (strcmp(name, "c") == 0 && r->is_in_data)
		return start_cell(r, attributes, e);
	else if (strcmp(name, "f") == 0 && r->is_in_data)
		r->has_formula = true;
	else if (strcmp(name, "mergeCell") == 0)
		return add_merge(r, attributes, e);
	r->is_in_value = strcmp(name, "v") == 0 && r->is_in_data;
	return true;
}

static bool on_text(void *user, const char *text, int len, struct err *e)
{
	struct cell_reader *r = user;
	if (!r->is_in_value)
		return xlsx_text_add(&r->text, text, len, e);
	if (r->value.len + (size_t)len > VALUE_BYTES_MAX)
		return err_set(e, ERR_FORMAT, "第 %d 行有单元格超过 %d 个字", r->row, SHEET_CELL_CHARS_MAX);
	buf_add(&r->value, text, (size_t)len);
	return true;
}

static bool take_shared(struct cell_reader *r, const char *value, struct sheet_cell *out, struct err *e)
{
	char *end;
	errno = 0;
	long at = strtol(value, &end, 10);
	if (end == value || *end || errno || at < 0 || at >= r->x->strings->count)
		return err_set(e, ERR_FORMAT, "第 %d 行引用了不存在的共享文本，文件可能已损坏", r->row);
	out->text = r->x->strings->items[at];
	return true;
}

static bool take_number(
	struct cell_reader *r, const char *value, struct sheet_cell *out, char room[static 40], struct err *e)
{
	char *end;
	if (strspn(value, "0123456789+-.eE") != strlen(value)) /* no hex, no "inf" */
		return err_set(e, ERR_FORMAT, "第 %d 行有写坏的数字，文件可能已损坏", r->row);
	double number = strtod(value, &end);
	if (end == value || *end)
		return err_set(e, ERR_FORMAT, "第 %d 行有写坏的数字，文件可能已损坏", r->row);
	*out = xlsx_show_number(number, (enum xlsx_look)r->look, r->x->is_1904, room);
	return true;
}

/* What the cell holds; a formula's value is what the file remembers of it. */
static bool take(struct cell_reader *r, struct sheet_cell *out, char room[static 40], struct err *e)
{
	const char *value = r->value.data ? r->value.data : "";
	*out = (struct sheet_cell){.kind = CELL_TEXT, .text = ""};
	if (strcmp(r->type, "inlineStr") == 0) {
		out->text = xlsx_text_done(&r->text);
	} else if (strcmp(r->type, "str") == 0 || strcmp(r->type, "d") == 0) {
		out->text = value;
	} else if (!*value) {
		out->kind = r->has_formula ? CELL_NO_RESULT : CELL_TEXT;
	} else if (strcmp(r->type, "s") == 0) {
		return take_shared(r, value, out, e);
	} else if (strcmp(r->type, "e") == 0) {
		*out = (struct sheet_cell){.kind = CELL_ERROR, .text = value};
	} else if (strcmp(r->type, "b") == 0) {
		*out = (struct sheet_cell){.kind = CELL_BOOL, .text = *value == '1' ? "是" : "否"};
	} else {
		return take_number(r, value, out, room, e);
	}
	return true;
}

static bool end_cell(struct cell_reader *r, struct err *e)
{
	char room[40];
	struct sheet_cell cell;
	if (!take(r, &cell, room, e))
		return false;
	cell.column = r->column;
	if (!sheet_add_cell(r->x->book, r->sheet, r->row, &cell, e))
		return false;
	int last = r->sheet->row_count - 1;
	if (r->is_hidden && last >= 0 && r->sheet->rows[last].row == r->row)
		r->sheet->rows[last].is_hidden = true;
	return true;
}

static bool on_end(void *user, const char *name, struct err *e)
{
	struct cell_reader *r = user;
	xlsx_text_end(&r->text, name);
	r->is_in_value = false;
	if (strcmp(name, "sheetData") == 0)
		r->is_in_data = false;
	return strcmp(name, "c") != 0 || !r->is_in_data || end_cell(r, e);
}

bool xlsx_read_cells(const struct xlsx_cells *x, struct sheet *s, const char *part, struct err *e)
{
	static const struct xml_handlers handlers = {on_start, on_end, on_text};
	struct cell_reader r = {.x = x, .sheet = s};
	bool ok = xml_read(x->package, part, &handlers, &r, e);
	buf_finish(&r.text.text);
	buf_finish(&r.value);
	return ok;
}
