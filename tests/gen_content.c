/* SPDX-License-Identifier: Apache-2.0
 *
 * gen_content SEED [PROJECTS] > content.json: a content document of full size, all
 * of it made up and saying so; the same seed gives the same bytes. For tests of
 * what a real office's data would do. Written for 2023-06-28. */
#include "gen_content.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"

#define PROJECTS_USUAL 223
#define PROJECTS_MAX 10000
#define TODAY 2023, 6, 28
#define DETAILED 8 /* projects with a page of their own */

uint64_t gen_next(struct gen *g)
{
	uint64_t z = g->state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

int gen_between(struct gen *g, int low, int high)
{
	return low + (int)(gen_next(g) % (uint64_t)(high - low + 1));
}

bool gen_chance(struct gen *g, int percent)
{
	return gen_between(g, 1, 100) <= percent;
}

const char *gen_pick(struct gen *g, const char *const *list)
{
	int count = 0;
	while (list[count])
		count++;
	return list[gen_between(g, 0, count - 1)];
}

const char *gen_day(char out[static GEN_DAY_BYTES], int32_t day)
{
	struct civil c = civil_from_days(day);
	(void)snprintf(out, GEN_DAY_BYTES, "%04d-%02d-%02d", c.year % 10000, c.month % 100, c.day % 100);
	return out;
}

const char *gen_vague(struct gen *g, char out[static GEN_DAY_BYTES], int32_t day)
{
	struct civil c = civil_from_days(day);
	int part = 0; /* EDTF: 33..36 quarters, 40 and 41 half-years */
	switch (gen_between(g, 0, 4)) {
	case 0:
		return gen_day(out, day);
	case 1:
		part = c.month;
		break;
	case 2:
		part = 33 + (c.month - 1) / 3;
		break;
	case 3:
		part = 40 + (c.month - 1) / 6;
		break;
	default:
		(void)snprintf(out, GEN_DAY_BYTES, "%04d", c.year % 10000);
		return out;
	}
	(void)snprintf(out, GEN_DAY_BYTES, "%04d-%02d", c.year % 10000, part % 100);
	return out;
}

json_t *gen_text(const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	return json_string(text);
}

json_t *gen_sample(json_t *item)
{
	json_object_set_new(item, "as_of", json_string("示例"));
	json_object_set_new(item, "source", json_string("sample"));
	json_object_set_new(item, "sample", json_true());
	return item;
}

void gen_number(json_t *item, const char *field, double value, int decimals)
{
	char digits[64];
	(void)snprintf(digits, sizeof digits, "%.*f", decimals, value);
	json_object_set_new(
		item, field, decimals ? json_real(strtod(digits, NULL)) : json_integer(atoll(digits)));
}

static json_t *calendar(void)
{
	return json_pack("{s:[s,s,s,s,s,s], s:[s]}", "holidays", "2023-06-22", "2023-06-23", "2023-06-24",
		"2023-10-01", "2023-10-02", "2023-10-03", "workdays", "2023-06-25");
}

static json_t *rules(void)
{
	json_t *list = json_array();
	json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:{s:i, s:s}, s:[s], s:s}", "id", "r1", "name",
					    "从策划生成到审批招拍挂", "from", "review", "limit", "value", 3,
					    "unit", "months", "to", "land", "source", "sample"));
	json_array_append_new(
		list, json_pack("{s:s, s:s, s:s, s:i, s:{s:i, s:s}, s:[s], s:s}", "id", "r2", "name",
			      "公告期满后办理开工手续", "from", "land", "wait_days", 30, "limit", "value", 7,
			      "unit", "workdays", "to", "permits", "source", "sample"));
	return list;
}

static json_t *places(void)
{
	return json_pack(
		"[o]", gen_sample(json_pack("{s:s, s:s, s:s, s:[s,s], s:[s,s]}", "id", "town", "name",
			       "某小镇", "text", "某时期发展起来的某小镇", "figures", "served", "solved",
			       "features", "某廊道：某站、某转盘", "某遗址：某矿井、某巷道")));
}

static json_t *alerts(void)
{
	return json_pack("[{s:s, s:s, s:s, s:s, s:s, s:s, s:s}]", "id", "evacuate", "status", "exercise",
		"level", "red", "title", "紧急疏散", "text", "请听从工作人员指引，\n从就近出口有序离开",
		"arrow", "left", "publisher", "某单位");
}

static json_t *detailed(const struct gen *g)
{
	json_t *ids = json_array();
	for (int i = 0; i < DETAILED && i < g->projects; i++)
		json_array_append_new(ids, gen_text("p-%d", i + 1));
	return ids;
}

