/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that mean a column stand with a space on either side. What offices keep to
 * themselves (备注, 存在问题, 联系人, 联系电话) is not among them on purpose: nobody maps
 * it to a screen by accident. */
#include "intake/column.h"

#include <stdio.h>
#include <string.h>

#define KIND_WORDS(name, ...) static const struct column_word name[] = {__VA_ARGS__, {NULL, NULL}}

KIND_WORDS(project_kinds, {"产业", "industry"}, {"产业项目", "industry"}, {"工业", "industry"},
	{"工业项目", "industry"}, {"技改", "retrofit"}, {"技改项目", "retrofit"}, {"技术改造", "retrofit"},
	{"基础设施", "infrastructure"}, {"基础设施项目", "infrastructure"}, {"服务业", "service"},
	{"服务业项目", "service"}, {"农业", "agriculture"}, {"农业项目", "agriculture"},
	{"民生", "livelihood"}, {"民生项目", "livelihood"}, {"社会民生", "livelihood"});
KIND_WORDS(better_words, {"越高越好", "high"}, {"高", "high"}, {"正向", "high"}, {"越低越好", "low"},
	{"低", "low"}, {"逆向", "low"});
KIND_WORDS(basis_words, {"增速", "growth"}, {"按增速", "growth"}, {"数值", "level"}, {"按数值", "level"});
KIND_WORDS(done_words, {"已完成", "done"}, {"完成", "done"}, {"已建成", "done"});
KIND_WORDS(item_words, {"正常", "on"}, {"照常", "on"}, {"改期", "moved"}, {"调整", "moved"},
	{"改时间", "moved"}, {"取消", "cancelled"}, {"停演", "cancelled"});
KIND_WORDS(state_words, {"未录入", "unreported"}, {"未填报", "unreported"}, {"未开始", "not_started"},
	{"未启动", "not_started"}, {"未开工", "not_started"}, {"未办理", "not_started"},
	{"进行中", "in_progress"}, {"推进中", "in_progress"}, {"办理中", "in_progress"},
	{"正在办理", "in_progress"}, {"在建", "in_progress"}, {"已完成", "done"}, {"完成", "done"},
	{"已办结", "done"}, {"已办理", "done"}, {"已办", "done"}, {"√", "done"}, {"✓", "done"},
	{"免办", "waived"}, {"不需要", "waived"}, {"不涉及", "waived"}, {"暂停", "suspended"},
	{"停工", "suspended"}, {"中止", "suspended"});

#define ORIGIN_COLUMNS                                                                                       \
	{"as_of", "数据时点", COLUMN_AS_OF, true, NULL, " 统计时点 截止时间 数据截止 数据截至 数据截止时间 ",         \
		"数据截至的日期或时期，如 2023年6月；也可在导入时统一填写", "2023年6月"},                    \
		{"source", "数据来源", COLUMN_SOURCE, true, NULL, " 来源 ",                                  \
			"内容里登记过的来源名称或编号；也可在导入时统一填写", ""},                           \
	{                                                                                                    \
		"sample", "示例数据", COLUMN_YES, false, NULL, " 示例 是否示例 ",                            \
			"填“是”的行上屏时带“示例数据”标记", "是"                                            \
	}

