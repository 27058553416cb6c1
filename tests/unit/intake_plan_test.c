/* SPDX-License-Identifier: Apache-2.0
 *
 * What a sheet would do to the content: headers as offices write them, rows matched to what
 * is there, and every refusal with its column. Sheets are CSV here, where columns are seen. */
#include "intake/header.h"
#include "intake/template.h"

#include "intake_kit.h"
#include "sentences.h"

#define HEAD "编号,项目名称,项目类型,当前阶段,总投资（万元）,建设单位,计划开工时间,实际开工时间,开工状态\n"
#define ORIGIN "\"source\": \"office\", \"as_of\": \"2023-06\", \"year\": 2023"

/* One data row below HEAD: its result, its id, and a piece of what is said of it. */
struct row {
	const char *says, *line, *result, *id;
	const char *holds; /* of the row and the items, as JSON with sorted keys */
};

static const struct row rows[] = {
	{"a new one takes the next number", ",丙项目,产业,策划,9500,丙公司,6月底,,", "new", "p-8",
		"\"investment_cny\": 95000000"},
	{"a month's end is that month", ",丙项目,产业,策划,,,6月底,,", "new", "p-8",
		"\"planned\": \"2023-06\""},
	{"a plan alone says nothing of its state", ",丙项目,产业,策划,,,6月底,,", "new", "p-8",
		"\"state\": \"unreported\""},
	{"what has happened is done", ",丙项目,产业,策划,,,,2023.6.30,", "new", "p-8", "\"state\": \"done\""},
	{"found by name", ",甲项目,,,,,,,", "changed", "p-7", "\"as_of\""},
	{"found by name in other widths", ",乙项目(１号),,,,新公司,,,", "changed", "yi",
		"\"owner\": \"新公司\""},
	{"the name as it stands is kept", ",乙项目(１号),,,,新公司,,,", "changed", "yi",
		"\"name\": \"乙项目（1号）\""},
	{"found by id, and renamed", "yi,新名字,,,,,,,", "changed", "yi", "\"name\": \"新名字\""},
	{"an id of its own", "bing,丙项目,产业,策划,,,,,", "new", "bing", ""},
	{"an empty cell leaves what is there", ",甲项目,,,,,,,", "changed", "p-7", "\"owner\": \"甲公司\""},
	{"a milestone is found by its name", ",甲项目,,,,,2023年7月,,", "changed", "p-7",
		"{\"after\": \"2023-07\", \"before\": \"2023-06\", \"field\": \"milestone:开工:planned\"}"},
	{"a milestone that is done", ",甲项目,,,,,,2023年6月,", "changed", "p-7",
		"{\"after\": \"done\", \"before\": \"not_started\", \"field\": \"milestone:开工:state\"}"},
	{"a phase by its longer name", ",丙项目,产业,手续办理,,,,,", "new", "p-8", "\"phase\": \"permits\""},
	{"the cell's own unit", ",丙项目,产业,策划,9.5亿元,,,,", "new", "p-8",
		"\"investment_cny\": 950000000"},
	{"nothing said by a dash", ",丙项目,产业,策划,-,/,,,", "new", "p-8", ""},
	{"a line break within a name", ",\"丙\n项目\",产业,策划,,,,,", "new", "p-8", "\"name\": \"丙项目\""},
	{"what looks like a formula is a name", ",=HYPERLINK(1),产业,策划,,,,,", "new", "p-8",
		"\"name\": \"=HYPERLINK(1)\""},
	{"a sum is passed over", "合计,,,,12345,,,,", "skipped", "", "合计行"},
	{"a group's name is passed over", "一、产业项目,,,,,,,,", "skipped", "", "分组标题"},
	{"the header again is passed over", "编号,项目名称,项目类型,当前阶段,总投资（万元）,建设单位,,,",
		"skipped", "", "重复的表头"},
	{"a note below is passed over", "注：数据截至6月,,,,,,,,", "skipped", "", "表下说明"},

	{"no name", ",,产业,策划,100,,,,", "refused", "",
		"\"column\": \"B\", \"reason\": \"必填，没有填写\""},
	{"no kind", ",丙项目,,策划,,,,,", "refused", "p-8",
		"\"column\": \"C\", \"reason\": \"必填，没有填写\""},
	{"a kind of nowhere", ",丙项目,什么,策划,,,,,", "refused", "p-8",
		"\"column\": \"C\", \"reason\": \"不是允许的选项"},
	{"a phase of nowhere", ",丙项目,产业,什么,,,,,", "refused", "p-8",
		"\"column\": \"D\", \"reason\": \"内容里没有叫这个名字的阶段\""},
	{"about is no sum", ",丙项目,产业,策划,约9500,,,,", "refused", "p-8",
		"\"column\": \"E\", \"reason\": \"不是确数"},
	{"a date that is none", ",丙项目,产业,策划,,,2023.13.1,,", "refused", "p-8",
		"\"column\": \"G\", \"reason\": \"看不懂"},
	{"January or October", ",丙项目,产业,策划,,,2023.1,,", "refused", "p-8", "分不清是1月还是10月"},
	{"an actual date of what is not done", ",丙项目,产业,策划,,,,2023年6月,进行中", "refused", "p-8",
		"\"column\": \"H\", \"reason\": \"只有“已完成”的节点才能有实际时间\""},
	{"a state of nowhere", ",丙项目,产业,策划,,,,,快了", "refused", "p-8",
		"\"column\": \"I\", \"reason\": \"看不懂的状态"},
	{"a telephone number", ",丙项目13800138000,产业,策划,,,,,", "refused", "p-8", "像手机号"},
	{"an identity number", ",丙项目,产业,策划,,110101199003077571,,,", "refused", "p-8", "像身份证号"},
	{"a name that is too long",
		",一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一,产业,"
		"策划,,,,,",
		"refused", "p-8", "有 41 个字，最多 40 个"},
	{"an invisible letter", ",丙\u200b项目,产业,策划,,,,,", "refused", "p-8", "看不见的零宽字符"},
	{"a letter that turns the line round", ",丙\u202e项目,产业,策划,,,,,", "refused", "p-8", "方向控制"},
	{"an id that is none", "A_1,丙项目,产业,策划,,,,,", "refused", "A_1",
		"\"column\": \"A\", \"reason\": \"编号只能"},
};

