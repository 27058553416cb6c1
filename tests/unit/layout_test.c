/* SPDX-License-Identifier: Apache-2.0
 *
 * Every page of several documents, at several sizes and in several states, painted
 * without pixels while the test listens: no text touches another or leaves the
 * margins, none is too small or wider than its room, no line begins with a closing
 * mark. The documents: the demo, generated ones of every length (see
 * tests/gen_content.c), and one written to be nasty. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/utf8.h"
#include "board/alert.h"
#include "board/board.h"
#include "board/motion.h"
#include "paint/text.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define TEXT_MIN_DU 28
#define TOUCH_DU 2.0 /* boxes may meet by this much: ink stays apart */
#define STRIP_DU 80 /* the ticker's, which runs to the canvas' edges */
#define TEXTS_MAX 2000
#define PAGES_TRIED 24 /* of one board, spread over all it has */
#define FINDINGS_SHOWN 12

struct ink {
	double left, top, right, bottom;
	char text[64];
};

struct judge {
	struct canvas *canvas;
	const char *where; /* for the message */
	bool has_ticker;
	struct ink texts[TEXTS_MAX];
	int count, findings;
};

static void find(struct judge *j, const char *what, const struct ink *a, const struct ink *b)
{
	if (j->findings++ >= FINDINGS_SHOWN)
		return;
	print_error("%s: %s: '%s' %.0f..%.0f, %.0f..%.0f", j->where, what, a->text, a->left, a->right, a->top,
		a->bottom);
	if (b)
		print_error(
			" and '%s' %.0f..%.0f, %.0f..%.0f", b->text, b->left, b->right, b->top, b->bottom);
	print_error("\n");
}

static bool is_ascii(const char *text)
{
	while (*text && (unsigned char)*text < 0x80)
		text++;
	return !*text;
}

static uint32_t first_point(const char *text)
{
	return utf8_next(&text);
}

/* Where a text's ink can be at most: it begins behind its bearing; Han reach from
 * +0.81 to -0.09 em, figures are 0.75 high. A hung mark lies before the pen and is not
 * counted. */
static struct ink ink_of(const struct judge *j, const struct draw_op *op)
{
	bool has_han = !is_ascii(op->text);
	double bearing = font_bearing(canvas_fonts(j->canvas), op->weight, first_point(op->text)) * op->h;
	struct ink k = {op->x + bearing, op->y - (has_han ? 0.84 : 0.75) * op->h, op->x + op->w,
		op->y + (has_han ? 0.09 : 0.02) * op->h, ""};
	size_t len = strlen(op->text);
	while (len >= sizeof k.text || (op->text[len] & 0xC0) == 0x80)
		len--;
	memcpy(k.text, op->text, len);
	return k;
}

static double margin(const struct judge *j)
{
	return canvas_is_portrait(j->canvas) ? 64 : 112;
}

static void judge_place(struct judge *j, const struct ink *k)
{
	double left = margin(j), right = canvas_width(j->canvas) - left;
	if (k->left < left - TOUCH_DU || k->right > right + TOUCH_DU)
		find(j, "leaves the margins", k, NULL);
	if (k->top < 0 || k->bottom > canvas_height(j->canvas))
		find(j, "leaves the canvas", k, NULL);
}

static bool touches(const struct ink *a, const struct ink *b)
{
	return fmin(a->right, b->right) - fmax(a->left, b->left) > TOUCH_DU &&
	       fmin(a->bottom, b->bottom) - fmax(a->top, b->top) > TOUCH_DU;
}

static void listen(void *user, const struct draw_op *op)
{
	struct judge *j = user;
	if (op->kind != DRAW_TEXT || !*op->text)
		return;
	struct ink k = ink_of(j, op);
	bool is_in_strip = j->has_ticker && k.top > canvas_height(j->canvas) - STRIP_DU;
	if (op->h < TEXT_MIN_DU)
		find(j, "is too small", &k, NULL);
	/* Whole pixels: a font may come out larger than asked by half a pixel. */
	double slack = TOUCH_DU + op->w * 0.5 / (op->h * canvas_scale(j->canvas));
	if (op->max_width > 0 && op->w > op->max_width + slack)
		find(j, "is wider than its room", &k, NULL);
	if (text_is_closing(first_point(op->text)))
		find(j, "begins with a closing mark", &k, NULL);
	if (is_in_strip)
		return; /* clipped there, and longer ones crawl */
	judge_place(j, &k);
	for (int i = 0; i < j->count; i++) {
		if (touches(&k, &j->texts[i]))
			find(j, "touches", &k, &j->texts[i]);
	}
	if (j->count < TEXTS_MAX)
		j->texts[j->count++] = k;
}

/* ---- documents -------------------------------------------------------------- */

struct document {
	const char *name, *file, *generate; /* a file, or arguments for gen_content */
};

