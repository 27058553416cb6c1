/* SPDX-License-Identifier: Apache-2.0
 *
 * Indicators, figures, occasions and notices for gen_content. */
#include "gen_content.h"

#include <stdio.h>

#define DISTRICTS 14
#define STANDINGS 3 /* indicators whose whole table is known */

static const char *const districts[DISTRICTS] = {"甲区", "乙区", "丙区", "丁市", "戊市", "己市", "庚县",
	"辛区", "壬县", "癸市", "子区", "丑市", "寅区", "卯县"};

/* Values on a grid of halves, so that some tie; a few are missing. */
static json_t *standings(struct gen *g)
{
	json_t *list = json_array();
	int previous = gen_between(g, 0, DISTRICTS - 1);
	for (int i = 0; i < DISTRICTS; i++) {
		json_t *s = json_pack("{s:s}", "region", districts[i]);
		if (i == 1 || gen_chance(g, 93))
			gen_number(s, "value", gen_between(g, -6, 30) / 2.0, 1);
		if (gen_chance(g, 90))
			json_object_set_new(
				s, "previous_rank", json_integer((previous + i * 5) % DISTRICTS + 1));
		json_array_append_new(list, s);
	}
	return list;
}

static json_t *indicator(const char *id, json_t *name)
{
	return gen_sample(json_pack("{s:s, s:o, s:s, s:s, s:s, s:s}", "id", id, "name", name, "unit", "%",
		"period", "2023-01/2023-05", "better", "high", "basis", "growth"));
}

static json_t *share_indicator(struct gen *g)
{
	json_t *i = indicator("share", json_string("某产业产值占规上工业比重"));
	gen_number(i, "value", gen_between(g, 400, 800) / 10.0, 1);
	gen_number(i, "change_pp", gen_between(g, -90, 120) / 10.0, 1);
	json_object_set_new(i, "decimals", json_integer(1));
	return i;
}

json_t *gen_indicators(struct gen *g)
{
	json_t *list = json_pack("[o]", share_indicator(g));
	for (int n = 0; n < 9; n++) {
		char id[32];
		(void)snprintf(id, sizeof id, "rank-%d", n + 1);
		json_t *i = indicator(id, gen_text("某指标第%d项", n + 1));
		json_object_set_new(i, "of", json_integer(DISTRICTS));
		json_object_set_new(i, n < 6 ? "rank" : "rank_at_least",
			json_integer(n < 6 ? gen_between(g, 1, DISTRICTS) : 6));
		json_array_append_new(list, i);
	}
	for (int n = 0; n < STANDINGS; n++) {
		char id[32];
		(void)snprintf(id, sizeof id, "league-%d", n + 1);
		json_t *i = indicator(id, gen_text("某指标增速%d", n + 1));
		json_object_set_new(i, "of", json_integer(DISTRICTS));
		json_object_set_new(i, "standings", standings(g));
		json_array_append_new(list, i);
	}
	return list;
}

static json_t *add_figure(json_t *list, const char *id, const char *label, int64_t value, const char *unit,
	const char *more_field, const char *more)
{
	json_t *f = json_pack(
		"{s:s, s:s, s:I, s:s}", "id", id, "label", label, "value", (json_int_t)value, "unit", unit);
	if (more_field)
		json_object_set_new(f, more_field, json_string(more));
	json_array_append_new(list, gen_sample(f));
	return f;
}

/* Two numbers with one label. */
static void add_pair(json_t *list, const char *id, const char *label, const char *units[2], int value)
{
	json_t *f = add_figure(list, id, label, value, units[0], NULL, NULL);
	json_object_set_new(f, "compare", json_pack("{s:i, s:s}", "value", value / 2, "label", units[1]));
}

json_t *gen_figures(struct gen *g)
{
	json_t *list = json_array();
	int done = g->projects * gen_between(g, 50, 90) / 100;
	add_figure(list, "total", "某平台管理的项目", g->projects, "个", NULL, NULL);
	add_figure(list, "done", "完成手续\n考核办理", done, "个", NULL, NULL);
	add_figure(list, "doing", "正在办理\n手续", g->projects - done, "个", NULL, NULL);
	add_figure(
		list, "land-to-start", "工业项目实现\n“拿地即开工”", gen_between(g, 0, 40), "个", NULL, NULL);
	add_figure(list, "served", "已服务某类项目", gen_between(g, 10, 900), "个", "qualifier", "over");
	add_figure(list, "visits", "平均每年主动\n上门服务项目", gen_between(g, 10, 90), "次", "qualifier",
		"about");
	add_figure(list, "solved", "协调解决各类\n某难点问题", gen_between(g, 10, 900), "个", "qualifier",
		"over");
	add_figure(list, "funds", "今年以来争取某资金", gen_between(g, 100, 99999), "万元", "qualifier",
		"at_least");
	add_figure(list, "loss", "某指标较去年同期", -gen_between(g, 1, 99), "%", "trend", "down");
	add_figure(
		list, "growth", "某类企业获批数量\n较去年增长", gen_between(g, 1, 400), "%", "trend", "up");
	add_pair(list, "lists", "某清单", (const char *[]){"大项", "小项"}, gen_between(g, 2, 99));
	add_pair(list, "tasks",
		"某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某",
		(const char *[]){"个某某某某某类", "个某某某某某某某某某某类"}, 1234);
	return list;
}

