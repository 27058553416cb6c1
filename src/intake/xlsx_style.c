/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a number is a date is known from its number format alone (ECMA-376 part 1, 18.8.30
 * and 18.8.31). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "intake/xlsx_parts.h"
#include "intake/xml.h"

#define CUSTOM_MAX 5000 /* formats with a code */

struct custom {
	int id;
	enum xlsx_look look;
};

struct style_reader {
	struct xlsx_styles *styles;
	struct custom *customs;
	int custom_count;
	bool is_in_cells; /* <cellXfs>; <cellStyleXfs> has the same elements */
};

enum xlsx_look xlsx_look_of_builtin(int id)
{
	/* 27..36 and 50..58 are the East Asian ones, here as in zh-cn. */
	static const struct {
		int first, last;
		enum xlsx_look look;
	} known[] = {{9, 10, XLSX_AS_PERCENT}, {14, 16, XLSX_AS_DAY}, {17, 17, XLSX_AS_MONTH},
		{18, 21, XLSX_AS_TIME}, {22, 22, XLSX_AS_DAY_AND_TIME}, {27, 27, XLSX_AS_MONTH},
		{28, 31, XLSX_AS_DAY}, {32, 35, XLSX_AS_TIME}, {36, 36, XLSX_AS_MONTH},
		{45, 47, XLSX_AS_TIME}, {50, 50, XLSX_AS_MONTH}, {51, 51, XLSX_AS_DAY},
		{52, 52, XLSX_AS_MONTH}, {53, 54, XLSX_AS_DAY}, {55, 56, XLSX_AS_TIME},
		{57, 57, XLSX_AS_MONTH}, {58, 58, XLSX_AS_DAY}};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (id >= known[i].first && id <= known[i].last)
			return known[i].look;
	}
	return XLSX_AS_NUMBER;
}

/* Behind what a code shows as it stands: quoted, escaped, filled or left blank; or text
 * itself when there is nothing such. Brackets hold a colour, a locale or elapsed hours. */
static const char *pass_literal(const char *at)
{
	if (*at == '"') {
		const char *end = strchr(at + 1, '"');
		return end ? end + 1 : at + strlen(at);
	}
	if ((*at == '\\' || *at == '_' || *at == '*') && at[1])
		return at + 2;
	if (*at == '[') {
		size_t hours = strspn(at + 1, "hHmMsS");
		const char *end = strchr(at, ']');
		if (hours && at[1 + hours] == ']')
			return at; /* [h]: elapsed */
		return end ? end + 1 : at + strlen(at);
	}
	return at;
}

struct marks {
	bool has_year, has_month, has_day, has_time, has_percent, is_scaled, has_digit;
};

/* A comma behind the last digit of a number divides by a thousand; "!" before a point is
 * how 万 are shown of yuan. */
static void note_number(struct marks *m, const char *at)
{
	if (strchr("0#?", *at))
		m->has_digit = true;
	if (*at == '%')
		m->has_percent = true;
	if (*at == ',' && m->has_digit && !(at[1] && strchr("0#?", at[1])))
		m->is_scaled = true;
	if (*at == '!' && at[1] == '.')
		m->is_scaled = true;
}

static struct marks read_code(const char *code)
{
	struct marks m = {0};
	const char *at = code;
	while (*at && *at != ';') {
		const char *next = pass_literal(at);
		if (next != at) {
			at = next;
			continue;
		}
		char c = (char)tolower((unsigned char)*at);
		bool is_exponent = c == 'e' && (at[1] == '+' || at[1] == '-');
		m.has_year |= c == 'y' || (c == 'e' && !is_exponent);
		m.has_month |= c == 'm';
		m.has_day |= c == 'd';
		m.has_time |= c == 'h' || c == 's';
		note_number(&m, at);
		at++;
	}
	return m;
}

enum xlsx_look xlsx_look_of_code(const char *code)
{
	if (strcasecmp(code, "general") == 0 || strncmp(code, "G/", 2) == 0 || strcmp(code, "@") == 0)
		return XLSX_AS_NUMBER;
	struct marks m = read_code(code);
	bool has_date = m.has_year || m.has_day || (m.has_month && !m.has_time);
	if (has_date && m.has_time)
		return XLSX_AS_DAY_AND_TIME;
	if (m.has_time)
		return XLSX_AS_TIME;
	if (has_date && m.has_year && !m.has_day)
		return m.has_month ? XLSX_AS_MONTH : XLSX_AS_YEAR;
	if (has_date)
		return XLSX_AS_DAY;
	return m.is_scaled ? XLSX_SCALED : m.has_percent ? XLSX_AS_PERCENT : XLSX_AS_NUMBER;
}

static enum xlsx_look look_of(const struct style_reader *r, int id)
{
	for (int i = 0; i < r->custom_count; i++) {
		if (r->customs[i].id == id)
			return r->customs[i].look;
	}
	return xlsx_look_of_builtin(id);
}

static bool add_custom(struct style_reader *r, const char *id, const char *code, struct err *e)
{
	if (r->custom_count == CUSTOM_MAX)
		return err_set(e, ERR_FORMAT, "自定义数字格式超过 %d 种", CUSTOM_MAX);
	r->customs = alloc_resize(r->customs, (size_t)r->custom_count + 1, sizeof *r->customs);
	r->customs[r->custom_count++] = (struct custom){(int)strtol(id, NULL, 10), xlsx_look_of_code(code)};
	return true;
}

static bool add_style(struct style_reader *r, const char *id, struct err *e)
{
	struct xlsx_styles *s = r->styles;
	if (s->count == XLSX_STYLES_MAX)
		return err_set(e, ERR_FORMAT, "单元格样式超过 %d 种", XLSX_STYLES_MAX);
	if (s->count == s->room) {
		s->room = s->room ? s->room * 2 : 64;
		s->looks = alloc_resize(s->looks, (size_t)s->room, sizeof *s->looks);
	}
	s->looks[s->count++] = id ? look_of(r, (int)strtol(id, NULL, 10)) : XLSX_AS_NUMBER;
	return true;
}

static bool on_start(void *user, const char *name, const char *const *attributes, struct err *e)
{
	struct style_reader *r = user;
	const char *id = xml_attribute(attributes, "numFmtId"),
		   *code = xml_attribute(attributes, "formatCode");
	if (strcmp(name, "cellXfs") == 0)
		r->is_in_cells = true;
	if (strcmp(name, "numFmt") == 0 && id && code && !r->is_in_cells)
		return add_custom(r, id, code, e);
	if (strcmp(name, "xf") == 0 && r->is_in_cells)
		return add_style(r, id, e);
	return true;
}

static bool on_end(void *user, const char *name, struct err *e)
{
	struct style_reader *r = user;
	(void)e;
	if (strcmp(name, "cellXfs") == 0)
		r->is_in_cells = false;
	return true;
}

bool xlsx_read_styles(struct xlsx_styles *s, struct package *p, const char *part, struct err *e)
{
	static const struct xml_handlers handlers = {.start = on_start, .end = on_end};
	struct style_reader r = {.styles = s};
	bool ok = xml_read(p, part, &handlers, &r, e);
	free(r.customs);
	return ok;
}
