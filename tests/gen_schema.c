/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes assets/schema/content.schema.json from the tables of content/field.h, so that
 * the schema names the fields that the checker knows. What a field may hold is said
 * here a second time, in JSON Schema's own words: tests/flow/schema_test.sh tries both
 * on the same documents. Usage: gen_schema > assets/schema/content.schema.json */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "content/field.h"
#include "content/words.h"

/* The end of the text, where $ alone may also stand before a last newline (Python). */
#define END "$(?!\\n)"
#define DIGIT "[0-9\xEF\xBC\x90-\xEF\xBC\x99]"
#define NO_DIGIT "[^0-9\xEF\xBC\x90-\xEF\xBC\x99]"

#define YEAR "(?!0000)[0-9]{4}"
#define LEAP_YEAR "(?!0000)(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
#define DAY                                                                                                  \
	"(?:" YEAR "-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"                                       \
	"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|" LEAP_YEAR "-02-29)"
#define DATE "(?:" DAY "|" YEAR "(?:-(?:0[1-9]|1[0-2]|3[3-6]|4[01]))?)~?"
#define TIME                                                                                                 \
	DAY "[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?"                            \
	    "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"

static json_t *string_of(const char *pattern)
{
	return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static json_t *refer(const char *name)
{
	return json_pack("{s:s+}", "$ref", "#/$defs/", name);
}

/* ---- texts: which characters, asked of the check itself ---------------------- */

/* Behind a character that composes with none. */
static bool is_refused(uint32_t point)
{
	char text[8] = "字", why[160];
	const struct words_rule rule = {.max_chars = 2, .max_lines = 1};
	return !utf8_put(text + strlen(text), point) || !words_check(text, &rule, why, sizeof why);
}

static void add_point(char *out, uint32_t point)
{
	static const char special[] = "\\]^-";
	char text[5];
	(void)utf8_put(text, point);
	if (point < 0x20 || point == 0x7F)
		(void)sprintf(out + strlen(out), "\\u%04X", point);
	else
		(void)sprintf(out + strlen(out), "%s%s",
			point < 0x80 && strchr(special, (int)point) ? "\\" : "", text);
}

/* A class of all characters that no text may have, but for newline and surrogates,
 * which no JSON text can have either. */
static void list_refused(char *out)
{
	uint32_t first = 0;
	bool in_range = false;
	*out = '\0';
	for (uint32_t p = 0; p <= 0x110000; p++) {
		if (p == 0xD800)
			p = 0xE000;
		bool is_in = p < 0x110000 && p != '\n' && (p == 0 || is_refused(p));
		if (is_in && !in_range)
			first = p;
		if (!is_in && in_range) {
			uint32_t last = p == 0xE000 ? 0xD7FF : p - 1;
			add_point(out, first);
			if (last > first) {
				strcat(out, "-");
				add_point(out, last);
			}
		}
		in_range = is_in;
	}
}

static json_t *define_text(void)
{
	static char refused[65536], pattern[65600];
	list_refused(refused);
	(void)snprintf(pattern, sizeof pattern, "^[^%s]+" END, refused);
	return json_pack("{s:s, s:s, s:[{s:s}], s:{s:s}}", "type", "string", "pattern", pattern, "allOf",
		"pattern", "\\S", "not", "pattern",
		"(?:^|" NO_DIGIT ")(?:[1\xEF\xBC\x91][3-9\xEF\xBC\x93-\xEF\xBC\x99]" DIGIT "{9}|" DIGIT
		"{15,19}|" DIGIT "{17}[Xx])(?:" NO_DIGIT "|$)");
}

/* Newlines stand between lines and are no characters of the text. */
static json_t *text_of(const struct field *f)
{
	int lines = f->max_lines ? f->max_lines : 1;
	char rows[64], chars[64];
	if (lines == 1)
		return json_pack("{s:s, s:i}", "$ref", "#/$defs/line", "maxLength", (int)f->max);
	(void)snprintf(rows, sizeof rows, "^(?:[^\\n]*\\n){0,%d}[^\\n]*" END, lines - 1);
	(void)snprintf(chars, sizeof chars, "^\\n*(?:[^\\n]\\n*){1,%d}" END, (int)f->max);
	return json_pack("{s:s, s:[{s:s}, {s:s}]}", "$ref", "#/$defs/text", "allOf", "pattern", rows,
		"pattern", chars);
}

/* ---- fields ------------------------------------------------------------------ */

static json_t *schema_of_kind(const char *name, const struct field_kind *kind);
static json_t *schema_of(const struct field *f);

static json_t *words_of(const struct field *f)
{
	json_t *words = json_array();
	for (int i = 0; f->words[i]; i++)
		json_array_append_new(words, json_string(f->words[i]));
	return json_pack("{s:o}", "enum", words);
}

static json_t *list_of(json_t *items, int64_t min, int64_t max)
{
	json_t *list = json_pack("{s:s, s:o}", "type", "array", "items", items);
	if (min)
		json_object_set_new(list, "minItems", json_integer(min));
	json_object_set_new(list, "maxItems", json_integer(max));
	return list;
}

static json_t *pairs_of(const struct field *f)
{
	json_t *pair = json_pack("{s:s, s:[o, o], s:b, s:i}", "type", "array", "prefixItems",
		schema_of(&f->kind->fields[0]), schema_of(&f->kind->fields[1]), "items", 0, "minItems", 2);
	return list_of(pair, f->min, f->max);
}

static json_t *number_of(const struct field *f)
{
	return json_pack("{s:s, s:I, s:I}", "type", f->type == FIELD_INT ? "integer" : "number", "minimum",
		(json_int_t)f->min, "maximum", (json_int_t)f->max);
}

static json_t *tags_of(const struct field *f)
{
	struct field hours = *f;
	hours.min = 0;
	hours.max = f->max;
	return json_pack("{s:s, s:i, s:o, s:o}", "type", "object", "maxProperties", (int)f->max,
		"propertyNames", refer("id"), "additionalProperties", pairs_of(&hours));
}

/* Words, and not a date that is mistyped. */
static json_t *words_or_date(const struct field *f)
{
	json_t *text = text_of(f);
	json_object_set_new(text, "not", json_pack("{s:s}", "pattern", "^[0-9]{4}[0-9/~-]*" END));
	return text;
}

static json_t *schema_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		return refer("id");
	case FIELD_TEXT:
		return text_of(f);
	case FIELD_BOOL:
		return json_pack("{s:s}", "type", "boolean");
	case FIELD_INT:
	case FIELD_NUMBER:
		return number_of(f);
	case FIELD_DATE:
		return refer("date");
	case FIELD_DAY:
		return refer("day");
	case FIELD_PERIOD:
		return refer("period");
	case FIELD_AS_OF:
		return json_pack("{s:[o, o]}", "anyOf", refer("period"), words_or_date(f));
	case FIELD_TIME:
		return refer("time");
	case FIELD_HOUR:
		return refer("hour");
	case FIELD_WORD:
		return words_of(f);
	case FIELD_ZONE:
		return refer("zone");
	case FIELD_URL:
		return refer("url");
	case FIELD_MEDIA:
		return refer("media");
	case FIELD_FILM:
		return refer("film");
	case FIELD_OBJECT:
		return schema_of_kind(f->name, f->kind);
	case FIELD_LIST:
		return list_of(schema_of_kind(f->name, f->kind), f->min, f->max);
	case FIELD_SCALARS:
		return f->kind->count == 2 ? pairs_of(f)
					   : list_of(schema_of(&f->kind->fields[0]), f->min, f->max);
	case FIELD_OF:
		return json_pack("{s:[o, o]}", "anyOf", list_of(refer("id"), 1, f->max),
			schema_of_kind(f->name, f->kind));
	case FIELD_TAGS:
		return tags_of(f);
	}
	abort();
}

