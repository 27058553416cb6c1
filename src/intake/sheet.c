/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define SHEETS_MAX 64 /* a year of monthly sheets, five times */
#define CELLS_MAX 1000000 /* of a book: with their texts about 100 MB, a tenth of the child's room */
#define MERGES_MAX 5000 /* looked through for an empty cell: ten for each of 500 projects */
#define NAME_CHARS_MAX 31 /* a spreadsheet's own */

struct sheet_book *sheet_book_create(void)
{
	return alloc_zero(1, sizeof(struct sheet_book));
}

void sheet_book_destroy(struct sheet_book *b)
{
	if (!b)
		return;
	for (int i = 0; i < b->sheet_count; i++) {
		struct sheet *s = &b->sheets[i];
		for (int k = 0; k < s->row_count; k++)
			free(s->rows[k].cells);
		free(s->rows);
		free(s->merges);
	}
	free(b->sheets);
	arena_finish(&b->arena);
	free(b);
}

struct sheet *sheet_add(struct sheet_book *b, const char *name, bool is_hidden, struct err *e)
{
	if (b->sheet_count == SHEETS_MAX) {
		err_set(e, ERR_FORMAT, "工作表超过 %d 个", SHEETS_MAX);
		return NULL;
	}
	if (utf8_count(name) > NAME_CHARS_MAX) {
		err_set(e, ERR_FORMAT, "工作表名称超过 %d 个字", NAME_CHARS_MAX);
		return NULL;
	}
	b->sheets = alloc_resize(b->sheets, (size_t)b->sheet_count + 1, sizeof *b->sheets);
	struct sheet *s = &b->sheets[b->sheet_count++];
	*s = (struct sheet){.name = arena_text(&b->arena, name), .is_hidden = is_hidden};
	return s;
}

