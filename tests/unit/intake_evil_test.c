/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that are made to harm: each is refused with its reason, in little time and memory. */
#include <sys/resource.h>
#include <time.h>

#include "intake/sheet.h"

#include "intake_kit.h"
#include "sentences.h"

#define MOST_MS 5000 /* far more than any takes; a bomb would take minutes */

#define ONE ROW("<c r=\"A1\"><v>1</v></c>")
#define ROW(cells) KIT_SHEET("<row r=\"1\">" cells "</row>")
#define SOUND                                                                                                \
	{"[Content_Types].xml", KIT_TYPES}, {"_rels/.rels", KIT_ROOT}, {"xl/workbook.xml", KIT_BOOK("")},    \
		{"xl/_rels/workbook.xml.rels", KIT_RELS}, {"xl/styles.xml", KIT_STYLES},                     \
	{                                                                                                    \
		"xl/sharedStrings.xml", KIT_STRINGS                                                          \
	}

/* The processor's time: a machine that is held, or an emulated one, takes longer for the same work. */
static int64_t worked_ms(void)
{
	struct timespec t;
	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), 0);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void refuse(const struct buf *bytes, const char *kind, const char *name, const char *why)
{
	struct err e;
	int64_t start_ms = worked_ms();
	json_t *result = kit_run(bytes->data, bytes->len, kind, name, "", &e);
	int64_t took_ms = worked_ms() - start_ms;
	if (!strstr(e.text, why))
		print_message("says: %s\n", e.text);
	assert_null(result);
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_non_null(strstr(e.text, why));
	assert_true(took_ms < MOST_MS);
}

/* ---- sheets whose XML is the attack ---------------------------------------------------- */

static const struct {
	const char *says, *sheet, *why;
} sheets[] = {
	{"an external entity",
		"<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet xmlns=\"" KIT_MAIN
		"\"><sheetData><row r=\"1\"><c r=\"A1\" "
		"t=\"str\"><v>&x;</v></c></row></sheetData></worksheet>",
		"DTD"},
	{"an entity from the network",
		"<!DOCTYPE w [<!ENTITY % x SYSTEM \"http://192.0.2.1/x\"> %x;]><worksheet xmlns=\"" KIT_MAIN
		"\"/>",
		"DTD"},
	{"a billion laughs",
		"<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
		"\"&b;&b;&b;&b;&b;&b;&b;\">]>"
		"<worksheet xmlns=\"" KIT_MAIN
		"\"><sheetData><row><c t=\"str\"><v>&c;</v></c></row></sheetData></worksheet>",
		"DTD"},
	{"an external document type",
		"<!DOCTYPE w SYSTEM \"http://192.0.2.1/w.dtd\"><worksheet xmlns=\"" KIT_MAIN "\"/>", "DTD"},
	{"an entity that nobody declared", ROW("<c r=\"A1\" t=\"str\"><v>&x;</v></c>"), "XML"},
	{"another encoding", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><worksheet xmlns=\"" KIT_MAIN "\"/>",
		"XML"},
	{"row 2^20", KIT_SHEET("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>"), "最多 20000 行"},
	{"row 2^63", KIT_SHEET("<row r=\"9223372036854775807\"><c><v>1</v></c></row>"), "次序"},
	{"a merge of everything and more",
		"<worksheet xmlns=\"" KIT_MAIN "\"><sheetData/><mergeCells>"
		"<mergeCell ref=\"A1:ZZZZZZZZ99999999999\"/></mergeCells></worksheet>",
		"合并单元格"},
};

static void sheet_is_refused(void **state)
{
	const struct {
		const char *says, *sheet, *why;
	} *row = *state;
	struct buf bytes = {0};
	kit_book(row->sheet, NULL, &bytes);
	refuse(&bytes, "projects", "表.xlsx", row->why);
	buf_finish(&bytes);
}

/* ---- packages ------------------------------------------------------------------------------ */

struct package_row {
	const char *says;
	struct kit_part parts[12];
	const char *why;
};

