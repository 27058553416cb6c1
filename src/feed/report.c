/* SPDX-License-Identifier: Apache-2.0 */
#include "feed/report.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "base/strict.h"

#define NUMBER_MAX INT64_C(1000000000000)
#define DAY_SECONDS_MAX 90000 /* a day of 25 hours */

enum kind { TEXT, NAME, HEX, WORD, NUMBER, TIME };

static const char *const displays[] = {"ok", "black", "other", "lost", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const clocks[] = {"set", "free", NULL};
static const char *const voltages[] = {"no", "was", "now", NULL};

/* One row serves the reader and the writer. size: room of a text with its NUL, which a HEX fills. */
static const struct field {
	const char *name;
	enum kind kind;
	size_t at, size;
	bool is_needed;
	const char *const *words;
	int64_t min, max;
} fields[] = {
#define AT(member) offsetof(struct report, member), sizeof((struct report *)0)->member
	{"screen", HEX, AT(screen), true, NULL, 0, 0},
	{"seq", NUMBER, AT(seq), true, NULL, 1, STRICT_INT_MAX},
	{"at", TIME, AT(at_utc_s), true, NULL, 0, 0},
	{"software", TEXT, AT(software), false, NULL, 0, 0},
	{"size", NAME, AT(size), false, NULL, 0, 0},
	{"version", NUMBER, AT(version), false, NULL, 0, STRICT_INT_MAX},
	{"content_sha256", HEX, AT(content_sha256), false, NULL, 0, 0},
	{"page", NAME, AT(page), false, NULL, 0, 0},
	{"frame_hash", HEX, AT(frame_hash), false, NULL, 0, 0},
	{"frame_at", TIME, AT(frame_at_utc_s), false, NULL, 0, 0},
	{"display", WORD, AT(display), false, displays, 0, 0},
	{"stale", WORD, AT(stale), false, yes_no, 0, 0},
	{"incidents", NUMBER, AT(incidents), false, NULL, 0, NUMBER_MAX},
	{"incident", TEXT, AT(incident), false, NULL, 0, 0},
	{"incident_at", TIME, AT(incident_at_utc_s), false, NULL, 0, 0},
	{"synced_at", TIME, AT(synced_at_utc_s), false, NULL, 0, 0},
	{"sync_result", TEXT, AT(sync_result), false, NULL, 0, 0},
	{"refused_version", NUMBER, AT(refused_version), false, NULL, 0, STRICT_INT_MAX},
	{"clock", WORD, AT(clock), false, clocks, 0, 0},
	{"temperature_c", NUMBER, AT(temperature_c), false, NULL, -100, 300},
	{"disk_free_mb", NUMBER, AT(disk_free_mb), false, NULL, 0, NUMBER_MAX},
	{"memory_mb", NUMBER, AT(memory_mb), false, NULL, 0, NUMBER_MAX},
	{"restarts", NUMBER, AT(restarts), false, NULL, 0, NUMBER_MAX},
	{"uptime_s", NUMBER, AT(uptime_s), false, NULL, 0, NUMBER_MAX},
	{"card_used_pct", NUMBER, AT(card_used_pct), false, NULL, 0, 110},
	{"disk_errors", NUMBER, AT(disk_errors), false, NULL, 0, NUMBER_MAX},
	{"undervoltage", WORD, AT(undervoltage), false, voltages, 0, 0},
};
#define FIELDS (sizeof fields / sizeof fields[0])

bool report_is_name(const char *text)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
	return *text && text[strspn(text, allowed)] == '\0';
}

bool report_is_hex(const char *text, size_t digits)
{
	return strlen(text) == digits && strspn(text, "0123456789abcdef") == digits;
}

static bool is_word(const char *text, const char *const *words)
{
	while (*words && strcmp(*words, text) != 0)
		words++;
	return *words != NULL;
}

static bool is_line(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	}
	return true;
}

static bool suits(const struct field *f, const char *text)
{
	switch (f->kind) {
	case NAME:
		return report_is_name(text);
	case HEX:
		return report_is_hex(text, f->size - 1);
	case WORD:
		return is_word(text, f->words);
	default:
		return is_line(text);
	}
}

static char *text_at(struct report *r, const struct field *f)
{
	return (char *)r + f->at;
}

static int64_t *number_at(struct report *r, const struct field *f)
{
	return (int64_t *)(void *)((char *)r + f->at);
}

void report_clear(struct report *r)
{
	memset(r, 0, sizeof *r);
	for (size_t i = 0; i < FIELDS; i++) {
		if (fields[i].kind == NUMBER)
			*number_at(r, &fields[i]) = REPORT_UNKNOWN;
	}
}

static bool read_field(struct report *r, const struct field *f, const json_t *tree, struct err *e)
{
	const char *text;
	if (!f->is_needed && !json_object_get(tree, f->name))
		return true;
	if (f->kind == NUMBER)
		return strict_int(tree, f->name, f->min, f->max, number_at(r, f), e);
	if (f->kind == TIME)
		return strict_time(tree, f->name, number_at(r, f), e);
	if (!strict_text(tree, f->name, f->size - 1, &text, e))
		return false;
	if (!suits(f, text))
		return err_set(e, ERR_FORMAT, "%s: not what may stand there", f->name);
	memcpy(text_at(r, f), text, strlen(text) + 1);
	return true;
}

/* ---- plays ---------------------------------------------------------------------------- */

