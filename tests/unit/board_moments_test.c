/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages taken through midnight, the ends of months and years, a make-up workday and a
 * wrong clock put right by three years: at each step, what the page says and what it
 * must not say. Time is a parameter, so none of it waits. */
#include "board/board.h"
#include "base/buf.h"
#include "board/motion.h"
#include "content_kit.h"
#include "paint/font.h"
#include "sentences.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"

static const char document_text[] =
	"{'schema': 1, 'site': {'name': '坊子区', 'timezone': 'Asia/Shanghai'},"
	" 'sources': [{'id': 's', 'name': '测试'}],"
	" 'calendar': {'holidays': ['2024-01-01'], 'workdays': ['2024-02-04']},"
	" 'phases': [{'id': 'p', 'name': '工业', 'phases': [{'id': 'a', 'name': '策划'},"
	"  {'id': 'b', 'name': '建设'}, {'id': 'c', 'name': '投产'}]}],"
	" 'rules': [], 'indicators': [], 'figures': [], 'places': [], 'journeys': [], 'records': [],"
	" 'patterns': [], 'targets': [], 'alerts': [], 'screens': {}, 'notices': ["
	"  {'id': 'n', 'title': '元旦通知', 'text': '元旦放假一天', 'ticker': false, 'level': 'info',"
	"   'from': '2023-12-30T08:00:00+08:00', 'until': '2024-01-02T00:00:00+08:00'},"
	"  {'id': 'o', 'title': '长期通知', 'text': '窗口照常', 'ticker': false, 'level': 'info'}],"
	" 'projects': ["
	"  {'id': 'eve', 'name': '年底项目', 'kind': 'industry', 'phase': 'b', 'as_of': '2023-12', 'source': "
	"'s',"
	"   'milestones': [{'id': 'm', 'name': '竣工', 'state': 'in_progress', 'planned': '2023-12-31'}]},"
	"  {'id': 'month', 'name': '月份项目', 'kind': 'industry', 'phase': 'b', 'as_of': '2023-12', "
	"'source': 's',"
	"   'milestones': [{'id': 'm', 'name': '封顶', 'state': 'in_progress', 'planned': '2024-02'}]},"
	"  {'id': 'makeup', 'name': '补班项目', 'kind': 'industry', 'phase': 'b', 'as_of': '2023-12', "
	"'source': 's',"
	"   'milestones': [{'id': 'm', 'name': '交付', 'state': 'in_progress', 'planned': '2024-02-04'}]}],"
	" 'occasions': ["
	"  {'id': 'fair', 'name': '年会', 'from': '2023-12-30', 'to': '2024-01-02', 'status': 'confirmed',"
	"   'highlights': [], 'programme': [], 'as_of': '2023-12', 'source': 's'},"
	"  {'id': 'night', 'name': '跨年夜', 'from': '2023-12-31', 'to': '2024-01-01', 'status': 'confirmed',"
	"   'highlights': [], 'as_of': '2023-12', 'source': 's', 'programme': ["
	"   {'id': 'a', 'title': '晚会', 'from': '2023-12-31T20:00:00+08:00', 'to': "
	"'2023-12-31T22:00:00+08:00'},"
	"   {'id': 'b', 'title': '跨年', 'from': '2023-12-31T23:30:00+08:00', 'to': "
	"'2024-01-01T00:30:00+08:00'},"
	"   {'id': 'c', 'title': '日出', 'from': '2024-01-01T07:00:00+08:00', 'to': "
	"'2024-01-01T08:00:00+08:00'}"
	"  ]}],"
	" 'boards': ["
	"  {'id': 'fair', 'kind': 'occasion', 'of': ['fair'], 'theme': 'festival'},"
	"  {'id': 'night', 'kind': 'programme', 'of': ['night'], 'theme': 'festival'},"
	"  {'id': 'eve', 'kind': 'list', 'of': ['eve'], 'status': 'schedule', 'theme': 'hall'},"
	"  {'id': 'month', 'kind': 'list', 'of': ['month'], 'status': 'schedule', 'theme': 'hall'},"
	"  {'id': 'makeup', 'kind': 'list', 'of': ['makeup'], 'status': 'schedule', 'theme': 'hall'},"
	"  {'id': 'notices', 'kind': 'notices', 'theme': 'hall'}]}";

