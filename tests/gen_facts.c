/* SPDX-License-Identifier: Apache-2.0
 *
 * Records, patterns, targets and journeys for gen_content: plain ones, and others as
 * long, as many and as few as a document may hold. */
#include "gen_content.h"

#include <string.h>

#define RECORDS 9
#define LONG_40 "某某省某某市某某区某某街道某某工业园区某某精密结构件制造有限公司二期扩建项目工程"
#define LONG_20 "某某新能源汽车电子及零部件产业某某集群某"

json_t *gen_records(struct gen *g)
{
	static const struct {
		const char *value, *unit;
	} terms[RECORDS] = {{"37", "days"}, {"8", "months"}, {"1234", "days"}, {"0", "days"},
		{"7.5", "months"}, {"3", "days"}, {"100000", "months"}, {"90", "days"}, {"99999", "days"}};
	json_t *list = json_array();
	for (int i = 0; i < RECORDS && g->projects; i++) {
		json_t *value = json_loads(terms[i].value, JSON_DECODE_ANY, NULL);
		bool is_long = i == 1 || gen_chance(g, 30);
		json_t *r = json_pack("{s:o, s:o, s:s, s:o, s:s}", "id", gen_text("record-%d", i + 1),
			"value", value, "unit", terms[i].unit, "who",
			is_long ? json_string(LONG_40) : gen_text("某公司第%d家", i + 1), "what",
			is_long ? LONG_40 : "某手续办理完成");
		json_array_append_new(list, gen_sample(r));
	}
	return list;
}

static json_t *arm(const char *direction, const char *name, int stations, bool is_long)
{
	json_t *list = json_array();
	for (int i = 0; i < stations; i++) {
		const char *longest = stations < 3    ? "某某某某某某\n某某某某某"
				      : stations == 3 ? "某某某\n某某某"
						      : "某某";
		const char *text = is_long ? longest : i % 2 ? "某路" : "某某片区";
		json_array_append_new(list, json_string(text));
	}
	json_t *a = json_pack("{s:s, s:s, s:s, s:o}", "direction", direction, "name",
		is_long ? "某某某某" : name, "theme",
		is_long ? "某某某某某某某某某某某某某某某某某某\n某某某某某某某某某某某某某某某某某某\n"
			  "某某某某某某某某某某某某某某某某某某"
			: "某方向的\n某主题",
		"stations", list);
	if (stations)
		json_object_set_new(
			a, "note", json_string(is_long ? "某某某某某某某某某某某某某某某某" : "某区"));
	return a;
}

/* One a number of stations, long and short; the last has not all the arms. */
json_t *gen_patterns(void)
{
	static const char *const directions[] = {"north", "east", "south", "west"};
	static const char *const names[] = {"北某", "东某", "南某", "西某"};
	json_t *list = json_array();
	for (int n = 0; n < 11; n++) {
		json_t *arms = json_array();
		for (int i = n == 10 ? 1 : 0; i < (n == 10 ? 3 : 4); i++)
			json_array_append_new(arms, arm(directions[i], names[i], n % 5, n >= 5 && n < 10));
		json_t *p = json_pack("{s:o, s:s, s:s, s:o}", "id", gen_text("pattern-%d", n + 1), "name",
			"某格局", "centre", n >= 5 ? "某某某某某某某某" : "某区", "arms", arms);
		if (n % 2 == 0)
			json_object_set_new(
				p, "railway", json_string(n >= 5 ? "某某某某某某铁路" : "某铁路"));
		json_array_append_new(list, gen_sample(p));
	}
	return list;
}

static json_t *named(int count, int names, const char *name)
{
	json_t *list = json_array();
	for (int i = 0; i < count; i++)
		json_array_append_new(list, i < names ? json_pack("{s:s}", "name", name) : json_object());
	return list;
}

static json_t *aim(const char *label, const char *value, const char *unit, const char *progress)
{
	json_t *a = json_pack("{s:s, s:o, s:s}", "label", label, "value",
		json_loads(value, JSON_DECODE_ANY, NULL), "unit", unit);
	if (progress)
		json_object_set_new(a, "progress", json_loads(progress, JSON_DECODE_ANY, NULL));
	return a;
}

