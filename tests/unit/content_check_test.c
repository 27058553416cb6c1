/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"
#include "content/field.h"
#include "content/take.h"
#include "content_kit.h"
#include "sentences.h"

#define TEMPLATE                                                                                             \
	"{\"id\": \"t\", \"name\": \"甲\", \"phases\": [{\"id\": \"a\", \"name\": \"甲\"},"                \
	" {\"id\": \"b\", \"name\": \"乙\"}, {\"id\": \"c\", \"name\": \"丙\"}]}"

/* Up to three changes to the sound document, and every error that is told, one a line. */
static const struct check_row {
	const char *says;
	const char *changes[3][2]; /* pointer, value */
	const char *errors;
} check_rows[] = {
	{"the sound document", {{0}}, ""},
	{"a wrong type", {{"/projects/0/name", "7"}}, "/projects/0/name: 7: must be a text\n"},
	{"a missing field", {{"/projects/0/name", NULL}}, "/projects/0/name: : missing\n"},
	{"a list that is missing", {{"/alerts", NULL}}, "/alerts: : missing\n"},
	{"an unknown field", {{"/projects/0/smaple", "true"}},
		"/projects/0/smaple: true: no such field here\n"},
	{"a slash and a tilde in a field's name are escaped", {{"/site/a~b", "1"}},
		"/site/a~0b: 1: no such field here\n"},
	{"what hides in a field's name is not quoted", {{"/site/na\u202eme\x7F", "1"}},
		"/site/na?me?: 1: no such field here\n"},
	{"what hides in a value is written by its number", {{"/projects/0/name", "\"a\u202eb\""}},
		"/projects/0/name: \"a\\u202Eb\": bidirectional control U+202E is not allowed\n"},
	{"a newline in a value does not break the line", {{"/projects/0/name", "\"a\\nb\""}},
		"/projects/0/name: \"a\\nb\": has 2 lines, at most 1\n"},
	{"a long value is cut between characters",
		{{"/sources/0/name", "\"某日报某日报某日报某日报某日报某日报某日报某日报某日报\""}},
		"/sources/0/name: \"某日报某日报某日报某日报某日报某日报某日…: has 27 characters, at most "
		"24\n"},
	{"an item of a nested list", {{"/projects/0/milestones/1/state", "\"late\""}},
		"/projects/0/milestones/1/state: \"late\": must be one of unreported, not_started, "
		"in_progress, "
		"done, waived, suspended\n"},
	{"a field of an object", {{"/rules/0/limit/value", "0"}},
		"/rules/0/limit/value: 0: must be within 1 and 1000\n"},
	{"a scalar of a list", {{"/calendar/holidays/1", "\"2023-10\""}},
		"/calendar/holidays/1: \"2023-10\": must be a date: YYYY-MM-DD\n"},
	{"one of a pair", {{"/boards/0/when/hours/0/1", "\"25:00\""}},
		"/boards/0/when/hours/0/1: \"25:00\": must be HH:MM\n"},
	{"no pair at all", {{"/boards/0/when/hours", "[]"}},
		"/boards/0/when/hours: []: must be a list of 1 to 8 [from, to]\n"},
	{"a tag is named by its own place", {{"/screens/hours", "{\"Hall\": []}"}},
		"/screens/hours/Hall: \"Hall\": must be an id: [a-z0-9][a-z0-9-]{0,63}\n"},
	{"a list that is none", {{"/alerts", "{}"}}, "/alerts: {}: must be a list\n"},
	{"too few items", {{"/phases/0/phases", "[]"}},
		"/phases/0/phases: : has 0 items, allowed are 3 to 9\n"},
	{"an item that is no object", {{"/alerts/0", "null"}}, "/alerts/0: null: must be an object\n"},
	{"a fraction of a yuan", {{"/projects/0/investment_cny", "1.5"}},
		"/projects/0/investment_cny: 1.5: must be a whole number\n"},
	{"a mistyped date", {{"/projects/0/as_of", "\"2023-02-30\""}},
		"/projects/0/as_of: \"2023-02-30\": must be an EDTF date, A/B with A not after B, or "
		"words\n"},
	{"an id twice", {{"/boards/1/id", "\"b1\""}}, "/boards/1/id: \"b1\": id stands twice in boards\n"},
	{"a nested id twice", {{"/projects/0/milestones/1/id", "\"m1\""}},
		"/projects/0/milestones/1/id: \"m1\": id stands twice\n"},
	{"a template twice",
		{{"/phases", "[" TEMPLATE ", " TEMPLATE "]"}, {"/projects/0/phase", "\"a\""},
			{"/projects/0/milestones", "[]"}},
		"/phases/1/id: \"t\": id stands twice in phases\n"},
	{"a template that a project names",
		{{"/phases", "[" TEMPLATE "]"}, {"/projects/0/template", "\"t\""},
			{"/projects/0/milestones", "[]"}},
		"/projects/0/phase: \"build\": no such phase in the project's template\n"},
	{"a day that is worked, said twice", {{"/calendar/workdays", "[\"2023-06-25\", \"2023-06-25\"]"}},
		""},
	{"a source that there is not", {{"/figures/0/source", "\"x\""}},
		"/figures/0/source: \"x\": no such id in sources\n"},
	{"a board of what there is not: every list that would do is named",
		{{"/boards/0/of", "[\"i1\", \"x\"]"}},
		"/boards/0/of/1: \"x\": no such id in indicators or figures or notices\n"},
	{"a film without its picture",
		{{"/boards/1",
			"{\"id\": \"b2\", \"kind\": \"video\", \"theme\": \"hall\", \"video\": \"a.mp4\"}"}},
		"/boards/1/picture: : missing: it stands before the film, and without it\n"},
	{"a film board without its film",
		{{"/boards/1", "{\"id\": \"b2\", \"kind\": \"video\", \"theme\": \"hall\", \"picture\": "
			       "\"a.png\"}"}},
		"/boards/1/video: : missing: this kind of board is its film\n"},
	{"a film on another board", {{"/boards/0/video", "\"a.mp4\""}},
		"/boards/0/video: \"a.mp4\": only boards of kind video have one\n"},
	{"a film for a picture", {{"/occasions/0/poster", "\"a.mp4\""}},
		"/occasions/0/poster: \"a.mp4\": must be a picture: .mp4 is the end of a film's name\n"},
	{"a picture for a film",
		{{"/boards/1",
			"{\"id\": \"b2\", \"kind\": \"video\", \"theme\": \"hall\", \"picture\": \"a.png\","
			" \"video\": \"a.png\"}"}},
		"/boards/1/video: \"a.png\": must be a film: its name ends in .mp4\n"},
	{"an id that two lists have",
		{{"/figures/0/id", "\"i1\""}, {"/places/0/figures", "[]"}, {"/boards/0/of", "[\"i1\"]"}},
		"/boards/0/of/0: \"i1\": stands in several lists that this kind of board shows\n"},
	{"a day off and worked", {{"/calendar/workdays/0", "\"2023-06-22\""}},
		"/calendar/workdays/0: \"2023-06-22\": is among the holidays too\n"},
	{"a reason that is missing", {{"/occasions/0/status", "\"cancelled\""}},
		"/occasions/0/reason: : missing: what is off must say why\n"},
	{"a made-up address, not marked as a sample, is a warning",
		{{"/occasions/0/url", "\"https://season.invalid/\""}},
		"/occasions/0/url: \"https://season.invalid/\": (warning) .invalid addresses lead nowhere; a "
		"placeholder is drawn\n"},
	{"two errors in one number and text", {{"/figures/0/value", "1e13"}, {"/figures/0/unit", "\"\""}},
		"/figures/0/value: 10000000000000.0: must be within -1000000000000 and 1000000000000\n"
		"/figures/0/unit: \"\": must not be empty\n"},
	{"three errors, in the document's order",
		{{"/site/timezone", "\"Mars/Base\""}, {"/figures/0/value", "null"}, {"/boards", NULL}},
		"/site/timezone: \"Mars/Base\": must be an IANA time zone\n"
		"/figures/0/value: null: must be a number\n"
		"/boards: : missing\n"},
	{"rules across fields are asked of sound fields only",
		{{"/occasions/0/to", "\"2023-01\""}, {"/figures/0/value", "null"}},
		"/figures/0/value: null: must be a number\n"},
	{"and then told with the others",
		{{"/occasions/0/to", "\"2023-01\""}, {"/notices/0/until", "\"2023-01-01T00:00:00Z\""}},
		"/occasions/0/to: \"2023-01\": lies before its beginning\n"
		"/occasions/0/opens: \"2023-07-10\": lies outside the occasion\n"
		"/notices/0/until: \"2023-01-01T00:00:00Z\": lies before its beginning\n"},
};