static json_t *moment(int32_t day, int minute)
{
	char date[GEN_DAY_BYTES];
	return gen_text("%sT%02d:%02d:00+08:00", gen_day(date, day), minute / 60, minute % 60);
}

/* An afternoon and evening of items, some moved, one cancelled. */
static void add_items(struct gen *g, json_t *programme, int32_t day, int which)
{
	int minute = 9 * 60;
	int count = gen_between(g, 4, 9); /* the last one ends before midnight */
	for (int i = 0; i < count; i++, minute += gen_between(g, 4, 6) * 15) {
		json_t *item = json_pack("{s:o, s:o, s:o, s:o, s:b}", "id", gen_text("i-%d-%d", which, i + 1),
			"title", gen_text("某节目第%d场", i + 1), "from", moment(day, minute), "place",
			gen_text("某场地%d", gen_between(g, 1, 4)), "sample", 1);
		if (gen_chance(g, 50))
			json_object_set_new(item, "to", moment(day, minute + 45));
		if (gen_chance(g, 15)) {
			json_object_set_new(item, "status", json_string("moved"));
			json_object_set_new(item, "was", moment(day, minute - 30));
		} else if (i == 2) {
			json_object_set_new(item, "status", json_string("cancelled"));
			json_object_set_new(item, "note", json_string("某原因"));
		}
		json_array_append_new(programme, item);
	}
}

static json_t *occasion(
	const char *id, const char *name, const char *from, const char *to, const char *status)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:[], s:[]}", "id", id, "name", name, "from", from,
		"to", to, "status", status, "highlights", "programme");
	json_object_set_new(o, "venue", json_string("某小镇"));
	return gen_sample(o);
}

json_t *gen_occasions(struct gen *g)
{
	char from[GEN_DAY_BYTES], to[GEN_DAY_BYTES];
	json_t *season = occasion("season", "“某某”", "2023-07", "2023-10", "tentative");
	json_object_set_new(season, "subtitle", json_string("某某美食消费季"));
	json_object_set_new(season, "url", json_string("https://season.invalid/"));
	json_object_set_new(
		season, "highlights", json_pack("[s,s,s]", "某音乐节", "“某某”才艺大赛", "某消费、某直播"));
	json_t *week = occasion("week", "某活动周", gen_day(from, g->today - gen_between(g, 1, 5)),
		gen_day(to, g->today + gen_between(g, 1, 5)), "confirmed");
	for (int32_t day = -1; day <= 2; day++)
		add_items(g, json_object_get(week, "programme"), g->today + day, day + 2);
	json_t *off = occasion(
		"off", "某展会", gen_day(from, g->today + 3), gen_day(to, g->today + 9), "postponed");
	json_object_set_new(off, "reason", json_string("某原因"));
	return json_pack("[o,o,o]", season, week, off);
}

json_t *gen_notices(struct gen *g)
{
	static const char *const categories[] = {"活动", "帮办", "人才", "养老", "惠企执法", NULL};
	json_t *list = json_pack(
		"[o]", gen_sample(json_pack("{s:s, s:s, s:s, s:b, s:s}", "id", "honours", "title", "某主体",
			       "text", "获批某示范区、某产业园等某主体", "ticker", 0, "level", "info")));
	for (int i = 0; i < 9; i++) {
		json_t *n = json_pack("{s:o, s:o, s:o, s:b, s:s}", "id", gen_text("n-%d", i + 1), "title",
			gen_text("某公告第%d条", i + 1), "text",
			gen_text("某单位将于某日开展第%d次某某工作，请有关单位和个人提前做好准备。", i + 1),
			"ticker", i % 3 == 0, "level", i == 4 ? "important" : "info");
		if (gen_chance(g, 80))
			json_object_set_new(n, "category", json_string(gen_pick(g, categories)));
		json_object_set_new(n, "from", moment(g->today - gen_between(g, 1, 20), 8 * 60));
		json_object_set_new(n, "until", moment(g->today + gen_between(g, 1, 20), 18 * 60));
		json_array_append_new(list, gen_sample(n));
	}
	return list;
}
