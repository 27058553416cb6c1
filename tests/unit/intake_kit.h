/* intake_kit.h - what tests of the intake room share: workbooks made by hand, and a small
 * content document to read sheets into. Header only: a test is one file. */
#ifndef INTAKE_KIT_H
#define INTAKE_KIT_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"
#include "intake/intake.h"

struct kit_part {
	const char *name, *text;
};

/* A zip of these parts, ended by one without a name. method: ZIP_CM_DEFLATE usually. */
static inline void kit_zip(const struct kit_part *parts, int method, struct buf *out)
{
	zip_error_t e;
	zip_error_init(&e);
	zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &e);
	zip_t *z = to ? zip_open_from_source(to, ZIP_TRUNCATE, &e) : NULL;
	if (!z)
		abort();
	zip_source_keep(to);
	for (; parts->name; parts++) {
		zip_source_t *from = zip_source_buffer(z, parts->text, strlen(parts->text), 0);
		zip_int64_t index = zip_file_add(z, parts->name, from, ZIP_FL_ENC_UTF_8);
		if (index < 0 || zip_set_file_compression(z, (zip_uint64_t)index, method, 0) != 0)
			abort();
	}
	if (zip_close(z) != 0 || zip_source_open(to) != 0 || zip_source_seek(to, 0, SEEK_END) != 0)
		abort();
	size_t len = (size_t)zip_source_tell(to); /* zip_source_stat would tell it with a time_t beside it */
	if (zip_source_seek(to, 0, SEEK_SET) != 0)
		abort();
	char *bytes = malloc(len);
	if (!bytes || zip_source_read(to, bytes, len) != (zip_int64_t)len)
		abort();
	buf_add(out, bytes, len);
	free(bytes);
	(void)zip_source_close(to);
	zip_source_free(to);
}

#define KIT_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define KIT_REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define KIT_PACKAGE "http://schemas.openxmlformats.org/package/2006/"
#define KIT_TYPES "<Types xmlns=\"" KIT_PACKAGE "content-types\"/>"
#define KIT_ROOT                                                                                             \
	"<Relationships xmlns=\"" KIT_PACKAGE "relationships\"><Relationship Id=\"r1\" Type=\"" KIT_REL      \
	"/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
#define KIT_RELS                                                                                             \
	"<Relationships xmlns=\"" KIT_PACKAGE "relationships\"><Relationship Id=\"s1\" Type=\"" KIT_REL      \
	"/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s2\" Type=\"" KIT_REL             \
	"/styles\" Target=\"styles.xml\"/><Relationship Id=\"s3\" Type=\"" KIT_REL                           \
	"/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"
#define KIT_BOOK(pr)                                                                                         \
	"<workbook xmlns=\"" KIT_MAIN "\" xmlns:r=\"" KIT_REL "\">" pr                                       \
	"<sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>"
#define KIT_SHEET(inner) "<worksheet xmlns=\"" KIT_MAIN "\"><sheetData>" inner "</sheetData></worksheet>"

/* Cell styles 0: general, 1: built-in 14, 2: yyyy"年"m"月", 3: 0.0%, 4: 0!.0,"万元", 5: h:mm,
 * 6: built-in 57, 7: yyyy-mm-dd hh:mm */
#define KIT_STYLES                                                                                           \
	"<styleSheet xmlns=\"" KIT_MAIN "\"><numFmts count=\"4\">"                                           \
	"<numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"                      \
	"<numFmt numFmtId=\"177\" formatCode=\"0.0%\"/>"                                                     \
	"<numFmt numFmtId=\"178\" formatCode=\"0!.0,&quot;万元&quot;\"/>"                                  \
	"<numFmt numFmtId=\"179\" formatCode=\"yyyy-mm-dd hh:mm\"/></numFmts>"                               \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                                 \
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/>"     \
	"<xf numFmtId=\"178\"/><xf numFmtId=\"20\"/><xf numFmtId=\"57\"/><xf numFmtId=\"179\"/></cellXfs>"   \
	"</styleSheet>"
