/* office.h - what the targets of the intake room claim of any file. */
#ifndef OFFICE_H
#define OFFICE_H

#include "content/check.h"
#include "fuzz.h"
#include "../unit/intake_kit.h"

static inline void must_be_item(const json_t *document, const json_t *item)
{
	static const struct check_options silent;
	const char *list = json_string_value(json_object_get(item, "list"));
	FUZZ_MUST(list && check_item(list, json_object_get(item, "body"), document, &silent) == 0);
}

/* Each row is one of four things; a refused one says why. What comes of it is sound. */
static inline void must_be_sound(const json_t *result)
{
	json_t *document = kit_document();
	size_t i;
	const json_t *row, *item;
	json_array_foreach (json_object_get(result, "rows"), i, row) {
		const char *word = json_string_value(json_object_get(row, "result"));
		bool is_refused = word && strcmp(word, "refused") == 0;
		FUZZ_MUST(word && is_refused == (json_array_size(json_object_get(row, "reasons")) > 0));
	}
	json_array_foreach (json_object_get(result, "items"), i, item)
		must_be_item(document, item);
	char *text = json_dumps(result, JSON_COMPACT);
	FUZZ_MUST(text != NULL);
	free(text);
	json_decref(document);
}

static inline void try_file(const void *bytes, size_t len, const char *kind, const char *name, const char *more)
{
	struct err e;
	json_t *result = kit_run(bytes, len, kind, name, more, &e);
	if (result)
		must_be_sound(result);
	else
		FUZZ_MUST((e.kind == ERR_FORMAT || e.kind == ERR_USAGE) && *e.text);
	json_decref(result);
}

#endif
