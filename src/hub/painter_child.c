/* SPDX-License-Identifier: Apache-2.0
 *
 * The child's side of painter.h: checks and paints a document, or decodes a picture, and
 * tells of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "board/medium.h"
#include "board/review.h"
#include "content/check.h"
#include "content/field.h"
#include "content/film.h"
#include "hub/helper.h"
#include "hub/painter.h"
#include "office/finding.h"
#include "paint/picture.h"
#include "paint/picture_write.h"

#define CPU_S 240
#define PICTURE_CPU_S 20
#define FINDINGS_MAX 2000
#define DWELL_SHOWN 0.55 /* how far the current dot is filled */
#define SIZE_TEXT 24

struct job {
	const json_t *request, *media;
	json_t *document;
	json_t *are_sound; /* medium's name -> whether its picture is sound */
	struct content *content;
	struct font_set *fonts;
	struct gallery *gallery;
	struct review_size sizes[PAINTER_SIZES_MAX];
	int size_count, findings, pages, page_count;
	struct pages_state now;
	bool has_large_text, is_told; /* is_told: somebody still listens */
	char size[SIZE_TEXT]; /* being painted */
};

/* ---- findings --------------------------------------------------------------------- */

/* Takes finding; NULL: what it says is no text. */
static void tell_finding(struct job *j, json_t *finding)
{
	if (++j->findings > FINDINGS_MAX || !finding)
		json_decref(finding);
	else
		j->is_told = helper_tell(json_pack("{s:o}", "finding", finding), NULL, 0) && j->is_told;
}

static void take_check(void *user, const struct check_finding *f)
{
	struct job *j = user;
	tell_finding(j, finding_make(j->document, f->pointer, f->value, f->rule, f->is_warning));
}

static void take_review(void *user, const struct review_finding *f)
{
	struct job *j = user;
	char pointer[64], page[PAGES_NAME_BYTES], size[SIZE_TEXT];
	(void)snprintf(pointer, sizeof pointer, "/%s/%d", f->at->list, f->at->index);
	(void)snprintf(size, sizeof size, "%dx%d", f->width_px, f->height_px);
	pages_name(f->at, page);
	json_t *finding = finding_make(j->document, pointer, f->text, f->problem, !f->is_refused);
	if (finding) {
		(void)json_object_set_new(finding, "page", json_string(page));
		(void)json_object_set_new(finding, "size", f->width_px ? json_string(size) : json_null());
	}
	tell_finding(j, finding);
}

static bool is_drawable(void *fonts, uint32_t point)
{
	return font_find(fonts, FONT_REGULAR, point) >= 0 && font_find(fonts, FONT_BOLD, point) >= 0;
}

static bool media_path(void *user, const char *name, char *out, size_t room)
{
	const struct job *j = user;
	const char *path = json_string_value(json_object_get(j->media, name));
	return path && (size_t)snprintf(out, room, "%s", path) < room && file_exists(out);
}

/* Each picture is decoded once, however often it is named. */
static bool has_media(void *user, const char *name)
{
	struct job *j = user;
	char path[4096];
	struct err why;
	const json_t *known = json_object_get(j->are_sound, name);
	if (known)
		return json_is_true(known);
	bool is_sound = media_path(j, name, path, sizeof path) && medium_check(name, path, &why);
	(void)json_object_set_new(j->are_sound, name, json_boolean(is_sound));
	return is_sound;
}

static void check(struct job *j)
{
	struct check_options options = {.is_drawable = is_drawable,
		.drawable_user = j->fonts,
		.has_media = has_media,
		.media_user = j,
		.report = take_check,
		.report_user = j};
	if (check_document(j->document, &options) > 0 || !j->content)
		return; /* how it looks is asked of what says what it should */
	struct pages_state states[] = {j->now, {.now = j->now.now, .is_offline = true, .is_stale = true}};
	states[1].now = moment_at(content_zone(j->content), j->now.now.utc_s, false, 0);
	struct review r = {.content = j->content,
		.fonts = j->fonts,
		.gallery = j->gallery,
		.sizes = j->sizes,
		.size_count = j->size_count,
		.has_large_text = j->has_large_text,
		.states = states,
		.state_count = 2,
		.report = take_review,
		.user = j};
	(void)review_content(&r);
}

/* ---- pages ------------------------------------------------------------------------ */

