/* SPDX-License-Identifier: Apache-2.0 */
#include "office/media.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "office/audit.h"

#define COLUMNS "m.name, m.sha256, m.size, m.type, m.width, m.height"

/* Names are of letters that need no escape in JSON: in canonical text a name that is used
 * stands in quotes. A word that only looks like one keeps a picture: no harm. */
#define IS_USED                                                                                       \
	"(EXISTS(SELECT 1 FROM item i WHERE instr(i.body, '\"' || m.name || '\"') > 0)"               \
	" OR EXISTS(SELECT 1 FROM change c WHERE c.body IS NOT NULL"                                  \
	" AND instr(c.body, '\"' || m.name || '\"') > 0 AND c.set_id IN"                              \
	" (SELECT id FROM change_set WHERE state NOT IN ('published', 'dropped')))"                   \
	" OR EXISTS(SELECT 1 FROM publication p WHERE p.state IN ('signing', 'ready', 'published')"   \
	" AND instr(CAST(p.document AS TEXT), '\"' || m.name || '\"') > 0))"

static void read_row(struct sqlite3_stmt *s, struct manifest_media *out)
{
	*out = (struct manifest_media){
		.size = office_int(s, 2), .width = office_int(s, 4), .height = office_int(s, 5)};
	(void)snprintf(out->name, sizeof out->name, "%s", office_text(s, 0));
	(void)snprintf(out->sha256, sizeof out->sha256, "%s", office_text(s, 1));
	(void)snprintf(out->type, sizeof out->type, "%s", office_text(s, 3));
}

bool media_find(struct office *o, const char *name, struct manifest_media *out)
{
	struct sqlite3_stmt *s = office_ask(o, "SELECT " COLUMNS " FROM media m WHERE m.name = ?1", "s", name);
	bool is_there = office_next(o, s);
	if (is_there)
		read_row(s, out);
	return is_there;
}

static json_t *as_json(const struct manifest_media *m)
{
	return json_pack("{s:s, s:s, s:I, s:s, s:I, s:I}", "name", m->name, "sha256", m->sha256, "size",
		(json_int_t)m->size, "type", m->type, "width", (json_int_t)m->width, "height",
		(json_int_t)m->height);
}

static void note(struct office *o, const char *what, const struct manifest_media *m, bool is_new)
{
	char subject[160];
	json_t *about = as_json(m);
	(void)snprintf(subject, sizeof subject, "media:%s", m->name);
	audit_add(o, what, subject, is_new ? NULL : about, is_new ? about : NULL);
	json_decref(about);
}

bool media_add(struct office *o, const struct manifest_media *m, struct err *e)
{
	struct manifest_media before;
	if (!manifest_is_name(m->name))
		return err_set(e, ERR_FORMAT, "文件名只能用字母、数字和 . _ -，至多 %d 个字符", MANIFEST_NAME_MAX);
	if (media_find(o, m->name, &before))
		return strcmp(before.sha256, m->sha256) == 0 ||
		       err_set(e, ERR_CONFLICT, "已有同名图片，请换一个名称");
	if (office_number(o, 0, "SELECT count(*) FROM media", "") >= MANIFEST_MEDIA_MAX)
		return err_set(e, ERR_CONFLICT, "图片已达 %d 张上限，请先删除不用的", MANIFEST_MEDIA_MAX);
	if (office_number(o, 0, "SELECT sum(size) FROM media", "") + m->size > MEDIA_QUOTA_BYTES)
		return err_set(e, ERR_CONFLICT, "图片空间已满，请先删除不用的");
	office_do(o,
		"INSERT INTO media(name, sha256, size, type, width, height, account, at)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		"ssisiiii", m->name, m->sha256, m->size, m->type, m->width, m->height, office_actor(o)->account,
		office_now(o));
	note(o, "media.add", m, true);
	return true;
}

bool media_remove(struct office *o, const char *name, struct manifest_media *out, struct err *e)
{
	if (!media_find(o, name, out))
		return err_set(e, ERR_MISSING, "没有这张图片");
	if (office_number(o, 0, "SELECT " IS_USED " FROM media m WHERE m.name = ?1", "s", name) != 0)
		return err_set(e, ERR_CONFLICT, "这张图片正在被内容使用，不能删除");
	office_do(o, "DELETE FROM media WHERE name = ?1", "s", name);
	note(o, "media.remove", out, false);
	return true;
}

bool media_is_kept(struct office *o, const char *sha256)
{
	return office_number(o, 0, "SELECT count(*) FROM media WHERE sha256 = ?1", "s", sha256) > 0;
}

/* All, or the one of this name. */
static json_t *list(struct office *o, const char *name, int64_t *used_bytes)
{
	struct manifest_media m;
	json_t *all = json_array();
	struct sqlite3_stmt *s = office_ask(o,
		"SELECT " COLUMNS ", ifnull(a.display, ''), m.at, " IS_USED
		" FROM media m LEFT JOIN account a ON a.id = m.account"
		" WHERE ?1 IS NULL OR m.name = ?1 ORDER BY m.at DESC, m.name",
		"s", name);
	while (office_next(o, s)) {
		read_row(s, &m);
		json_t *one = as_json(&m);
		(void)json_object_set_new(one, "by", json_string(office_text(s, 6)));
		(void)json_object_set_new(one, "at", office_time(s, 7));
		(void)json_object_set_new(one, "used", json_boolean(office_int(s, 8) != 0));
		(void)json_array_append_new(all, one);
		*used_bytes += m.size;
	}
	return all;
}

json_t *media_show(struct office *o)
{
	int64_t used_bytes = 0;
	json_t *all = list(o, NULL, &used_bytes);
	return json_pack("{s:o, s:I, s:I}", "media", all, "quota_bytes", (json_int_t)MEDIA_QUOTA_BYTES,
		"used_bytes", (json_int_t)used_bytes);
}

json_t *media_show_one(struct office *o, const char *name)
{
	int64_t used_bytes = 0;
	json_t *all = list(o, name, &used_bytes);
	json_t *one = json_incref(json_array_get(all, 0));
	json_decref(all);
	return one;
}

json_t *media_paths(struct office *o, const char *folder)
{
	json_t *paths = json_object();
	struct buf path = {0};
	struct sqlite3_stmt *s = office_ask(o, "SELECT name, sha256 FROM media", "");
	while (office_next(o, s)) {
		buf_clear(&path);
		buf_printf(&path, "%s/" MEDIA_FOLDER "/%s", folder, office_text(s, 1));
		(void)json_object_set_new(paths, office_text(s, 0), json_string(path.data));
	}
	buf_finish(&path);
	return paths;
}
