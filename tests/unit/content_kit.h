/* content_kit.h - the small sound document of tests/content, and changes to it. */
#ifndef CONTENT_KIT_H
#define CONTENT_KIT_H

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/content.h"

#define KIT_DOCUMENT "tests/content/small/content.json"

/* The caller ends it with json_decref(). Tests run from the repository's root. */
static inline json_t *kit_document(void)
{
	json_t *document = json_load_file(KIT_DOCUMENT, 0, NULL);
	if (!document)
		abort();
	return document;
}

static inline json_t *kit_step(json_t *at, const char *token)
{
	return json_is_array(at) ? json_array_get(at, (size_t)atoi(token)) : json_object_get(at, token);
}

/* Puts a value (JSON) at a pointer; NULL removes what is there. */
static inline void kit_set(json_t *document, const char *pointer, const char *value)
{
	char path[256];
	(void)snprintf(path, sizeof path, "%s", pointer + 1);
	json_t *at = document;
	char *token = path;
	for (char *slash = strchr(token, '/'); slash; slash = strchr(token, '/')) {
		*slash = '\0';
		at = kit_step(at, token);
		token = slash + 1;
	}
	json_t *set = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
	if (!at || (value && !set))
		abort();
	if (json_is_array(at))
		(void)(set ? json_array_set_new(at, (size_t)atoi(token), set)
			   : json_array_remove(at, (size_t)atoi(token)));
	else
		(void)(set ? json_object_set_new(at, token, set) : json_object_del(at, token));
}

/* Checks and builds; ends the test program when it is not sound. Takes the document. */
static inline struct content *kit_open(json_t *document)
{
	static const struct check_options options = {0};
	struct content *c = NULL;
	struct err e = {0};
	char *text = json_dumps(document, 0);
	json_decref(document);
	if (!content_open(&c, text, strlen(text), &options, &e)) {
		(void)fprintf(stderr, "%s\n", e.text);
		abort();
	}
	free(text);
	return c;
}

#endif
