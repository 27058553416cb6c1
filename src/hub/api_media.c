/* SPDX-License-Identifier: Apache-2.0
 *
 * Pictures that content may name: sent, decoded and written anew by a child, kept by the hash
 * of what that made. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "content/film.h"
#include "hub/api.h"
#include "hub/api_errors.h"
#include "hub/api_press.h"
#include "hub/press.h"
#include "office/media.h"

static bool path_of(const struct api_call *c, const char *sha256, char out[static PATH_MAX])
{
	int n = snprintf(out, PATH_MAX, "%s/" MEDIA_FOLDER "/%s", c->hub->press->folder, sha256);
	return n > 0 && n < PATH_MAX;
}

static bool list(struct api_call *c, struct err *e)
{
	api_begin(c);
	json_t *shown = media_show(c->office);
	return api_end(c, true, e) ? api_send(c, 200, shown) : (json_decref(shown), false);
}

/* The name's end says what the picture is now, whatever it was sent as. */
static bool name_it(struct manifest_media *m, const char *asked, struct err *e)
{
	const char *ending = strcmp(m->type, "image/jpeg") == 0 ? ".jpg"
			     : strcmp(m->type, FILM_TYPE) == 0  ? ".mp4"
								: ".png";
	const char *dot = strrchr(asked, '.');
	size_t stem = dot && dot != asked && strlen(dot) <= 5 ? (size_t)(dot - asked) : strlen(asked);
	int n = snprintf(m->name, sizeof m->name, "%.*s%s", (int)(stem < sizeof m->name ? stem : sizeof m->name),
		asked, ending);
	return (n > 0 && (size_t)n < sizeof m->name && manifest_is_name(m->name)) ||
	       err_set(e, ERR_FORMAT, "文件名只能用字母、数字和 . _ -，至多 %d 个字符", MANIFEST_NAME_MAX);
}

/* Both under the office's lock, as removing does: what the database names is there. */
static bool keep(struct api_call *c, const struct manifest_media *m, const struct buf *bytes, struct err *e)
{
	char path[PATH_MAX];
	if (!path_of(c, m->sha256, path))
		return err_set(e, ERR_DISK, "路径过长");
	api_begin(c);
	bool ok = media_add(c->office, m, e) &&
		  (file_exists(path) || file_write_durable(path, bytes->data, bytes->len, 0600, e));
	json_t *shown = ok ? media_show_one(c->office, m->name) : NULL;
	if (!api_end(c, ok, e)) {
		json_decref(shown);
		return false;
	}
	return api_send(c, 201, shown);
}

static bool take(struct api_call *c, struct err *e)
{
	struct painter_picture p = {0};
	struct err why = {0};
	const char *asked = api_query(c, "name");
	if (!api_press(c, e))
		return false;
	if (!asked)
		return err_set(e, ERR_FORMAT, "name：缺少");
	if (c->request->body_len > (size_t)painter_upload_most(c->request->body, c->request->body_len))
		return api_errors_set(e, "too_large", "图片超过 10 MB");
	bool ok = painter_take_picture(c->hub->press->painter, c->request->body, c->request->body_len, &p, &why);
	if (!ok && why.kind == ERR_FORMAT)
		api_errors_set(e, "wrong_type", why.text);
	else if (!ok)
		*e = why;
	if (ok) {
		struct manifest_media m = {
			.size = (int64_t)p.bytes.len, .width = p.width_px, .height = p.height_px};
		(void)snprintf(m.type, sizeof m.type, "%s", p.type);
		digest_bytes(p.bytes.data, p.bytes.len, m.sha256);
		ok = name_it(&m, asked, e) && keep(c, &m, &p.bytes, e);
	}
	buf_finish(&p.bytes);
	return ok;
}

static bool get(struct api_call *c, struct err *e)
{
	char path[PATH_MAX];
	struct stat st;
	struct manifest_media m = {0};
	if (!api_press(c, e))
		return false;
	api_begin(c);
	bool is_there = media_find(c->office, c->parts[0], &m);
	office_rollback(c->office);
	if (!is_there)
		return err_set(e, ERR_MISSING, "没有这张图片");
	int fd = path_of(c, m.sha256, path) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	if (fd < 0)
		return err_set(e, ERR_MISSING, "图片文件已不在");
	c->answer->fd = fd; /* the answer's to close */
	c->answer->has_fd = true;
	if (fstat(fd, &st) != 0)
		return err_set(e, ERR_IO, "图片文件无法读取");
	c->answer->fd_size = (uint64_t)st.st_size;
	http_answer_header(c->answer, "Content-Type", "%s", m.type);
	return true;
}

static bool drop(struct api_call *c, struct err *e)
{
	char path[PATH_MAX];
	struct manifest_media m;
	if (!api_press(c, e))
		return false;
	api_begin(c);
	bool ok = media_remove(c->office, c->parts[0], &m, e);
	if (!api_end(c, ok, e))
		return false;
	api_begin(c); /* nobody adds it again meanwhile */
	if (!media_is_kept(c->office, m.sha256) && path_of(c, m.sha256, path))
		(void)unlink(path); /* or it stays: nothing names it */
	office_rollback(c->office);
	return api_done(c);
}

static const struct api_route routes[] = {
	{"GET", "media", OFFICE_ANYBODY, 0, list},
	{"POST", "media", OFFICE_EDITOR, API_UPLOAD, take},
	{"GET", "media/:", OFFICE_ANYBODY, 0, get},
	{"DELETE", "media/:", OFFICE_EDITOR, 0, drop},
};
const struct api_area api_media_area = {routes, sizeof routes / sizeof routes[0]};
