/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/check_layout.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

const struct review_size check_layout_sizes[CHECK_LAYOUT_SIZES] = {{1920, 1080}, {1080, 1920}};

#define FINDING_TEXT_BYTES 256

bool check_layout_media(void *folder, const char *name, char *out, size_t room)
{
	return folder && file_join(out, room, folder, name) && file_exists(out);
}

/* In one line, whatever lines the text has itself. */
static void print_finding(void *path, const struct review_finding *f)
{
	char text[FINDING_TEXT_BYTES];
	int len = (int)strlen(f->text);
	while (len >= (int)sizeof text || (len > 0 && (f->text[len] & 0xC0) == 0x80))
		len--; /* to the beginning of a character */
	(void)snprintf(text, sizeof text, "%.*s", len, f->text);
	for (char *c = text; (c = strchr(c, '\n')) != NULL;)
		*c = ' ';
	(void)printf("%s: %s/%s/%d (%s) page %d: %s%s%s", (const char *)path,
		f->is_refused ? "" : "warning: ", f->at->list, f->at->index, f->at->id, f->at->page, text,
		*text ? ": " : "", f->problem);
	if (f->width_px)
		(void)printf(" at %dx%d", f->width_px, f->height_px);
	(void)putchar('\n');
}

/* As it is now, and as it is when nobody is reached and the time is not known. */
static struct review_count review(struct review *r, int64_t now_utc_s)
{
	const char *zone = content_zone(r->content);
	struct pages_state states[] = {{.now = moment_at(zone, now_utc_s, true, 0)},
		{.now = moment_at(zone, now_utc_s, false, 0), .is_offline = true, .is_stale = true}};
	r->states = states;
	r->state_count = sizeof states / sizeof states[0];
	return review_content(r);
}

bool check_layout(const char *path, const struct sign_options *o, struct font_set *fonts, struct checked *c,
	struct err *e)
{
	struct check_options unasked = {0}; /* it was checked with everything just now */
	struct content *content = NULL;
	struct size size;
	int64_t now;
	if (!sign_options_now(o, &now, e) || !option_read_size(o->size, &size, e) ||
		!content_open(&content, c->bytes.data, c->bytes.len, &unasked, e))
		return false;
	struct review_size named = {size.width, size.height};
	struct gallery *gallery = o->media ? gallery_create(check_layout_media, o->media) : NULL;
	struct review r = {.content = content,
		.fonts = fonts,
		.gallery = gallery,
		.sizes = size.width ? &named : check_layout_sizes,
		.size_count = size.width ? 1 : CHECK_LAYOUT_SIZES,
		.has_large_text = o->large_text,
		.report = print_finding,
		.user = (void *)(uintptr_t)path};
	c->errors += review(&r, now).refused;
	gallery_destroy(gallery);
	content_close(content);
	return true;
}
