/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/intake.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/zone.h"
#include "intake/column.h"
#include "intake/delimited.h"
#include "intake/header.h"
#include "intake/ics.h"
#include "intake/value.h"
#include "intake/xlsx.h"

#define READ_SHARE 0.5 /* of the time goes into reading the file */
#define SAMPLE_CHARS 60

struct request {
	const json_t *options;
	const struct dryrun_watch *watch;
	const struct column_kind *kind;
	struct sheet_book *book;
	int sheet;
	struct header header;
};

static const char *text_option(const json_t *options, const char *name)
{
	const char *text = json_string_value(json_object_get(options, name));
	return text && *text ? text : NULL;
}

static int number_option(const json_t *options, const char *name, int otherwise)
{
	const json_t *value = json_object_get(options, name);
	json_int_t number = json_integer_value(value);
	return json_is_integer(value) && number >= 0 && number <= SHEET_ROWS_MAX ? (int)number : otherwise;
}

/* ---- which file it is -------------------------------------------------------------------- */

enum file_type { FILE_XLSX, FILE_TEXT, FILE_ICS, FILE_STRANGE };

static bool begins(const char *bytes, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(bytes, magic, n) == 0;
}

static enum file_type type_of(const char *bytes, size_t len, const char **why)
{
	static const struct {
		const char *magic;
		size_t len;
		const char *why;
	} strangers[] = {
		{"\xd0\xcf\x11\xe0", 4,
			"这是旧的 .xls 文件，或设了打开密码的工作簿：请去掉密码，另存为 .xlsx"},
		{"%PDF", 4, "这是 PDF 文件，请上传 Excel 或 CSV"},
		{"\x89PNG", 4, "这是图片，请上传 Excel 或 CSV"},
		{"\xff\xd8\xff", 3, "这是图片，请上传 Excel 或 CSV"},
		{"GIF8", 4, "这是图片，请上传 Excel 或 CSV"},
		{"{\\rtf", 5, "这是 RTF 文档，请上传 Excel 或 CSV"},
		{"MZ", 2, "这是程序，拒绝打开"},
		{"\x7f"
		 "ELF",
			4, "这是程序，拒绝打开"},
		{"Rar!", 4, "这是压缩包，请解压后上传其中的 .xlsx"},
		{"7z\xbc\xaf", 4, "这是压缩包，请解压后上传其中的 .xlsx"},
		{"\x1f\x8b", 2, "这是压缩包，请解压后上传其中的 .xlsx"},
		{"PK\5\6", 4, "这是空的压缩包"},
	};
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		*why = strangers[i].why;
		if (begins(bytes, len, strangers[i].magic, strangers[i].len))
			return FILE_STRANGE;
	}
	if (begins(bytes, len, "PK\3\4", 4))
		return FILE_XLSX;
	size_t at = begins(bytes, len, "\xef\xbb\xbf", 3) ? 3 : 0;
	while (at < len && memchr(" \t\r\n", bytes[at], 4))
		at++;
	*why = "这是网页（HTML）或 XML 存成的表格：请用 Excel 打开，另存为 .xlsx";
	if (at < len && bytes[at] == '<')
		return FILE_STRANGE;
	return len - at >= 15 && strncasecmp(bytes + at, "BEGIN:VCALENDAR", 15) == 0 ? FILE_ICS : FILE_TEXT;
}

static bool agrees(const char *name, enum file_type type)
{
	static const struct {
		const char *ending;
		enum file_type type;
	} endings[] = {{".xlsx", FILE_XLSX}, {".csv", FILE_TEXT}, {".txt", FILE_TEXT}, {".tsv", FILE_TEXT},
		{".ics", FILE_ICS}};
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < sizeof endings / sizeof endings[0]; i++) {
		if (strcasecmp(dot, endings[i].ending) == 0)
			return endings[i].type == type;
	}
	return false;
}

static bool read_file(struct request *r, const char *bytes, size_t len, struct err *e)
{
	const char *name = text_option(r->options, "name"), *why;
	if (len == 0)
		return err_set(e, ERR_FORMAT, "文件是空的");
	if (len > SHEET_UPLOAD_BYTES_MAX)
		return err_set(e, ERR_FORMAT, "文件超过 %d MB", SHEET_UPLOAD_BYTES_MAX >> 20);
	enum file_type type = type_of(bytes, len, &why);
	if (type == FILE_STRANGE)
		return err_set(e, ERR_FORMAT, "%s", why);
	if (name && !agrees(name, type))
		return err_set(
			e, ERR_FORMAT, "扩展名与内容不符：只收 .xlsx、.csv 和 .ics，且内容要与扩展名一致");
	if (type == FILE_ICS && strcmp(r->kind->name, "programme") != 0)
		return err_set(e, ERR_FORMAT, "日历文件只能用来导入活动节目单");
	return type == FILE_XLSX  ? xlsx_read(&r->book, bytes, len, e)
	       : type == FILE_ICS ? ics_read(&r->book, bytes, len, e)
				  : delimited_read(&r->book, bytes, len, e);
}

