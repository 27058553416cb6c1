/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "base/utf8.h"
#include "intake/value.h"

#define SHOWN_CHARS 400 /* of a cell: more than any field holds */
#define BANNER_MERGE 2 /* columns that a heading within the table spans */

json_t *entry_text(const char *text, size_t chars)
{
	const char *end = text;
	while (chars-- && *end) {
		const char *next = end;
		if (utf8_next(&next) == UTF8_BAD)
			break;
		end = next;
	}
	return json_stringn(text, (size_t)(end - text));
}

void entry_refuse(struct entry *v, const struct entry_column *c, const char *value, const char *reason)
{
	char name[SHEET_COLUMN_TEXT] = "";
	if (c)
		sheet_column_name(c->column, name);
	(void)json_array_append_new(v->reasons,
		json_pack("{s:o, s:o, s:o}", "column", c ? json_string(name) : json_null(), "value",
			entry_text(value ? value : "", 80), "reason", entry_text(reason, 200)));
}

void entry_finish(struct entry *v)
{
	json_decref(v->values);
	json_decref(v->milestones);
	json_decref(v->reasons);
	json_decref(v->cells);
	*v = (struct entry){0};
}

/* ---- one cell -------------------------------------------------------------------------- */

struct cell_view {
	struct entry *entry;
	const struct entry_map *map;
	const struct entry_column *column;
	const struct sheet_cell *cell;
	const char *folded;
	struct value_when when;
};

static void set(struct cell_view *v, json_t *value)
{
	(void)json_object_set_new(v->entry->values, v->column->field, value);
}

static void set_number(struct cell_view *v, double number)
{
	bool is_whole = number == floor(number) && fabs(number) < 9e15;
	set(v, is_whole ? json_integer((json_int_t)number) : json_real(number));
}

/* Breaks within a cell are its layout: one line, but for what may have two. */
static void set_text(struct cell_view *v)
{
	bool keeps_lines = strcmp(v->column->field, "note") == 0 && v->map->kind->nested == NULL;
	struct buf text = {0}, line = {0};
	const char *at = v->cell->text;
	for (; *at; at += *at == '\n') {
		size_t len = strcspn(at, "\n");
		char *piece = strndup(at, len);
		value_fold(piece, &line); /* for its spaces: the letters stay as they were written */
		bool is_blank = line.len == 0;
		free(piece);
		while (len && strchr(" \t\r", at[len - 1]))
			len--;
		size_t lead = strspn(at, " \t\r");
		if (!is_blank && text.len && keeps_lines)
			buf_text(&text, "\n");
		if (!is_blank && text.len && !keeps_lines && (unsigned char)text.data[text.len - 1] < 0x80 &&
			(unsigned char)at[lead] < 0x80)
			buf_text(&text, " ");
		if (!is_blank && lead < len)
			buf_add(&text, at + lead, len - lead);
		at += strcspn(at, "\n");
	}
	size_t n = 0;
	uint8_t *composed = u8_normalize(UNINORM_NFC, (const uint8_t *)text.data, text.len, NULL, &n);
	set(v, composed && n ? json_stringn((const char *)composed, n) : NULL);
	free(composed);
	buf_finish(&text);
	buf_finish(&line);
}