/* Rules across the fields of one object, by the name of its list. */
static const struct {
	const char *name, *rules;
} across[] = {
	{"milestones", "{\"if\": {\"required\": [\"actual\"]},"
		       " \"then\": {\"properties\": {\"state\": {\"const\": \"done\"}}}}"},
	{"indicators", "{\"dependentRequired\": {\"rank\": [\"of\"], \"rank_at_least\": [\"of\"]},"
		       " \"not\": {\"required\": [\"rank\", \"rank_at_least\"]}}"},
	{"occasions", "{\"if\": {\"properties\": {\"status\":"
		      " {\"enum\": [\"postponed\", \"suspended\", \"cancelled\"]}}},"
		      " \"then\": {\"required\": [\"reason\"]}}"},
	{"boards", "{\"allOf\": [{\"if\": {\"properties\": {\"kind\": {\"enum\": [\"overview\", "
		   "\"projects\"]}}},"
		   " \"then\": {\"required\": [\"of\"]}},"
		   " {\"if\": {\"properties\": {\"kind\": {\"enum\": [\"list\", \"detail\"]}}},"
		   " \"else\": {\"properties\": {\"of\": {\"type\": \"array\"}}}},"
		   " {\"if\": {\"properties\": {\"kind\": {\"const\": \"video\"}}},"
		   " \"then\": {\"required\": [\"video\"]},"
		   " \"else\": {\"properties\": {\"video\": false}}},"
		   " {\"if\": {\"properties\": {\"kind\": {\"enum\": [\"picture\", \"video\"]}}},"
		   " \"then\": {\"required\": [\"picture\"], \"properties\": {\"of\": false}},"
		   " \"else\": {\"properties\": {\"picture\": false, \"caption\": false,"
		   " \"sample\": false}}}]}"},
};

