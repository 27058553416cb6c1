/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands in a cell, whatever wrote the file: XLSX in its oddities, CSV in its dialects,
 * calendars with their repetitions. */
#include <limits.h>

#include "intake/delimited.h"
#include "intake/ics.h"
#include "intake/sheet.h"
#include "intake/xlsx.h"
#include "intake/xlsx_parts.h"

#include "intake_kit.h"
#include "sentences.h"

/* All cells as "row:column=text" with the kind's letter, a space apart. */
static void write_cells(const struct sheet *s, struct buf *out)
{
	static const char kinds[] = "tpndbe?s"; /* as enum cell_kind */
	char column[SHEET_COLUMN_TEXT];
	buf_add(out, "", 0);
	for (int i = 0; i < s->row_count; i++) {
		for (int k = 0; k < s->rows[i].count; k++) {
			const struct sheet_cell *c = &s->rows[i].cells[k];
			sheet_column_name(c->column, column);
			buf_printf(out, "%s%s%d%c=%s", out->len ? " " : "", column, s->rows[i].row,
				kinds[c->kind], c->text);
		}
	}
}

struct row {
	const char *says, *in, *want;
	const char *why; /* of a refusal, where want is NULL */
};

static void compare(struct sheet_book *b, const struct err *e, const struct row *r)
{
	struct buf got = {0};
	if (r->want) {
		if (!b)
			print_message("%s\n", e->text);
		assert_non_null(b);
		write_cells(&b->sheets[0], &got);
		assert_string_equal(got.data, r->want);
	} else {
		assert_null(b);
		assert_int_equal(e->kind, ERR_FORMAT);
		if (!strstr(e->text, r->why))
			print_message("%s\n", e->text);
		assert_non_null(strstr(e->text, r->why));
	}
	buf_finish(&got);
	sheet_book_destroy(b);
}

/* ---- XLSX ------------------------------------------------------------------------------ */

#define ROW(cells) KIT_SHEET("<row r=\"1\">" cells "</row>")

