/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/painter.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/civil.h"
#include "base/clock.h"
#include "content/film.h"
#include "hub/helper.h"

#define PAINT_DEADLINE_MS 300000
#define PICTURE_DEADLINE_MS 30000
#define STEP_MS 200
#define PAGES_MAX 4000
#define FINDINGS_MAX 4000

const struct painter_size painter_reviewed[PAINTER_REVIEWED] = {{1920, 1080}, {1080, 1920}};

struct painter {
	char *program;
	json_t *fonts, *readable;
	struct album *album;
	pthread_mutex_t lock; /* over running */
	pthread_cond_t is_free;
	int running, at_once;
};

/* What comes of a document. */
struct painting {
	struct painter *painter;
	const struct painter_watch *watch;
	double done;
	json_t *pages, *findings;
	int errors;
};

struct painter *painter_create(const struct painter_setup *setup)
{
	struct painter *p = alloc_zero(1, sizeof *p);
	json_t *more = json_array();
	for (int i = 0; i < setup->fonts.fallback_count; i++)
		(void)json_array_append_new(more, json_string(setup->fonts.fallback[i]));
	p->fonts = json_pack("{s:s, s:s, s:o}", "regular", setup->fonts.regular, "bold", setup->fonts.bold,
		"more", more);
	p->readable = json_pack("[s, s, s]", setup->media, setup->fonts.regular, setup->fonts.bold);
	for (int i = 0; i < setup->fonts.fallback_count; i++)
		(void)json_array_append_new(p->readable, json_string(setup->fonts.fallback[i]));
	p->program = alloc_text(setup->program);
	p->album = setup->album;
	p->at_once = setup->at_once;
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_cond_init(&p->is_free, NULL);
	return p;
}

void painter_destroy(struct painter *p)
{
	if (!p)
		return;
	(void)pthread_cond_destroy(&p->is_free);
	(void)pthread_mutex_destroy(&p->lock);
	json_decref(p->fonts);
	json_decref(p->readable);
	free(p->program);
	free(p);
}

/* ---- a few at a time --------------------------------------------------------------- */

static bool goes_on(void *user)
{
	const struct painting *g = user;
	return !g->watch || !g->watch->goes_on || g->watch->goes_on(g->watch->user, g->done);
}

/* False: told to stop while it waited. */
static bool enter(struct painter *p, struct painting *g)
{
	struct clock clock = clock_system();
	bool may = true;
	(void)pthread_mutex_lock(&p->lock);
	while (p->running >= p->at_once && may) {
		int64_t until_ms = clock_utc_ms(&clock) + STEP_MS;
		struct timespec until = {until_ms / 1000, (long)(until_ms % 1000) * 1000000};
		(void)pthread_cond_timedwait(&p->is_free, &p->lock, &until);
		(void)pthread_mutex_unlock(&p->lock);
		may = goes_on(g);
		(void)pthread_mutex_lock(&p->lock);
	}
	p->running += may;
	(void)pthread_mutex_unlock(&p->lock);
	return may;
}

static void leave(struct painter *p)
{
	(void)pthread_mutex_lock(&p->lock);
	p->running--;
	(void)pthread_cond_signal(&p->is_free);
	(void)pthread_mutex_unlock(&p->lock);
}

/* ---- a document --------------------------------------------------------------------- */

static bool take_finding(struct painting *g, json_t *finding, struct err *e)
{
	const char *level = json_string_value(json_object_get(finding, "level"));
	if (!level || json_array_size(g->findings) >= FINDINGS_MAX)
		return err_set(e, ERR_FORMAT, "绘制子程序所报有误");
	g->errors += strcmp(level, "error") == 0;
	(void)json_array_append(g->findings, finding);
	return true;
}

static bool take_page(struct painting *g, json_t *page, const struct buf *png, struct err *e)
{
	char sha256[DIGEST_HEX];
	bool is_named = json_is_string(json_object_get(page, "name")) &&
			json_is_string(json_object_get(page, "size"));
	if (!is_named || png->len < 8 || memcmp(png->data, "\x89PNG\r\n\x1a\n", 8) != 0 ||
		json_array_size(g->pages) >= PAGES_MAX)
		return err_set(e, ERR_FORMAT, "绘制子程序所报有误");
	if (!album_put(g->painter->album, png, sha256, e))
		return false;
	(void)json_object_set_new(page, "sha256", json_string(sha256));
	(void)json_array_append(g->pages, page);
	return true;
}

static bool take(void *user, const json_t *record, const struct buf *bytes, struct err *e)
{
	struct painting *g = user;
	json_t *finding = json_object_get(record, "finding"), *page = json_object_get(record, "page");
	double progress = json_number_value(json_object_get(record, "progress"));
	if (progress > g->done && progress <= 1)
		g->done = progress;
	if (json_is_object(finding))
		return take_finding(g, finding, e);
	return json_is_object(page) ? take_page(g, page, bytes, e)
				    : err_set(e, ERR_FORMAT, "绘制子程序所报有误");
}

