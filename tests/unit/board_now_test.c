/* SPDX-License-Identifier: Apache-2.0
 *
 * A page says nothing about now when the time is not known, nor when its content is too
 * old: no countdown, no today, nothing on, next or overdue. Every board of several
 * documents, at moments when it would have much to say. */
#include "base/buf.h"
#include "base/civil.h"
#include "board/board.h"
#include "board/motion.h"
#include "content/content.h"
#include "paint_kit.h"
#include "sentences.h"

static const char *const words_of_now[] = {"今天", "今日", "明日", "昨日", "正在进行", "正在举办", "距开幕",
	"天后", "分钟", "下一场", "已结束", "逾期", "临期"};
#define WORDS (sizeof words_of_now / sizeof words_of_now[0])

static const char *const moments[] = {"2023-06-28T10:24:00+08:00", "2023-06-30T20:00:00+08:00",
	"2023-07-15T19:42:00+08:00", "2023-07-15T23:59:00+08:00"};
#define MOMENTS (int)(sizeof moments / sizeof moments[0])

enum state { KNOWN, UNKNOWN, STALE, UNKNOWN_AND_STALE };

static const struct trial {
	const char *says, *file, *generate;
	enum state state;
} trials[] = {
	{"the demo, the time not known", "assets/demo/content.json", NULL, UNKNOWN},
	{"the demo, too old", "assets/demo/content.json", NULL, STALE},
	{"the demo, both", "assets/demo/content.json", NULL, UNKNOWN_AND_STALE},
	{"nasty data, the time not known", "tests/content/stress/content.json", NULL, UNKNOWN},
	{"nasty data, too old", "tests/content/stress/content.json", NULL, STALE},
	{"223 projects, the time not known", NULL, "1", UNKNOWN},
	{"223 projects, too old", NULL, "1", STALE},
};
static const struct trial control = {
	"the search can find: the demo at a known time", "assets/demo/content.json", NULL, KNOWN};

#define HEADER_END 208
#define OWN_WORDS "某逾期计划项目" /* a project is called that */

static struct font_set *fonts;

static void read_all(FILE *f, struct buf *out)
{
	char piece[65536];
	size_t len;
	while ((len = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(out, piece, len);
}

static struct content *open_document(const struct trial *t)
{
	char command[256];
	const char *o = getenv("O") ? getenv("O") : "build";
	(void)snprintf(command, sizeof command, "%s/tests/gen_content %s", o, t->generate ? t->generate : "");
	FILE *f = t->file ? fopen(t->file, "r") : popen(command, "r"); /* NOLINT: our own words */
	struct buf bytes = {0};
	struct content *c = NULL;
	struct check_options options = {0};
	struct err e = {0};
	assert_non_null(f);
	read_all(f, &bytes);
	(void)(t->file ? fclose(f) : pclose(f));
	if (!content_open(&c, bytes.data, bytes.len, &options, &e))
		fail_msg("%s", e.text);
	buf_finish(&bytes);
	return c;
}

static bool no_picture(void *user, const char *name, char *path, size_t room)
{
	(void)user, (void)name, (void)path, (void)room;
	return false;
}

/* What was heard on a page: how often each word of now, and whether the clock stood. */
struct heard {
	int words[WORDS];
	bool has_clock, lacks_clock;
	const char *board;
	bool is_silent_wanted;
};

static void listen(void *user, const struct draw_op *op)
{
	struct heard *h = user;
	if (op->kind != DRAW_TEXT)
		return;
	for (size_t i = 0; i < WORDS; i++) {
		if (!strstr(op->text, words_of_now[i]) || strcmp(op->text, OWN_WORDS) == 0)
			continue;
		h->words[i]++;
		if (h->is_silent_wanted)
			print_error("%s: %s\n", h->board, op->text);
	}
	if (op->y > HEADER_END)
		return;
	h->lacks_clock = h->lacks_clock || strcmp(op->text, "--:--") == 0;
	h->has_clock = h->has_clock || strcmp(op->text, "10:24") == 0 || strcmp(op->text, "20:00") == 0;
}

/* One board at one moment, all its pages. */
static void hear_board(struct heard *h, struct board_view *view, const char *at, enum state state)
{
	int64_t utc_s;
	struct arena arena = {0};
	assert_true(civil_parse_rfc3339(at, &utc_s));
	view->arena = &arena;
	view->frame.is_stale = state == STALE || state == UNKNOWN_AND_STALE;
	view->now = moment_at(content_zone(view->content), utc_s, state == KNOWN || state == STALE, 0);
	int pages = board_find(view->board->kind) ? board_pages(view) : 0;
	h->board = view->board->id;
	for (view->page = 0; view->page < pages && view->page < 8; view->page++)
		board_paint(view);
	arena_finish(&arena);
}

static struct heard hear(const struct trial *t, int width, int height)
{
	struct heard h = {.is_silent_wanted = t->state != KNOWN};
	struct content *content = open_document(t);
	struct gallery *gallery = gallery_create(no_picture, NULL);
	struct canvas *canvas = canvas_create_blind(width, height, fonts);
	struct arena a = {0};
	const char **ids;
	int count = playlist_ids(content, &a, &ids);
	canvas_listen(canvas, listen, &h);
	for (int i = 0; i < count; i++) {
		struct playlist_board *boards;
		int of_tag = playlist_read(content, playlist_tag_of(content, ids[i], &a), &a, &boards);
		for (int k = 0; k < of_tag * MOMENTS; k++) {
			struct board_view view = {.canvas = canvas,
				.content = content,
				.gallery = gallery,
				.board = &boards[k / MOMENTS],
				.elapsed_ms = MOTION_STILL};
			if (strcmp(boards[k / MOMENTS].id, ids[i]) == 0)
				hear_board(&h, &view, moments[k % MOMENTS], t->state);
		}
	}
	canvas_destroy(canvas);
	gallery_destroy(gallery);
	content_close(content);
	arena_finish(&a);
	return h;
}

static void nothing_of_now(void **state)
{
	const struct trial *t = *state;
	for (int i = 0; i < 2; i++) {
		struct heard h = hear(t, i ? 1080 : 1920, i ? 1920 : 1080);
		for (size_t k = 0; k < WORDS; k++) {
			if (h.words[k])
				fail_msg("%s stands %d times", words_of_now[k], h.words[k]);
		}
		/* An old content does not stop the clock. */
		assert_true(
			t->state == STALE ? h.has_clock && !h.lacks_clock : h.lacks_clock && !h.has_clock);
	}
}

static void much_of_now(void **state)
{
	struct heard h = hear(*state, 1920, 1080);
	int kinds = 0;
	for (size_t i = 0; i < WORDS; i++)
		kinds += h.words[i] > 0;
	assert_true(kinds >= 6);
	assert_true(h.has_clock && !h.lacks_clock);
}

int main(void)
{
	static struct sentences s;
	fonts = kit_fonts(&kit_noto);
	SENTENCES_ROWS(&s, trials, nothing_of_now);
	sentences_add(&s, control.says, much_of_now, &control);
	int failed = sentences_run(&s, "board now");
	font_set_close(fonts);
	return failed;
}
