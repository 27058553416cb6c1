/* SPDX-License-Identifier: Apache-2.0
 *
 * preview: what a document will look like, before anybody signs it. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "board/contact.h"
#include "content/field.h"
#include "sign/check_layout.h"
#include "sign/sign.h"

#define DWELL_SHOWN 0.55 /* how far the current dot is filled */

struct preview {
	const char *folder;
	struct contact *contact;
	struct err *e;
};

static bool write_page(void *user, struct board_view *v, const struct pages_place *at)
{
	struct preview *p = user;
	char name[PAGES_NAME_BYTES];
	v->frame.fill = DWELL_SHOWN;
	pages_name(at, name);
	return pages_write(v, at, p->folder, p->e) &&
	       contact_add(p->contact, v->canvas, name, p->e);
}

static bool write_pages(
	const struct sign_options *o, struct content *content, struct font_set *fonts, struct err *e)
{
	struct size size;
	int64_t now;
	if (!sign_options_now(o, &now, e) || !option_read_size(o->size, &size, e) ||
		!file_make_folder(o->out, 0755, e))
		return false;
	struct pages_state state = {.now = moment_at(content_zone(content), now, true, 0)};
	struct preview p = {.folder = o->out, .contact = contact_create(o->out, fonts), .e = e};
	struct canvas *c =
		canvas_create(size.width ? size.width : 1920, size.height ? size.height : 1080, fonts);
	canvas_enlarge_text(c, o->large_text);
	struct gallery *gallery = o->media ? gallery_create(check_layout_media, o->media) : NULL;
	bool ok = pages_walk(&(struct pages){.content = content,
		.canvas = c,
		.gallery = gallery,
		.state = &state,
		.most = REVIEW_PAGES_MAX,
		.visit = write_page,
		.user = &p});
	ok = contact_finish(p.contact, ok ? e : &(struct err){0}) && ok;
	gallery_destroy(gallery);
	canvas_destroy(c);
	return ok;
}

bool sign_preview(const struct sign_options *o, struct err *e)
{
	struct buf bytes = {0};
	struct check_options unasked = {0}; /* what is wrong with it, check tells */
	struct content *content = NULL;
	struct font_set *fonts = NULL;
	struct font_paths paths = sign_options_fonts(o);
	bool ok = sign_options_need(o->content, "content", e) && sign_options_need(o->out, "out", e) &&
		  file_read(o->content, FIELD_DOCUMENT_BYTES_MAX, &bytes, e) &&
		  content_open(&content, bytes.data, bytes.len, &unasked, e) &&
		  font_set_open(&fonts, &paths, e) && write_pages(o, content, fonts, e);
	content_close(content);
	font_set_close(fonts);
	buf_finish(&bytes);
	return ok;
}