static json_t *request_of(const struct painter *p, const struct painter_wish *w)
{
	json_t *sizes = json_array();
	const struct painter_size *size = w->size_count ? w->sizes : painter_reviewed;
	for (int i = 0; i < (w->size_count ? w->size_count : PAINTER_REVIEWED); i++)
		(void)json_array_append_new(sizes, json_pack("[i, i]", size[i].width_px, size[i].height_px));
	return json_pack("{s:O, s:O, s:o, s:O, s:I, s:b, s:b, s:b}", "fonts", p->fonts, "readable", p->readable,
		"sizes", sizes, "media", w->media, "at", (json_int_t)w->at_utc_s, "large_text", w->has_large_text,
		"findings", w->wants_findings, "pages", w->size_count > 0);
}

/* The binding that review relies on: which page looks how. */
static void digest_pages(const json_t *pages, char sha256[static DIGEST_HEX])
{
	size_t i;
	const json_t *page;
	struct buf lines = {0};
	json_array_foreach (pages, i, page)
		buf_printf(&lines, "%s %s %s\n", json_string_value(json_object_get(page, "size")),
			json_string_value(json_object_get(page, "name")),
			json_string_value(json_object_get(page, "sha256")));
	digest_bytes(lines.data ? lines.data : "", lines.len, sha256);
	buf_finish(&lines);
}

static json_t *result_of(const struct painting *g, const struct painter_wish *w)
{
	char at[32], size[32], sha256[DIGEST_HEX];
	json_t *sizes = json_array();
	civil_format_rfc3339(w->at_utc_s, at);
	for (int i = 0; i < w->size_count; i++) {
		(void)snprintf(size, sizeof size, "%dx%d", w->sizes[i].width_px, w->sizes[i].height_px);
		(void)json_array_append_new(sizes, json_string(size));
	}
	digest_pages(g->pages, sha256);
	return json_pack("{s:s, s:o, s:i, s:O, s:O, s:s}", "at", at, "sizes", sizes, "errors", g->errors,
		"findings", g->findings, "pages", g->pages, "pages_sha256", sha256);
}

bool painter_paint(struct painter *p, const struct painter_wish *w, const struct painter_watch *watch,
	json_t **out, struct err *e)
{
	struct painting g = {
		.painter = p, .watch = watch, .pages = json_array(), .findings = json_array()};
	json_t *request = request_of(p, w);
	struct helper_task task = {.program = p->program,
		.command = "paint",
		.request = request,
		.payload = w->document,
		.payload_len = w->len,
		.deadline_ms = PAINT_DEADLINE_MS,
		.take = take,
		.goes_on = goes_on,
		.user = &g};
	bool ok = enter(p, &g) || err_set(e, ERR_BUSY, "已取消");
	if (ok) {
		ok = helper_run(&task, e) || err_prefix(e, "绘制页面");
		leave(p);
	}
	*out = ok ? result_of(&g, w) : NULL;
	json_decref(request);
	json_decref(g.pages);
	json_decref(g.findings);
	return ok;
}

/* ---- a picture ------------------------------------------------------------------------ */

static bool take_picture(void *user, const json_t *record, const struct buf *bytes, struct err *e)
{
	static const char *const types[] = {"image/png", "image/jpeg", FILM_TYPE};
	struct painter_picture *out = user;
	const char *type = json_string_value(json_object_get(record, "type"));
	for (size_t i = 0; type && i < sizeof types / sizeof types[0]; i++) {
		if (strcmp(type, types[i]) == 0)
			out->type = types[i];
	}
	if (!out->type || !bytes->len || out->bytes.len)
		return err_set(e, ERR_FORMAT, "图片子程序所报有误");
	out->width_px = (int)json_integer_value(json_object_get(record, "width"));
	out->height_px = (int)json_integer_value(json_object_get(record, "height"));
	buf_add(&out->bytes, bytes->data, bytes->len);
	return true;
}

int painter_upload_most(const void *bytes, size_t len)
{
	return film_is_likely(bytes, len) ? PAINTER_FILM_BYTES_MAX : PAINTER_UPLOAD_BYTES_MAX;
}

bool painter_take_picture(
	struct painter *p, const void *bytes, size_t len, struct painter_picture *out, struct err *e)
{
	struct painting nobody = {0};
	json_t *request = json_object();
	struct helper_task task = {.program = p->program,
		.command = "picture",
		.request = request,
		.payload = bytes,
		.payload_len = len,
		.deadline_ms = PICTURE_DEADLINE_MS,
		.take = take_picture,
		.user = out};
	*out = (struct painter_picture){0};
	int most = painter_upload_most(bytes, len);
	bool ok = len <= (size_t)most || err_set(e, ERR_FORMAT, "图片超过 %d MB", most >> 20);
	if (ok) {
		(void)enter(p, &nobody);
		ok = helper_run(&task, e);
		leave(p);
	}
	ok = ok && (out->type || err_set(e, ERR_FORMAT, "图片子程序所报有误"));
	json_decref(request);
	return ok;
}
