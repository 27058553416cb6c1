/* SPDX-License-Identifier: Apache-2.0
 *
 * Every page of several documents, at several sizes and in several states, reviewed
 * (board/review.h): nothing on it is unreadable. The documents: the demo, generated
 * ones of every length (see tests/gen_content.c), and one written to be nasty. And
 * the review itself, on pages that break one rule each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/civil.h"
#include "board/review.h"
#include "paint/text.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define FINDINGS_SHOWN 12

/* ---- documents -------------------------------------------------------------- */

struct document {
	const char *name, *file; /* NULL: */
	const char *generate; /* arguments for gen_content; NULL: what means harm, of all kinds */
	const char *media; /* folder of its pictures; NULL: it is shown without */
};

static const struct document documents[] = {
	{"the demo", "assets/demo/content.json", NULL},
	{"nothing but an empty list", "tests/content/waiting/content.json", NULL},
	{"nasty data", "tests/content/stress/content.json", NULL},
	{"what means harm", NULL, NULL, "tests/content/hostile"},
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
	struct review_size size;
} sizes[] = {{"1920x1080", {1920, 1080}}, {"1080x1920", {1080, 1920}}, {"1280x720", {1280, 720}},
	{"1366x768", {1366, 768}}, {"3840x2160", {3840, 2160}}, {"2160x3840", {2160, 3840}},
	{"1024x600", {1024, 600}}, {"800x480", {800, 480}}, {"1536x512", {1536, 512}}};
#define SIZES_OF_ALL 2

