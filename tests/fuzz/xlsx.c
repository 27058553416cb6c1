/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a workbook; and as the parts of one, a NUL between them, so that a change
 * reaches the XML and is not lost in a checksum. */
#include "office.h"

#define ORIGIN "\"source\": \"office\", \"as_of\": \"2023-06\", \"year\": 2023"

static void as_parts(const uint8_t *bytes, size_t len)
{
	struct kit_part parts[] = {{"xl/worksheets/sheet1.xml", ""}, {"xl/sharedStrings.xml", KIT_STRINGS},
		{"xl/styles.xml", KIT_STYLES}, {"xl/workbook.xml", KIT_BOOK("")},
		{"xl/_rels/workbook.xml.rels", KIT_RELS}, {"[Content_Types].xml", KIT_TYPES},
		{"_rels/.rels", KIT_ROOT}, {NULL, NULL}};
	struct buf text = {0}, zip = {0};
	buf_add(&text, bytes, len);
	const char *at = text.data, *end = text.data + text.len;
	for (size_t i = 0; i < 5 && at <= end; i++) {
		if (*at || i == 0)
			parts[i].text = at;
		at += strlen(at) + 1;
	}
	kit_zip(parts, ZIP_CM_STORE, &zip);
	try_file(zip.data, zip.len, "projects", "a.xlsx", ORIGIN);
	buf_finish(&zip);
	buf_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	if (len >= 2 && memcmp(bytes, "PK", 2) == 0)
		try_file(bytes, len, "projects", "a.xlsx", ORIGIN);
	else
		as_parts(bytes, len);
	return 0;
}