static bool tell_page(struct job *j, const struct board_view *v, const struct pages_place *at)
{
	char name[PAGES_NAME_BYTES];
	struct buf png = {0};
	SDL_Surface *s = canvas_surface(v->canvas);
	cairo_surface_t *painted =
		cairo_image_surface_create_for_data(s->pixels, CAIRO_FORMAT_RGB24, s->w, s->h, s->pitch);
	bool ok = picture_write_png(painted, &png);
	cairo_surface_destroy(painted);
	pages_name(at, name);
	json_t *page = json_pack("{s:s, s:s, s:s, s:i, s:s}", "name", name, "board", at->id, "kind",
		at->alert ? "alert" : v->board->kind, "page", at->page, "size", j->size);
	j->pages++;
	json_t *record = json_pack("{s:o, s:f}", "page", page, "progress",
		j->page_count > 0 ? (double)j->pages / j->page_count : 1.0);
	j->is_told = ok && helper_tell(record, png.data, png.len) && j->is_told;
	buf_finish(&png);
	return j->is_told;
}

static bool paint_page(void *user, struct board_view *v, const struct pages_place *at)
{
	v->frame.fill = DWELL_SHOWN;
	pages_paint(v, at);
	return tell_page(user, v, at);
}

static bool count_page(void *user, struct board_view *v, const struct pages_place *at)
{
	struct job *j = user;
	(void)v, (void)at;
	j->page_count++;
	return true;
}

static void walk(struct job *j, struct canvas *c, pages_visit *visit)
{
	canvas_enlarge_text(c, j->has_large_text);
	(void)pages_walk(&(struct pages){.content = j->content,
		.canvas = c,
		.gallery = j->gallery,
		.state = &j->now,
		.most = REVIEW_PAGES_MAX,
		.visit = visit,
		.user = j});
	canvas_destroy(c);
}

static void paint_all(struct job *j)
{
	for (int i = 0; i < j->size_count; i++)
		walk(j, canvas_create_blind(j->sizes[i].width_px, j->sizes[i].height_px, j->fonts), count_page);
	for (int i = 0; i < j->size_count; i++) {
		(void)snprintf(j->size, sizeof j->size, "%dx%d", j->sizes[i].width_px, j->sizes[i].height_px);
		walk(j, canvas_create(j->sizes[i].width_px, j->sizes[i].height_px, j->fonts), paint_page);
	}
}

/* ---- what is asked for -------------------------------------------------------------- */

static bool open_fonts(struct job *j, struct err *e)
{
	const json_t *fonts = json_object_get(j->request, "fonts"), *more = json_object_get(fonts, "more");
	const char *fallback[FONT_FALLBACK_MAX];
	struct font_paths paths = {.regular = json_string_value(json_object_get(fonts, "regular")),
		.bold = json_string_value(json_object_get(fonts, "bold")),
		.fallback = fallback};
	for (size_t i = 0; i < json_array_size(more) && i < FONT_FALLBACK_MAX; i++)
		fallback[paths.fallback_count++] = json_string_value(json_array_get(more, i));
	return font_set_open(&j->fonts, &paths, e);
}

static void read_sizes(struct job *j)
{
	size_t i;
	const json_t *size, *sizes = json_object_get(j->request, "sizes");
	json_array_foreach (sizes, i, size) {
		if (j->size_count == PAINTER_SIZES_MAX)
			return;
		j->sizes[j->size_count++] = (struct review_size){
			.width_px = (int)json_integer_value(json_array_get(size, 0)),
			.height_px = (int)json_integer_value(json_array_get(size, 1)),
		};
	}
}

static bool open_document(struct job *j, struct err *e)
{
	struct buf bytes = {0};
	struct check_options unasked = {0}; /* what is wrong with it, check() tells */
	struct err why = {0};
	bool ok = file_read(HELPER_PAYLOAD, FIELD_DOCUMENT_BYTES_MAX, &bytes, e);
	j->document = ok ? check_parse(bytes.data, bytes.len, e) : NULL;
	if (j->document)
		(void)content_open(&j->content, bytes.data, bytes.len, &unasked, &why);
	buf_finish(&bytes);
	return j->document != NULL;
}