/* ---- which sheet and header ----------------------------------------------------------------- */

static bool set_cells(struct request *r, struct err *e)
{
	const char *row, *column;
	json_t *columns, *text;
	json_object_foreach (json_object_get(r->options, "cells"), row, columns) {
		int number = atoi(row);
		json_object_foreach (columns, column, text) {
			int place = sheet_column_number(column);
			if (!place || number < 1 || !json_is_string(text))
				return err_set(e, ERR_USAGE, "cells: %.20s/%.20s", row, column);
			if (!sheet_set_cell(r->book, &r->book->sheets[r->sheet], number, place,
				    json_string_value(text), e))
				return false;
		}
	}
	return true;
}

static bool choose_sheet(struct request *r, struct err *e)
{
	int wanted = number_option(r->options, "sheet", -1);
	if (wanted >= r->book->sheet_count)
		return err_set(e, ERR_USAGE, "没有第 %d 个工作表", wanted + 1);
	for (int i = 0; wanted < 0 && i < r->book->sheet_count; i++) {
		if (!r->book->sheets[i].is_hidden &&
			header_find(r->book, &r->book->sheets[i], r->kind, 0).first_row)
			wanted = i;
	}
	for (int i = 0; wanted < 0 && i < r->book->sheet_count; i++) {
		if (!r->book->sheets[i].is_hidden)
			wanted = i;
	}
	r->sheet = wanted < 0 ? 0 : wanted;
	if (!set_cells(r, e))
		return false;
	r->header = header_find(
		r->book, &r->book->sheets[r->sheet], r->kind, number_option(r->options, "header_row", 0));
	return true;
}

/* ---- the result -------------------------------------------------------------------------------- */

static json_t *show_sheets(const struct sheet_book *b)
{
	json_t *list = json_array();
	for (int i = 0; i < b->sheet_count; i++) {
		const struct sheet *s = &b->sheets[i];
		(void)json_array_append_new(
			list, json_pack("{s:i, s:o, s:i, s:b}", "index", i, "name", entry_text(s->name, 40),
				      "rows", s->row_count, "hidden", s->is_hidden));
	}
	return list;
}

static const char *sample_of(const struct sheet *s, int after_row, int column)
{
	for (int i = 0; i < s->row_count; i++) {
		const struct sheet_cell *cell =
			s->rows[i].row > after_row ? sheet_find_cell(s, s->rows[i].row, column) : NULL;
		if (cell && *cell->text)
			return cell->text;
	}
	return "";
}

static const char *field_of(const struct entry_map *m, int column)
{
	for (int i = 0; i < m->count; i++) {
		if (m->items[i].column == column)
			return m->items[i].field;
	}
	return NULL;
}

/* columns, and the mapping that they come to. */
static void show_columns(json_t *out, const struct request *r, const struct entry_map *m)
{
	json_t *list = json_array(), *mapping = json_object();
	for (int i = 0; i < r->header.count; i++) {
		const struct heading *h = &r->header.items[i];
		char name[SHEET_COLUMN_TEXT];
		const char *field = field_of(m, h->column);
		sheet_column_name(h->column, name);
		(void)json_array_append_new(list, json_pack("{s:s, s:o, s:s?, s:o}", "column", name, "header",
							  entry_text(h->text, 100), "field", field, "sample",
							  entry_text(sample_of(&r->book->sheets[r->sheet],
									     r->header.last_row, h->column),
								  SAMPLE_CHARS)));
		if (field)
			(void)json_object_set_new(mapping, name, json_string(field));
	}
	(void)json_object_set_new(out, "columns", list);
	(void)json_object_set_new(out, "mapping", mapping);
}

static void add_field(json_t *list, const char *field, const char *label, bool is_required)
{
	(void)json_array_append_new(
		list, json_pack("{s:s, s:s, s:b}", "field", field, "label", label, "required", is_required));
}

/* Those of the kind, and the milestones that this header names. */
static json_t *show_fields(const struct request *r)
{
	json_t *list = json_array();
	for (int i = 0; i < r->kind->count; i++)
		add_field(list, r->kind->columns[i].field, r->kind->columns[i].label,
			r->kind->columns[i].is_required);
	for (int i = 0; i < r->header.count; i++) {
		const char *name;
		size_t len;
		enum column_type type;
		char label[COLUMN_FIELD_BYTES + 16];
		if (!column_part_milestone(r->header.items[i].field, &name, &len, &type))
			continue;
		(void)snprintf(label, sizeof label, "%.*s·%s", (int)len, name,
			type == COLUMN_PLANNED  ? "计划时间"
			: type == COLUMN_ACTUAL ? "实际时间"
						: "状态");
		add_field(list, r->header.items[i].field, label, false);
	}
	return list;
}