static const struct column project_columns[] = {
	{"id", "编号", COLUMN_ID, false, NULL, " 项目编号 ", "留空则自动编号；再次导入时靠它对应", ""},
	{"name", "项目名称", COLUMN_TEXT, true, NULL, " 名称 项目 工程名称 重点项目名称 ", "最多 40 字",
		"示例新材料产业园"},
	{"short_name", "项目简称", COLUMN_TEXT, false, NULL, " 简称 ", "最多 20 字", ""},
	{"brief", "一句话简介", COLUMN_TEXT, false, NULL, " 简介 项目简介 ", "最多 40 字", ""},
	{"owner", "建设单位", COLUMN_TEXT, false, NULL,
		" 业主 业主单位 项目单位 企业名称 项目业主 项目法人 投资主体 投资方 ", "最多 40 字",
		"示例材料有限公司"},
	{"park", "所属园区", COLUMN_TEXT, false, NULL, " 园区 所在园区 所属片区 建设地点 ", "最多 20 字",
		"示例园区"},
	{"sector", "所属行业", COLUMN_TEXT, false, NULL, " 行业 产业 产业类别 行业类别 所属产业 ",
		"最多 20 字", "新材料"},
	{"kind", "项目类型", COLUMN_WORD_OR_ID, true, project_kinds, " 项目类别 类型 类别 项目性质 ",
		"产业、技改、基础设施、服务业、农业、民生", "产业"},
	{"investment_cny", "总投资（万元）", COLUMN_MONEY, false, NULL,
		" 总投资 投资额 总投资额 计划总投资 投资总额 投资 ", "数字按表头的单位；也可写 9.5亿元",
		"95000"},
	{"area_m2", "建筑面积（平方米）", COLUMN_AREA, false, NULL, " 建筑面积 总建筑面积 面积 ", "", ""},
	{"lead_department", "责任部门", COLUMN_TEXT, false, NULL,
		" 牵头单位 牵头部门 责任单位 主管部门 包保部门 服务部门 推进单位 ", "最多 24 字", ""},
	{"phase", "当前阶段", COLUMN_PHASE, true, NULL, " 阶段 所处阶段 项目阶段 目前阶段 ",
		"内容里登记过的阶段名称", ""},
	{"status", "是否完成", COLUMN_WORD, false, done_words, " ", "整个项目已完成的填“已完成”", ""},
	{"note", "上屏说明", COLUMN_TEXT, false, NULL, " 展示说明 公示说明 ",
		"最多 80 字、2 行；会显示在屏幕上", ""},
	{"milestone", "节点名称", COLUMN_MILESTONE, false, NULL, " 节点 里程碑 节点事项 ", "一行一个节点时用",
		NULL},
	{"planned", "计划时间", COLUMN_PLANNED, false, NULL, " 计划完成时间 计划完成 计划 ", "", NULL},
	{"actual", "实际时间", COLUMN_ACTUAL, false, NULL, " 实际完成时间 实际完成 实际 完成时间 ", "", NULL},
	{"state", "节点状态", COLUMN_STATE, false, state_words, " 办理状态 完成情况 状态 ", "", NULL},
	ORIGIN_COLUMNS,
};

static const struct column indicator_columns[] = {
	{"id", "编号", COLUMN_ID, false, NULL, " 指标编号 ", "留空则自动编号；再次导入时靠它对应", ""},
	{"name", "指标名称", COLUMN_TEXT, true, NULL, " 指标 名称 ", "最多 24 字", "示例指标"},
	{"unit", "单位", COLUMN_TEXT, true, NULL, " 计量单位 ", "如 亿元、%", "亿元"},
	{"period", "统计时期", COLUMN_PERIOD, true, NULL, " 时期 报告期 统计期 期间 ", "如 2023年1-5月",
		"2023年1-5月"},
	{"value", "数值", COLUMN_NUMBER, false, NULL, " 本期值 本期 完成值 累计 累计值 累计完成 指标值 ", "",
		"71.5"},
	{"decimals", "小数位数", COLUMN_WHOLE, false, NULL, " ", "0 到 3", "1"},
	{"growth_pct", "同比增长（%）", COLUMN_PERCENT, false, NULL,
		" 同比增长 增速 同比 增幅 同比增速 增长 ", "", "8.6"},
	{"change_pp", "增减（百分点）", COLUMN_POINTS, false, NULL, " 增减百分点 百分点 同比增减 ", "", ""},
	{"rank", "排名", COLUMN_RANK, false, NULL, " 位次 名次 全市排名 全市位次 ", "2、第2名 或 2/14", "2"},
	{"of", "参评总数", COLUMN_WHOLE, false, NULL, " 总数 参评数 县市区数 ", "有排名就要有总数", "14"},
	{"previous_rank", "上期排名", COLUMN_WHOLE, false, NULL, " 上期位次 上月排名 上次排名 ", "", ""},
	{"better", "好坏方向", COLUMN_WORD, true, better_words, " 方向 指标方向 ", "越高越好 或 越低越好",
		"越高越好"},
	{"basis", "排名依据", COLUMN_WORD, false, basis_words, " ", "增速 或 数值", ""},
	ORIGIN_COLUMNS,
};