static bool do_paint(struct job *j, struct err *e)
{
	j->media = json_object_get(j->request, "media");
	j->has_large_text = json_is_true(json_object_get(j->request, "large_text"));
	j->are_sound = json_object();
	j->is_told = true;
	read_sizes(j);
	if (!open_fonts(j, e) || !open_document(j, e))
		return false;
	j->gallery = gallery_create(media_path, j);
	if (j->content)
		j->now.now = moment_at(content_zone(j->content),
			json_integer_value(json_object_get(j->request, "at")), true, 0);
	if (!j->content || json_is_true(json_object_get(j->request, "findings")))
		check(j);
	if (j->content && json_is_true(json_object_get(j->request, "pages")))
		paint_all(j);
	return j->is_told || err_set(e, ERR_IO, "nobody listens");
}

static void prepare(void)
{
	digest_prepare();
	content_prepare();
	canvas_prepare();
}

int painter_child_paint(void)
{
	struct err e = {0};
	struct job j = {0};
	json_t *request;
	prepare();
	bool ok = helper_begin(&request, CPU_S, &e);
	j.request = request;
	ok = ok && do_paint(&j, &e);
	gallery_destroy(j.gallery);
	content_close(j.content);
	font_set_close(j.fonts);
	json_decref(j.document);
	json_decref(j.are_sound);
	json_decref(request);
	return helper_end(ok, &e);
}

/* ---- a stranger's picture ------------------------------------------------------------ */

/* What a camera made stays what cameras make; what has alpha, or was drawn, keeps each pixel. */
static bool tell_picture(cairo_surface_t *picture, const struct picture_info *info, struct err *e)
{
	struct buf bytes = {0};
	bool is_photograph = strcmp(info->type, "image/png") != 0 && !picture_has_alpha(picture);
	bool ok = is_photograph ? picture_write_jpeg(picture, &bytes) : picture_write_png(picture, &bytes);
	json_t *record = json_pack("{s:s, s:i, s:i}", "type", is_photograph ? "image/jpeg" : "image/png",
		"width", cairo_image_surface_get_width(picture), "height", cairo_image_surface_get_height(picture));
	ok = helper_tell(record, bytes.data, bytes.len) && ok;
	buf_finish(&bytes);
	return ok || err_set(e, ERR_IO, "cannot be written");
}

/* A film is kept as it was sent: only fangzi-video decodes one. */
static bool do_film(struct err *e)
{
	struct film_info info;
	struct buf bytes = {0};
	struct err why = {0};
	bool ok = file_read(HELPER_PAYLOAD, PAINTER_FILM_BYTES_MAX, &bytes, e);
	if (ok && !film_is_likely(bytes.data, bytes.len))
		ok = err_set(e, ERR_FORMAT, "不是 PNG、JPEG、WebP 图片或 MP4 影片");
	else if (ok && !film_probe(bytes.data, bytes.len, &info, &why))
		ok = err_set(
			e, ERR_FORMAT, "影片须为 H.264 编码的完整 MP4，至多 1920 × 1080 像素，画面不需旋转");
	if (ok)
		ok = helper_tell(json_pack("{s:s, s:i, s:i}", "type", FILM_TYPE, "width", info.width,
					 "height", info.height),
			     bytes.data, bytes.len) ||
		     err_set(e, ERR_IO, "cannot be written");
	buf_finish(&bytes);
	return ok;
}

static bool do_picture(struct err *e)
{
	struct picture_info info;
	struct err why = {0};
	cairo_surface_t *picture;
	if (!picture_probe(HELPER_PAYLOAD, &info, &why) && !info.type)
		return do_film(e);
	if (info.width > PAINTER_UPLOAD_SIDE_MAX || info.height > PAINTER_UPLOAD_SIDE_MAX)
		return err_set(e, ERR_FORMAT, "图片为 %d × %d 像素，每边至多 %d 像素", info.width, info.height,
			PAINTER_UPLOAD_SIDE_MAX);
	if (!picture_load(HELPER_PAYLOAD, &picture, &why))
		return err_set(e, ERR_FORMAT, "图片已损坏或不完整，无法解码");
	bool ok = tell_picture(picture, &info, e);
	cairo_surface_destroy(picture);
	return ok;
}

int painter_child_picture(void)
{
	struct err e = {0};
	json_t *request;
	prepare();
	bool ok = helper_begin(&request, PICTURE_CPU_S, &e) && do_picture(&e);
	json_decref(request);
	return helper_end(ok, &e);
}
