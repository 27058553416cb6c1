/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/xlsx_parts.h"
#include "intake/xml.h"

#define TARGETS_MAX 1000 /* of one part */
#define PATH_MAX_BYTES 256

/* What a part names by ids: Target and the last word of Type. */
struct target {
	const char *id, *type;
	char path[PATH_MAX_BYTES];
};

struct targets {
	struct arena arena;
	const char *folder; /* of the part that names them */
	struct target *items;
	int count;
};

struct listed {
	const char *name, *id;
	bool is_hidden;
};

struct workbook {
	struct arena arena;
	struct listed *sheets;
	int count;
	bool is_1904;
};

/* "worksheets/sheet1.xml" beside a part in "xl/", or "/xl/worksheets/sheet1.xml". */
static bool resolve(const char *folder, const char *target, char out[static PATH_MAX_BYTES])
{
	int n = snprintf(out, PATH_MAX_BYTES, "%s%s", *target == '/' ? "" : folder,
		*target == '/' ? target + 1 : target);
	return n > 0 && n < PATH_MAX_BYTES && !strstr(out, "..");
}

static bool on_target(void *user, const char *name, const char *const *attributes, struct err *e)
{
	struct targets *t = user;
	const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target"),
		   *mode = xml_attribute(attributes, "TargetMode");
	if (strcmp(name, "Relationship") != 0 || (mode && strcmp(mode, "External") == 0))
		return true; /* links to elsewhere are not followed */
	if (!id || !type || !target || t->count == TARGETS_MAX)
		return err_set(e, ERR_FORMAT, "关系表不完整或过长");
	t->items = alloc_resize(t->items, (size_t)t->count + 1, sizeof *t->items);
	struct target *made = &t->items[t->count];
	const char *slash = strrchr(type, '/');
	*made = (struct target){
		arena_text(&t->arena, id), arena_text(&t->arena, slash ? slash + 1 : type), ""};
	if (!resolve(t->folder, target, made->path))
		return err_set(e, ERR_FORMAT, "关系表指向包外");
	t->count++;
	return true;
}

static void finish_targets(struct targets *t)
{
	free(t->items);
	arena_finish(&t->arena);
}

/* What stands in folder/_rels/file.rels. */
static bool read_targets(struct targets *t, struct package *p, const char *part, struct err *e)
{
	static const struct xml_handlers handlers = {.start = on_target};
	char path[PATH_MAX_BYTES * 2], folder[PATH_MAX_BYTES];
	const char *slash = strrchr(part, '/');
	int len = slash ? (int)(slash + 1 - part) : 0;
	(void)snprintf(folder, sizeof folder, "%.*s", len, part);
	(void)snprintf(path, sizeof path, "%s_rels/%s.rels", folder, part + len);
	t->folder = arena_text(&t->arena, folder);
	return xml_read(p, path, &handlers, t, e);
}

static const struct target *find_target(const struct targets *t, const char *id, const char *type)
{
	for (int i = 0; i < t->count; i++) {
		if ((!id || strcmp(t->items[i].id, id) == 0) && strcmp(t->items[i].type, type) == 0)
			return &t->items[i];
	}
	return NULL;
}

static bool is_true(const char *value)
{
	return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static bool on_workbook(void *user, const char *name, const char *const *attributes, struct err *e)
{
	struct workbook *w = user;
	if (strcmp(name, "workbookPr") == 0)
		w->is_1904 = is_true(xml_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0)
		return true;
	const char *title = xml_attribute(attributes, "name"), *id = xml_attribute(attributes, "id");
	const char *state = xml_attribute(attributes, "state");
	if (!title || !id || w->count == TARGETS_MAX)
		return err_set(e, ERR_FORMAT, "工作表清单不完整或过长");
	w->sheets = alloc_resize(w->sheets, (size_t)w->count + 1, sizeof *w->sheets);
	w->sheets[w->count++] = (struct listed){arena_text(&w->arena, title), arena_text(&w->arena, id),
		state && strcmp(state, "visible") != 0};
	return true;
}

static void finish_workbook(struct workbook *w)
{
	free(w->sheets);
	arena_finish(&w->arena);
}

/* A file may say in its table of contents that it has macros, without having them. */
static bool on_content_type(void *user, const char *name, const char *const *attributes, struct err *e)
{
	const char *type = xml_attribute(attributes, "ContentType");
	(void)user, (void)name;
	if (type && strstr(type, "macroEnabled"))
		return err_set(e, ERR_FORMAT, "文件含有宏（.xlsm），请另存为不含宏的 .xlsx");
	return true;
}

static bool read_sheets(struct sheet_book *book, struct package *p, const struct workbook *w,
	const struct targets *t, struct err *e)
{
	struct xlsx_styles styles = {0};
	struct xlsx_strings strings = {.arena = &book->arena};
	const struct target *style_part = find_target(t, NULL, "styles");
	const struct target *string_part = find_target(t, NULL, "sharedStrings");
	bool ok = (!style_part || xlsx_read_styles(&styles, p, style_part->path, e)) &&
		  (!string_part || xlsx_read_strings(&strings, p, string_part->path, e));
	const struct xlsx_cells x = {p, book, &styles, &strings, w->is_1904};
	for (int i = 0; ok && i < w->count; i++) {
		const struct target *part = find_target(t, w->sheets[i].id, "worksheet");
		if (!part)
			continue; /* a chart or a dialogue */
		struct sheet *s = sheet_add(book, w->sheets[i].name, w->sheets[i].is_hidden, e);
		ok = s && xlsx_read_cells(&x, s, part->path, e);
	}
	free(styles.looks);
	free(strings.items);
	return ok && (book->sheet_count > 0 || err_set(e, ERR_FORMAT, "工作簿里没有工作表"));
}

static bool read_book(struct sheet_book *book, struct package *p, struct err *e)
{
	static const struct xml_handlers types = {.start = on_content_type};
	static const struct xml_handlers books = {.start = on_workbook};
	struct targets root = {0}, own = {0};
	struct workbook w = {0};
	const struct target *part = NULL;
	bool ok = xml_read(p, "[Content_Types].xml", &types, NULL, e) && read_targets(&root, p, "", e);
	if (ok) {
		part = find_target(&root, NULL, "officeDocument");
		ok = part || err_set(e, ERR_FORMAT, "不是 Excel 工作簿：没有工作簿部分");
	}
	ok = ok && xml_read(p, part->path, &books, &w, e) && read_targets(&own, p, part->path, e) &&
	     read_sheets(book, p, &w, &own, e);
	finish_workbook(&w);
	finish_targets(&root);
	finish_targets(&own);
	return ok;
}

bool xlsx_read(struct sheet_book **out, const void *bytes, size_t len, struct err *e)
{
	struct package *p;
	*out = NULL;
	if (!package_open(&p, bytes, len, e))
		return false;
	struct sheet_book *book = sheet_book_create();
	bool ok = read_book(book, p, e);
	package_close(p);
	if (ok)
		*out = book;
	else
		sheet_book_destroy(book);
	return ok;
}