static json_t *plan(const char *kind, const char *text, const char *more)
{
	struct err e;
	json_t *result = kit_run(text, strlen(text), kind, "表.csv", more, &e);
	if (!result)
		print_message("%s\n", e.text);
	assert_non_null(result);
	return result;
}

static const char *text_of(const json_t *o, const char *name)
{
	const char *text = json_string_value(json_object_get(o, name));
	return text ? text : "";
}

static const json_t *row_of(const json_t *result, size_t i)
{
	return json_array_get(json_object_get(result, "rows"), i);
}

/* What is told of the rows and of what comes of them, as one text. */
static void must_hold(const json_t *result, const char *piece)
{
	json_t *told = json_pack("[O, O, O]", json_object_get(result, "rows"),
		json_object_get(result, "items"), json_object_get(result, "skipped"));
	char *text = json_dumps(told, JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
	if (!strstr(text, piece))
		print_message("%s\n", text);
	assert_non_null(strstr(text, piece));
	free(text);
	json_decref(told);
}

static void row_comes_to(void **state)
{
	const struct row *r = *state;
	char text[2048];
	(void)snprintf(text, sizeof text, HEAD "%s\n", r->line);
	json_t *result = plan("projects", text, ORIGIN);
	if (strcmp(r->result, "skipped") == 0) {
		assert_int_equal(json_array_size(json_object_get(result, "rows")), 0);
	} else {
		assert_string_equal(text_of(row_of(result, 0), "result"), r->result);
		assert_string_equal(text_of(row_of(result, 0), "id"), r->id);
	}
	if (strcmp(r->result, "refused") == 0)
		assert_int_equal(json_array_size(json_object_get(result, "items")), 0);
	must_hold(result, r->holds);
	json_decref(result);
}

/* ---- sheets as a whole ---------------------------------------------------------------- */

static const struct {
	const char *says, *kind, *text, *more, *holds;
} sheets[] = {
	{"two rows of one name", "projects", HEAD ",丙项目,产业,策划,,,,,\n,丙 项目,产业,策划,,,,,\n", ORIGIN,
		"与第 2 行重复"},
	{"mending a row leaves the others' numbers", "projects",
		HEAD ",丙项目,什么,策划,,,,,\n,丁项目,产业,策划,,,,,\n", ORIGIN, "\"id\": \"p-9\""},
	{"a row a milestone", "projects",
		"项目名称,项目类型,当前阶段,节点名称,计划时间,实际时间\n丙项目,产业,建设,开工,2023年5月,2023."
		"5.8\n丙项目,,,竣工,2023年底,\n",
		ORIGIN,
		"{\"id\": \"m-2\", \"name\": \"竣工\", \"planned\": \"2023\", \"state\": \"unreported\"}"},
	{"a row a milestone that says otherwise", "projects",
		"项目名称,项目类型,当前阶段,节点名称,计划时间\n丙项目,产业,建设,开工,2023年5月\n丙项目,技改,,"
		"竣工,2023年底\n",
		ORIGIN, "与同一项目前面的行不一致"},
	{"one milestone twice", "projects",
		"项目名称,项目类型,当前阶段,节点名称,计划时间\n丙项目,产业,建设,开工,2023年5月\n丙项目,,,"
		"开工,2023年底\n",
		ORIGIN, "与第 2 行重复"},
	{"no source", "projects", "项目名称,项目类型,当前阶段\n丙项目,产业,策划\n", "\"as_of\": \"2023-06\"",
		"\"column\": null, \"reason\": \"数据来源：必填，没有填写\""},
	{"a source by its name", "projects",
		"项目名称,项目类型,当前阶段,数据来源,数据时点\n丙项目,产业,策划,某办公室,2023年1-5月\n", "",
		"\"as_of\": \"2023-01/2023-05\""},
	{"a unit above the table", "projects",
		"重点项目表,,,\n,,,单位：亿元\n项目名称,项目类型,当前阶段,总投资\n丙项目,产业,策划,9.5\n",
		ORIGIN, "\"investment_cny\": 950000000"},
	{"headers with spaces, breaks and widths", "projects",
		"序号,\"项目\n名称\",项 目 类 型,当前阶段,总投资（万元）\n1,丙项目,产业,策划,9500\n", ORIGIN,
		"\"id\": \"p-8\""},
	{"two columns of one meaning: the first", "projects",
		"项目名称,项目类型,当前阶段,总投资（万元）,投资额（万元）\n丙项目,产业,策划,9500,1\n", ORIGIN,
		"\"investment_cny\": 95000000"},
	{"an indicator", "indicators",
		"指标名称,单位,统计时期,数值,同比增长（%）,排名,参评总数,好坏方向\n工业,亿元,2023年1-5月,71."
		"5亿元,8.6%,2/14,,越高越好\n",
		ORIGIN,
		"\"growth_pct\": 8.6, \"id\": \"i-1\", \"name\": \"工业\", \"of\": 14, \"period\": "
		"\"2023-01/2023-05\", "
		"\"rank\": 2"},
	{"a rank without its number", "indicators",
		"指标名称,单位,统计时期,排名,好坏方向\n工业,亿元,2023年5月,2,越高越好\n", ORIGIN,
		"参评总数：有排名就要有参评总数"},
	{"among the first replaces a rank", "indicators", "指标名称,排名\n税收,前3名\n", ORIGIN,
		"{\"after\": null, \"before\": 2, \"field\": \"rank\"}"},
	{"percent in the wrong column", "indicators", "指标名称,同比增长\n税收,8.6个百分点\n", ORIGIN,
		"百分点不是百分比"},
	{"a region changed and one new", "standings", "地区,增速,排名\n甲区,8.6%,2\n乙区,9.1%,1\n",
		"\"target\": \"tax\"",
		"\"standings\": [{\"rank\": 2, \"region\": \"甲区\", \"value\": 8.6}, {\"rank\": 1, "
		"\"region\": \"乙区\", \"value\": 9.1}]"},
	{"a region as it is", "standings", "地区,增速,排名\n甲区,8.60,1\n", "\"target\": \"tax\"",
		"\"result\": \"unchanged\""},
	{"a programme in order of time", "programme",
		"日期,时间,节目名称,地点\n7月15日,16:00-17:00,早场,广场\n",
		"\"target\": \"fair\", \"year\": 2023",
		"\"programme\": [{\"from\": \"2023-07-15T16:00:00+08:00\", \"id\": \"s-1\", \"place\": "
		"\"广场\", \"title\": \"早场\", \"to\": "
		"\"2023-07-15T17:00:00+08:00\"}, {\"from\": \"2023-07-15T17:30:00+08:00\", \"id\": \"a\""},
	{"an end before its beginning", "programme",
		"日期,开始时间,结束时间,节目名称\n2023-07-15,16:00,15:00,早场\n", "\"target\": \"fair\"",
		"\"column\": \"C\", \"reason\": \"结束早于开始\""},
	{"an hour without a day", "programme", "时间,节目名称\n16:00,早场\n", "\"target\": \"fair\"",
		"在日期一列写明日期"},
	{"a cell mended by hand", "projects", HEAD ",丙项目,什么,策划,,,,,\n",
		ORIGIN ", \"cells\": {\"2\": {\"C\": \"产业\"}}", "\"kind\": \"industry\""},
	{"what a person chose for all new ones", "projects", "项目名称\n丙项目\n",
		ORIGIN ", \"header_row\": 1, \"defaults\": {\"kind\": \"industry\", \"phase\": \"plan\"}",
		"\"kind\": \"industry\""},
	{"what a person chose goes behind what the row says", "projects", "项目名称,项目类型\n丙项目,技改\n",
		ORIGIN ", \"defaults\": {\"kind\": \"industry\", \"phase\": \"plan\"}",
		"\"kind\": \"retrofit\""},
	{"what a person chose is checked, too", "projects", "项目名称,项目类型\n丙项目,技改\n",
		ORIGIN ", \"defaults\": {\"salary\": 1, \"phase\": \"plan\"}", "\"result\": \"refused\""},
	{"and is not of those that are there", "projects", "项目名称,项目类型\n甲项目,产业\n",
		ORIGIN ", \"defaults\": {\"phase\": \"build\"}", "\"phase\": \"plan\""},
	{"a column that is left out", "projects", HEAD ",甲项目,,,约9500,,,,\n",
		ORIGIN ", \"mapping\": {\"B\": \"name\", \"F\": \"owner\"}", "\"result\": \"changed\""},
	{"a column that is something else", "projects", HEAD ",甲项目,,,,园区,,,\n",
		ORIGIN ", \"mapping\": {\"B\": \"name\", \"F\": \"park\"}", "\"park\": \"园区\""},
	{"a header of a person's choice", "projects", "a,b\n甲项目,x\n",
		ORIGIN ", \"header_row\": 1, \"mapping\": {\"A\": \"name\"}", "\"id\": \"p-7\""},
};

static void sheet_comes_to(void **state)
{
	const struct {
		const char *says, *kind, *text, *more, *holds;
	} *row = *state;
	json_t *result = plan(row->kind, row->text, row->more);
	must_hold(result, row->holds);
	json_decref(result);
}

static const struct {
	const char *says, *kind, *text, *more, *why;
	enum err_kind is;
} wrong[] = {
	{"no such kind", "people", "a\n", "", "kind", ERR_USAGE},
	{"a mapping to no field", "projects", HEAD, "\"mapping\": {\"B\": \"salary\"}", "没有这个字段",
		ERR_USAGE},
	{"a mapping of no column", "projects", HEAD, "\"mapping\": {\"ZZ\": \"name\"}", "没有这一列",
		ERR_USAGE},
	{"two columns of one field", "projects", HEAD, "\"mapping\": {\"B\": \"name\", \"C\": \"name\"}",
		"同一个字段", ERR_USAGE},
	{"no such sheet", "projects", HEAD, "\"sheet\": 1", "没有第 2 个工作表", ERR_USAGE},
	{"no such target", "standings", "地区,排名\n甲区,1\n", "\"target\": \"none\"", "不存在", ERR_MISSING},
	{"a cell of nowhere", "projects", HEAD, "\"cells\": {\"x\": {\"A\": \"1\"}}", "cells", ERR_USAGE},
};

static void option_is_refused(void **state)
{
	const struct {
		const char *says, *kind, *text, *more, *why;
		enum err_kind is;
	} *row = *state;
	struct err e;
	assert_null(kit_run(row->text, strlen(row->text), row->kind, "表.csv", row->more, &e));
	assert_int_equal(e.kind, row->is);
	assert_non_null(strstr(e.text, row->why));
}

static void without_a_header_a_person_must_look(void **state)
{
	(void)state;
	json_t *result = plan("projects", "a,b\n1,2\n", "");
	assert_non_null(strstr(text_of(result, "problem"), "没有找到表头"));
	assert_int_equal(json_array_size(json_object_get(result, "rows")), 0);
	json_decref(result);
}

static void a_mapping_is_remembered_by_its_header(void **state)
{
	(void)state;
	char more[200];
	json_t *first = plan("projects", HEAD ",甲项目,,,,x,,,\n", ORIGIN);
	assert_false(json_is_true(json_object_get(first, "remembered")));
	(void)snprintf(more, sizeof more,
		ORIGIN ", \"remembered\": {\"%s\": {\"B\": \"name\", \"F\": \"park\"}}",
		text_of(first, "fingerprint"));
	json_t *second = plan("projects", HEAD ",乙,产业,策划,,y,,,\n", more);
	assert_true(json_is_true(json_object_get(second, "remembered")));
	assert_string_equal(text_of(json_object_get(second, "mapping"), "F"), "park");
	json_decref(first);
	json_decref(second);
}

static bool goes_on(void *user, double done)
{
	double *last = user;
	assert_true(done >= *last && done <= 1);
	*last = done;
	return done < 0.6;
}

static void it_can_be_called_off(void **state)
{
	(void)state;
	struct buf text = {0};
	struct err e = {0};
	double last = 0;
	buf_text(&text, HEAD);
	for (int i = 0; i < 1000; i++)
		buf_printf(&text, ",项目%d,产业,策划,,,,,\n", i);
	json_t *options = json_pack(
		"{s:s, s:s, s:o}", "kind", "projects", "name", "表.csv", "document", kit_document());
	const struct dryrun_watch watch = {goes_on, &last};
	assert_null(intake_run(text.data, text.len, options, &watch, &e));
	assert_int_equal(e.kind, ERR_BUSY);
	assert_true(last >= 0.6);
	json_decref(options);
	buf_finish(&text);
}

/* ---- headers of several rows ------------------------------------------------------------- */

#define T(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void groups_of_columns(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e;
	kit_book(
		"<worksheet xmlns=\"" KIT_MAIN "\"><sheetData>"
		"<row r=\"1\">" T("A1",
			"某区2023年重点项目") "</row>"
					      "<row r=\"2\">" T("A2",
						      "单位：亿元") "</row>"
								    "<row r=\"3\">" T("A3", "基本情况") T(
									    "E3", "开工") T("G3",
									    "竣工") T("I3",
									    "备注") "</row>"
										    "<row r=\"4\">" T("A4",
											    "园区") T("B4",
											    "项目 名称") T("C"
													   "4",
											    "类型") T("D4",
											    "总投资") T("E4",
											    "计划") T("F4",
											    "实际") T("G4",
											    "计划") T("H4",
											    "状态") "</row>"
												    "<row "
												    "r="
												    "\"5\""
												    ">" T("A"
													  "5",
													    "东园") T("B5",
													    "丙项目") T("C5",
													    "产业") "<c r=\"D5\"><v>9.5</v></c>"
														    "<c r=\"E5\" s=\"1\"><v>45107</v></c>" T(
															    "G5",
															    "６月底") T("H5",
															    "未开始") T("I5",
															    "内部") "</row>"
																    "<row r=\"6\">" T(
																	    "B6",
																	    "丁项目") T("C6",
																	    "技改") T("E6",
																	    "2023年7月") "</row>"
																			 "</sheetData><mergeCells><mergeCell ref=\"A1:I1\"/><mergeCell ref=\"A2:I2\"/><mergeCell ref=\"A3:D3\"/>"
																			 "<mergeCell ref=\"E3:F3\"/><mergeCell ref=\"G3:H3\"/><mergeCell ref=\"I3:I4\"/><mergeCell ref=\"A5:A6\"/>"
																			 "</mergeCells></worksheet>",
		NULL, &bytes);
	json_t *result = kit_run(bytes.data, bytes.len, "projects", "表.xlsx", ORIGIN, &e);
	assert_non_null(result);
	json_t *mapping = json_object_get(result, "mapping");
	assert_int_equal(json_integer_value(json_object_get(result, "header_row")), 3);
	assert_string_equal(text_of(mapping, "A"), "park");
	assert_string_equal(text_of(mapping, "B"), "name");
	assert_string_equal(text_of(mapping, "D"), "investment_cny");
	assert_string_equal(text_of(mapping, "E"), "milestone:开工:planned");
	assert_string_equal(text_of(mapping, "F"), "milestone:开工:actual");
	assert_string_equal(text_of(mapping, "H"), "milestone:竣工:state");
	assert_string_equal(text_of(mapping, "I"), ""); /* never by itself */
	must_hold(result, "\"reason\": \"当前阶段：必填，没有填写\"");
	must_hold(result, "\"A\": \"东园\", \"B\": \"丁项目\""); /* merged downwards */
	json_decref(result);
	buf_finish(&bytes);
}