/* A comma in says or hides separates texts; "-" as says: the board drops out. */
static const struct step {
	const char *says, *board, *at;
	bool is_trusted;
	const char *shows, *hides;
} steps[] = {
	/* A countdown through midnight and the end of a month and a year. */
	{"two days before the opening", "fair", "2023-12-28T23:59:59+08:00", true, "距开幕,2,天", "今日开幕"},
	{"midnight makes it one", "fair", "2023-12-29T00:00:00+08:00", true, "距开幕,1,天", "今日开幕"},
	{"its last second", "fair", "2023-12-29T23:59:59+08:00", true, "距开幕,1", "今日开幕"},
	{"the opening day", "fair", "2023-12-30T00:00:00+08:00", true, "今日开幕", "距开幕"},
	{"the second day", "fair", "2023-12-31T00:00:00+08:00", true, "正在举办,第,2", "今日开幕"},
	{"the year's end does not stop it", "fair", "2024-01-01T00:00:00+08:00", true, "正在举办,第,3", ""},
	{"the last day", "fair", "2024-01-02T12:00:00+08:00", true, "今日收官", "正在举办"},
	{"over: the board drops out", "fair", "2024-01-03T00:00:00+08:00", true, "-", ""},
	{"a year before", "fair", "2022-12-30T12:00:00+08:00", true, "距开幕,365", ""},
	{"a clock that nobody vouches for counts nothing", "fair", "2023-12-28T12:00:00+08:00", false, "年会",
		"距开幕,今日开幕,正在举办"},
	{"nor ends the occasion", "fair", "2026-12-31T12:00:00+08:00", false, "年会", "今日收官"},
	{"put right by three years it counts again", "fair", "2023-12-28T12:00:00+08:00", true, "距开幕,2",
		""},
	/* A programme that passes midnight, the month's and the year's end. */
	{"before the first item", "night", "2023-12-31T19:59:00+08:00", true, "晚会", "正在进行"},
	{"its first second", "night", "2023-12-31T20:00:00+08:00", true, "正在进行,晚会", ""},
	{"between two items nothing is on", "night", "2023-12-31T22:30:00+08:00", true, "跨年", "正在进行"},
	{"the item over midnight, before it", "night", "2023-12-31T23:59:59+08:00", true, "正在进行,跨年",
		""},
	{"and after it", "night", "2024-01-01T00:29:59+08:00", true, "跨年,正在进行", ""},
	{"until its end", "night", "2024-01-01T00:30:00+08:00", true, "日出", "正在进行"},
	{"the next morning", "night", "2024-01-01T07:30:00+08:00", true, "正在进行,日出", ""},
	{"no state by a clock that is not known", "night", "2023-12-31T20:30:00+08:00", false, "晚会",
		"正在进行,下一场,已结束"},
	/* A milestone of the year's last day. */
	{"eight days before: on time", "eve", "2023-12-23T23:59:59+08:00", true, "按期", "临期,逾期"},
	{"seven days before: due soon", "eve", "2023-12-24T00:00:00+08:00", true, "临期", "按期,逾期"},
	{"on its day: not late", "eve", "2023-12-31T23:59:59+08:00", true, "临期", "逾期"},
	{"a second later, next year: late", "eve", "2024-01-01T00:00:00+08:00", true, "逾期", "临期"},
	{"late is not said by an unknown clock", "eve", "2024-01-01T00:00:00+08:00", false, "年底项目",
		"逾期,临期"},
	{"nor by one three years ahead that is not trusted", "eve", "2026-12-31T00:00:00+08:00", false,
		"年底项目", "逾期"},
	{"put right: on time again", "eve", "2023-12-01T00:00:00+08:00", true, "按期", "逾期"},
	/* A month in a leap year is late only after its last day. */
	{"the leap day itself", "month", "2024-02-29T23:59:59+08:00", true, "临期", "逾期"},
	{"the first of March", "month", "2024-03-01T00:00:00+08:00", true, "逾期", "临期"},
	/* A Sunday that is worked is a day like others to a plan. */
	{"the make-up workday", "makeup", "2024-02-04T18:00:00+08:00", true, "临期", "逾期"},
	{"the day after it", "makeup", "2024-02-05T00:00:00+08:00", true, "逾期", "临期"},
	/* Notices begin and end; an embargo needs a trusted clock, an end as well. */
	{"a notice before its time", "notices", "2023-12-30T07:59:59+08:00", true, "长期通知", "元旦通知"},
	{"from its second on", "notices", "2023-12-30T08:00:00+08:00", true, "长期通知,元旦通知", ""},
	{"over the year's end", "notices", "2024-01-01T23:59:59+08:00", true, "元旦通知", ""},
	{"until its end", "notices", "2024-01-02T00:00:00+08:00", true, "长期通知", "元旦通知"},
	{"an unknown clock releases nothing", "notices", "2023-12-31T08:00:00+08:00", false, "长期通知",
		"元旦通知"},
};