static const struct package_row packages[] = {
	{"macros", {SOUND, {"xl/worksheets/sheet1.xml", ONE}, {"xl/vbaProject.bin", "x"}}, "宏"},
	{"macros in capitals", {SOUND, {"xl/worksheets/sheet1.xml", ONE}, {"XL/VBAPROJECT.BIN", "x"}}, "宏"},
	{"macros by its table of types",
		{{"[Content_Types].xml",
			"<Types><Override PartName=\"/xl/workbook.xml\" "
			"ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>"}},
		"宏"},
	{"a binary workbook", {{"xl/workbook.bin", "x"}}, "xlsb"},
	{"a Word document", {{"[Content_Types].xml", KIT_TYPES}, {"word/document.xml", "<x/>"}}, "Word"},
	{"a presentation", {{"[Content_Types].xml", KIT_TYPES}, {"ppt/presentation.xml", "<x/>"}},
		"PowerPoint"},
	{"an OpenDocument sheet",
		{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}},
		"ods"},
	{"a Java archive that is a workbook too", {SOUND, {"META-INF/MANIFEST.MF", "x"}}, "Java"},
	{"an Android package", {{"AndroidManifest.xml", "x"}}, "安卓"},
	{"a zip of other things", {{"readme.txt", "x"}}, "缺少"},
	{"no workbook", {{"[Content_Types].xml", KIT_TYPES}, {"_rels/.rels", "<Relationships/>"}},
		"没有工作簿"},
	{"a name that goes up", {SOUND, {"../../etc/cron.d/x", "x"}}, "路径名"},
	{"a name from the root", {SOUND, {"/etc/passwd", "x"}}, "路径名"},
	{"a name with backslashes", {SOUND, {"xl\\..\\..\\x", "x"}}, "路径名"},
	{"a name with a drive", {SOUND, {"C:x", "x"}}, "路径名"},
	{"two parts of one name but for case", {SOUND, {"XL/Styles.xml", "x"}}, "同名"},
	{"a relation that leads out",
		{{"[Content_Types].xml", KIT_TYPES},
			{"_rels/.rels", "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
					"Target=\"../../../etc/passwd\"/>"
					"</Relationships>"}},
		"包外"},
};

static void package_is_refused(void **state)
{
	const struct package_row *row = *state;
	struct buf bytes = {0};
	kit_zip(row->parts, ZIP_CM_DEFLATE, &bytes);
	refuse(&bytes, "projects", "表.xlsx", row->why);
	buf_finish(&bytes);
}

static void sound_package(struct buf *out)
{
	kit_book(ONE, NULL, out);
}

static void a_sound_one_is_read(void **state)
{
	(void)state;
	struct buf bytes = {0};
	struct err e;
	sound_package(&bytes);
	json_t *result = kit_run(bytes.data, bytes.len, "projects", "表.xlsx", "", &e);
	assert_non_null(result);
	json_decref(result);
	buf_finish(&bytes);
}

/* ---- bombs ------------------------------------------------------------------------------------ */

static void bomb(size_t blanks, const char *why)
{
	struct buf sheet = {0}, bytes = {0};
	struct rusage before, after;
	buf_text(&sheet, "<worksheet xmlns=\"" KIT_MAIN "\"><sheetData>");
	char *space = malloc(blanks + 1);
	memset(space, ' ', blanks);
	buf_add(&sheet, space, blanks);
	free(space);
	buf_text(&sheet, "</sheetData></worksheet>");
	kit_book(sheet.data, NULL, &bytes);
	buf_finish(&sheet);
	(void)getrusage(RUSAGE_SELF, &before);
	refuse(&bytes, "projects", "表.xlsx", why);
	(void)getrusage(RUSAGE_SELF, &after);
	assert_true(after.ru_maxrss - before.ru_maxrss < 32 * 1024); /* KiB */
	buf_finish(&bytes);
}

static void a_bomb_by_its_ratio(void **state)
{
	(void)state;
	bomb((size_t)40 << 20, "压缩比");
}

static void a_bomb_by_its_size(void **state)
{
	(void)state;
	bomb((size_t)101 << 20, "解压后超过 100 MB");
}

/* The table of contents says 1 KB where 2 MB come: what is unpacked is counted. */
static void a_bomb_that_lies(void **state)
{
	(void)state;
	struct buf sheet = {0}, bytes = {0};
	buf_text(&sheet, "<worksheet xmlns=\"" KIT_MAIN "\">");
	for (int i = 0; i < 60000; i++)
		buf_printf(&sheet, "<a%d/>", i);
	buf_text(&sheet, "</worksheet>");
	kit_book(sheet.data, NULL, &bytes);
	uint32_t real = (uint32_t)sheet.len, said = 1000;
	int found = 0;
	for (size_t i = 0; i + 4 <= bytes.len; i++) {
		if (memcmp(bytes.data + i, &real, 4) == 0) {
			memcpy(bytes.data + i, &said, 4);
			found++;
		}
	}
	assert_true(found >= 1);
	refuse(&bytes, "projects", "表.xlsx", "");
	buf_finish(&sheet);
	buf_finish(&bytes);
}

static void deep_nesting(void **state)
{
	(void)state;
	struct buf sheet = {0}, bytes = {0};
	buf_text(&sheet, "<worksheet xmlns=\"" KIT_MAIN "\">");
	for (int i = 0; i < 100000; i++)
		buf_text(&sheet, "<a>");
	kit_book(sheet.data, NULL, &bytes);
	refuse(&bytes, "projects", "表.xlsx", "嵌套超过 64 层");
	buf_finish(&sheet);
	buf_finish(&bytes);
}