static bool show_all(json_t *out, struct request *r, struct entry_map *m)
{
	const char *name = text_option(r->options, "name");
	(void)json_object_set_new(out, "kind", json_string(r->kind->name));
	(void)json_object_set_new(out, "name", name ? json_string(name) : json_null());
	(void)json_object_set_new(out, "sheets", show_sheets(r->book));
	(void)json_object_set_new(out, "sheet", json_integer(r->sheet));
	(void)json_object_set_new(out, "header_row", json_integer(r->header.first_row));
	(void)json_object_set_new(out, "fingerprint", json_string(r->header.fingerprint));
	show_columns(out, r, m);
	return json_object_set_new(out, "fields", show_fields(r)) == 0;
}

static bool goes_on(void *user, double done)
{
	const struct dryrun_watch *w = user;
	return w->goes_on(w->user, READ_SHARE + done * (1 - READ_SHARE));
}

/* Without a header or names there are no rows; that is for a person to mend, not an error. */
static bool plan(json_t *out, struct request *r, struct entry_map *m, struct err *e)
{
	const json_t *options = r->options;
	struct dryrun_options o = {.document = json_object_get(options, "document"),
		.target = text_option(options, "target"),
		.source = text_option(options, "source"),
		.as_of = text_option(options, "as_of"),
		.defaults = json_object_get(options, "defaults")};
	if (r->watch->goes_on)
		o.watch = (struct dryrun_watch){goes_on, (void *)(uintptr_t)r->watch};
	bool ok = r->header.first_row ? dryrun_make(out, m, &r->book->sheets[r->sheet], &o, e)
				      : err_set(e, ERR_FORMAT, "没有找到表头：请指定表头所在的行");
	if (ok || e->kind != ERR_FORMAT)
		return json_object_set_new(out, "problem", json_null()) == 0 && ok;
	if (!r->header.first_row)
		(void)json_object_update_new(
			out, json_pack("{s:{s:i, s:i, s:i, s:i}, s:[], s:[], s:[]}", "counts", "new", 0,
				     "changed", 0, "unchanged", 0, "refused", 0, "rows", "skipped", "items"));
	return json_object_set_new(out, "problem", json_string(e->text)) == 0;
}

/* Of the numbers in a ranking: its indicator's. */
static const char *unit_of_target(const struct request *r, const json_t *document)
{
	const char *target = text_option(r->options, "target"), *unit = NULL;
	size_t i;
	const json_t *item;
	json_array_foreach (json_object_get(document, r->kind->list), i, item) {
		const char *id = text_option(item, "id");
		if (r->kind->nested && target && id && strcmp(id, target) == 0)
			unit = text_option(item, "unit");
	}
	return unit ? unit : "";
}

/* The mapping that is given, or was remembered for this header, or none: its proposals. */
static bool answer(json_t *out, struct request *r, struct err *e)
{
	const json_t *document = json_object_get(r->options, "document");
	const char *zone = text_option(json_object_get(document, "site"), "timezone");
	const json_t *mapping = json_object_get(r->options, "mapping");
	const json_t *remembered =
		json_object_get(json_object_get(r->options, "remembered"), r->header.fingerprint);
	struct entry_map m = {.kind = r->kind,
		.header = &r->header,
		.zone = zone && zone_is_known(zone) ? zone : "Asia/Shanghai",
		.unit = unit_of_target(r, document),
		.year = number_option(r->options, "year", 0)};
	struct err ignored = {0};
	bool is_remembered = !json_is_object(mapping) && json_is_object(remembered) &&
			     entry_map_make(&m, r->book, remembered, &ignored);
	(void)json_object_set_new(out, "remembered", json_boolean(is_remembered));
	if (!is_remembered && !entry_map_make(&m, r->book, json_is_object(mapping) ? mapping : NULL, e))
		return false;
	return show_all(out, r, &m) && plan(out, r, &m, e);
}

json_t *intake_run(
	const void *bytes, size_t len, const json_t *options, const struct dryrun_watch *watch, struct err *e)
{
	static const struct dryrun_watch nobody = {0};
	const char *kind = text_option(options, "kind");
	struct request r = {.options = options, .watch = watch ? watch : &nobody};
	r.kind = kind ? column_find_kind(kind) : NULL;
	if (!r.kind) {
		err_set(e, ERR_USAGE, "kind: projects, indicators, standings or programme");
		return NULL;
	}
	json_t *out = json_object();
	bool ok = read_file(&r, bytes, len, e) && choose_sheet(&r, e);
	ok = ok && (!r.watch->goes_on || r.watch->goes_on(r.watch->user, READ_SHARE) ||
			   err_set(e, ERR_BUSY, "已取消"));
	ok = ok && answer(out, &r, e);
	sheet_book_destroy(r.book);
	if (ok)
		return out;
	json_decref(out);
	return NULL;
}