/* A title over some of the columns is no level of the header. */
static void a_title_over_a_few_columns(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e;
	kit_book("<worksheet xmlns=\"" KIT_MAIN
		 "\"><sheetData><row r=\"1\">" T("A1", "一览表") "</row><row r=\"2\">" T("A2",
			 "计划开工时间") T("B2", "项目名称") T("C2", "项目类型") T("D2", "当前阶段") T("E2",
			 "备注") "</row><row r=\"3\">" T("A3", "2023年6月") T("B3", "丙项目") T("C3", "产业")
			 T("D3", "策划") "</row></sheetData>"
					 "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>",
		NULL, &bytes);
	json_t *result = kit_run(bytes.data, bytes.len, "projects", "表.xlsx", ORIGIN, &e);
	assert_non_null(result);
	assert_string_equal(text_of(json_object_get(result, "mapping"), "A"), "milestone:开工:planned");
	json_decref(result);
	buf_finish(&bytes);
}

/* Cells whose value nobody can know, each refused at its place. */
static void cells_without_a_value(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e;
	kit_book(KIT_SHEET("<row r=\"1\">" T("A1", "项目名称") T("B1", "项目类型") T("C1", "当前阶段") T("D1",
			 "总投资（万元）") "</row><row r=\"2\">" T("A2", "丙项目") T("B2", "产业") T("C2",
			 "策划") "<c r=\"D2\"><f>1+1</f></c></row>"
				 "<row r=\"3\">" T("A3", "丁项目") T("B3", "产业") T("C3",
					 "策划") "<c r=\"D3\" t=\"e\"><v>#REF!</v></c></row>"
						 "<row r=\"4\">" T("A4", "戊项目") T("B4", "产业")
							 T("C4", "策划") "<c r=\"D4\" "
									 "s=\"4\"><v>95000000</v></c></row>"),
		NULL, &bytes);
	json_t *result = kit_run(bytes.data, bytes.len, "projects", "表.xlsx", ORIGIN, &e);
	assert_non_null(result);
	assert_int_equal(
		json_integer_value(json_object_get(json_object_get(result, "counts"), "refused")), 3);
	must_hold(result, "\"column\": \"D\", \"reason\": \"公式没有计算结果");
	must_hold(result, "\"column\": \"D\", \"reason\": \"单元格里是错误值\", \"value\": \"#REF!\"");
	must_hold(result, "\"column\": \"D\", \"reason\": \"单元格用数字格式缩放显示");
	json_decref(result);
	buf_finish(&bytes);
}