static json_t *schema_of_kind(const char *name, const struct field_kind *kind)
{
	json_t *properties = json_object(), *required = json_array();
	for (int i = 0; i < kind->count; i++) {
		const struct field *f = &kind->fields[i];
		json_object_set_new(properties, f->name, schema_of(f));
		if (f->flags & FIELD_REQUIRED)
			json_array_append_new(required, json_string(f->name));
	}
	json_t *schema = json_pack(
		"{s:s, s:o, s:b}", "type", "object", "properties", properties, "additionalProperties", 0);
	if (json_array_size(required))
		json_object_set(schema, "required", required);
	json_decref(required);
	for (size_t i = 0; i < sizeof across / sizeof across[0]; i++) {
		json_t *rules =
			strcmp(across[i].name, name) == 0 ? json_loads(across[i].rules, 0, NULL) : NULL;
		json_object_update(schema, rules);
		json_decref(rules);
	}
	return schema;
}

/* Each direction at most once. */
static void limit_directions(json_t *schema)
{
	static const char *const directions[] = {"east", "west", "south", "north"};
	json_t *arms = json_object_get(schema, "properties");
	static const char *const way[] = {"patterns", "items", "properties", "arms"};
	for (size_t i = 0; i < sizeof way / sizeof way[0]; i++)
		arms = json_object_get(arms, way[i]);
	json_t *all = json_array();
	for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++)
		json_array_append_new(
			all, json_pack("{s:{s:{s:{s:s}}, s:[s]}, s:i, s:i}", "contains", "properties",
				     "direction", "const", directions[i], "required", "direction",
				     "minContains", 0, "maxContains", 1));
	json_object_set_new(arms, "allOf", all);
}

static json_t *definitions(void)
{
	json_t *line = define_text();
	json_t *text = json_deep_copy(line);
	json_array_append_new(json_object_get(line, "allOf"), json_pack("{s:s}", "pattern", "^[^\\n]*" END));
	json_t *url = string_of("^https?://(?!/)[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]+" END);
	json_object_set_new(url, "maxLength", json_integer(200));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "line", line, "text",
		text, "id", string_of("^[a-z0-9][a-z0-9-]{0,63}" END), "date", string_of("^" DATE END), "day",
		string_of("^" DAY END), "period", string_of("^" DATE "(?:/" DATE ")?" END), "time",
		string_of("^" TIME END), "hour", string_of("^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)" END),
		"zone", string_of("^(?!/)[A-Za-z0-9/_+-]{1,63}" END), "media",
		string_of("^(?!\\.{1,2}$)(?!.*\\.mp4$)[A-Za-z0-9._-]{1,128}" END), "film",
		string_of("^[A-Za-z0-9._-]{1,124}\\.mp4" END), "url", url);
}

int main(void)
{
	json_t *head = json_pack("{s:s, s:s, s:s, s:s}", "$schema",
		"https://json-schema.org/draft/2020-12/schema", "$id", "urn:fangzi-kiosk:content:1", "title",
		"Fangzi Kiosk content document, version 1", "$comment",
		"Made by tests/gen_schema.c. What a schema cannot say is enforced by fangzi-sign check "
		"alone: "
		"that ids differ and references resolve, orders of dates, characters that the fonts can "
		"draw, "
		"NFC, combining marks in a row, grouped personal numbers, the media, the time zone's name.");
	json_t *schema = schema_of_kind("", &field_document);
	limit_directions(schema);
	json_object_update(head, schema);
	json_object_set_new(head, "$defs", definitions());
	bool ok = json_dumpf(head, stdout, JSON_INDENT(2) | JSON_ENSURE_ASCII) == 0 && puts("") >= 0;
	json_decref(schema);
	json_decref(head);
	return ok && fflush(stdout) == 0 ? 0 : 1;
}
