/* SPDX-License-Identifier: Apache-2.0
 *
 * count CONTENT MEDIA FULL: what bench/instructions.py counts under callgrind, a dump for
 * each: opening the fonts, painting each page of a document a second time (its glyphs are
 * rasterised by then, which is counted apart), and checking and building a larger document.
 * Nothing else in here is counted. The time is the demo's. */
#include <stdio.h>
#include <valgrind/callgrind.h>

#include "base/civil.h"
#include "base/file.h"
#include "board/gallery.h"
#include "board/pages.h"
#include "kiosk/source.h"
#include "paint/canvas.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define AT "2023-06-28T10:24:00+08:00"
#define WIDTH 1280 /* all that scales is there; half of 1920 x 1080 to count */
#define HEIGHT 720

static void begin(void)
{
	CALLGRIND_START_INSTRUMENTATION;
}

static void end(const char *what)
{
	CALLGRIND_DUMP_STATS_AT(what);
	CALLGRIND_STOP_INSTRUMENTATION;
}

static bool count_page(void *user, struct board_view *v, const struct pages_place *at)
{
	char name[PAGES_NAME_BYTES], what[PAGES_NAME_BYTES + 8];
	(void)user;
	pages_name(at, name);
	pages_paint(v, at); /* cold: what is asked for the first time is kept */
	(void)snprintf(what, sizeof what, "paint %s", name);
	begin();
	pages_paint(v, at);
	end(what);
	return true;
}

static bool count_pages(const char *content, const char *media, struct font_set *fonts, struct err *e)
{
	struct source *s = NULL;
	int64_t now;
	if (!civil_parse_rfc3339(AT, &now) || !source_open_file(&s, content, media, fonts, e))
		return false;
	struct pages_state state = {.now = moment_at(content_zone(s->content), now, true, 0)};
	struct canvas *c = canvas_create(WIDTH, HEIGHT, fonts);
	struct gallery *gallery = gallery_create(source_media_path, s);
	(void)pages_walk(&(struct pages){.content = s->content,
		.canvas = c,
		.gallery = gallery,
		.state = &state,
		.most = 1,
		.visit = count_page});
	gallery_destroy(gallery);
	canvas_destroy(c);
	source_close(s);
	return true;
}

static bool count_taking(const char *path, struct err *e)
{
	struct buf bytes = {0};
	struct content *c = NULL;
	struct check_options unasked = {0};
	if (!file_read(path, MANIFEST_CONTENT_BYTES_MAX, &bytes, e))
		return false;
	begin();
	bool ok = content_open(&c, bytes.data, bytes.len, &unasked, e);
	end("content checked and built");
	content_close(c);
	buf_finish(&bytes);
	return ok;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct font_set *fonts = NULL;
	struct font_paths paths = {.regular = FONTS "Regular.ttc", .bold = FONTS "Bold.ttc"};
	if (argc != 4)
		return 2;
	content_prepare();
	canvas_prepare();
	begin();
	bool ok = font_set_open(&fonts, &paths, &e);
	end("fonts opened");
	ok = ok && count_pages(argv[1], argv[2], fonts, &e) && count_taking(argv[3], &e);
	font_set_close(fonts);
	if (!ok)
		(void)fprintf(stderr, "count: %s\n", e.text);
	return ok ? 0 : 1;
}