static const struct column standing_columns[] = {
	{"region", "地区", COLUMN_TEXT, true, NULL, " 县市区 区县 县区 区域 单位 名称 ", "最多 8 字",
		"示例区"},
	{"value", "数值", COLUMN_NUMBER, false, NULL, " 本期值 本期 完成值 累计 增速 指标值 ", "", "8.6"},
	{"rank", "排名", COLUMN_RANK, false, NULL, " 位次 名次 ", "", "2"},
	{"previous_rank", "上期排名", COLUMN_WHOLE, false, NULL, " 上期位次 上月排名 上次排名 ", "", "3"},
};

static const struct column programme_columns[] = {
	{"id", "编号", COLUMN_ID, false, NULL, " 节目编号 ", "留空则自动编号；再次导入时靠它对应", ""},
	{"title", "节目名称", COLUMN_TEXT, true, NULL, " 节目 名称 活动名称 活动 活动内容 ", "最多 40 字",
		"示例节目"},
	{"day", "日期", COLUMN_DAY, false, NULL, " 演出日期 活动日期 ", "时间一列只写钟点时用", "2023-07-15"},
	{"from", "开始时间", COLUMN_TIME, true, NULL, " 时间 演出时间 活动时间 开始 ",
		"17:30、17:30-18:30 或带日期", "17:30"},
	{"to", "结束时间", COLUMN_TIME, false, NULL, " 结束 ", "", "18:30"},
	{"was", "原定时间", COLUMN_TIME, false, NULL, " 原时间 ", "改期的节目原来的时间", ""},
	{"place", "地点", COLUMN_TEXT, false, NULL, " 场地 演出地点 活动地点 ", "最多 24 字", "示例广场"},
	{"status", "状态", COLUMN_WORD, false, item_words, " 节目状态 ", "正常、改期、取消", "正常"},
	{"note", "上屏说明", COLUMN_TEXT, false, NULL, " 展示说明 ", "最多 40 字；会显示在屏幕上", ""},
	{"sample", "示例数据", COLUMN_YES, false, NULL, " 示例 是否示例 ", "填“是”的行上屏时带“示例数据”标记",
		"是"},
};

#define COLUMNS(array) array, sizeof array / sizeof array[0]
static const struct column_kind kinds[] = {
	{"projects", "projects", NULL, "name", NULL, "p-", "重点项目", COLUMNS(project_columns)},
	{"indicators", "indicators", NULL, "name", NULL, "i-", "经济指标", COLUMNS(indicator_columns)},
	{"standings", "indicators", "standings", "region", "region", "", "指标排名",
		COLUMNS(standing_columns)},
	{"programme", "occasions", "programme", "title", "id", "s-", "活动节目单",
		COLUMNS(programme_columns)},
};

const struct column_kind *column_find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return NULL;
}

const struct column *column_find(const struct column_kind *kind, const char *field)
{
	for (int i = 0; i < kind->count; i++) {
		if (strcmp(kind->columns[i].field, field) == 0)
			return &kind->columns[i];
	}
	return NULL;
}

/* Without what stands in brackets, and without the mark of a required column. */
static void bare(const char *header, char out[static COLUMN_FIELD_BYTES])
{
	size_t n = 0;
	int depth = 0;
	for (; *header && n < COLUMN_FIELD_BYTES - 1; header++) {
		depth += *header == '(';
		if (depth == 0 && *header != '*')
			out[n++] = *header;
		depth -= *header == ')' && depth > 0;
	}
	out[n] = '\0';
}

static bool is_among(const char *names, const char *name)
{
	char wanted[COLUMN_FIELD_BYTES + 2];
	(void)snprintf(wanted, sizeof wanted, " %s ", name);
	return *name && strstr(names, wanted);
}

static bool ends_with(const char *text, const char *tail)
{
	size_t len = strlen(text), n = strlen(tail);
	return len >= n && strcmp(text + len - n, tail) == 0;
}

