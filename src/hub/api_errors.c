/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/api_errors.h"

#include <string.h>

/* By the kind of the error; or named by the text before a tab, where the kind says too little. */
static const struct {
	enum err_kind kind;
	const char *code;
	unsigned status;
} kinds[] = {
	{ERR_UNTRUSTED, "unauthenticated", 401},
	{ERR_FORBIDDEN, "forbidden", 403},
	{ERR_MISSING, "not_found", 404},
	{ERR_CONFLICT, "conflict", 409},
	{ERR_STALE, "stale", 412},
	{ERR_FORMAT, "invalid", 422},
	{ERR_USAGE, "invalid", 422},
	{ERR_BUSY, "too_many", 429},
	{ERR_DISK, "busy", 503},
	{ERR_IO, "busy", 503},
	{ERR_NETWORK, "busy", 503},
}, named[] = {
	{ERR_USAGE, "password_change_needed", 403},
	{ERR_USAGE, "confirm_needed", 403},
	{ERR_USAGE, "not_allowed", 405},
	{ERR_USAGE, "too_large", 413},
	{ERR_USAGE, "wrong_type", 415},
};

bool api_errors_set(struct err *e, const char *code, const char *message)
{
	return err_set(e, ERR_USAGE, "%s\t%s", code, message);
}

const char *api_errors_code(const struct err *e, unsigned *status)
{
	size_t len = strcspn(e->text, "\t");
	for (size_t i = 0; e->text[len] && i < sizeof named / sizeof named[0]; i++) {
		if (strlen(named[i].code) == len && strncmp(named[i].code, e->text, len) == 0) {
			*status = named[i].status;
			return named[i].code;
		}
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (kinds[i].kind == e->kind) {
			*status = kinds[i].status;
			return kinds[i].code;
		}
	}
	*status = 500;
	return "failed";
}

void api_errors_send(struct api_call *c, const struct err *e)
{
	unsigned status;
	const char *code = api_errors_code(e, &status), *tab = strchr(e->text, '\t');
	json_t *error = json_pack("{s:s, s:s}", "code", code, "message", tab ? tab + 1 : e->text);
	if (!error) /* a text that is cut in the middle of a character */
		error = json_pack("{s:s, s:s}", "code", code, "message", "请求被拒绝");
	if (c->details)
		(void)json_object_set(error, "details", c->details);
	if (status == 405)
		http_answer_header(c->answer, "Allow", "GET, POST, PUT, PATCH, DELETE");
	(void)api_send(c, status, json_pack("{s:o}", "error", error));
}