static void many_strings_of_a_cell(void **state)
{
	(void)state;
	struct buf sheet = {0}, bytes = {0};
	buf_text(&sheet, "<worksheet xmlns=\"" KIT_MAIN "\"><sheetData><row><c t=\"inlineStr\"><is><t>");
	for (int i = 0; i < 40000; i++)
		buf_printf(&sheet, "%x字", i);
	buf_text(&sheet, "</t></is></c></row></sheetData></worksheet>");
	kit_book(sheet.data, NULL, &bytes);
	refuse(&bytes, "projects", "表.xlsx", "超过 32767 个字");
	buf_finish(&sheet);
	buf_finish(&bytes);
}

/* One that no cell shows is bounded all the same. */
static void a_shared_string_without_end(void **state)
{
	(void)state;
	struct buf strings = {0}, bytes = {0};
	buf_text(&strings, "<sst xmlns=\"" KIT_MAIN "\"><si><t>");
	for (int i = 0; i < 40000; i++)
		buf_printf(&strings, "%x字", i);
	buf_text(&strings, "</t></si></sst>");
	const struct kit_part parts[] = {{"[Content_Types].xml", KIT_TYPES}, {"_rels/.rels", KIT_ROOT},
		{"xl/workbook.xml", KIT_BOOK("")}, {"xl/_rels/workbook.xml.rels", KIT_RELS},
		{"xl/styles.xml", KIT_STYLES}, {"xl/sharedStrings.xml", strings.data},
		{"xl/worksheets/sheet1.xml", ONE}, {NULL, NULL}};
	kit_zip(parts, ZIP_CM_DEFLATE, &bytes);
	refuse(&bytes, "projects", "表.xlsx", "超过 32767 个字");
	buf_finish(&strings);
	buf_finish(&bytes);
}

static void sheets_without_end(void **state)
{
	(void)state;
	struct buf book = {0}, bytes = {0};
	buf_text(&book, "<workbook xmlns=\"" KIT_MAIN "\" xmlns:r=\"" KIT_REL "\"><sheets>");
	for (int i = 0; i < 65; i++)
		buf_printf(&book, "<sheet name=\"s%d\" sheetId=\"%d\" r:id=\"s1\"/>", i, i);
	buf_text(&book, "</sheets></workbook>");
	kit_book(ONE, book.data, &bytes);
	refuse(&bytes, "projects", "表.xlsx", "工作表超过 64 个");
	buf_finish(&book);
	buf_finish(&bytes);
}

static void more_parts_than_a_workbook(void **state)
{
	(void)state;
	static char names[2001][16];
	static struct kit_part parts[2002];
	struct buf bytes = {0};
	for (int i = 0; i < 2001; i++) {
		(void)snprintf(names[i], sizeof names[i], "p%d", i);
		parts[i] = (struct kit_part){names[i], "x"};
	}
	kit_zip(parts, ZIP_CM_STORE, &bytes);
	refuse(&bytes, "projects", "表.xlsx", "多于 2000 个");
	buf_finish(&bytes);
}

/* ---- what is no workbook, or more than one thing ------------------------------------------------- */

static void encrypted(void **state)
{
	(void)state;
	struct buf bytes = {0};
	sound_package(&bytes);
	/* The flag of the first part, in its own header and in the table of contents. */
	bytes.data[6] |= 1;
	char *at = memmem(bytes.data, bytes.len, "PK\1\2", 4);
	assert_non_null(at);
	at[8] |= 1;
	refuse(&bytes, "projects", "表.xlsx", "加密");
	buf_finish(&bytes);
}

static void something_before_it(void **state)
{
	(void)state;
	struct buf bytes = {0};
	buf_text(&bytes, "<html><script>1</script></html>");
	sound_package(&bytes);
	refuse(&bytes, "projects", "表.xlsx", "网页");
	bytes.data[0] = 'x';
	refuse(&bytes, "projects", "表.xlsx", "扩展名");
	buf_finish(&bytes);
}

static void something_behind_it(void **state)
{
	(void)state;
	struct buf bytes = {0};
	sound_package(&bytes);
	static const char page[] = "<html><script>1</script></html>";
	bytes.data[bytes.len - 2] = (char)(sizeof page - 1); /* the comment's length */
	buf_text(&bytes, page);
	refuse(&bytes, "projects", "表.xlsx", "附加内容");
	buf_finish(&bytes);
}

static void cut_off_anywhere(void **state)
{
	(void)state;
	struct buf bytes = {0};
	sound_package(&bytes);
	for (size_t len = 4; len < bytes.len; len += 7) {
		struct buf part = {.data = bytes.data, .len = len};
		refuse(&part, "projects", "表.xlsx", "");
	}
	buf_finish(&bytes);
}

