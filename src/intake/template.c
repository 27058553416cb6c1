/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything is written as text, never as a formula, and all of it is our own. */
#include "intake/template.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "intake/column.h"

#define HEADER_ROW 1 /* from 0; above it the title */
#define LAST_ROW 1000 /* as far as lists to choose from reach */
#define CHOICES_MAX 16
#define LIST_BYTES_MAX 250
#define COLUMN_CHARS 16
#define BYTES_MAX (1 << 20)
#define MADE_UTC_S 1687919040 /* says when it was made, always the same */

/* Milestones that a project's columns stand for, as an example of how to name more. */
static const char *const milestones[] = {"开工", "竣工", "投产"};
static const char *const states[] = {"未录入", "未开始", "进行中", "已完成", "免办", "暂停", NULL};

struct template
{
	const json_t *document;
	lxw_workbook *book;
	lxw_worksheet *sheet, *help;
	lxw_format *title, *header, *required, *text, *wrapped;
	uint16_t columns;
	lxw_row_t help_row;
};

static void set_formats(struct template *t)
{
	t->title = workbook_add_format(t->book);
	format_set_bold(t->title);
	format_set_font_size(t->title, 16);
	format_set_align(t->title, LXW_ALIGN_CENTER);
	t->header = workbook_add_format(t->book);
	format_set_bold(t->header);
	format_set_bg_color(t->header, 0xDDE6F0);
	format_set_border(t->header, LXW_BORDER_THIN);
	format_set_text_wrap(t->header);
	t->required = workbook_add_format(t->book);
	format_set_bold(t->required);
	format_set_bg_color(t->required, 0xF7E0DC);
	format_set_border(t->required, LXW_BORDER_THIN);
	format_set_text_wrap(t->required);
	t->text = workbook_add_format(t->book);
	format_set_num_format(t->text, "@"); /* or a spreadsheet turns 2023.10 into 2023.1 */
	t->wrapped = workbook_add_format(t->book);
	format_set_text_wrap(t->wrapped);
	format_set_align(t->wrapped, LXW_ALIGN_VERTICAL_TOP);
}

static void offer(struct template *t, uint16_t column, const char *const *choices)
{
	const char *list[CHOICES_MAX + 1] = {NULL};
	lxw_data_validation v = {.validate = LXW_VALIDATION_TYPE_LIST,
		.value_list = (char **)(uintptr_t)list,
		.error_title = (char *)(uintptr_t) "不在选项中",
		.error_message = (char *)(uintptr_t) "请从下拉列表中选择"};
	size_t bytes = 0;
	for (int i = 0; i < CHOICES_MAX && choices[i]; i++) {
		list[i] = choices[i];
		bytes += strlen(choices[i]) + 1;
		if (bytes > LIST_BYTES_MAX || strchr(choices[i], ','))
			return; /* a spreadsheet cannot offer it */
	}
	(void)worksheet_data_validation_range(t->sheet, HEADER_ROW + 1, column, LAST_ROW, column, &v);
}

/* One of several words that mean the same. */
static void offer_words(struct template *t, uint16_t column, const struct column_word *words)
{
	const char *choices[CHOICES_MAX + 1] = {NULL};
	int count = 0;
	for (int i = 0; words[i].said && count < CHOICES_MAX; i++) {
		if (i == 0 || strcmp(words[i].word, words[i - 1].word) != 0)
			choices[count++] = words[i].said;
	}
	offer(t, column, choices);
}

static void add_help(struct template *t, const char *label, bool is_required, const char *note)
{
	lxw_row_t row = t->help_row++;
	(void)worksheet_write_string(t->help, row, 0, label, t->wrapped);
	(void)worksheet_write_string(t->help, row, 1, is_required ? "必填" : "选填", t->wrapped);
	(void)worksheet_write_string(t->help, row, 2, note, t->wrapped);
}

static void add_column(struct template *t, const char *label, bool is_required, const char *example)
{
	uint16_t column = t->columns++;
	(void)worksheet_set_column(t->sheet, column, column, COLUMN_CHARS, t->text);
	(void)worksheet_write_string(
		t->sheet, HEADER_ROW, column, label, is_required ? t->required : t->header);
	if (*example)
		(void)worksheet_write_string(t->sheet, HEADER_ROW + 1, column, example, t->text);
}