#define KIT_STRINGS                                                                                          \
	"<sst xmlns=\"" KIT_MAIN "\"><si><t>共享</t></si><si><r><t>富</t></r><r><t>文本</t></r>"        \
	"<rPh sb=\"0\" eb=\"1\"><t>ふ</t></rPh><phoneticPr fontId=\"1\"/></si>"                             \
	"<si><t>一_x000D_&#10;二</t></si></sst>"

/* A workbook around one sheet's XML. */
static inline void kit_book(const char *sheet, const char *workbook, struct buf *out)
{
	const struct kit_part parts[] = {{"[Content_Types].xml", KIT_TYPES}, {"_rels/.rels", KIT_ROOT},
		{"xl/workbook.xml", workbook ? workbook : KIT_BOOK("")},
		{"xl/_rels/workbook.xml.rels", KIT_RELS}, {"xl/styles.xml", KIT_STYLES},
		{"xl/sharedStrings.xml", KIT_STRINGS}, {"xl/worksheets/sheet1.xml", sheet}, {NULL, NULL}};
	kit_zip(parts, ZIP_CM_DEFLATE, out);
}

/* A content document with two projects, an indicator and an occasion. */
static inline json_t *kit_document(void)
{
	static const char text[] =
		"{\"site\": {\"name\": \"某区\", \"timezone\": \"Asia/Shanghai\"},"
		" \"sources\": [{\"id\": \"office\", \"name\": \"某办公室\"}],"
		" \"phases\": [{\"id\": \"full\", \"name\": \"全流程\", \"phases\": [{\"id\": \"plan\", "
		"\"name\": \"策划\"},"
		" {\"id\": \"permits\", \"name\": \"手续\", \"label\": \"手续办理\"}, {\"id\": \"build\", "
		"\"name\": \"建设\"}]}],"
		" \"rules\": [],"
		" \"projects\": ["
		"{\"id\": \"p-7\", \"name\": \"甲项目\", \"kind\": \"industry\", \"phase\": \"plan\", "
		"\"owner\": \"甲公司\","
		" \"investment_cny\": 95000000, \"milestones\": [{\"id\": \"start\", \"name\": \"开工\","
		" \"state\": \"not_started\", \"planned\": \"2023-06\"}], \"as_of\": \"2023-05\", "
		"\"source\": \"office\"},"
		"{\"id\": \"yi\", \"name\": \"乙项目（1号）\", \"kind\": \"retrofit\", \"phase\": \"build\","
		" \"milestones\": [], \"as_of\": \"2023-05\", \"source\": \"office\"}],"
		" \"indicators\": [{\"id\": \"tax\", \"name\": \"税收\", \"unit\": \"%\", \"period\": "
		"\"2023-01/2023-05\","
		" \"better\": \"high\", \"of\": 14, \"rank\": 2, \"standings\": [{\"region\": \"甲区\", "
		"\"value\": 8.6, \"rank\": 1}],"
		" \"as_of\": \"2023-05\", \"source\": \"office\"}],"
		" \"occasions\": [{\"id\": \"fair\", \"name\": \"集市\", \"from\": \"2023-07-15\", \"to\": "
		"\"2023-07-16\","
		" \"status\": \"confirmed\", \"highlights\": [], \"programme\": [{\"id\": \"a\", \"title\": "
		"\"开场\","
		" \"from\": \"2023-07-15T17:30:00+08:00\"}]}]}";
	json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	if (!document)
		abort();
	return document;
}

/* more: further options as JSON without its braces, or "". The result, or NULL with *e. */
static inline json_t *kit_run(
	const void *bytes, size_t len, const char *kind, const char *name, const char *more, struct err *e)
{
	struct buf text = {0};
	buf_printf(&text, "{\"kind\": \"%s\", \"name\": \"%s\"%s%s}", kind, name, *more ? ", " : "", more);
	json_t *options = json_loads(text.data, JSON_REJECT_DUPLICATES, NULL);
	if (!options)
		abort();
	(void)json_object_set_new(options, "document", kit_document());
	*e = (struct err){0};
	json_t *result = intake_run(bytes, len, options, NULL, e);
	json_decref(options);
	buf_finish(&text);
	return result;
}

#endif