/* Where a row or a column stands among what is sorted, or would stand. */
static int row_place(const struct sheet *s, int row)
{
	int low = 0, high = s->row_count;
	while (low < high) {
		int middle = (low + high) / 2;
		if (s->rows[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int cell_place(const struct sheet_row *r, int column)
{
	int low = 0;
	while (low < r->count && r->cells[low].column < column)
		low++;
	return low;
}

static struct sheet_row *make_row(struct sheet *s, int row)
{
	int place = row_place(s, row);
	if (place < s->row_count && s->rows[place].row == row)
		return &s->rows[place];
	if (s->row_count == s->row_room) {
		s->row_room = s->row_room ? s->row_room * 2 : 64;
		s->rows = alloc_resize(s->rows, (size_t)s->row_room, sizeof *s->rows);
	}
	memmove(&s->rows[place + 1], &s->rows[place], (size_t)(s->row_count - place) * sizeof *s->rows);
	s->row_count++;
	s->rows[place] = (struct sheet_row){.row = row};
	return &s->rows[place];
}

static struct sheet_cell *make_cell(struct sheet_row *r, int column)
{
	int place = r->count && r->cells[r->count - 1].column < column ? r->count : cell_place(r, column);
	if (place < r->count && r->cells[place].column == column)
		return &r->cells[place];
	if (r->count == r->room) {
		r->room = r->room ? r->room * 2 : 8;
		r->cells = alloc_resize(r->cells, (size_t)r->room, sizeof *r->cells);
	}
	memmove(&r->cells[place + 1], &r->cells[place], (size_t)(r->count - place) * sizeof *r->cells);
	r->count++;
	return &r->cells[place];
}

static bool may_stand(
	const struct sheet_book *b, const char *sheet, int row, int column, const char *text, struct err *e)
{
	if (row < 1 || row > SHEET_ROWS_MAX)
		return err_set(
			e, ERR_FORMAT, "工作表“%s”第 %d 行有内容，最多 %d 行", sheet, row, SHEET_ROWS_MAX);
	if (column < 1 || column > SHEET_COLUMNS_MAX)
		return err_set(e, ERR_FORMAT, "工作表“%s”第 %d 列有内容，最多 %d 列", sheet, column,
			SHEET_COLUMNS_MAX);
	if (strlen(text) > SHEET_CELL_CHARS_MAX && utf8_count(text) > SHEET_CELL_CHARS_MAX)
		return err_set(e, ERR_FORMAT, "工作表“%s”第 %d 行有单元格超过 %d 个字", sheet, row,
			SHEET_CELL_CHARS_MAX);
	if (b->cell_count >= CELLS_MAX)
		return err_set(e, ERR_FORMAT, "有内容的单元格超过 %d 个", CELLS_MAX);
	return true;
}

bool sheet_add_cell(
	struct sheet_book *b, struct sheet *s, int row, const struct sheet_cell *cell, struct err *e)
{
	if (!*cell->text && cell->kind != CELL_NO_RESULT)
		return true;
	if (!may_stand(b, s->name, row, cell->column, cell->text, e))
		return false;
	const struct sheet_row *last = s->row_count ? &s->rows[s->row_count - 1] : NULL;
	if (last && (last->row > row || (last->row == row && last->count &&
						last->cells[last->count - 1].column >= cell->column)))
		return err_set(
			e, ERR_FORMAT, "工作表“%s”第 %d 行的单元格次序不对，文件可能已损坏", s->name, row);
	b->cell_count++;
	*make_cell(make_row(s, row), cell->column) =
		(struct sheet_cell){cell->column, cell->kind, arena_text(&b->arena, cell->text)};
	return true;
}

bool sheet_add_merge(struct sheet_book *b, struct sheet *s, const struct sheet_range *r, struct err *e)
{
	(void)b;
	if (s->merge_count == MERGES_MAX)
		return err_set(e, ERR_FORMAT, "工作表“%s”的合并单元格超过 %d 处", s->name, MERGES_MAX);
	if (s->merge_count == s->merge_room) {
		s->merge_room = s->merge_room ? s->merge_room * 2 : 16;
		s->merges = alloc_resize(s->merges, (size_t)s->merge_room, sizeof *s->merges);
	}
	s->merges[s->merge_count++] = *r;
	return true;
}

const struct sheet_row *sheet_find_row(const struct sheet *s, int row)
{
	int place = row_place(s, row);
	return place < s->row_count && s->rows[place].row == row ? &s->rows[place] : NULL;
}

const struct sheet_cell *sheet_find_cell(const struct sheet *s, int row, int column)
{
	const struct sheet_row *r = sheet_find_row(s, row);
	int place = r ? cell_place(r, column) : 0;
	return r && place < r->count && r->cells[place].column == column ? &r->cells[place] : NULL;
}

const struct sheet_range *sheet_find_merge(const struct sheet *s, int row, int column)
{
	for (int i = 0; i < s->merge_count; i++) {
		const struct sheet_range *r = &s->merges[i];
		if (row >= r->first_row && row <= r->last_row && column >= r->first_column &&
			column <= r->last_column)
			return r;
	}
	return NULL;
}

const struct sheet_cell *sheet_see_cell(const struct sheet *s, int row, int column)
{
	const struct sheet_cell *own = sheet_find_cell(s, row, column);
	const struct sheet_range *r = own ? NULL : sheet_find_merge(s, row, column);
	return r ? sheet_find_cell(s, r->first_row, r->first_column) : own;
}

bool sheet_set_cell(
	struct sheet_book *b, struct sheet *s, int row, int column, const char *text, struct err *e)
{
	if (!may_stand(b, s->name, row, column, text, e))
		return false;
	b->cell_count++;
	*make_cell(make_row(s, row), column) =
		(struct sheet_cell){column, CELL_TEXT, arena_text(&b->arena, text)};
	return true;
}

void sheet_column_name(int column, char out[static SHEET_COLUMN_TEXT])
{
	char reversed[SHEET_COLUMN_TEXT];
	int len = 0;
	for (; column > 0 && len < SHEET_COLUMN_TEXT - 1; column = (column - 1) / 26)
		reversed[len++] = (char)('A' + (column - 1) % 26);
	for (int i = 0; i < len; i++)
		out[i] = reversed[len - 1 - i];
	out[len] = '\0';
}

int sheet_column_number(const char *name)
{
	int column = 0;
	size_t len = strlen(name);
	if (len < 1 || len >= SHEET_COLUMN_TEXT)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (name[i] < 'A' || name[i] > 'Z')
			return 0;
		column = column * 26 + (name[i] - 'A' + 1);
	}
	return column <= SHEET_COLUMNS_MAX ? column : 0;
}