/* A unit may stand behind the words without brackets: 总投资/万元, 总投资万元. */
static void drop_unit(char *name)
{
	static const char *const units[] = {"亿元", "万元", "元", "万平方米", "平方米", "%"};
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		size_t len = strlen(name), n = strlen(units[i]);
		if (len > n && ends_with(name, units[i])) {
			name[len - n] = '\0';
			len -= n;
			if (name[len - 1] == '/' || name[len - 1] == ':')
				name[len - 1] = '\0';
			return;
		}
	}
}

const struct column *column_by_name(const struct column_kind *kind, const char *header)
{
	char name[COLUMN_FIELD_BYTES], label[COLUMN_FIELD_BYTES], plain[COLUMN_FIELD_BYTES];
	bare(header, name);
	(void)snprintf(plain, sizeof plain, "%s", name);
	drop_unit(plain);
	for (int i = 0; i < kind->count; i++) {
		const struct column *c = &kind->columns[i];
		(void)snprintf(label, sizeof label, "%.*s", (int)strcspn(c->label, "\xef"), c->label);
		if (strcmp(name, label) == 0 || is_among(c->names, name) || is_among(c->names, plain))
			return c;
	}
	return NULL;
}

/* ---- milestones ----------------------------------------------------------------------- */

static const char known_milestones[] = " 立项 备案 核准 论证 论证通过 环评 能评 规划许可 用地 供地 土地 摘牌 "
				       "拿地 签约 施工许可 四证 四证齐发 开工 "
				       "主体封顶 封顶 主体完工 完工 竣工 竣工验收 验收 投产 达产 纳统 交付 ";

/* Plans and results that are sums, not days. */
static bool is_about_money(const char *name)
{
	static const char *const words[] = {"投资", "资金", "产值", "税收", "收入", "万元", "亿元", "情况"};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strstr(name, words[i]))
			return true;
	}
	return false;
}

/* Takes a word out of the text, wherever it stands. */
static bool cut(char *text, const char *word)
{
	char *at = strstr(text, word);
	if (!at)
		return false;
	memmove(at, at + strlen(word), strlen(at + strlen(word)) + 1);
	return true;
}

bool column_of_milestone(const char *header, char field[static COLUMN_FIELD_BYTES])
{
	static const char *const whens[] = {"时间", "日期", "年月"};
	static const char *const rest[] = {"节点", "完成", "(", ")", "/", "*"};
	char name[COLUMN_FIELD_BYTES];
	const char *what = NULL;
	bool has_when = false, is_group = strchr(header, '/') != NULL;
	if (strlen(header) >= sizeof name - 32)
		return false;
	(void)snprintf(name, sizeof name, "%s", header);
	if (cut(name, "计划") || cut(name, "预计") || cut(name, "拟"))
		what = "planned";
	else if (cut(name, "实际"))
		what = "actual";
	else if (cut(name, "状态"))
		what = "state";
	for (size_t i = 0; i < sizeof whens / sizeof whens[0]; i++)
		has_when |= cut(name, whens[i]);
	for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
		(void)cut(name, rest[i]);
	bool is_known = is_among(known_milestones, name);
	if (!*name || strpbrk(name, ":\"") || (!what && !(is_known && has_when)) ||
		(!is_known && (!is_group || is_about_money(name))))
		return false;
	(void)snprintf(
		field, COLUMN_FIELD_BYTES, COLUMN_OF_MILESTONE "%.120s:%s", name, what ? what : "planned");
	return true;
}

bool column_part_milestone(const char *field, const char **name, size_t *len, enum column_type *type)
{
	static const struct {
		const char *word;
		enum column_type type;
	} parts[] = {{"planned", COLUMN_PLANNED}, {"actual", COLUMN_ACTUAL}, {"state", COLUMN_STATE}};
	size_t n = strlen(COLUMN_OF_MILESTONE);
	const char *last = strrchr(field, ':');
	if (strncmp(field, COLUMN_OF_MILESTONE, n) != 0 || last <= field + n)
		return false;
	*name = field + n;
	*len = (size_t)(last - *name);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		if (strcmp(last + 1, parts[i].word) == 0) {
			*type = parts[i].type;
			return true;
		}
	}
	return false;
}

const char *column_state(const char *folded)
{
	for (int i = 0; state_words[i].said; i++) {
		if (strcmp(state_words[i].said, folded) == 0)
			return state_words[i].word;
	}
	return NULL;
}
