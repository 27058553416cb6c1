/* SPDX-License-Identifier: Apache-2.0 */
#include "base/strict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/civil.h"

static bool refuse(const char *bytes, size_t at, const char *why, struct err *e)
{
	int line = 1, column = 0;
	for (size_t i = 0; i <= at; i++) {
		column = bytes[i] == '\n' ? 0 : column + ((bytes[i] & 0xC0) != 0x80);
		line += bytes[i] == '\n';
	}
	return err_set(e, ERR_FORMAT, "line %d column %d: %s", line, column, why);
}

/* Counted on the bytes, before a parser recurses into them. */
static bool is_shallow(const char *bytes, size_t len, struct err *e)
{
	char why[40];
	int depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < len; i++) {
		switch (bytes[i]) {
		case '"':
			quoted = !quoted;
			break;
		case '\\':
			i += quoted;
			break;
		case '{':
		case '[':
			depth += !quoted;
			break;
		case '}':
		case ']':
			depth -= !quoted;
			break;
		default:
			break;
		}
		if (depth > STRICT_DEPTH_MAX) {
			(void)snprintf(why, sizeof why, "nested deeper than %d", STRICT_DEPTH_MAX);
			return refuse(bytes, i, why, e);
		}
	}
	return true;
}

json_t *strict_parse(const char *bytes, size_t len, struct err *e)
{
	if (!is_shallow(bytes, len, e))
		return NULL;
	json_error_t why;
	json_set_alloc_funcs(alloc_bytes, free); /* or it leaves out what it has no memory for */
	json_t *tree = json_loadb(bytes ? bytes : "", len, JSON_REJECT_DUPLICATES, &why);
	if (!tree) {
		err_set(e, ERR_FORMAT, "line %d column %d: %s", why.line, why.column, why.text);
		return NULL;
	}
	const char *nul = memchr(bytes, '\0', len); /* jansson passes one by behind a number or a word */
	if (nul) {
		json_decref(tree);
		refuse(bytes, (size_t)(nul - bytes), "NUL is not allowed", e);
		return NULL;
	}
	if (!json_is_object(tree)) {
		json_decref(tree);
		err_set(e, ERR_FORMAT, "not a JSON object");
		return NULL;
	}
	return tree;
}

static bool get(const json_t *object, const char *name, json_type type, json_t **out, struct err *e)
{
	static const char *const words[] = {
		[JSON_OBJECT] = "an object",
		[JSON_ARRAY] = "a list",
		[JSON_STRING] = "a text",
		[JSON_INTEGER] = "an integer",
		[JSON_REAL] = "a number",
	};
	*out = json_object_get(object, name);
	if (!*out)
		return err_set(e, ERR_FORMAT, "%s: missing", name);
	if (json_typeof(*out) != type)
		return err_set(e, ERR_FORMAT, "%s: must be %s", name, words[type]);
	return true;
}

bool strict_text(const json_t *object, const char *name, size_t max_bytes, const char **out, struct err *e)
{
	json_t *value;
	if (!get(object, name, JSON_STRING, &value, e))
		return false;
	if (json_string_length(value) > max_bytes)
		return err_set(e, ERR_FORMAT, "%s: longer than %zu bytes", name, max_bytes);
	*out = json_string_value(value);
	return true;
}

bool strict_int(const json_t *object, const char *name, int64_t min, int64_t max, int64_t *out, struct err *e)
{
	json_t *value;
	if (!get(object, name, JSON_INTEGER, &value, e))
		return false;
	*out = json_integer_value(value);
	if (*out < min || *out > max)
		return err_set(e, ERR_FORMAT, "%s: %lld is not within %lld..%lld", name, (long long)*out,
			(long long)min, (long long)max);
	return true;
}

bool strict_time(const json_t *object, const char *name, int64_t *utc_s, struct err *e)
{
	const char *text;
	if (!strict_text(object, name, 64, &text, e))
		return false;
	if (!civil_parse_rfc3339(text, utc_s))
		return err_set(e, ERR_FORMAT, "%s: '%s' is not an RFC 3339 time", name, text);
	return true;
}

bool strict_object(const json_t *object, const char *name, json_t **out, struct err *e)
{
	return get(object, name, JSON_OBJECT, out, e);
}

bool strict_array(const json_t *object, const char *name, size_t max_count, json_t **out, struct err *e)
{
	if (!get(object, name, JSON_ARRAY, out, e))
		return false;
	if (json_array_size(*out) > max_count)
		return err_set(e, ERR_FORMAT, "%s: more than %zu entries", name, max_count);
	return true;
}
