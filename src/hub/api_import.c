/* SPDX-License-Identifier: Apache-2.0
 *
 * Spreadsheets: read by a child, shown row by row, and written into a change set as if
 * somebody had typed them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "hub/api.h"
#include "hub/api_press.h"
#include "hub/importer.h"
#include "hub/imports.h"
#include "hub/press.h"
#include "intake/template.h"
#include "office/audit.h"
#include "office/change.h"
#include "office/item.h"

#define PROGRAM "/proc/self/exe"
#define NAME_BYTES_MAX 255

/* ---- the job ----------------------------------------------------------------------------- */

struct reading {
	struct hub *hub;
	struct job *job;
	int64_t id, account, set;
};

static bool goes_on(void *user, double done)
{
	const struct reading *r = user;
	return job_goes_on(r->job, done);
}

/* {fingerprint: mapping}: what was applied before. */
static json_t *remembered(struct office *o, const char *kind)
{
	json_t *all = json_object();
	struct sqlite3_stmt *s =
		office_ask(o, "SELECT fingerprint, mapping FROM mapping WHERE kind = ?1", "s", kind);
	while (office_next(o, s))
		(void)json_object_set_new(all, office_text(s, 0), office_json(s, 1));
	return all;
}

/* The content as it is in the change set now. */
static bool add_document(const struct reading *r, json_t *options, struct err *e)
{
	struct office *o = r->hub->office;
	struct change_set set;
	const char *kind = json_string_value(json_object_get(options, "kind"));
	office_begin(o, clock_utc_ms(&r->hub->clock) / 1000, &office_itself);
	bool ok = change_find(o, r->set, &set, e);
	if (ok) {
		(void)json_object_set_new(options, "document", item_document(o, r->set));
		(void)json_object_set_new(options, "remembered", remembered(o, kind ? kind : ""));
	}
	return office_end(o, ok, e);
}

/* What the API tells of it: without what applying it would write. */
static json_t *shown(const json_t *result, int64_t id)
{
	json_t *out = json_copy((json_t *)(uintptr_t)result);
	(void)json_object_del(out, "items");
	(void)json_object_set_new(out, "id", json_integer(id));
	return out;
}

static bool run(struct job *j, void *user, json_t **out, struct err *e)
{
	struct reading *r = user;
	struct imports_copy c = {0};
	int64_t now = clock_utc_ms(&r->hub->clock) / 1000;
	r->job = j;
	if (!imports_get(r->hub->press->imports, r->id, r->account, now, &c, e))
		return false;
	bool ok = add_document(r, c.options, e);
	json_t *result = ok ? importer_run(PROGRAM, c.bytes, c.len, c.options,
				      &(struct dryrun_watch){goes_on, r}, e)
			    : NULL;
	if (result) {
		*out = shown(result, r->id);
		imports_keep(r->hub->press->imports, r->id, result);
	}
	imports_copy_finish(&c);
	return result != NULL;
}

static bool begin(struct api_call *c, int64_t id, int64_t set, struct err *e)
{
	char job[JOB_ID_TEXT];
	struct reading *r = alloc_zero(1, sizeof *r);
	*r = (struct reading){.hub = c->hub, .id = id, .account = c->actor->account, .set = set};
	const struct job_task t = {
		.kind = "import", .account = c->actor->account, .run = run, .forget = free, .user = r};
	if (!jobs_give(c->hub->press->jobs, &t, job, e))
		return false;
	return api_send(c, 202, jobs_show(c->hub->press->jobs, job, c->actor->account));
}

/* ---- calls --------------------------------------------------------------------------------- */

static void add_text(struct api_call *c, json_t *options, const char *name)
{
	const char *text = api_query(c, name);
	if (text && *text)
		(void)json_object_set_new(options, name, json_string(text));
}

static bool add(struct api_call *c, struct err *e)
{
	static const char *const texts[] = {"kind", "name", "target", "source", "as_of"};
	struct change_set s;
	int64_t set, year, id;
	const char *name = api_query(c, "name");
	if (!api_press(c, e) || !api_query_number(c, "set", 0, &set, e) ||
		!api_query_number(c, "year", 0, &year, e))
		return false;
	if (!name || strlen(name) > NAME_BYTES_MAX)
		return err_set(e, ERR_FORMAT, "name：缺少或过长");
	api_begin(c);
	bool ok = change_find(c->office, set, &s, e) &&
		  (s.state <= CHANGE_REVIEWED || err_set(e, ERR_CONFLICT, "此变更单已不能编辑"));
	if (!api_end(c, ok, e))
		return false;
	json_t *options = json_pack("{s:I}", "set", (json_int_t)set);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		add_text(c, options, texts[i]);
	if (year)
		(void)json_object_set_new(options, "year", json_integer(year));
	return imports_add(c->hub->press->imports, c->actor->account, c->request->body, c->request->body_len,
		       options, c->now_utc_s, &id, e) &&
	       begin(c, id, set, e);
}

static bool get_copy(struct api_call *c, int64_t *id, struct imports_copy *out, struct err *e)
{
	return api_press(c, e) && api_number(c->parts[0], id, e) &&
	       imports_get(c->hub->press->imports, *id, c->actor->account, c->now_utc_s, out, e);
}

static bool get(struct api_call *c, struct err *e)
{
	struct imports_copy copy = {0};
	int64_t id;
	if (!get_copy(c, &id, &copy, e))
		return false;
	json_t *result = copy.result ? shown(copy.result, id) : NULL;
	imports_copy_finish(&copy);
	return result ? api_send(c, 200, result) : err_set(e, ERR_CONFLICT, "文件还没有读完");
}