/* One byte off anywhere: refused, or read without harm. */
static void damaged_anywhere(void **state)
{
	(void)state;
	struct buf bytes = {0};
	sound_package(&bytes);
	for (size_t i = 0; i < bytes.len; i++) {
		struct err e;
		bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
		json_decref(kit_run(bytes.data, bytes.len, "projects", "表.xlsx", "", &e));
		bytes.data[i] = (char)(bytes.data[i] ^ 0x55);
	}
	buf_finish(&bytes);
}

static const struct {
	const char *says, *bytes, *name, *why;
} strangers[] = {
	{"an old workbook, or an encrypted one", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "表.xlsx", ".xls"},
	{"an old workbook that calls itself CSV", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "表.csv", ".xls"},
	{"PDF", "%PDF-1.7", "表.xlsx", "PDF"},
	{"a picture", "\x89PNG\r\n\x1a\n", "表.xlsx", "图片"},
	{"a page that calls itself a sheet", "<html><table></table></html>", "表.xls", "网页"},
	{"a page behind spaces", " \r\n<!DOCTYPE html>", "表.csv", "网页"},
	{"a program", "MZ\x90", "表.xlsx", "程序"},
	{"a program of this system",
		"\x7f"
		"ELF",
		"表.csv", "程序"},
	{"another archive", "Rar!\x1a\x07", "表.xlsx", "压缩包"},
	{"gzip", "\x1f\x8b\x08", "表.csv", "压缩包"},
	{"an empty zip", "PK\5\6", "表.xlsx", "空的压缩包"},
	{"a workbook that calls itself CSV", "PK\3\4", "表.csv", "扩展名"},
	{"text that calls itself a workbook", "a,b\n", "表.xlsx", "扩展名"},
	{"a script by its name", "a,b\n", "表.js", "扩展名"},
	{"no ending", "a,b\n", "表", "扩展名"},
	{"a calendar for projects", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "日历.ics", "节目单"},
	{"nothing", "", "表.csv", "空的"},
};

static void stranger_is_refused(void **state)
{
	const struct {
		const char *says, *bytes, *name, *why;
	} *row = *state;
	struct buf bytes = {0};
	buf_text(&bytes, row->bytes);
	refuse(&bytes, "projects", row->name, row->why);
	buf_finish(&bytes);
}

static void larger_than_any(void **state)
{
	(void)state;
	struct buf bytes = {0};
	size_t len = (size_t)SHEET_UPLOAD_BYTES_MAX + 1;
	char *text = malloc(len);
	memset(text, 'a', len);
	buf_add(&bytes, text, len);
	free(text);
	refuse(&bytes, "projects", "表.csv", "超过 20 MB");
	buf_finish(&bytes);
}

static void a_line_of_a_megabyte(void **state)
{
	(void)state;
	struct buf bytes = {0};
	for (int i = 0; i < 1 << 20; i++)
		buf_text(&bytes, "a");
	refuse(&bytes, "projects", "表.csv", "超过 32767 个字");
	buf_finish(&bytes);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, sheets, sheet_is_refused);
	SENTENCES_ROWS(&s, packages, package_is_refused);
	SENTENCES_ROWS(&s, strangers, stranger_is_refused);
	sentences_add(&s, "a sound one is read", a_sound_one_is_read, NULL);
	sentences_add(&s, "a bomb, by its ratio", a_bomb_by_its_ratio, NULL);
	sentences_add(&s, "a bomb, by its size", a_bomb_by_its_size, NULL);
	sentences_add(&s, "a bomb whose table of contents lies", a_bomb_that_lies, NULL);
	sentences_add(&s, "a hundred thousand levels", deep_nesting, NULL);
	sentences_add(&s, "a cell without end", many_strings_of_a_cell, NULL);
	sentences_add(&s, "a shared string without end", a_shared_string_without_end, NULL);
	sentences_add(&s, "sheets without end", sheets_without_end, NULL);
	sentences_add(&s, "more parts than a workbook has", more_parts_than_a_workbook, NULL);
	sentences_add(&s, "encrypted", encrypted, NULL);
	sentences_add(&s, "a page before the workbook", something_before_it, NULL);
	sentences_add(&s, "a page behind the workbook", something_behind_it, NULL);
	sentences_add(&s, "cut off anywhere", cut_off_anywhere, NULL);
	sentences_add(&s, "a byte off anywhere", damaged_anywhere, NULL);
	sentences_add(&s, "larger than any", larger_than_any, NULL);
	sentences_add(&s, "a line of a megabyte", a_line_of_a_megabyte, NULL);
	return sentences_run(&s, "intake evil files");
}
