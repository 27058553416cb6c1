/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/header.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "intake/value.h"

#define LOOK_ROWS 30 /* titles, notes and the person who filled it in come before */
#define DEPTH_MAX 3
#define TEXT_BYTES_MAX 150 /* a header of 50 characters; what is longer is text */

/* Rows that merges pull into the header below its first one. */
static int last_row_of(const struct sheet *s, int row)
{
	int last = row;
	bool has_group = false;
	for (int i = 0; i < s->merge_count; i++) {
		const struct sheet_range *r = &s->merges[i];
		if (r->first_row != row || !sheet_find_cell(s, row, r->first_column))
			continue;
		if (r->last_row > last)
			last = r->last_row;
		has_group |= r->last_column > r->first_column && r->last_row == row;
	}
	if (has_group && last == row)
		last = row + 1;
	return last < row + DEPTH_MAX ? last : row + DEPTH_MAX - 1;
}

/* The words of a column from top to bottom, each once. */
static void join_levels(const struct sheet *s, int first, int last, int column, struct buf *out)
{
	struct buf level = {0};
	const char *before = NULL;
	buf_clear(out);
	for (int row = first; row <= last; row++) {
		const struct sheet_cell *cell = sheet_see_cell(s, row, column);
		if (!cell || cell->text == before || strlen(cell->text) > TEXT_BYTES_MAX)
			continue;
		before = cell->text;
		value_fold_tight(cell->text, &level);
		if (level.len && out->len)
			buf_text(out, "/");
		buf_add(out, level.data, level.len);
	}
	buf_finish(&level);
}

/* All levels, or the lowest one: 基本情况/项目名称. */
static void propose(const struct column_kind *kind, struct heading *h)
{
	const char *slash = strrchr(h->text, '/');
	const struct column *c = column_by_name(kind, h->text);
	h->field[0] = '\0';
	if (!c && kind->nested == NULL && strcmp(kind->name, "projects") == 0 &&
		column_of_milestone(h->text, h->field))
		return;
	if (!c && slash)
		c = column_by_name(kind, slash + 1);
	if (c)
		(void)snprintf(h->field, sizeof h->field, "%s", c->field);
}

static int width_of(const struct sheet *s, int first, int last)
{
	int width = 0;
	for (int row = first; row <= last; row++) {
		const struct sheet_row *r = sheet_find_row(s, row);
		if (r && r->count && r->cells[r->count - 1].column > width)
			width = r->cells[r->count - 1].column;
	}
	return width;
}

/* Two columns of one meaning: the second is left to a person. */
static void drop_doubles(struct header *h)
{
	for (int i = 0; i < h->count; i++) {
		for (int k = 0; k < i && h->items[i].field[0]; k++) {
			if (strcmp(h->items[i].field, h->items[k].field) == 0)
				h->items[i].field[0] = '\0';
		}
	}
}

/* FNV-1a: to know a header again, not to guard it. */
static void print_finger(struct header *h, const struct column_kind *kind)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (int i = -1; i < h->count; i++) {
		for (const char *at = i < 0 ? kind->name : h->items[i].text;; at++) {
			hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
			if (!*at)
				break;
		}
	}
	(void)snprintf(h->fingerprint, sizeof h->fingerprint, "%016" PRIx64, hash);
}

static struct header read_at(
	struct sheet_book *b, const struct sheet *s, const struct column_kind *kind, int row)
{
	struct header h = {.first_row = row, .last_row = last_row_of(s, row)};
	struct buf text = {0};
	int width = width_of(s, h.first_row, h.last_row);
	h.items = arena_take(&b->arena, (size_t)width + 1, sizeof *h.items);
	for (int column = 1; column <= width; column++) {
		join_levels(s, h.first_row, h.last_row, column, &text);
		if (!text.len)
			continue;
		struct heading *made = &h.items[h.count++];
		*made = (struct heading){.column = column, .text = arena_text(&b->arena, text.data)};
		made->unit = value_unit_in(made->text);
		propose(kind, made);
	}
	buf_finish(&text);
	drop_doubles(&h);
	for (int i = 0; i < h.count; i++)
		h.known += h.items[i].field[0] != '\0';
	return h;
}

/* A title stands alone, or is merged over most of the table. */
static bool is_title(const struct sheet *s, const struct sheet_row *row, int width)
{
	for (int i = 0; i < row->count; i++) {
		const struct sheet_range *r = sheet_find_merge(s, row->row, row->cells[i].column);
		if (r && r->first_row == row->row && (r->last_column - r->first_column + 1) * 2 > width)
			return true;
	}
	return row->count < 2;
}

static bool names_rows(const struct header *h, const struct column_kind *kind)
{
	for (int i = 0; i < h->count; i++) {
		if (strcmp(h->items[i].field, kind->key) == 0)
			return true;
	}
	return false;
}

/* "单位：万元" above the table speaks for columns that say none. */
static void take_unit_above(struct sheet_book *b, const struct sheet *s, struct header *h)
{
	struct buf text = {0};
	const char *unit = "";
	for (int i = 0; i < s->row_count && s->rows[i].row < h->first_row; i++) {
		for (int k = 0; k < s->rows[i].count; k++) {
			if (strlen(s->rows[i].cells[k].text) > TEXT_BYTES_MAX)
				continue;
			value_fold_tight(s->rows[i].cells[k].text, &text);
			const char *at = strstr(text.data, "单位:");
			if (at)
				unit = arena_text(&b->arena, value_unit_in(at));
		}
	}
	for (int i = 0; i < h->count; i++) {
		if (!*h->items[i].unit)
			h->items[i].unit = unit;
	}
	buf_finish(&text);
}

struct header header_find(
	struct sheet_book *b, const struct sheet *s, const struct column_kind *kind, int row)
{
	struct header best = {0};
	int width = s->row_count ? width_of(s, s->rows[0].row, s->rows[0].row + LOOK_ROWS) : 0;
	if (row)
		best = read_at(b, s, kind, row);
	for (int i = 0; !row && i < s->row_count && s->rows[i].row <= LOOK_ROWS; i++) {
		if (is_title(s, &s->rows[i], width))
			continue;
		struct header h = read_at(b, s, kind, s->rows[i].row);
		int score = names_rows(&h, kind) ? h.known : 0;
		if (score >= 2 && score > best.known)
			best = h;
	}
	if (best.first_row) {
		take_unit_above(b, s, &best);
		print_finger(&best, kind);
	}
	return best;
}