static bool change(struct api_call *c, struct err *e)
{
	struct imports_copy copy = {0};
	int64_t id;
	if (!get_copy(c, &id, &copy, e))
		return false;
	int64_t set = json_integer_value(json_object_get(copy.options, "set"));
	imports_copy_finish(&copy);
	return imports_change(c->hub->press->imports, id, c->actor->account, c->body, e) && begin(c, id, set, e);
}

static bool drop(struct api_call *c, struct err *e)
{
	int64_t id;
	if (!api_press(c, e) || !api_number(c->parts[0], &id, e))
		return false;
	return imports_drop(c->hub->press->imports, id, c->actor->account) ? api_done(c)
									   : err_set(e, ERR_MISSING, "没有这次导入");
}

/* ---- applying -------------------------------------------------------------------------------- */

static json_int_t count_of(const json_t *result, const char *name)
{
	return json_integer_value(json_object_get(json_object_get(result, "counts"), name));
}

/* The child's word is checked like anybody's. */
static bool put_all(struct api_call *c, int64_t set, const json_t *items, struct err *e)
{
	size_t i;
	const json_t *item;
	json_array_foreach (items, i, item) {
		const char *list = json_string_value(json_object_get(item, "list"));
		const char *id = json_string_value(json_object_get(item, "id"));
		json_t *body = json_object_get(item, "body");
		const struct change_item at = {.set = set, .list = list ? list : "", .id = id ? id : ""};
		if (!json_is_object(body))
			return err_set(e, ERR_FORMAT, "导入子程序所报有误");
		if (!change_put(c->office, &at, body, e))
			return err_prefix(e, "%s/%s", at.list, at.id);
	}
	return true;
}

static void remember(struct api_call *c, const struct imports_copy *copy)
{
	const json_t *mapping = json_object_get(copy->result, "mapping");
	const char *kind = json_string_value(json_object_get(copy->options, "kind"));
	const char *fingerprint = json_string_value(json_object_get(copy->result, "fingerprint"));
	if (json_is_object(mapping) && kind && fingerprint)
		office_do(c->office,
			"INSERT INTO mapping(kind, fingerprint, mapping, at) VALUES(?1, ?2, ?3, ?4)"
			" ON CONFLICT(kind, fingerprint) DO UPDATE SET mapping = ?3, at = ?4",
			"ssji", kind, fingerprint, mapping, c->now_utc_s);
}

static bool write_in(struct api_call *c, const struct imports_copy *copy, struct err *e)
{
	int64_t set = json_integer_value(json_object_get(copy->options, "set"));
	api_begin(c);
	bool ok = put_all(c, set, json_object_get(copy->result, "items"), e);
	if (ok) {
		json_t *said = json_pack("{s:O*, s:O*, s:O*}", "name", json_object_get(copy->options, "name"),
			"kind", json_object_get(copy->options, "kind"), "counts",
			json_object_get(copy->result, "counts"));
		remember(c, copy);
		audit_add_number(c->office, "set.import", "set", set, said);
		json_decref(said);
	}
	return api_end(c, ok, e);
}

static bool apply(struct api_call *c, struct err *e)
{
	struct imports_copy copy = {0};
	int64_t id;
	bool is_all;
	if (!api_bool(c, "all_or_nothing", true, &is_all, e) || !get_copy(c, &id, &copy, e))
		return false;
	json_int_t refused = count_of(copy.result, "refused");
	bool ok = copy.result || err_set(e, ERR_CONFLICT, "文件还没有读完");
	ok = ok && (!is_all || refused == 0 ||
			   err_set(e, ERR_CONFLICT, "有%lld行不能导入，按“全部或全不”未写入任何一行", (long long)refused));
	ok = ok && write_in(c, &copy, e);
	json_t *done = json_pack("{s:I, s:I, s:I}", "applied",
		count_of(copy.result, "new") + count_of(copy.result, "changed"), "unchanged",
		count_of(copy.result, "unchanged"), "refused", refused);
	imports_copy_finish(&copy);
	if (ok) {
		(void)imports_drop(c->hub->press->imports, id, c->actor->account);
		return api_send(c, 200, done);
	}
	json_decref(done);
	return false;
}

/* An empty sheet; its lists offer what this office has. */
static bool template(struct api_call *c, struct err *e)
{
	char kind[32];
	const char *dot = strchr(c->parts[0], '.');
	if (!dot || strcmp(dot, ".xlsx") != 0 || dot - c->parts[0] >= (ptrdiff_t)sizeof kind)
		return err_set(e, ERR_MISSING, "没有这个模板");
	(void)snprintf(kind, sizeof kind, "%.*s", (int)(dot - c->parts[0]), c->parts[0]);
	api_begin(c);
	json_t *document = item_document(c->office, 0);
	if (!api_end(c, true, e) || !template_make(kind, document, &c->answer->body, e)) {
		json_decref(document);
		return false;
	}
	json_decref(document);
	http_answer_header(c->answer, "Content-Type",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	http_answer_header(c->answer, "Content-Disposition", "attachment; filename=\"%s.xlsx\"", kind);
	return true;
}

static const struct api_route routes[] = {
	{"POST", "imports", OFFICE_EDITOR, API_UPLOAD, add},
	{"GET", "imports/:", OFFICE_EDITOR, 0, get},
	{"PATCH", "imports/:", OFFICE_EDITOR, 0, change},
	{"DELETE", "imports/:", OFFICE_EDITOR, 0, drop},
	{"POST", "imports/:/apply", OFFICE_EDITOR, 0, apply},
	{"GET", "templates/:", OFFICE_ANYBODY, 0, template},
};
const struct api_area api_import_area = {routes, sizeof routes / sizeof routes[0]};
