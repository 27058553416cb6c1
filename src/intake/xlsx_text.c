/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/xlsx_parts.h"
#include "intake/xml.h"

#define TEXT_BYTES_MAX (SHEET_CELL_CHARS_MAX * 4)

void xlsx_text_start(struct xlsx_text *t, const char *name)
{
	if (strcmp(name, "si") == 0 || strcmp(name, "is") == 0)
		buf_clear(&t->text);
	t->phonetic += strcmp(name, "rPh") == 0;
	t->is_in_t = strcmp(name, "t") == 0 && t->phonetic == 0;
}

void xlsx_text_end(struct xlsx_text *t, const char *name)
{
	t->phonetic -= strcmp(name, "rPh") == 0 && t->phonetic > 0;
	t->is_in_t = false;
}

bool xlsx_text_add(struct xlsx_text *t, const char *text, int len, struct err *e)
{
	if (!t->is_in_t)
		return true;
	if (t->text.len + (size_t)len > TEXT_BYTES_MAX)
		return err_set(e, ERR_FORMAT, "有单元格超过 %d 个字", SHEET_CELL_CHARS_MAX);
	buf_add(&t->text, text, (size_t)len);
	return true;
}

/* "_x000D_" is how a carriage return is written; the only ones that a cell's text has. */
const char *xlsx_text_done(struct xlsx_text *t)
{
	static const struct {
		const char *written, *meant;
	} escapes[] = {{"_x000D_", "\r"}, {"_x000d_", "\r"}, {"_x000A_", "\n"}, {"_x000a_", "\n"},
		{"_x0009_", "\t"}};
	if (!t->text.data)
		return "";
	for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
		char *at = t->text.data;
		while ((at = strstr(at, escapes[i].written)) != NULL) {
			*at++ = *escapes[i].meant;
			memmove(at, at + 6, strlen(at + 6) + 1);
		}
	}
	return t->text.data;
}

struct string_reader {
	struct xlsx_strings *strings;
	struct xlsx_text text;
};

static bool on_start(void *user, const char *name, const char *const *attributes, struct err *e)
{
	struct string_reader *r = user;
	(void)attributes, (void)e;
	xlsx_text_start(&r->text, name);
	return true;
}

static bool on_text(void *user, const char *text, int len, struct err *e)
{
	struct string_reader *r = user;
	return xlsx_text_add(&r->text, text, len, e);
}

static bool on_end(void *user, const char *name, struct err *e)
{
	struct string_reader *r = user;
	struct xlsx_strings *s = r->strings;
	xlsx_text_end(&r->text, name);
	if (strcmp(name, "si") != 0)
		return true;
	if (s->count == XLSX_STRINGS_MAX)
		return err_set(e, ERR_FORMAT, "共享文本超过 %d 条", XLSX_STRINGS_MAX);
	if (s->count == s->room) {
		s->room = s->room ? s->room * 2 : 256;
		s->items = alloc_resize(s->items, (size_t)s->room, sizeof *s->items);
	}
	s->items[s->count++] = arena_text(s->arena, xlsx_text_done(&r->text));
	return true;
}

bool xlsx_read_strings(struct xlsx_strings *s, struct package *p, const char *part, struct err *e)
{
	static const struct xml_handlers handlers = {on_start, on_end, on_text};
	struct string_reader r = {.strings = s};
	bool ok = xml_read(p, part, &handlers, &r, e);
	buf_finish(&r.text.text);
	return ok;
}