static const struct document documents[] = {
	{"the demo", "assets/demo/content.json", NULL},
	{"nothing but an empty list", "tests/content/waiting/content.json", NULL},
	{"nasty data", "tests/content/stress/content.json", NULL},
	{"223 projects", NULL, "1"},
	{"other 223 projects", NULL, "77"},
	{"no project", NULL, "2 0"},
	{"one project", NULL, "3 1"},
	{"8 projects", NULL, "4 8"},
	{"1000 projects", NULL, "5 1000"},
};

/* The first two are tried with every document. */
static const struct {
	const char *name;
	int width, height;
} sizes[] = {{"1920x1080", 1920, 1080}, {"1080x1920", 1080, 1920}, {"1280x720", 1280, 720},
	{"1366x768", 1366, 768}, {"3840x2160", 3840, 2160}, {"720x1280", 720, 1280},
	{"2160x3840", 2160, 3840}};
#define SIZES_OF_ALL 2

static const struct {
	const char *name, *at;
	bool is_trusted, is_offline, is_stale;
	int boards; /* among which this one is shown */
} states[] = {
	{"in the morning", "2023-06-28T10:24:00+08:00", true, false, false, 14},
	{"during the programme", "2023-07-15T19:42:00+08:00", true, true, false, 5},
	{"stale, the time unknown", "2023-06-28T22:59:00+08:00", false, true, true, 37},
};

static struct font_set *fonts;