static struct font_set *fonts;
static struct content *content;
static struct gallery *gallery;
static struct buf said; /* all texts of a page, a line each */

static void listen(void *user, const struct draw_op *op)
{
	(void)user;
	if (op->kind == DRAW_TEXT)
		buf_printf(&said, "%s\n", op->text);
}

static bool no_picture(void *user, const char *name, char *out, size_t room)
{
	(void)user;
	(void)name;
	(void)out;
	(void)room;
	return false;
}

static bool page_says(const char *words, size_t len)
{
	char word[64];
	(void)snprintf(word, sizeof word, "%.*s", (int)len, words);
	return said.data && strstr(said.data, word);
}

static void expect(const char *list, bool is_there)
{
	while (*list) {
		size_t len = strcspn(list, ",");
		if (page_says(list, len) != is_there)
			fail_msg(
				"%.*s is %s:\n%s", (int)len, list, is_there ? "missing" : "there", said.data);
		list += len + (list[len] == ',');
	}
}

static const struct playlist_board *board_of(const char *id, struct arena *a)
{
	struct playlist_board *boards;
	int count = playlist_read(content, NULL, a, &boards);
	for (int i = 0; i < count; i++) {
		if (strcmp(boards[i].id, id) == 0)
			return &boards[i];
	}
	fail_msg("no board %s", id);
	return NULL;
}

static void a_page_is_right(void **state)
{
	const struct step *s = *state;
	struct arena playlist = {0}, arena = {0};
	int64_t utc_s;
	assert_true(civil_parse_rfc3339(s->at, &utc_s));
	struct board_view v = {.canvas = canvas_create_blind(1920, 1080, fonts),
		.content = content,
		.gallery = gallery,
		.board = board_of(s->board, &playlist),
		.now = moment_at("Asia/Shanghai", utc_s, s->is_trusted, 0),
		.elapsed_ms = MOTION_STILL,
		.arena = &arena};
	canvas_listen(v.canvas, listen, NULL);
	int pages = board_pages(&v);
	buf_clear(&said);
	for (v.page = 0; v.page < pages; v.page++)
		board_paint(&v);
	if (strcmp(s->shows, "-") == 0) {
		assert_int_equal(pages, 0);
	} else {
		expect(s->shows, true);
		expect(s->hides, false);
	}
	canvas_destroy(v.canvas);
	arena_finish(&playlist);
	arena_finish(&arena);
}

static json_t *document(void)
{
	char *text = strdup(document_text);
	for (char *c = text; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	json_t *d = json_loads(text, 0, NULL);
	free(text);
	return d;
}

int main(void)
{
	static struct sentences s;
	struct err e = {0};
	struct font_paths paths = {FONTS "Regular.ttc", FONTS "Bold.ttc", NULL, 0};
	if (!font_set_open(&fonts, &paths, &e))
		return 1;
	content = kit_open(document());
	gallery = gallery_create(no_picture, NULL);
	SENTENCES_ROWS(&s, steps, a_page_is_right);
	int failed = sentences_run(&s, "moments");
	gallery_destroy(gallery);
	content_close(content);
	font_set_close(fonts);
	buf_finish(&said);
	return failed;
}