static void keep(void *user, const struct check_finding *f)
{
	buf_printf(user, "%s: %s: %s%s\n", f->pointer, f->value, f->is_warning ? "(warning) " : "", f->rule);
}

/* Taken item by item it is found sound where the check finds it so, however its members are ordered. */
static void must_open(const json_t *document, size_t order, bool is_sound)
{
	static const struct check_options options = {0};
	struct content *c = NULL;
	struct err e = {0};
	char *text = json_dumps(document, order);
	assert_int_equal(content_open(&c, text, strlen(text), &options, &e), is_sound);
	assert_int_equal(e.kind, is_sound ? ERR_NONE : ERR_FORMAT);
	assert_string_not_equal(e.text, TAKE_UNSOUND); /* but what is wrong with it */
	content_close(c);
	free(text);
}

static void check_check(void **state)
{
	const struct check_row *r = *state;
	struct buf told = {0};
	struct check_options options = {.report = keep, .report_user = &told};
	json_t *document = kit_document();
	for (int i = 0; i < 3 && r->changes[i][0]; i++)
		kit_set(document, r->changes[i][0], r->changes[i][1]);
	int errors = check_document(document, &options);
	assert_string_equal(told.data ? told.data : "", r->errors);
	int lines = 0;
	for (const char *at = r->errors; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	assert_int_equal(errors, lines - (strstr(r->errors, "(warning)") != NULL));
	must_open(document, 0, errors == 0);
	must_open(document, JSON_SORT_KEYS, errors == 0);
	json_decref(document);
	buf_finish(&told);
}

static const struct open_row {
	const char *says, *text, *why;
} open_rows[] = {
	{"nothing", "", "line 1 column 0: '[' or '{' expected near end of file"},
	{"no object", "[]", "not a JSON object"},
	{"a key twice", "{\"schema\": 1, \"schema\": 1}",
		"line 1 column 22: duplicate object key near '\"schema\"'"},
	{"a list twice", "{\"boards\": [], \"boards\": []}",
		"line 1 column 23: duplicate object key near '\"boards\"'"},
	{"an empty object", "{}", "/schema: missing (and 18 more)"},
	{"garbage behind", "{} x", "line 1 column 4: end of file expected near 'x'"},
	{"bad UTF-8", "{\"a\": \"\xff\"}", "line 1 column 7: unable to decode byte 0xff near '\"'"},
	{"a lone surrogate", "{\"a\": \"\\ud800\"}",
		"line 1 column 14: invalid Unicode '\\uD800' near '\"\\ud800\"'"},
	{"U+0000", "{\"a\": \"\\u0000\"}",
		"line 1 column 14: \\u0000 is not allowed without JSON_ALLOW_NUL near '\"\\u0000\"'"},
	{"not a number", "{\"a\": NaN}", "line 1 column 9: invalid token near 'NaN'"},
	{"a number beyond any", "{\"a\": 1e999}", "line 1 column 11: real number overflow near '1e999'"},
};

static void check_open(void **state)
{
	const struct open_row *r = *state;
	static const struct check_options options = {0};
	struct content *c = NULL;
	struct err e = {0};
	assert_false(content_open(&c, r->text, strlen(r->text), &options, &e));
	assert_null(c);
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_string_equal(e.text, r->why);
}

/* One change to the text of the sound document. */
static const struct text_row {
	const char *says, *from, *to; /* from NULL: to stands behind it all */
	const char *why; /* how the error ends; NULL: it is sound */
} text_rows[] = {
	{"blanks behind the document", NULL, " \n", NULL},
	{"a text behind the document", NULL, " \"x\"", "end of file expected near '\"x\"'"},
	{"another document behind it", NULL, "{}", "end of file expected near '{'"},
	{"an empty list before the one of that name", "\"schema\":1", "\"alerts\":[],\"schema\":1",
		"duplicate object key near '\"alerts\"'"},
	{"a number behind a number", "\"schema\":1", "\"schema\":1 1", "'}' expected near '1'"},
	{"a list behind a list", "\"alerts\":[", "\"alerts\":[][", "'}' expected near '['"},
	{"a text behind an item", "\"publisher\":\"某单位\"}", "\"publisher\":\"某单位\"} \"\"",
		"']' expected near '\"\"'"},
	{"a list without its first comma", "\"alerts\":[", "\"alerts\":[,", "unexpected token near ','"},
	{"a list with a comma at its end", "\"publisher\":\"某单位\"}", "\"publisher\":\"某单位\"},",
		"unexpected token near ']'"},
	{"a name with an escape", "\"alerts\"", "\"\\u0061lerts\"", NULL},
	{"a name that is none", "\"alerts\"", "7", "string or '}' expected near '7'"},
	{"a name without its value", "\"schema\":1", "\"schema\"", "':' expected near ','"},
	{"bytes that are not UTF-8", "某单位", "\xE6\x9F", "unable to decode byte 0xe6 near '\"'"},
};

static void check_text(void **state)
{
	const struct text_row *r = *state;
	static const struct check_options options = {0};
	struct buf changed = {0};
	struct content *c = NULL;
	struct err e = {0};
	json_t *document = kit_document();
	char *text = json_dumps(document, JSON_COMPACT);
	char *at = r->from ? strstr(text, r->from) : text + strlen(text);
	assert_non_null(at);
	buf_add(&changed, text, (size_t)(at - text));
	buf_text(&changed, r->to);
	buf_text(&changed, at + (r->from ? strlen(r->from) : 0));
	assert_int_equal(content_open(&c, changed.data, changed.len, &options, &e), r->why == NULL);
	if (r->why) {
		assert_true(strlen(e.text) > strlen(r->why));
		assert_string_equal(e.text + strlen(e.text) - strlen(r->why), r->why);
	}
	content_close(c);
	buf_finish(&changed);
	free(text);
	json_decref(document);
}

static void a_document_and_its_lists_have_ceilings(void **state)
{
	(void)state;
	static const struct check_options options = {0};
	struct content *c = NULL;
	struct err e = {0};
	json_t *document = kit_document(), *alerts = json_object_get(document, "alerts");
	char *text = json_dumps(document, 0);
	size_t len = strlen(text);
	char *longer = malloc(FIELD_DOCUMENT_BYTES_MAX + 1);
	assert_non_null(longer);
	memset(longer, ' ', FIELD_DOCUMENT_BYTES_MAX + 1);
	memcpy(longer, text, len);
	assert_false(content_open(&c, longer, FIELD_DOCUMENT_BYTES_MAX + 1, &options, &e));
	assert_string_equal(e.text, "longer than 16777216 bytes");
	assert_true(content_open(&c, longer, FIELD_DOCUMENT_BYTES_MAX, &options, &e));
	content_close(c);
	free(longer);
	free(text);
	for (int i = 2; i <= 32; i++) {
		json_t *alert = json_deep_copy(json_array_get(alerts, 0));
		json_object_set_new(alert, "id", json_sprintf("a%d", i));
		json_array_append_new(alerts, alert);
	}
	must_open(document, 0, true);
	json_t *alert = json_deep_copy(json_array_get(alerts, 0));
	json_object_set_new(alert, "id", json_string("a33"));
	json_array_append_new(alerts, alert);
	must_open(document, 0, false);
	json_decref(document);
}

static void who_opens_is_told_of_warnings(void **state)
{
	(void)state;
	struct buf told = {0};
	struct content *c = NULL;
	struct err e = {0};
	struct check_options options = {.report = keep, .report_user = &told};
	json_t *document = kit_document();
	kit_set(document, "/occasions/0/url", "\"https://season.invalid/\"");
	char *text = json_dumps(document, 0);
	assert_true(content_open(&c, text, strlen(text), &options, &e));
	assert_string_equal(told.data,
		"/occasions/0/url: \"https://season.invalid/\": (warning) .invalid addresses lead nowhere; "
		"a placeholder is drawn\n");
	content_close(c);
	buf_finish(&told);
	free(text);
	json_decref(document);
}

static void the_first_error_is_told_and_how_many_more(void **state)
{
	(void)state;
	static const struct check_options options = {0};
	struct content *c = NULL;
	struct err e = {0};
	json_t *document = kit_document();
	kit_set(document, "/schema", "2");
	kit_set(document, "/figures/0/value", "true");
	kit_set(document, "/alerts/0/text", NULL);
	char *text = json_dumps(document, 0);
	assert_false(content_open(&c, text, strlen(text), &options, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_string_equal(e.text, "/schema: 2: must be within 1 and 1 (and 2 more)");
	free(text);
	json_decref(document);
}

static void of_very_many_errors_all_are_counted(void **state)
{
	(void)state;
	struct buf told = {0};
	struct check_options options = {.report = keep, .report_user = &told};
	json_t *document = kit_document(), *alerts = json_object_get(document, "alerts");
	json_t *sources = json_object_get(document, "sources");
	json_array_clear(alerts);
	for (int i = 0; i < 150; i++)
		json_array_append_new(
			sources, json_pack("{s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "id", 1, "name", 2,
					 "a", 3, "b", 4, "c", 5, "d", 6, "e", 7, "url", 8));
	assert_int_equal(check_document(document, &options), 1200);
	int lines = 0;
	for (const char *at = told.data; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	assert_int_equal(lines, CHECK_FINDINGS_MAX);
	buf_finish(&told);
	json_decref(document);
}

static bool is_known_medium(void *user, const char *name)
{
	(void)user;
	return strcmp(name, "b.png") == 0;
}

static void media_are_asked_for_by_name(void **state)
{
	(void)state;
	struct buf told = {0};
	struct check_options options = {.has_media = is_known_medium, .report = keep, .report_user = &told};
	json_t *document = kit_document();
	assert_int_equal(check_document(document, &options), 1);
	assert_string_equal(
		told.data, "/occasions/0/poster: \"a.png\": no sound picture of that name among the media\n");
	kit_set(document, "/occasions/0/poster", "\"b.png\"");
	assert_int_equal(check_document(document, &options), 0);
	buf_finish(&told);
	json_decref(document);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, check_rows, check_check);
	SENTENCES_ROWS(&s, open_rows, check_open);
	SENTENCES_ROWS(&s, text_rows, check_text);
	sentences_add(
		&s, "a document and its lists have ceilings", a_document_and_its_lists_have_ceilings, NULL);
	sentences_add(&s, "who opens is told of warnings", who_opens_is_told_of_warnings, NULL);
	sentences_add(&s, "the first error is told, and how many more",
		the_first_error_is_told_and_how_many_more, NULL);
	sentences_add(&s, "of very many errors all are counted", of_very_many_errors_all_are_counted, NULL);
	sentences_add(&s, "media are asked for by name", media_are_asked_for_by_name, NULL);
	return sentences_run(&s, "content check");
}