static const struct row books[] = {
	{"a shared string", ROW("<c r=\"A1\" t=\"s\"><v>0</v></c>"), "A1t=共享", ""},
	{"rich text without its phonetic run", ROW("<c r=\"A1\" t=\"s\"><v>1</v></c>"), "A1t=富文本", ""},
	{"an escaped carriage return", ROW("<c r=\"A1\" t=\"s\"><v>2</v></c>"), "A1t=一\r\n二", ""},
	{"an inline string", ROW("<c r=\"B1\" t=\"inlineStr\"><is><t>内联</t></is></c>"), "B1t=内联", ""},
	{"an inline string in runs",
		ROW("<c r=\"B1\" "
		    "t=\"inlineStr\"><is><r><t>内</t></r><r><t>联</t></r><rPh><t>x</t></rPh></is></c>"),
		"B1t=内联", ""},
	{"a number", ROW("<c r=\"A1\"><v>71.5</v></c>"), "A1n=71.5", ""},
	{"a binary fraction", ROW("<c r=\"A1\"><v>0.78500000000000003</v></c>"), "A1n=0.785", ""},
	{"a long whole number", ROW("<c r=\"A1\"><v>123456789012345</v></c>"), "A1n=123456789012345", ""},
	{"an exponent", ROW("<c r=\"A1\"><v>9.5E8</v></c>"), "A1n=950000000", ""},
	{"a percentage as it is shown", ROW("<c r=\"A1\" s=\"3\"><v>0.715</v></c>"), "A1n=71.5%", ""},
	{"a scaled number is marked", ROW("<c r=\"A1\" s=\"4\"><v>95000</v></c>"), "A1s=95000", ""},
	{"a day by a built-in format", ROW("<c r=\"A1\" s=\"1\"><v>45107</v></c>"), "A1d=2023-06-30", ""},
	{"a month by a format of its own", ROW("<c r=\"A1\" s=\"2\"><v>45078</v></c>"), "A1d=2023-06", ""},
	{"a month by an East Asian built-in", ROW("<c r=\"A1\" s=\"6\"><v>45078</v></c>"), "A1d=2023-06", ""},
	{"an hour", ROW("<c r=\"A1\" s=\"5\"><v>0.72916666666666663</v></c>"), "A1d=17:30:00", ""},
	{"a day and an hour", ROW("<c r=\"A1\" s=\"7\"><v>45107.729166666664</v></c>"),
		"A1d=2023-06-30T17:30:00", ""},
	{"before March 1900", ROW("<c r=\"A1\" s=\"1\"><v>1</v></c>"), "A1d=1900-01-01", ""},
	{"a day that never was", ROW("<c r=\"A1\" s=\"1\"><v>60</v></c>"), "A1e=日期超出范围", ""},
	{"a negative day", ROW("<c r=\"A1\" s=\"1\"><v>-5</v></c>"), "A1e=日期超出范围", ""},
	{"a formula's value", ROW("<c r=\"A1\"><f>B1*2</f><v>19</v></c>"), "A1n=19", ""},
	{"a formula's text", ROW("<c r=\"A1\" t=\"str\"><f>B1&amp;\"x\"</f><v>甲</v></c>"), "A1t=甲", ""},
	{"a formula that came to no text", ROW("<c r=\"A1\" t=\"str\"><f>\"\"</f><v></v></c>"), "", ""},
	{"a formula that nobody computed", ROW("<c r=\"A1\"><f>B1*2</f></c>"), "A1?=", ""},
	{"likewise with an empty value", ROW("<c r=\"A1\"><f>B1*2</f><v/></c>"), "A1?=", ""},
	{"an error", ROW("<c r=\"A1\" t=\"e\"><v>#REF!</v></c>"), "A1e=#REF!", ""},
	{"yes", ROW("<c r=\"A1\" t=\"b\"><v>1</v></c>"), "A1b=是", ""},
	{"places left out", KIT_SHEET("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
		"A1n=1 B1n=2 A2n=3", ""},
	{"a name with a prefix",
		"<x:worksheet xmlns:x=\"" KIT_MAIN
		"\"><x:sheetData><x:row r=\"2\"><x:c r=\"C2\"><x:v>1</x:v></x:c>"
		"</x:row></x:sheetData></x:worksheet>",
		"C2n=1", ""},
	{"rows with a style and nothing in them are none",
		KIT_SHEET("<row r=\"1048576\"><c r=\"XFD1048576\" s=\"1\"/></row>"), "", ""},
	{"a row beyond what is read", KIT_SHEET("<row r=\"20001\"><c r=\"A20001\"><v>1</v></c></row>"), NULL,
		"最多 20000 行"},
	{"a column beyond what is read", ROW("<c r=\"IW1\"><v>1</v></c>"), NULL, "最多 256 列"},
	{"the last column", ROW("<c r=\"IV1\"><v>1</v></c>"), "IV1n=1", ""},
	{"rows out of order", KIT_SHEET("<row r=\"2\"/><row r=\"1\"/>"), NULL, "次序"},
	{"cells out of order", ROW("<c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c>"), NULL, "位置不对"},
	{"a cell of another row", ROW("<c r=\"A2\"><v>1</v></c>"), NULL, "位置不对"},
	{"a shared string that is not there", ROW("<c r=\"A1\" t=\"s\"><v>3</v></c>"), NULL, "共享文本"},
	{"a shared string of minus one", ROW("<c r=\"A1\" t=\"s\"><v>-1</v></c>"), NULL, "共享文本"},
	{"a number that is none", ROW("<c r=\"A1\"><v>nan</v></c>"), NULL, "写坏的数字"},
	{"hexadecimal", ROW("<c r=\"A1\"><v>0x10</v></c>"), NULL, "写坏的数字"},
	{"beyond all numbers", ROW("<c r=\"A1\"><v>1e999</v></c>"), "A1e=不是有限的数", ""},
	{"XML that ends early", "<worksheet xmlns=\"" KIT_MAIN "\"><sheetData>", NULL, "XML"},
};

static void book_is_read(void **state)
{
	const struct row *r = *state;
	struct buf bytes = {0};
	struct err e = {0};
	struct sheet_book *b;
	kit_book(r->in, NULL, &bytes);
	(void)xlsx_read(&b, bytes.data, bytes.len, &e);
	compare(b, &e, r);
	buf_finish(&bytes);
}

static void days_of_1904(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e = {0};
	struct sheet_book *b;
	kit_book(ROW("<c r=\"A1\" s=\"1\"><v>43645</v></c>"), KIT_BOOK("<workbookPr date1904=\"1\"/>"),
		&bytes);
	(void)xlsx_read(&b, bytes.data, bytes.len, &e);
	compare(b, &e, &(struct row){"", "", "A1d=2023-06-30", ""});
	buf_finish(&bytes);
}

static void hidden_ones_are_marked(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e = {0};
	struct sheet_book *b;
	kit_book(KIT_SHEET("<row r=\"1\" hidden=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c "
			   "r=\"A2\"><v>1</v></c></row>"),
		"<workbook xmlns=\"" KIT_MAIN "\" xmlns:r=\"" KIT_REL
		"\"><sheets><sheet name=\"藏\" sheetId=\"1\""
		" state=\"veryHidden\" r:id=\"s1\"/></sheets></workbook>",
		&bytes);
	assert_true(xlsx_read(&b, bytes.data, bytes.len, &e));
	assert_true(b->sheets[0].is_hidden);
	assert_string_equal(b->sheets[0].name, "藏");
	assert_true(b->sheets[0].rows[0].is_hidden);
	assert_false(b->sheets[0].rows[1].is_hidden);
	sheet_book_destroy(b);
	buf_finish(&bytes);
}

static void merged_cells_speak_for_all(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e = {0};
	struct sheet_book *b;
	kit_book("<worksheet xmlns=\"" KIT_MAIN
		 "\"><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData>"
		 "<mergeCells><mergeCell ref=\"A1:B3\"/></mergeCells></worksheet>",
		NULL, &bytes);
	assert_true(xlsx_read(&b, bytes.data, bytes.len, &e));
	assert_string_equal(sheet_see_cell(&b->sheets[0], 3, 2)->text, "7");
	assert_null(sheet_find_cell(&b->sheets[0], 3, 2));
	assert_null(sheet_see_cell(&b->sheets[0], 4, 1));
	sheet_book_destroy(b);
	buf_finish(&bytes);
}

static const struct {
	const char *says, *code;
	enum xlsx_look look;
} codes[] = {
	{"General", "General", XLSX_AS_NUMBER},
	{"WPS's General", "G/通用格式", XLSX_AS_NUMBER},
	{"text", "@", XLSX_AS_NUMBER},
	{"a plain number", "#,##0.00_ ", XLSX_AS_NUMBER},
	{"scientific", "0.00E+00", XLSX_AS_NUMBER},
	{"money in red", "#,##0.00;[Red]-#,##0.00", XLSX_AS_NUMBER},
	{"letters in quotes are no date", "0\"day\"", XLSX_AS_NUMBER},
	{"an escaped letter is no date", "0\\m", XLSX_AS_NUMBER},
	{"a colour is no date", "[Magenta]0", XLSX_AS_NUMBER},
	{"thousands", "#,##0,", XLSX_SCALED},
	{"thousands with decimals", "0.0,", XLSX_SCALED},
	{"ten thousands", "0!.0,\"万\"", XLSX_SCALED},
	{"percent", "0.00%", XLSX_AS_PERCENT},
	{"a day", "yyyy-mm-dd", XLSX_AS_DAY},
	{"a day with a locale", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", XLSX_AS_DAY},
	{"a month", "yyyy\"年\"m\"月\";@", XLSX_AS_MONTH},
	{"a month in capitals", "YYYY/MM", XLSX_AS_MONTH},
	{"a year", "yyyy\"年\"", XLSX_AS_YEAR},
	{"an era year", "e/m/d", XLSX_AS_DAY},
	{"hours", "h:mm", XLSX_AS_TIME},
	{"elapsed hours", "[h]:mm:ss", XLSX_AS_TIME},
	{"a day with hours", "yyyy/m/d h:mm", XLSX_AS_DAY_AND_TIME},
};

static void looks_like(void **state)
{
	const struct {
		const char *says, *code;
		enum xlsx_look look;
	} *row = *state;
	assert_int_equal(xlsx_look_of_code(row->code), row->look);
}

/* ---- CSV ---------------------------------------------------------------------------------- */

static const struct row files[] = {
	{"commas", "a,b\n1,2\n", "A1p=a B1p=b A2p=1 B2p=2", ""},
	{"semicolons with decimal commas", "a;b\n1,5;2,5\n", "A1p=a B1p=b A2p=1,5 B2p=2,5", ""},
	{"tabs", "a\tb\n1\t2\n", "A1p=a B1p=b A2p=1 B2p=2", ""},
	{"commas within quotes do not vote", "a;b\n\"1,2,3\";\"4,5\"\n", "A1p=a B1p=b A2p=1,2,3 B2p=4,5", ""},
	{"sep= says it", "sep=;\na;b\n", "A2p=a B2p=b", ""},
	{"a mark before UTF-8", "\xef\xbb\xbf甲,乙\n", "A1p=甲 B1p=乙", ""},
	{"GB 18030", "\xbc\xd7,\xd2\xd2\n", "A1p=甲 B1p=乙", ""},
	{"GB 18030 in four bytes", "\x95\x32\x82\x36,\xd2\xd2\n", "A1p=𠀀 B1p=乙", ""},
	{"line ends of a PC", "a,b\r\n1,2\r\n", "A1p=a B1p=b A2p=1 B2p=2", ""},
	{"no line end at the end", "a,b\n1,2", "A1p=a B1p=b A2p=1 B2p=2", ""},
	{"blank lines count", "a,b\n\n1,2\n", "A1p=a B1p=b A3p=1 B3p=2", ""},
	{"empty cells are none", "a,,b\n", "A1p=a C1p=b", ""},
	{"a line break in quotes", "\"a\nb\",c\n1,2\n", "A1p=a\nb B1p=c A2p=1 B2p=2", ""},
	{"a quote in quotes", "\"a\"\"b\",c\n", "A1p=a\"b B1p=c", ""},
	{"what looks like a formula is text", "=1+1,@SUM(A1),-2,+3\n", "A1p==1+1 B1p=@SUM(A1) C1p=-2 D1p=+3",
		""},
	{"one column", "a\nb\n", "A1p=a A2p=b", ""},
	{"a quote that does not end", "a,b\n1,\"2\n3,4\n", NULL, "第 2 行开始的引号没有结束"},
	{"a quote amid a cell", "a,b\n1,2\"3\n", NULL, "第 2 行的引号"},
	{"neither encoding", "a,b\n\x80\xff,c\n", NULL, "第 2 行的文字既不是"},
	{"a mark, and then no UTF-8",
		"\xef\xbb\xbf"
		"a\n\xbc\xd7\n",
		NULL, "第 2 行的文字不是 UTF-8"},
	{"UTF-16",
		"\xff\xfe"
		"a",
		NULL, "UTF-16"},
};

static void file_is_read(void **state)
{
	const struct row *r = *state;
	struct err e = {0};
	struct sheet_book *b;
	(void)delimited_read(&b, r->in, strlen(r->in), &e);
	compare(b, &e, r);
}

static void nul_is_refused_with_its_line(void **state)
{
	(void)state;
	struct err e = {0};
	struct sheet_book *b;
	(void)delimited_read(&b, "a,b\n1,\0\n", 8, &e);
	compare(b, &e, &(struct row){"", "", NULL, "第 2 行含有空字符"});
}

/* ---- calendars ------------------------------------------------------------------------------ */

#define CAL(inner) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" inner "END:VCALENDAR\r\n"
#define EVENT(inner) "BEGIN:VEVENT\r\nUID:u1\r\nSUMMARY:甲\r\n" inner "END:VEVENT\r\n"
#define HEAD "A1t=节目名称 B1t=开始时间 C1t=结束时间 D1t=地点 E1t=状态 "
#define SHANGHAI "DTSTART;TZID=Asia/Shanghai:20230715T173000\r\n"

static const struct row calendars[] = {
	{"an event in a zone",
		CAL(EVENT(SHANGHAI "DTEND;TZID=Asia/Shanghai:20230715T183000\r\nLOCATION:广场\\, 东\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z C2t=2023-07-15T10:30:00Z D2t=广场, 东", ""},
	{"in UTC with a duration", CAL(EVENT("DTSTART:20230715T093000Z\r\nDURATION:PT1H\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z C2t=2023-07-15T10:30:00Z", ""},
	{"a time of nowhere is the site's", CAL(EVENT("DTSTART:20230715T173000\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T17:30:00", ""},
	{"a whole day has no hour", CAL(EVENT("DTSTART;VALUE=DATE:20230715\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15", ""},
	{"a folded line", CAL("BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:甲\r\n 乙\r\n" SHANGHAI "END:VEVENT\r\n"),
		HEAD "A2t=甲乙 B2t=2023-07-15T09:30:00Z", ""},
	{"cancelled", CAL(EVENT(SHANGHAI "STATUS:CANCELLED\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z E2t=取消", ""},
	{"three days", CAL(EVENT(SHANGHAI "RRULE:FREQ=DAILY;COUNT=3\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z A3t=甲 B3t=2023-07-16T09:30:00Z A4t=甲 "
		     "B4t=2023-07-17T09:30:00Z",
		""},
	{"all but one",
		CAL(EVENT(SHANGHAI
			"RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;TZID=Asia/Shanghai:20230716T173000\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z A3t=甲 B3t=2023-07-17T09:30:00Z", ""},
	{"an added one", CAL(EVENT(SHANGHAI "RDATE;TZID=Asia/Shanghai:20230720T173000\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z A3t=甲 B3t=2023-07-20T09:30:00Z", ""},
	{"one that was moved",
		CAL(EVENT(SHANGHAI "RRULE:FREQ=DAILY;COUNT=2\r\n")
				EVENT("RECURRENCE-ID;TZID=Asia/Shanghai:20230716T173000\r\nDTSTART;TZID=Asia/"
				      "Shanghai:20230716T190000\r\n")),
		HEAD "A2t=甲 B2t=2023-07-15T09:30:00Z A3t=甲 B3t=2023-07-16T11:00:00Z", ""},
	{"summer time keeps the hour",
		CAL(EVENT("DTSTART;TZID=Europe/Berlin:20230325T120000\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")),
		HEAD "A2t=甲 B2t=2023-03-25T11:00:00Z A3t=甲 B3t=2023-03-26T10:00:00Z", ""},
#if LONG_MAX > INT32_MAX /* libical goes as far as its time_t, which has no more bits than a long there */
	{"after 2038, when 32 bits end",
		CAL(EVENT("DTSTART;TZID=Asia/"
			  "Shanghai:20400229T120000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n")),
		HEAD
		"A2t=甲 B2t=2040-02-29T04:00:00Z C2t=2040-02-29T05:00:00Z A3t=甲 B3t=2040-03-07T04:00:00Z "
		"C3t=2040-03-07T05:00:00Z",
		""},
#else
	{"after 2038, when 32 bits end: refused",
		CAL(EVENT("DTSTART;TZID=Asia/Shanghai:20400229T120000\r\n"
			  "RRULE:FREQ=WEEKLY;COUNT=2\r\n")),
		NULL, "重复规则看不懂"},
#endif
	{"for ever", CAL(EVENT(SHANGHAI "RRULE:FREQ=WEEKLY\r\n")), NULL, "没有写明次数或结束日期"},
	{"too often", CAL(EVENT(SHANGHAI "RRULE:FREQ=DAILY;COUNT=501\r\n")), NULL, "超过 500 次"},
	{"too long", CAL(EVENT(SHANGHAI "RRULE:FREQ=DAILY;UNTIL=20300101T000000Z\r\n")), NULL, "超过 500 项"},
	{"every second", CAL(EVENT(SHANGHAI "RRULE:FREQ=SECONDLY;COUNT=5\r\n")), NULL, "按日、周、月、年"},
	{"a zone of nowhere", CAL(EVENT("DTSTART;TZID=Moon/Base:20230715T173000\r\n")), NULL, "时区"},
	{"no beginning", CAL(EVENT("")), NULL, "没有开始时间"},
	{"no events", CAL(""), NULL, "没有日程"},
	{"cut off", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n", NULL, "不完整"},
	{"ended twice", CAL("END:VEVENT\r\n"), NULL, "END"},
	{"not UTF-8", CAL("X:\xff\r\n"), NULL, "UTF-8"},
};

static void calendar_is_read(void **state)
{
	const struct row *r = *state;
	struct err e = {0};
	struct sheet_book *b;
	(void)ics_read(&b, r->in, strlen(r->in), &e);
	compare(b, &e, r);
}

static void nesting_is_refused(void **state)
{
	(void)state;
	struct buf text = {0};
	struct err e = {0};
	struct sheet_book *b;
	for (int i = 0; i < 100000; i++)
		buf_text(&text, "BEGIN:VEVENT\r\n");
	(void)ics_read(&b, text.data, text.len, &e);
	compare(b, &e, &(struct row){"", "", NULL, "嵌套超过 8 层"});
	buf_finish(&text);
}

static void columns_have_names(void **state)
{
	(void)state;
	static const struct {
		int column;
		const char *name;
	} rows[] = {{1, "A"}, {26, "Z"}, {27, "AA"}, {52, "AZ"}, {53, "BA"}, {256, "IV"}};
	char name[SHEET_COLUMN_TEXT];
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		sheet_column_name(rows[i].column, name);
		assert_string_equal(name, rows[i].name);
		assert_int_equal(sheet_column_number(rows[i].name), rows[i].column);
	}
	assert_int_equal(sheet_column_number("IW"), 0);
	assert_int_equal(sheet_column_number("a"), 0);
	assert_int_equal(sheet_column_number(""), 0);
	assert_int_equal(sheet_column_number("ABCD"), 0);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, books, book_is_read);
	SENTENCES_ROWS(&s, codes, looks_like);
	SENTENCES_ROWS(&s, files, file_is_read);
	SENTENCES_ROWS(&s, calendars, calendar_is_read);
	sentences_add(&s, "days counted from 1904", days_of_1904, NULL);
	sentences_add(&s, "hidden sheets and rows are marked", hidden_ones_are_marked, NULL);
	sentences_add(&s, "merged cells speak for all of them", merged_cells_speak_for_all, NULL);
	sentences_add(&s, "a NUL is refused with its line", nul_is_refused_with_its_line, NULL);
	sentences_add(&s, "a hundred thousand levels of a calendar", nesting_is_refused, NULL);
	sentences_add(&s, "columns have names", columns_have_names, NULL);
	return sentences_run(&s, "intake sheets");
}