static bool read_contents(struct report *r, const json_t *list, struct err *e)
{
	size_t i;
	const json_t *entry;
	json_array_foreach (list, i, entry) {
		const char *sha256 = json_string_value(json_array_get(entry, 0));
		const json_t *version = json_array_get(entry, 1);
		if (!sha256 || !json_is_integer(version) || (*sha256 && !report_is_hex(sha256, DIGEST_HEX - 1)) ||
			json_integer_value(version) < 0)
			return err_set(e, ERR_FORMAT, "plays: contents: %zu: not a hash and a version", i);
		memcpy(r->contents[i].sha256, sha256, strlen(sha256) + 1);
		r->contents[i].version = json_integer_value(version);
	}
	r->content_count = (int)json_array_size(list);
	return true;
}

static bool read_day(const char *text, int64_t *out)
{
	int year, month, day;
	*out = 0;
	if (!text || !*text)
		return text != NULL;
	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !civil_digits(text, 4, &year) ||
		!civil_digits(text + 5, 2, &month) || !civil_digits(text + 8, 2, &day) ||
		!civil_is_date(year, month, day))
		return false;
	*out = civil_days(year, month, day);
	return *out > 0;
}

static bool read_play(struct report *r, struct report_play *p, const json_t *row)
{
	const char *page = json_string_value(json_array_get(row, 2));
	const json_t *numbers[] = {json_array_get(row, 1), json_array_get(row, 3), json_array_get(row, 4)};
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		if (!json_is_integer(numbers[i]) || json_integer_value(numbers[i]) < 0)
			return false;
	}
	if (!page || strlen(page) > REPORT_PAGE_MAX || !report_is_name(page) ||
		json_integer_value(numbers[0]) >= r->content_count ||
		!read_day(json_string_value(json_array_get(row, 0)), &p->day))
		return false;
	p->content = (int)json_integer_value(numbers[0]);
	memcpy(p->page, page, strlen(page) + 1);
	p->times = json_integer_value(numbers[1]);
	p->seconds = json_integer_value(numbers[2]);
	int64_t most = p->day ? DAY_SECONDS_MAX : NUMBER_MAX;
	return p->seconds <= most && p->times <= most;
}

static bool read_plays(struct report *r, const json_t *tree, struct err *e)
{
	json_t *plays, *contents, *rows;
	const json_t *row;
	const char *run;
	size_t i;
	if (!json_object_get(tree, "plays"))
		return true;
	if (!strict_object(tree, "plays", &plays, e))
		return false;
	if (!strict_text(plays, "run", REPORT_RUN_TEXT - 1, &run, e) ||
		!strict_array(plays, "contents", REPORT_CONTENTS_MAX, &contents, e) ||
		!strict_array(plays, "rows", REPORT_PLAYS_MAX, &rows, e))
		return err_prefix(e, "plays");
	if (!report_is_hex(run, REPORT_RUN_TEXT - 1))
		return err_set(e, ERR_FORMAT, "plays: run: not what may stand there");
	memcpy(r->run, run, REPORT_RUN_TEXT);
	if (!read_contents(r, contents, e))
		return false;
	json_array_foreach (rows, i, row) {
		if (!read_play(r, &r->plays[i], row))
			return err_set(e, ERR_FORMAT, "plays: rows: %zu: not day, content, page, times, seconds", i);
	}
	r->play_count = (int)json_array_size(rows);
	return true;
}

static json_t *show_plays(const struct report *r)
{
	json_t *contents = json_array(), *rows = json_array();
	for (int i = 0; i < r->content_count; i++)
		(void)json_array_append_new(contents,
			json_pack("[s, I]", r->contents[i].sha256, (json_int_t)r->contents[i].version));
	for (int i = 0; i < r->play_count; i++) {
		const struct report_play *p = &r->plays[i];
		char day[32] = "";
		if (p->day)
			civil_format_rfc3339(p->day * 86400, day);
		day[p->day ? 10 : 0] = '\0';
		(void)json_array_append_new(rows, json_pack("[s, i, s, I, I]", day, p->content, p->page,
							  (json_int_t)p->times, (json_int_t)p->seconds));
	}
	return json_pack("{s:s, s:o, s:o}", "run", r->run, "contents", contents, "rows", rows);
}

/* ---- the whole -------------------------------------------------------------------------- */

bool report_read(struct report *r, const char *body, size_t len, struct err *e)
{
	report_clear(r);
	json_t *tree = strict_parse(body, len, e);
	bool ok = tree != NULL;
	for (size_t i = 0; ok && i < FIELDS; i++)
		ok = read_field(r, &fields[i], tree, e);
	ok = ok && read_plays(r, tree, e);
	json_decref(tree);
	return ok;
}

static void show_field(json_t *out, const struct report *r, const struct field *f)
{
	char text[32];
	struct report *same = (struct report *)(uintptr_t)r;
	if (f->kind == NUMBER) {
		if (*number_at(same, f) != REPORT_UNKNOWN)
			(void)json_object_set_new(out, f->name, json_integer(*number_at(same, f)));
	} else if (f->kind == TIME) {
		civil_format_rfc3339(*number_at(same, f), text);
		if (*number_at(same, f) || f->is_needed)
			(void)json_object_set_new(out, f->name, json_string(text));
	} else if (*text_at(same, f)) {
		(void)json_object_set_new(out, f->name, json_string(text_at(same, f)));
	}
}

json_t *report_show(const struct report *r)
{
	json_t *out = json_object();
	for (size_t i = 0; i < FIELDS; i++)
		show_field(out, r, &fields[i]);
	return out;
}

void report_write(const struct report *r, struct buf *out)
{
	json_t *tree = report_show(r);
	if (*r->run)
		(void)json_object_set_new(tree, "plays", show_plays(r));
	char *text = json_dumps(tree, JSON_COMPACT);
	buf_text(out, text);
	free(text);
	json_decref(tree);
}