static void add_milestones(struct template *t)
{
	static const struct {
		const char *before, *after, *example;
	} parts[] = {{"计划", "时间", "2023年6月"}, {"实际", "时间", ""}, {"", "状态", "未开始"}};
	char label[64];
	for (size_t i = 0; i < sizeof milestones / sizeof milestones[0]; i++) {
		for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
			(void)snprintf(label, sizeof label, "%s%s%s", parts[k].before, milestones[i],
				parts[k].after);
			if (k == 2)
				offer(t, t->columns, states);
			add_column(t, label, false, i == 0 ? parts[k].example : "");
		}
	}
	add_help(t, "计划…时间、实际…时间、…状态", false,
		"每个节点三列，可照样增加；时间写 2023-06-30、2023年6月 或 2023年二季度；"
		"状态写 未录入、未开始、进行中、已完成、免办、暂停；只有已完成的节点才填实际时间");
}

/* Names that the document has. */
static void offer_names(struct template *t, uint16_t column, const json_t *list, const char **first)
{
	const char *choices[CHOICES_MAX + 1] = {NULL};
	size_t i, count = 0;
	const json_t *item;
	json_array_foreach (list, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		if (name && count < CHOICES_MAX)
			choices[count++] = name;
	}
	*first = count ? choices[0] : "";
	if (count)
		offer(t, column, choices);
}

static void add_columns(struct template *t, const struct column_kind *kind)
{
	for (int i = 0; i < kind->count; i++) {
		const struct column *c = &kind->columns[i];
		if (!c->example)
			continue; /* of sheets with a row a milestone */
		const char *example = c->example;
		if (c->words)
			offer_words(t, t->columns, c->words);
		if (c->type == COLUMN_PHASE)
			offer_names(t, t->columns,
				json_object_get(
					json_array_get(json_object_get(t->document, "phases"), 0), "phases"),
				&example);
		else if (c->type == COLUMN_SOURCE)
			offer_names(t, t->columns, json_object_get(t->document, "sources"), &example);
		add_column(t, c->label, c->is_required, example);
		add_help(t, c->label, c->is_required, c->note);
	}
	if (strcmp(kind->name, "projects") == 0)
		add_milestones(t);
}

static bool write_book(const char *path, const struct column_kind *kind, const json_t *document)
{
	struct template t = {.document = document, .book = workbook_new(path), .help_row = 1};
	char title[64];
	/* The only time_t that a library is handed (CONTRIBUTING.md): the last member, so where the library's
	 * has 32 bits it finds ours' lower half. */
	lxw_doc_properties properties = {.created = MADE_UTC_S};
	if (!t.book)
		return false;
	(void)workbook_set_properties(t.book, &properties);
	t.sheet = workbook_add_worksheet(t.book, kind->title);
	t.help = workbook_add_worksheet(t.book, "填写说明");
	set_formats(&t);
	(void)worksheet_write_string(t.help, 0, 0, "列", t.header);
	(void)worksheet_write_string(t.help, 0, 1, "是否必填", t.header);
	(void)worksheet_write_string(t.help, 0, 2, "怎么填", t.header);
	(void)worksheet_set_column(t.help, 0, 0, 28, NULL);
	(void)worksheet_set_column(t.help, 2, 2, 70, NULL);
	add_columns(&t, kind);
	(void)snprintf(title, sizeof title, "%s导入表（示例行请删去）", kind->title);
	(void)worksheet_merge_range(t.sheet, 0, 0, 0, t.columns - 1, title, t.title);
	worksheet_freeze_panes(t.sheet, HEADER_ROW + 1, 2);
	return workbook_close(t.book) == LXW_NO_ERROR;
}

bool template_make(const char *kind, const json_t *document, struct buf *out, struct err *e)
{
	char path[64];
	const struct column_kind *k = column_find_kind(kind);
	if (!k)
		return err_set(e, ERR_MISSING, "没有这种模板");
	int fd = memfd_create("template", MFD_CLOEXEC);
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	bool ok = fd >= 0 && write_book(path, k, document) && file_read(path, BYTES_MAX, out, e);
	if (fd >= 0)
		(void)close(fd);
	return ok || err_set(e, ERR_DISK, "模板生成失败");
}
