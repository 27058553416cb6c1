/* SPDX-License-Identifier: Apache-2.0
 *
 * Projects for gen_content: every state of a milestone, dates of every precision,
 * lives of three, seven and nine phases. */
#include <string.h>

#include "gen_content.h"

#define PHASES_MAX 9
#define TEMPLATES 3

static const struct {
	const char *id, *name;
	const char *phases[PHASES_MAX + 1], *names[PHASES_MAX + 1];
	const char *construction; /* the phase with works under way */
} templates[TEMPLATES] = {
	{"life", "全生命周期", {"plan", "review", "land", "permits", "build", "accept", "produce"},
		{"策划", "论证", "供地", "手续", "建设", "竣工", "投产"}, "build"},
	{"retrofit", "技术改造", {"plan", "permits", "produce"}, {"策划", "手续", "投产"}, "produce"},
	{"road", "道路工程",
		{"plan", "review", "land", "survey", "permits", "tender", "build", "accept", "produce"},
		{"策划", "论证", "供地", "勘察", "手续", "招标", "建设", "竣工", "通车"}, "build"},
};

json_t *gen_phases(void)
{
	json_t *list = json_array();
	for (int t = 0; t < TEMPLATES; t++) {
		json_t *phases = json_array();
		for (int i = 0; templates[t].phases[i]; i++) {
			json_t *p = json_pack(
				"{s:s, s:s}", "id", templates[t].phases[i], "name", templates[t].names[i]);
			if (strcmp(templates[t].phases[i], templates[t].construction) == 0)
				json_object_set_new(p, "is_construction", json_true());
			json_array_append_new(phases, p);
		}
		json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "id", templates[t].id, "name",
						    templates[t].name, "phases", phases));
	}
	return list;
}

static int count_phases(int t)
{
	int count = 0;
	while (templates[t].phases[count])
		count++;
	return count;
}

/* One milestone a phase: those behind are done, the rest open in all its ways. */
static json_t *milestone(struct gen *g, int t, int phase, int current)
{
	static const char *const now[] = {
		"in_progress", "in_progress", "not_started", "unreported", "suspended", NULL};
	static const char *const later[] = {"not_started", "unreported", NULL};
	char day[GEN_DAY_BYTES];
	int32_t around = g->today + (phase - current) * 75 + gen_between(g, -40, 60);
	bool is_behind = phase < current;
	bool is_waived = is_behind && gen_chance(g, 6);
	const char *state = is_waived   ? "waived"
			    : is_behind ? "done"
					: gen_pick(g, phase == current ? now : later);
	json_t *m = json_pack("{s:s, s:o, s:s, s:s}", "id", templates[t].phases[phase], "name",
		gen_text("%s完成", templates[t].names[phase]), "phase", templates[t].phases[phase], "state",
		state);
	if (is_behind && !is_waived)
		json_object_set_new(
			m, "actual", json_string(gen_day(day, around < g->today ? around : g->today - 1)));
	else if (!is_behind && gen_chance(g, 75))
		json_object_set_new(m, "planned", json_string(gen_vague(g, day, around)));
	return m;
}

static json_t *milestones(struct gen *g, int t, int current, bool is_done)
{
	json_t *list = json_array();
	int count = count_phases(t);
	int first = current > 2 ? current - 2 : 0, end = current + 3 < count ? current + 3 : count;
	for (int i = first; i < end; i++)
		json_array_append_new(list, milestone(g, t, i, is_done ? count : current));
	return list;
}

static json_t *name_of(struct gen *g)
{
	static const char *const whats[] = {"精密结构件", "线缆组件", "高端装备", "新能源汽车电子", "预制菜",
		"增压器", "智能制造", "碳化硅结构件", "生活用纸", "医用材料", NULL};
	static const char *const kinds[] = {"产业园", "产业化项目", "研发生产基地", "技术改造", "加工基地",
		"研发生产及配套服务综合基地项目", NULL};
	static const char *const ends[] = {"", "", "（一期）", "二期", NULL};
	const char *what = gen_pick(g, whats), *kind = gen_pick(g, kinds);
	return gen_text("某%s%s%s", what, kind, gen_pick(g, ends));
}

static void add_optional(struct gen *g, json_t *p)
{
	static const char *const sectors[] = {
		"新材料", "智能装备", "新能源汽车电子", "元宇宙", "预制菜", NULL};
	static const char *const parks[] = {"某园区一", "某园区二", "某园区三", "某园区四", NULL};
	static const char *const badges[] = {"land_to_start", "four_permits", NULL};
	if (gen_chance(g, 85))
		json_object_set_new(p, "sector", json_string(gen_pick(g, sectors)));
	if (gen_chance(g, 85))
		json_object_set_new(p, "park", json_string(gen_pick(g, parks)));
	if (gen_chance(g, 85)) /* from half a million to five billion, in round sums */
		json_object_set_new(p, "investment_cny",
			json_integer((json_int_t)gen_between(g, 1, 500) *
				     (gen_chance(g, 30) ? 500000 : 10000000)));
	if (gen_chance(g, 10))
		json_object_set_new(p, "badges", json_pack("[s]", gen_pick(g, badges)));
	if (gen_chance(g, 50))
		json_object_set_new(p, "note", json_string("某厂房已投入生产\n某厂房正在安装设备"));
	if (gen_chance(g, 50))
		json_object_set_new(p, "owner", json_string("某股份有限公司"));
}

static json_t *project(struct gen *g, int index)
{
	int t = gen_chance(g, 80) ? 0 : gen_between(g, 1, TEMPLATES - 1);
	int current = gen_between(g, 0, count_phases(t) - 1);
	bool is_done = current == count_phases(t) - 1 && gen_chance(g, 60);
	static const char *const kinds[] = {"industry", "retrofit", "infrastructure"};
	json_t *p =
		json_pack("{s:o, s:o, s:s, s:s, s:s}", "id", gen_text("p-%d", index + 1), "name", name_of(g),
			"kind", kinds[t], "template", templates[t].id, "phase", templates[t].phases[current]);
	json_object_set_new(p, "milestones", milestones(g, t, current, is_done));
	if (is_done)
		json_object_set_new(p, "status", json_string("done"));
	add_optional(g, p);
	return gen_sample(p);
}

json_t *gen_projects(struct gen *g)
{
	json_t *list = json_array();
	for (int i = 0; i < g->projects; i++)
		json_array_append_new(list, project(g, i));
	return list;
}