static const struct {
	const char *says, *header, *field;
} proposals[] = {
	{"an owner", "业主单位", "owner"},
	{"a sum with its unit", "计划总投资（万元）", "investment_cny"},
	{"a sum with its unit behind a slash", "总投资/亿元", "investment_cny"},
	{"a department that leads", "牵头单位", "lead_department"},
	{"a planned start", "计划开工时间", "milestone:开工:planned"},
	{"a planned start in brackets", "开工时间（计划）", "milestone:开工:planned"},
	{"a start without more is a plan until a person says otherwise", "开工时间",
		"milestone:开工:planned"},
	{"an actual finish", "实际竣工日期", "milestone:竣工:actual"},
	{"money that is planned is no milestone", "2023年计划投资", NULL},
	{"money that was spent is no milestone", "实际完成投资（万元）", NULL},
	{"when it was filled in is no milestone", "填报时间", NULL},
	{"remarks are never taken by themselves", "备注", NULL},
	{"nor telephone numbers", "联系电话", NULL},
	{"nor persons", "包保领导", NULL},
};

static void header_is_proposed(void **state)
{
	const char *const *row = *state; /* says, header, field */
	char text[512];
	(void)snprintf(text, sizeof text, "项目名称,项目类型,%s\n丙项目,产业,x\n", row[1]);
	json_t *result = plan("projects", text, ORIGIN);
	const json_t *field = json_object_get(json_object_get(result, "mapping"), "C");
	if (row[2])
		assert_string_equal(json_string_value(field), row[2]);
	else
		assert_null(field);
	json_decref(result);
}