static json_t *records_of(int count)
{
	json_t *ids = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(ids, gen_text("record-%d", i + 1));
	return ids;
}

static void add_board(json_t *list, const char *id, const char *kind, json_t *of, const char *status)
{
	bool is_evening = strcmp(kind, "occasion") == 0 || strcmp(kind, "programme") == 0;
	json_t *b = json_pack(
		"{s:s, s:s, s:s}", "id", id, "kind", kind, "theme", is_evening ? "festival" : "hall");
	if (of)
		json_object_set_new(b, "of", of);
	if (status)
		json_object_set_new(b, "status", json_string(status));
	json_array_append_new(list, b);
}

static json_t *boards(const struct gen *g)
{
	json_t *list = json_array();
	add_board(list, "overview", "overview",
		json_pack("[s,s,s,s,s,s,s,s]", "share", "served", "visits", "solved", "funds", "loss",
			"growth", "honours"),
		NULL);
	add_board(list, "standing", "standing", NULL, NULL);
	add_board(list, "league", "league", NULL, NULL);
	add_board(list, "projects", "projects",
		json_pack("[s,s,s,s,s,s,s]", "total", "done", "doing", "land-to-start", "served", "visits",
			"solved"),
		NULL);
	add_board(list, "list", "list", NULL, "schedule");
	add_board(list, "stage", "list", NULL, "stage");
	add_board(list, "facts", "list", json_pack("{s:s}", "kind", "industry"), "facts");
	add_board(list, "park", "list", json_pack("{s:s}", "park", "某园区三"), NULL);
	add_board(list, "nothing", "list", json_pack("{s:s}", "park", "没有的园区"), NULL);
	if (g->projects)
		add_board(list, "detail", "detail", detailed(g), NULL);
	static const char *const few[] = {"records-1", "records-2", "records-3", "records-4"};
	for (int i = 0; i < 4 && g->projects; i++)
		add_board(list, few[i], "records", records_of(i + 1), NULL);
	static const char *const kinds[] = {"records", "targets", "pattern", "journey", "occasion",
		"programme", "place", "notices", NULL};
	for (int i = 0; kinds[i]; i++)
		add_board(list, kinds[i], kinds[i], NULL, NULL);
	return list;
}

static json_t *document(struct gen *g)
{
	json_t *d = json_pack("{s:i, s:{s:s, s:s, s:s}, s:[{s:s, s:s}]}", "schema", 1, "site", "name", "乙区",
		"subtitle", "公共信息屏", "timezone", "Asia/Shanghai", "sources", "id", "sample", "name",
		"示例");
	json_object_set_new(d, "calendar", calendar());
	json_object_set_new(d, "phases", gen_phases());
	json_object_set_new(d, "rules", rules());
	json_object_set_new(d, "projects", gen_projects(g));
	json_object_set_new(d, "indicators", gen_indicators(g));
	json_object_set_new(d, "figures", gen_figures(g));
	json_object_set_new(d, "occasions", gen_occasions(g));
	json_object_set_new(d, "places", places());
	json_object_set_new(d, "journeys", gen_journeys());
	json_object_set_new(d, "records", gen_records(g));
	json_object_set_new(d, "patterns", gen_patterns());
	json_object_set_new(d, "targets", gen_targets());
	json_object_set_new(d, "notices", gen_notices(g));
	json_object_set_new(d, "alerts", alerts());
	json_object_set_new(d, "boards", boards(g));
	json_object_set_new(d, "screens", json_pack("{s:{s:[[s,s]]}}", "hours", "hall", "07:00", "23:00"));
	return d;
}

static bool read_number(const char *text, int64_t max, int64_t *out)
{
	char *end;
	*out = strtoll(text, &end, 10);
	return end != text && !*end && *out >= 0 && *out <= max;
}

int main(int argc, char **argv)
{
	int64_t seed, projects = PROJECTS_USUAL;
	if (argc < 2 || argc > 3 || !read_number(argv[1], INT64_MAX, &seed) ||
		(argc == 3 && !read_number(argv[2], PROJECTS_MAX, &projects))) {
		(void)fprintf(stderr, "usage: gen_content SEED [PROJECTS] > content.json (at most %d)\n",
			PROJECTS_MAX);
		return 2;
	}
	struct gen g = {.state = (uint64_t)seed, .today = civil_days(TODAY), .projects = (int)projects};
	json_t *d = document(&g);
	bool ok = json_dumpf(d, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15)) == 0 &&
		  putchar('\n') != EOF && fflush(stdout) == 0;
	json_decref(d);
	return ok ? 0 : 1;
}