static void read_all(FILE *f, struct buf *out)
{
	char piece[65536];
	size_t len;
	while ((len = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(out, piece, len);
}

static struct content *open_document(const struct document *d)
{
	char command[256];
	const char *o = getenv("O") ? getenv("O") : "build";
	(void)snprintf(command, sizeof command, "%s/tests/gen_content %s", o, d->generate ? d->generate : "");
	FILE *f = d->file ? fopen(d->file, "r") : popen(command, "r"); /* NOLINT: our own words */
	struct buf bytes = {0};
	struct content *c = NULL;
	struct check_options options = {0};
	struct err e = {0};
	assert_non_null(f);
	read_all(f, &bytes);
	(void)(d->file ? fclose(f) : pclose(f));
	if (!content_open(&c, bytes.data, bytes.len, &options, &e))
		fail_msg("%s: %s", d->name, e.text);
	buf_finish(&bytes);
	return c;
}

/* ---- painting --------------------------------------------------------------- */

static bool no_picture(void *user, const char *name, char *path, size_t room)
{
	(void)user;
	(void)name;
	(void)path;
	(void)room;
	return false;
}

/* One board of a document, and what its views need. */
struct stand {
	struct content *content;
	struct gallery *gallery;
	const struct playlist_board *board;
	struct arena arena;
};

static struct board_view view_of(struct stand *s, struct canvas *c, int state)
{
	int64_t utc_s;
	assert_true(civil_parse_rfc3339(states[state].at, &utc_s));
	arena_finish(&s->arena);
	return (struct board_view){
		.canvas = c,
		.content = s->content,
		.board = s->board,
		.gallery = s->gallery,
		.frame = {.dot = 2,
			.dot_count = states[state].boards,
			.is_offline = states[state].is_offline,
			.is_stale = states[state].is_stale},
		.now = moment_at(content_zone(s->content), utc_s, states[state].is_trusted, 0),
		.elapsed_ms = MOTION_STILL,
		.arena = &s->arena,
	};
}

static int count_pages(struct judge *j, struct stand *s, int state)
{
	struct board_view v = view_of(s, j->canvas, state);
	int pages = board_find(s->board->kind) ? board_pages(&v) : 0;
	j->has_ticker = v.ticker_count > 0;
	return pages;
}

static void judge_board(struct judge *j, struct stand *s, int state)
{
	char where[200];
	int pages = count_pages(j, s, state);
	int step = pages > PAGES_TRIED ? pages / PAGES_TRIED : 1;
	for (int page = 0; page < pages; page += step) {
		struct board_view v = view_of(s, j->canvas, state);
		v.page = page;
		(void)snprintf(
			where, sizeof where, "%s, %s, page %d", s->board->id, states[state].name, page + 1);
		j->where = where;
		j->count = 0;
		canvas_listen(j->canvas, listen, j);
		board_paint(&v);
		canvas_listen(j->canvas, NULL, NULL);
	}
}

/* The board with an id, as the playlist of its first screen tag has it. */
static const struct playlist_board *find_board(struct content *c, const char *id, struct arena *a)
{
	struct playlist_board *boards;
	int count = playlist_read(c, playlist_tag_of(c, id, a), a, &boards);
	for (int i = 0; i < count; i++) {
		if (strcmp(boards[i].id, id) == 0)
			return &boards[i];
	}
	fail_msg("%s: not in its own playlist", id);
	return NULL;
}

static void judge_alerts(struct judge *j, struct content *c, struct arena *a)
{
	struct alert *alerts;
	char where[100];
	int count = alert_list(c, a, &alerts);
	int64_t utc_s;
	assert_true(civil_parse_rfc3339(states[0].at, &utc_s));
	struct moment issued = moment_at(content_zone(c), utc_s, true, 0), now = issued;
	now.today++; /* the longest wording: with its day */
	j->has_ticker = false;
	for (int i = 0; i < count; i++) {
		(void)snprintf(where, sizeof where, "alert %s", alerts[i].id);
		j->where = where;
		j->count = 0;
		canvas_listen(j->canvas, listen, j);
		board_paint_alert(j->canvas, &alerts[i], &issued, &now);
		canvas_listen(j->canvas, NULL, NULL);
	}
}

static int judge_document(const struct document *d, int width, int height)
{
	struct judge *j = alloc_zero(1, sizeof *j);
	struct stand s = {.content = open_document(d), .gallery = gallery_create(no_picture, NULL)};
	struct arena a = {0};
	const char **ids;
	int count = playlist_ids(s.content, &a, &ids);
	j->canvas = canvas_create_blind(width, height, fonts);
	for (int i = 0; i < count; i++) {
		s.board = find_board(s.content, ids[i], &a);
		for (int state = 0; state < (int)(sizeof states / sizeof states[0]); state++)
			judge_board(j, &s, state);
	}
	judge_alerts(j, s.content, &a);
	int findings = j->findings;
	canvas_destroy(j->canvas);
	gallery_destroy(s.gallery);
	content_close(s.content);
	arena_finish(&s.arena);
	arena_finish(&a);
	free(j);
	return findings;
}

#define DOCUMENTS (sizeof documents / sizeof documents[0])
#define SIZES (sizeof sizes / sizeof sizes[0])

struct trial {
	const struct document *document;
	size_t size;
	char sentence[96];
};

static void nothing_touches(void **state)
{
	const struct trial *t = *state;
	int findings = judge_document(t->document, sizes[t->size].width, sizes[t->size].height);
	if (findings)
		fail_msg("%d findings", findings);
}

/* ---- the judge itself can fail ---------------------------------------------- */

static const struct {
	const char *sentence, *text;
	double x, baseline, size, max_width;
	int findings;
} wrongs[] = {
	{"a text in its place is fine", "某项目", 112, 500, 40, 520, 0},
	{"a hung mark may leave the margin", "“某项目”", 112, 500, 44, 0, 0},
	{"a text over another is found", "某项目", 400, 300, 40, 0, 1},
	{"a text close above another is found", "某项目", 400, 272, 40, 0, 1},
	{"a text left of the margin is found", "某项目", 100, 500, 40, 0, 1},
	{"a text right of the margin is found", "某项目", 1700, 500, 40, 0, 1},
	{"a text below the canvas is found", "某项目", 112, 1079, 40, 0, 1},
	{"a text under 28 is found", "某项目", 112, 500, 27, 0, 1},
	{"a text wider than its room is found", "某项目", 112, 500, 40, 110, 1},
	{"a closing mark at a line's start is found", "，某项目", 112, 500, 40, 0, 1},
};

static void the_judge_finds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
		struct judge *j = alloc_zero(1, sizeof *j);
		j->canvas = canvas_create_blind(1920, 1080, fonts);
		j->where = "meant to be found";
		canvas_listen(j->canvas, listen, j);
		text_line(j->canvas, 400, 300, TEXT_LEFT, "某园区", 40, FONT_BOLD, TOKEN_FG, 0);
		struct text_run run = {
			wrongs[i].text, wrongs[i].size, FONT_BOLD, TOKEN_FG, 0, wrongs[i].max_width};
		text_draw(j->canvas, wrongs[i].x, wrongs[i].baseline, TEXT_LEFT, &run, 1, TEXT_HUNG);
		if (j->findings != wrongs[i].findings)
			print_error("%s: %d findings\n", wrongs[i].sentence, j->findings);
		assert_int_equal(j->findings, wrongs[i].findings);
		canvas_destroy(j->canvas);
		free(j);
	}
}

static int open_fonts(void **state)
{
	struct font_paths paths = {.regular = FONTS "Regular.ttc", .bold = FONTS "Bold.ttc"};
	struct err e = {0};
	(void)state;
	return font_set_open(&fonts, &paths, &e) ? 0 : -1;
}

static int close_fonts(void **state)
{
	(void)state;
	font_set_close(fonts);
	return 0;
}

int main(void)
{
	static struct trial trials[DOCUMENTS * SIZES];
	static struct CMUnitTest tests[DOCUMENTS * SIZES + 1] = {cmocka_unit_test(the_judge_finds)};
	size_t count = 0;
	for (size_t d = 0; d < DOCUMENTS; d++) {
		for (size_t i = 0; i < (documents[d].file ? SIZES : SIZES_OF_ALL); i++) {
			struct trial *t = &trials[count++];
			t->document = &documents[d];
			t->size = i;
			(void)snprintf(t->sentence, sizeof t->sentence, "%s at %s: every text has its place",
				documents[d].name, sizes[i].name);
			tests[count] = (struct CMUnitTest){t->sentence, nothing_touches, NULL, NULL, t};
		}
	}
	return _cmocka_run_group_tests("layout", tests, count + 1, open_fonts, close_fonts);
}