/* ---- templates ------------------------------------------------------------------------------ */

static const struct {
	const char *says, *kind, *more;
} templates[] = {
	{"the projects' template comes back whole", "projects", ""},
	{"the indicators' template comes back whole", "indicators", ""},
	{"the standings' template comes back whole", "standings", "\"target\": \"tax\""},
	{"the programme's template comes back whole", "programme", "\"target\": \"fair\""},
};

static void template_comes_back(void **state)
{
	const struct {
		const char *says, *kind, *more;
	} *row = *state;
	struct buf bytes = {0}, again = {0};
	struct err e = {0};
	json_t *document = kit_document();
	assert_true(template_make(row->kind, document, &bytes, &e));
	assert_true(template_make(row->kind, document, &again, &e));
	assert_int_equal(bytes.len, again.len);
	assert_memory_equal(bytes.data, again.data, bytes.len);
	json_t *result = kit_run(bytes.data, bytes.len, row->kind, "模板.xlsx", row->more, &e);
	assert_non_null(result);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(result, "counts"), "new")), 1);
	assert_int_equal(json_array_size(json_object_get(result, "rows")), 1);
	size_t i;
	const json_t *column;
	json_array_foreach (json_object_get(result, "columns"), i, column)
		assert_true(json_is_string(json_object_get(column, "field")));
	json_decref(result);
	json_decref(document);
	buf_finish(&bytes);
	buf_finish(&again);
}

static void a_template_of_nothing(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e = {0};
	assert_false(template_make("people", NULL, &bytes, &e));
	assert_int_equal(e.kind, ERR_MISSING);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, rows, row_comes_to);
	SENTENCES_ROWS(&s, sheets, sheet_comes_to);
	SENTENCES_ROWS(&s, wrong, option_is_refused);
	SENTENCES_ROWS(&s, proposals, header_is_proposed);
	SENTENCES_ROWS(&s, templates, template_comes_back);
	sentences_add(&s, "without a header a person must look", without_a_header_a_person_must_look, NULL);
	sentences_add(
		&s, "a mapping is remembered by its header", a_mapping_is_remembered_by_its_header, NULL);
	sentences_add(&s, "it tells how far it is, and can be called off", it_can_be_called_off, NULL);
	sentences_add(&s, "groups of columns below titles", groups_of_columns, NULL);
	sentences_add(&s, "a title over a few columns", a_title_over_a_few_columns, NULL);
	sentences_add(&s, "cells without a value", cells_without_a_value, NULL);
	sentences_add(&s, "a template of nothing", a_template_of_nothing, NULL);
	return sentences_run(&s, "intake dry run");
}