static bool read_word(struct cell_view *v, struct err *e)
{
	const struct column *meta = v->column->meta;
	for (int i = 0; meta->words[i].said; i++) {
		if (strcmp(meta->words[i].said, v->folded) == 0 ||
			strcmp(meta->words[i].word, v->folded) == 0) {
			set(v, json_string(meta->words[i].word));
			return true;
		}
	}
	bool is_id = strspn(v->folded, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(v->folded);
	if (meta->type == COLUMN_WORD_OR_ID && is_id) {
		set(v, json_string(v->folded));
		return true;
	}
	return err_set(e, ERR_FORMAT, "不是允许的选项：%s", meta->note);
}

/* An object of the list whose name, label or id it is; its id. */
static const char *named(const json_t *list, const char *folded)
{
	static const char *const fields[] = {"name", "label", "id"};
	struct buf other = {0};
	const char *found = NULL;
	size_t i;
	const json_t *item;
	json_array_foreach (list, i, item) {
		for (size_t k = 0; k < 3 && !found; k++) {
			const char *text = json_string_value(json_object_get(item, fields[k]));
			value_fold_tight(text ? text : "", &other);
			if (other.len && strcmp(other.data, folded) == 0)
				found = json_string_value(json_object_get(item, "id"));
		}
	}
	buf_finish(&other);
	return found;
}

static bool read_phase(struct cell_view *v, struct err *e)
{
	const char *found = NULL;
	size_t i;
	const json_t *template;
	json_array_foreach (json_object_get(v->map->document, "phases"), i, template) {
		if (!found)
			found = named(json_object_get(template, "phases"), v->folded);
	}
	if (!found)
		return err_set(e, ERR_FORMAT, "内容里没有叫这个名字的阶段");
	set(v, json_string(found));
	return true;
}

static bool read_source(struct cell_view *v, struct err *e)
{
	const char *found = named(json_object_get(v->map->document, "sources"), v->folded);
	if (!found)
		return err_set(e, ERR_FORMAT, "内容里没有登记过这个数据来源");
	set(v, json_string(found));
	return true;
}

static bool read_rank(struct cell_view *v, struct err *e)
{
	int64_t rank, of = 0;
	bool is_bound;
	if (!value_rank(v->folded, &rank, &of, &is_bound, e))
		return false;
	if (is_bound && strcmp(v->map->kind->name, "indicators") != 0)
		return err_set(e, ERR_FORMAT, "这里要填确切的名次");
	(void)json_object_set_new(
		v->entry->values, is_bound ? "rank_at_least" : v->column->field, json_integer(rank));
	if (of)
		(void)json_object_set_new(v->entry->values, "of", json_integer(of));
	return true;
}

/* The unit that the row says itself. */
static const char *unit_of(const struct cell_view *v)
{
	const char *own = json_string_value(json_object_get(v->entry->values, "unit"));
	return v->column->type == COLUMN_PERCENT ? "%" : own ? own : v->map->unit;
}

static bool read_number(struct cell_view *v, struct err *e)
{
	double number;
	int64_t whole;
	bool is_whole = v->column->type == COLUMN_WHOLE;
	if (is_whole && !value_whole(v->folded, 0, 1000, &whole, e))
		return false;
	const char *unit = unit_of(v);
	if (v->column->type == COLUMN_POINTS)
		unit = strstr(v->folded, "个百分点") ? "个百分点" : "百分点";
	if (!is_whole && !value_number(v->folded, unit, &number, e))
		return false;
	set_number(v, is_whole ? (double)whole : number);
	return true;
}

static bool read_date(struct cell_view *v, struct err *e)
{
	char text[VALUE_DATE_BYTES];
	bool is_period = v->column->type == COLUMN_PERIOD || v->column->type == COLUMN_AS_OF;
	bool ok = is_period ? value_period(v->folded, &v->when, text, e)
			    : value_date(v->folded, &v->when, text, e);
	if (ok)
		set(v, json_string(text));
	bool has_digit = strpbrk(v->folded, "0123456789") != NULL;
	if (!ok && v->column->type == COLUMN_AS_OF && !has_digit) { /* words: 报道刊发时 */
		set_text(v);
		return true;
	}
	return ok;
}

static bool read_time(struct cell_view *v, struct err *e)
{
	char from[VALUE_TIME_BYTES], to[VALUE_TIME_BYTES], day[VALUE_DATE_BYTES] = "";
	const json_t *values = v->entry->values;
	const char *said = json_string_value(json_object_get(values, "day"));
	const char *begin = json_string_value(json_object_get(values, "from"));
	if (said || begin)
		(void)snprintf(day, sizeof day, "%.10s", said ? said : begin);
	if (!value_time(v->folded, &v->when, day, v->map->zone, from, to, e))
		return false;
	set(v, json_string(from));
	if (*to && strcmp(v->column->field, "from") == 0)
		(void)json_object_set_new(v->entry->values, "to", json_string(to));
	return true;
}

static bool read_milestone(struct cell_view *v, struct err *e)
{
	char text[VALUE_DATE_BYTES];
	static const char *const parts[] = {"planned", "actual", "state"};
	const char *part = parts[v->column->type - COLUMN_PLANNED];
	const char *own = json_string_value(json_object_get(v->entry->values, "milestone"));
	const char *name = v->column->milestone ? v->column->milestone : own;
	json_t *value;
	if (!name)
		return err_set(e, ERR_FORMAT, "没有节点名称");
	v->when.is_plan = v->column->type == COLUMN_PLANNED;
	if (v->column->type == COLUMN_STATE) {
		const char *state = column_state(v->folded);
		if (!state)
			return err_set(e, ERR_FORMAT,
				"看不懂的状态：请写 未录入、未开始、进行中、已完成、免办 或 暂停");
		value = json_string(state);
	} else {
		if (!value_date(v->folded, &v->when, text, e))
			return false;
		value = json_string(text);
	}
	json_t *milestone = json_object_get(v->entry->milestones, name);
	if (!milestone) {
		milestone = json_object();
		(void)json_object_set_new(v->entry->milestones, name, milestone);
	}
	(void)json_object_set_new(milestone, part, value);
	return true;
}

static bool read_money(struct cell_view *v, struct err *e)
{
	int64_t whole;
	bool ok = v->column->type == COLUMN_MONEY ? value_money(v->folded, v->column->unit, &whole, e)
						  : value_area(v->folded, v->column->unit, &whole, e);
	if (ok)
		set(v, json_integer(whole));
	return ok;
}

static bool read_yes(struct cell_view *v, struct err *e)
{
	if (strcmp(v->folded, "是") == 0)
		set(v, json_true());
	return strcmp(v->folded, "是") == 0 || strcmp(v->folded, "否") == 0 ||
	       err_set(e, ERR_FORMAT, "请填 是 或 否");
}

static bool read_cell(struct cell_view *v, struct err *e)
{
	switch (v->column->type) {
	case COLUMN_TEXT:
	case COLUMN_MILESTONE:
		set_text(v);
		return true;
	case COLUMN_ID:
		set(v, json_string(v->folded));
		return true;
	case COLUMN_MONEY:
	case COLUMN_AREA:
		return read_money(v, e);
	case COLUMN_NUMBER:
	case COLUMN_PERCENT:
	case COLUMN_POINTS:
	case COLUMN_WHOLE:
		return read_number(v, e);
	case COLUMN_RANK:
		return read_rank(v, e);
	case COLUMN_PERIOD:
	case COLUMN_AS_OF:
	case COLUMN_DAY:
		return read_date(v, e);
	case COLUMN_WORD:
	case COLUMN_WORD_OR_ID:
		return read_word(v, e);
	case COLUMN_YES:
		return read_yes(v, e);
	case COLUMN_PHASE:
		return read_phase(v, e);
	case COLUMN_SOURCE:
		return read_source(v, e);
	case COLUMN_TIME:
		return read_time(v, e);
	case COLUMN_PLANNED:
	case COLUMN_ACTUAL:
	case COLUMN_STATE:
		return read_milestone(v, e);
	}
	return false;
}

/* ---- rows ------------------------------------------------------------------------------- */

/* A cell of the table's body: what is merged downwards speaks for each of its rows. */
static const struct sheet_cell *body_cell(
	const struct entry_map *m, const struct sheet *s, int row, int column)
{
	const struct sheet_cell *own = sheet_find_cell(s, row, column);
	const struct sheet_range *r = own ? NULL : sheet_find_merge(s, row, column);
	if (!r || r->first_column != column || r->first_row <= m->header->last_row)
		return own;
	return sheet_find_cell(s, r->first_row, r->first_column);
}

static const char *cell_trouble(const struct sheet_cell *c)
{
	switch (c->kind) {
	case CELL_NO_RESULT:
		return "公式没有计算结果：请在 Excel 或 WPS 中打开并保存一次";
	case CELL_ERROR:
		return "单元格里是错误值";
	case CELL_SCALED:
		return "单元格用数字格式缩放显示，分不清单位：请改为普通数字格式";
	default:
		return NULL;
	}
}

static void read_column(
	struct entry *v, const struct entry_map *m, const struct entry_column *c, const struct sheet *s)
{
	struct buf folded = {0};
	struct err e = {0};
	char name[SHEET_COLUMN_TEXT];
	const struct sheet_cell *cell = body_cell(m, s, v->row, c->column);
	if (!cell)
		return;
	sheet_column_name(c->column, name);
	(void)json_object_set_new(v->cells, name, entry_text(cell->text, SHOWN_CHARS));
	const char *trouble = cell_trouble(cell);
	value_fold(cell->text, &folded);
	struct cell_view view = {v, m, c, cell, folded.data, {.kind = cell->kind, .year = m->year}};
	if (trouble)
		entry_refuse(v, c, cell->text, trouble);
	else if (!value_is_blank(folded.data) && !read_cell(&view, &e))
		entry_refuse(v, c, cell->text, e.text);
	buf_finish(&folded);
}

static bool begins_with_one(const char *text, const char *const *words)
{
	for (int i = 0; words[i]; i++) {
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	}
	return false;
}

static bool is_one(const char *text, const char *const *words)
{
	return begins_with_one(text, words) && strlen(text) <= strlen("合计") + strlen(":");
}

/* Rows between and below those of a table; NULL: it is one of the table. */
static const char *why_skipped(const struct entry_map *m, const struct sheet *s, const struct sheet_row *row)
{
	static const char *const sums[] = {"合计", "总计", "小计", "共计", NULL};
	static const char *const notes[] = {"注:", "备注:", "说明:", "填表", "填报", "制表", "审核", NULL};
	const struct entry_column *key = entry_map_find(m, m->kind->key);
	const char *found = NULL;
	struct buf text = {0};
	int filled = 0;
	for (int i = 0; i < row->count; i++) {
		value_fold_tight(row->cells[i].text, &text);
		filled += text.len > 0;
		if (i < 3 && is_one(text.data, sums))
			found = "合计行";
		if (filled <= 3 && i == 0 && begins_with_one(text.data, notes) && row->count <= 3)
			found = "表下说明";
	}
	const struct sheet_range *r = row->count ? sheet_find_merge(s, row->row, row->cells[0].column) : NULL;
	bool is_wide = r && r->last_column - r->first_column + 1 >= BANNER_MERGE;
	if (!found && filled == 1 && (is_wide || !key || row->cells[0].column != key->column) &&
		!(key && body_cell(m, s, row->row, key->column) && !is_wide))
		found = "分组标题";
	const struct sheet_cell *name = key ? sheet_find_cell(s, row->row, key->column) : NULL;
	const struct sheet_cell *head = key ? sheet_see_cell(s, m->header->last_row, key->column) : NULL;
	if (!found && name && head && strcmp(name->text, head->text) == 0)
		found = "重复的表头";
	if (!found && filled == 0)
		found = "空行";
	buf_finish(&text);
	return found;
}

void entry_read(
	struct entry *out, const struct entry_map *m, const struct sheet *s, const struct sheet_row *row)
{
	*out = (struct entry){.row = row->row,
		.is_hidden = row->is_hidden,
		.values = json_object(),
		.milestones = json_object(),
		.reasons = json_array(),
		.cells = json_object()};
	out->skipped = why_skipped(m, s, row);
	/* In the order of the table of fields: an hour needs its day, a date its milestone. */
	for (int k = 0; !out->skipped && k < m->kind->count; k++) {
		const struct entry_column *c = entry_map_find(m, m->kind->columns[k].field);
		if (c)
			read_column(out, m, c, s);
	}
	for (int i = 0; !out->skipped && i < m->count; i++) {
		if (!m->items[i].meta)
			read_column(out, m, &m->items[i], s);
	}
	(void)json_object_del(out->values, "day");
}
