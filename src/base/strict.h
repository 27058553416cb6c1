/* strict.h - reading the small signed JSON bodies, strictly.
 *
 * Over jansson (RFC 8259): duplicate keys, bad UTF-8, nesting beyond 32, a
 * missing or mistyped field are errors (ERR_FORMAT) that name the field;
 * unknown fields are ignored. What is handed out is borrowed from the tree. */
#ifndef STRICT_H
#define STRICT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define STRICT_DEPTH_MAX 32
#define STRICT_INT_MAX ((int64_t)1 << 53) /* beyond, other JSON readers round */

/* An object; the caller ends it with json_decref(). NULL with *e set. */
json_t *strict_parse(const char *bytes, size_t len, struct err *e);

bool strict_text(const json_t *object, const char *name, size_t max_bytes, const char **out, struct err *e);
bool strict_int(
	const json_t *object, const char *name, int64_t min, int64_t max, int64_t *out, struct err *e);
bool strict_time(const json_t *object, const char *name, int64_t *utc_s, struct err *e);
bool strict_object(const json_t *object, const char *name, json_t **out, struct err *e);
bool strict_array(const json_t *object, const char *name, size_t max_count, json_t **out, struct err *e);

#endif