static const struct {
	const char *name, *at;
	bool is_trusted, is_offline, is_stale;
	int boards; /* among which each is shown */
} moments[] = {
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
	if (d->generate)
		(void)snprintf(command, sizeof command, "%s/tests/gen_content %s", o, d->generate);
	else
		(void)snprintf(command, sizeof command, "tests/gen_hostile.py");
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

/* ---- reviewing -------------------------------------------------------------- */

#define DOCUMENTS (sizeof documents / sizeof documents[0])
#define SIZES (sizeof sizes / sizeof sizes[0])
#define MOMENTS (sizeof moments / sizeof moments[0])

struct trial {
	const struct document *document;
	size_t size;
	bool is_large;
	char sentence[96];
};

static void print_finding(void *user, const struct review_finding *f)
{
	int *shown = user;
	if (f->is_refused && (*shown)++ < FINDINGS_SHOWN)
		print_error("%s, page %d: '%s' %s\n", f->at->id, f->at->page, f->text, f->problem);
}

static bool find_picture(void *folder, const char *name, char *out, size_t room)
{
	return snprintf(out, room, "%s/%s", (const char *)folder, name) < (int)room;
}

static void every_page_reads(void **state)
{
	const struct trial *t = *state;
	struct pages_state states[MOMENTS];
	int shown = 0;
	struct content *c = open_document(t->document);
	for (size_t i = 0; i < MOMENTS; i++) {
		int64_t utc_s;
		assert_true(civil_parse_rfc3339(moments[i].at, &utc_s));
		states[i] = (struct pages_state){
			.now = moment_at(content_zone(c), utc_s, moments[i].is_trusted, 0),
			.is_offline = moments[i].is_offline,
			.is_stale = moments[i].is_stale,
			.dot_count = moments[i].boards,
		};
	}
	const char *media = t->document->media;
	struct gallery *gallery = media ? gallery_create(find_picture, (void *)(uintptr_t)media) : NULL;
	struct review r = {.content = c,
		.fonts = fonts,
		.gallery = gallery,
		.sizes = &sizes[t->size].size,
		.size_count = 1,
		.has_large_text = t->is_large,
		.states = states,
		.state_count = MOMENTS,
		.report = print_finding,
		.user = &shown};
	struct review_count found = review_content(&r);
	gallery_destroy(gallery);
	content_close(c);
	if (found.refused)
		fail_msg("%d findings", found.refused);
}

/* ---- the review itself can fail ---------------------------------------------- */

#define FINE (-1)

static const struct {
	const char *sentence, *text;
	double x, baseline, size, max_width;
	enum token color;
	int kept;
	int width, height; /* 0: 1920 x 1080 */
	int rule;
} wrongs[] = {
	{"a text in its place is fine", "某项目", 112, 500, 40, 520, TOKEN_FG, .rule = FINE},
	{"a hung mark may leave the margin", "“某项目”", 112, 500, 44, 0, TOKEN_FG, .rule = FINE},
	{"a text over another is found", "某项目", 400, 300, 40, 0, TOKEN_FG, .rule = REVIEW_OVERLAP},
	{"so is one close above another", "某项目", 400, 272, 40, 0, TOKEN_FG, .rule = REVIEW_OVERLAP},
	{"one left of the margin", "某项目", 100, 500, 40, 0, TOKEN_FG, .rule = REVIEW_OFF_MARGIN},
	{"one right of the margin", "某项目", 1700, 500, 40, 0, TOKEN_FG, .rule = REVIEW_OFF_MARGIN},
	{"one right of the canvas", "某项目", 1850, 500, 40, 0, TOKEN_FG, .rule = REVIEW_OFF_CANVAS},
	{"one below the canvas", "某项目", 112, 1079, 40, 0, TOKEN_FG, .rule = REVIEW_OFF_CANVAS},
	{"one under 28", "某项目", 112, 500, 27, 0, TOKEN_FG, .rule = REVIEW_SMALL},
	{"a caption of 13 pixels is fine", "某项目", 112, 500, 28, 0, TOKEN_FG, false, 800, 480, FINE},
	{"one of 11 pixels is found", "某项目", 112, 500, 28, 0, TOKEN_FG, false, 640, 360, REVIEW_SMALL},
	{"a name of 17 pixels is fine", "某项目", 112, 500, 36, 0, TOKEN_FG, false, 800, 480, FINE},
	{"one of 13 is found", "某项目", 112, 500, 36, 0, TOKEN_FG, false, 640, 360, REVIEW_SMALL},
	{"one wider than its room", "某项目", 112, 500, 40, 110, TOKEN_FG, .rule = REVIEW_OFF_ROOM},
	{"a closing mark at a line's start", "，某项目", 112, 500, 40, 0, TOKEN_FG,
		.rule = REVIEW_LINE_START},
	{"an opening mark at its end", "某项目（", 112, 500, 40, 0, TOKEN_FG, .rule = REVIEW_LINE_END},
	{"body text in a weaker colour than its own", "某项目", 1000, 300, 30, 0, TOKEN_FG,
		.rule = REVIEW_FAINT},
	{"a bold word in a bar may be fainter", "某项目", 1000, 300, 40, 0, TOKEN_FG, .rule = FINE},
	{"a colour that is for graphics", "某项目", 112, 500, 40, 0, TOKEN_MID, .rule = REVIEW_FAINT},
	{"a label that reaches out of its bar", "某项目一二三", 1250, 300, 40, 0, TOKEN_ONACC,
		.rule = REVIEW_FAINT},
	{"a label within its bar is fine", "某项目", 1250, 300, 40, 0, TOKEN_ONACC, .rule = FINE},
	{"one higher than its bar is found", "某项目", 1250, 300, 56, 0, TOKEN_ONACC,
		.rule = REVIEW_OFF_ROOM},
	{"a text within a box is fine", "某项目", 1020, 450, 40, 0, TOKEN_FG, .rule = FINE},
	{"one over its edge is found", "某项目", 900, 450, 40, 0, TOKEN_FG, .rule = REVIEW_OVERLAP},
	{"a text on a picture is found", "某项目", 1550, 300, 40, 0, TOKEN_FG, .rule = REVIEW_ON_PICTURE},
	{"a cut text is told", "某项…", 112, 500, 40, 0, TOKEN_FG, 4, .rule = REVIEW_CUT},
	{"one cut to nothing is found", "某…", 112, 500, 40, 0, TOKEN_FG, 2, .rule = REVIEW_EMPTY},
};

struct told {
	int count, rule;
	bool is_refused;
};

static void hear(void *user, const struct review_finding *f)
{
	struct told *told = user;
	told->count++;
	told->rule = (int)f->rule;
	told->is_refused = f->is_refused;
}

/* A page with a text, a bar in the colour of other districts', one in the accent's
 * a picture and an empty box. */
static struct canvas *make_page(int width, int height)
{
	struct canvas *c = canvas_create_blind(width ? width : 1920, height ? height : 1080, fonts);
	canvas_clear(c, theme_hall());
	return c;
}

static void furnish(struct canvas *c)
{
	text_line(c, 400, 300, TEXT_LEFT, "某园区", 40, FONT_BOLD, TOKEN_FG, 0);
	canvas_rect(c, 990, 260, 200, 50, TOKEN_MID);
	canvas_rect(c, 1240, 260, 200, 50, TOKEN_ACC);
	canvas_outline(c, 990, 400, 300, 100, 0, 4, TOKEN_MID);
	canvas_picture(c, NULL, 1540, 260, 200, 50);
}

static void the_review_finds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++) {
		struct told told = {.rule = FINE};
		struct canvas *c = make_page(wrongs[i].width, wrongs[i].height);
		struct review_page *p = review_page_begin(c, hear, &told);
		furnish(c);
		struct text_run run = {wrongs[i].text, wrongs[i].size, FONT_BOLD, wrongs[i].color, 0,
			wrongs[i].max_width, wrongs[i].kept};
		text_draw(c, wrongs[i].x, wrongs[i].baseline, TEXT_LEFT, &run, 1, TEXT_HUNG);
		review_page_end(p);
		if (told.rule != wrongs[i].rule || told.count != (wrongs[i].rule != FINE))
			print_error("%s: %d findings, rule %d\n", wrongs[i].sentence, told.count, told.rule);
		assert_int_equal(told.rule, wrongs[i].rule);
		assert_int_equal(told.count, wrongs[i].rule != FINE);
		assert_int_equal(told.is_refused, wrongs[i].rule != FINE && wrongs[i].rule != REVIEW_CUT);
		canvas_destroy(c);
	}
}

