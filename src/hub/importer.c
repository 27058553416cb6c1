/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/importer.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "content/field.h"
#include "hub/helper.h"
#include "intake/intake.h"

#define DEADLINE_MS 60000
#define CPU_S 40 /* 20,000 rows take 2 s */
#define OPTIONS_BYTES_MAX (FIELD_DOCUMENT_BYTES_MAX + (4 << 20)) /* the document, and cells mended by hand   \
								  */

struct hearing {
	const struct dryrun_watch *watch;
	double done;
	json_t *result;
};

static bool take(void *user, const json_t *record, const struct buf *bytes, struct err *e)
{
	struct hearing *h = user;
	json_t *progress = json_object_get(record, "progress");
	double done = json_number_value(progress);
	if (progress) {
		h->done = done > h->done && done <= 1 ? done : h->done;
		return true;
	}
	json_decref(h->result);
	h->result = json_loadb(bytes->data, bytes->len, JSON_REJECT_DUPLICATES, NULL);
	return json_is_object(h->result) || err_set(e, ERR_FORMAT, "导入子程序所报有误");
}

static bool goes_on(void *user)
{
	const struct hearing *h = user;
	return !h->watch || !h->watch->goes_on || h->watch->goes_on(h->watch->user, h->done);
}

/* The options go before the file: a request is for small things, and they hold a document. */
json_t *importer_run(const char *program, const void *bytes, size_t len, const json_t *options,
	const struct dryrun_watch *watch, struct err *e)
{
	struct hearing h = {.watch = watch};
	struct buf payload = {0};
	char *text = json_dumps(options, JSON_COMPACT);
	buf_text(&payload, text ? text : "");
	json_t *request = json_pack("{s:I}", "options", (json_int_t)payload.len);
	buf_add(&payload, bytes, len);
	const struct helper_task task = {.program = program,
		.command = "intake",
		.request = request,
		.payload = payload.data,
		.payload_len = payload.len,
		.deadline_ms = DEADLINE_MS,
		.take = take,
		.goes_on = goes_on,
		.user = &h};
	bool ok = helper_run(&task, e) && (h.result || err_set(e, ERR_FORMAT, "导入子程序没有结果"));
	free(text);
	json_decref(request);
	buf_finish(&payload);
	if (ok)
		return h.result;
	json_decref(h.result);
	return NULL;
}

/* ---- in the child --------------------------------------------------------------------- */

static bool tell_progress(void *user, double done)
{
	(void)user;
	return helper_tell(json_pack("{s:f}", "progress", done), NULL, 0);
}

static bool tell_result(json_t *result, struct err *e)
{
	char *text = json_dumps(result, JSON_COMPACT | JSON_REAL_PRECISION(15));
	bool fits = text && strlen(text) <= HELPER_BYTES_MAX;
	bool ok =
		fits ? helper_tell(json_object(), text, strlen(text)) || err_set(e, ERR_IO, "nobody listens")
		     : err_set(e, ERR_FORMAT, "表格过大：请分成几个文件导入");
	free(text);
	return ok;
}

static bool do_intake(const json_t *request, struct err *e)
{
	static const struct dryrun_watch watch = {tell_progress, NULL};
	struct buf payload = {0};
	json_t *options = NULL, *result = NULL;
	size_t len = (size_t)json_integer_value(json_object_get(request, "options"));
	bool ok = file_read(HELPER_PAYLOAD, OPTIONS_BYTES_MAX + (size_t)SHEET_UPLOAD_BYTES_MAX + 1, &payload,
			  e) &&
		  (len <= payload.len || err_set(e, ERR_FORMAT, "请求有误"));
	if (ok) {
		options = json_loadb(payload.data, len, JSON_REJECT_DUPLICATES, NULL);
		ok = json_is_object(options) || err_set(e, ERR_FORMAT, "请求有误");
	}
	if (ok) {
		result = intake_run(payload.data + len, payload.len - len, options, &watch, e);
		ok = result && tell_result(result, e);
	}
	json_decref(result);
	json_decref(options);
	buf_finish(&payload);
	return ok;
}

/* Without memory the child ends: what jansson makes of that is half a result. */
static void prepare(void)
{
	json_set_alloc_funcs(alloc_bytes, free);
}

int importer_child(void)
{
	struct err e = {0};
	json_t *request;
	prepare();
	bool ok = helper_begin(&request, CPU_S, &e) && do_intake(request, &e);
	json_decref(request);
	return helper_end(ok, &e);
}