static void add_target(json_t *list, json_t *aims, json_t *tracks, json_t *parks, bool is_long)
{
	json_t *t = json_pack("{s:o, s:s, s:s, s:o, s:o, s:o}", "id",
		gen_text("target-%d", (int)json_array_size(list) + 1), "name",
		is_long ? LONG_20 "某目标" : "某产业目标", "by", is_long ? "2025-12-31" : "2030", "items",
		aims, "tracks", tracks, "parks", parks);
	json_object_set_new(t, "now",
		json_string(
			is_long ? "初步确定某园12家企业，在谈某某类项目60余个，某某某某某某某某某某某某某某某"
				: "某园12家，在谈60余个"));
	if (is_long) {
		json_object_set_new(t, "tracks_name", json_string("某某某某某某某某某某某某"));
		json_object_set_new(t, "parks_name", json_string("某某某某某某某某某某某某"));
	}
	json_array_append_new(list, gen_sample(t));
}

json_t *gen_targets(void)
{
	json_t *list = json_array();
	add_target(list,
		json_pack("[o,o,o]", aim("某企业", "50", "家", "12"), aim("某产值", "500", "亿元", NULL),
			aim("某就业", "5", "万人", NULL)),
		named(9, 3, "某赛道"), named(8, 2, "某园区"), false);
	add_target(list,
		json_pack("[o,o,o]", aim("某某某某某某某某某某某某", "999999999999", "立方米每年某某", "1"),
			aim("某", "0", "个", NULL), aim("某某某", "1234.56", "万元", NULL)),
		named(9, 9, LONG_20), named(8, 8, LONG_20), true);
	add_target(list, json_pack("[o]", aim("某企业", "10", "家", "12")), named(0, 0, ""), named(8, 0, ""),
		false);
	add_target(list, json_pack("[o]", aim("某企业", "120", "家", "0")), named(16, 16, LONG_20),
		named(16, 16, LONG_20), true);
	add_target(list, json_pack("[o]", aim("某企业", "0", "家", "0")), named(16, 9, "某赛道"),
		named(0, 0, ""), true);
	add_target(list, json_pack("[o]", aim("某企业", "7.5", "家", NULL)), named(16, 0, ""),
		named(16, 3, "某园区"), false);
	add_target(list, json_pack("[o]", aim("某企业", "50", "家", "50")), named(0, 0, ""), named(0, 0, ""),
		false);
	return list;
}

/* 1 to 6 steps, and as many figures under them. */
json_t *gen_journeys(void)
{
	static const struct {
		int value;
		const char *unit;
	} limits[] = {{3, "months"}, {30, "days"}, {7, "workdays"}, {1000, "months"}, {1, "days"},
		{120, "workdays"}};
	static const char *const figures[] = {
		"lists", "visits", "tasks", "funds", "solved", "growth", "served", "done"};
	json_t *list = json_array();
	for (int n = 1; n <= 9; n++) {
		bool is_long = n > 6;
		json_t *steps = json_array(), *ids = json_array();
		for (int i = 0; i < (is_long ? n - 4 : n); i++) {
			json_t *s = json_pack("{s:s, s:{s:i, s:s}}", "name",
				is_long ? LONG_40 : "某环节\n全部完成", "limit", "value", limits[i].value,
				"unit", limits[i].unit);
			if (i % 2 == 0 || is_long)
				json_object_set_new(
					s, "start", json_string(is_long ? "某某某某某某某某" : "某开始"));
			json_array_append_new(steps, s);
		}
		for (int i = 0; i < n - 1; i++)
			json_array_append_new(ids, json_string(figures[i]));
		json_t *j = json_pack("{s:o, s:s, s:o, s:o}", "id", gen_text("journey-%d", n), "name",
			"某流程", "steps", steps, "figures", ids);
		if (n % 2)
			json_object_set_new(j, "goal", json_string(is_long ? "达到某某某某条件" : "某结束"));
		json_array_append_new(list, gen_sample(j));
	}
	return list;
}