/* Four numbers over each other, the last of them at x. */
static const struct {
	const char *sentence, *last;
	double x;
	bool is_found;
} columns[] = {
	{"a column is fine", "7.5", 800, false},
	{"one that ends elsewhere is found", "7.5", 772, true},
	{"one far off is in no column", "7.5", 600, false},
	{"one with other decimals is found", "7.25", 800, true},
	{"one without is found", "7", 800, true},
	{"what is missing has none", "—", 800, false},
	{"nor has nothing", "0", 800, false},
	{"a minus is no other column", "−12.5", 800, false},
};

static void a_column_is_aligned(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		struct told told = {.rule = FINE};
		struct canvas *c = make_page(0, 0);
		struct review_page *p = review_page_begin(c, hear, &told);
		for (int row = 0; row < 3; row++)
			text_line(c, 800, 300 + row * 95, TEXT_RIGHT, "12.5", 44, FONT_BOLD, TOKEN_FG, 0);
		text_line(c, columns[i].x, 585, TEXT_RIGHT, columns[i].last, 44, FONT_BOLD, TOKEN_FG, 0);
		review_page_end(p);
		if ((told.rule == REVIEW_COLUMN) != columns[i].is_found)
			print_error("%s: %d findings, rule %d\n", columns[i].sentence, told.count, told.rule);
		assert_int_equal(told.rule, columns[i].is_found ? (int)REVIEW_COLUMN : FINE);
		canvas_destroy(c);
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

#define ALONE 2 /* tests that need no document */

static struct trial trials[DOCUMENTS * (SIZES + SIZES_OF_ALL)];
static struct CMUnitTest tests[ALONE + sizeof trials / sizeof trials[0]] = {
	cmocka_unit_test(the_review_finds), cmocka_unit_test(a_column_is_aligned)};
static size_t trial_count;

static void add_trial(const struct document *d, size_t size, bool is_large)
{
	struct trial *t = &trials[trial_count];
	t->document = d;
	t->size = size;
	t->is_large = is_large;
	(void)snprintf(t->sentence, sizeof t->sentence, "%s at %s%s: every page reads", d->name,
		sizes[size].name, is_large ? ", in large text" : "");
	tests[ALONE + trial_count++] = (struct CMUnitTest){t->sentence, every_page_reads, NULL, NULL, t};
}

/* Under a sanitizer all of it would take minutes, through the same code. */
#ifdef __SANITIZE_ADDRESS__
#define DOCUMENTS_TRIED 5
#define SIZES_TRIED SIZES_OF_ALL
#else
#define DOCUMENTS_TRIED DOCUMENTS
#define SIZES_TRIED SIZES
#endif

int main(void)
{
	for (size_t d = 0; d < DOCUMENTS_TRIED; d++) {
		for (size_t i = 0; i < (documents[d].generate ? SIZES_OF_ALL : SIZES_TRIED); i++)
			add_trial(&documents[d], i, false);
		for (size_t i = 0; i < SIZES_OF_ALL; i++)
			add_trial(&documents[d], i, true);
	}
	return _cmocka_run_group_tests("layout", tests, ALONE + trial_count, open_fonts, close_fonts);
}
