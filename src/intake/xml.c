/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define DEPTH_MAX 64 /* a workbook's parts come to 12 */
#define READ_BYTES 65536
#define SEPARATOR ' ' /* between a namespace and a name; no name has one */

struct reader {
	const struct xml_handlers *handlers;
	void *user;
	struct err *e;
	XML_Parser parser;
	int depth;
	bool is_refused;
};

static const char *local_name(const char *name)
{
	const char *space = strrchr(name, SEPARATOR);
	return space ? space + 1 : name;
}

static void refuse(struct reader *r)
{
	r->is_refused = true;
	(void)XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
	struct reader *r = user;
	if (r->is_refused)
		return; /* expat may have more in hand after it was stopped */
	if (++r->depth > DEPTH_MAX) {
		err_set(r->e, ERR_FORMAT, "XML 嵌套超过 %d 层，拒绝打开", DEPTH_MAX);
		refuse(r);
	} else if (r->handlers->start &&
		   !r->handlers->start(r->user, local_name(name), (const char *const *)attributes, r->e)) {
		refuse(r);
	}
}

static void XMLCALL on_end(void *user, const char *name)
{
	struct reader *r = user;
	if (r->is_refused)
		return;
	r->depth--;
	if (r->handlers->end && !r->handlers->end(r->user, local_name(name), r->e))
		refuse(r);
}

static void XMLCALL on_text(void *user, const char *text, int len)
{
	struct reader *r = user;
	if (!r->is_refused && r->handlers->text && !r->handlers->text(r->user, text, len, r->e))
		refuse(r);
}

/* Office files have none; an external entity, or a bomb of them, begins with one. */
static void XMLCALL on_doctype(
	void *user, const char *name, const char *system, const char *public, int has_internal)
{
	struct reader *r = user;
	(void)name, (void)system, (void)public, (void)has_internal;
	err_set(r->e, ERR_FORMAT, "XML 含有文档类型声明（DTD）或实体，拒绝打开");
	refuse(r);
}

static bool feed(struct reader *r, struct package_part *part)
{
	size_t got = 0;
	do {
		void *room = XML_GetBuffer(r->parser, READ_BYTES);
		if (!room)
			return err_set(r->e, ERR_FORMAT, "XML 里有一个过长的部分");
		if (!package_read(part, room, READ_BYTES, &got, r->e))
			return false;
		if (XML_ParseBuffer(r->parser, (int)got, got == 0) == XML_STATUS_ERROR && !r->is_refused)
			return err_set(r->e, ERR_FORMAT, "XML 第 %lu 行有错：%s",
				(unsigned long)XML_GetCurrentLineNumber(r->parser),
				XML_ErrorString(XML_GetErrorCode(r->parser)));
	} while (got && !r->is_refused);
	return !r->is_refused;
}

bool xml_read(struct package *p, const char *part, const struct xml_handlers *h, void *user, struct err *e)
{
	static const XML_Memory_Handling_Suite memory = {alloc_bytes, alloc_bytes_again, free};
	static const char separator[] = {SEPARATOR, '\0'};
	struct package_part *stream;
	if (!package_open_part(&stream, p, part, e))
		return false;
	struct reader r = {h, user, e, XML_ParserCreate_MM(NULL, &memory, separator), 0, false};
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	bool ok = feed(&r, stream) || err_prefix(e, "%s", part);
	XML_ParserFree(r.parser);
	package_close_part(stream);
	return ok;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2) {
		if (strcmp(local_name(attributes[0]), name) == 0)
			return attributes[1];
	}
	return NULL;
}
