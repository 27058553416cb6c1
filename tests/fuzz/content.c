/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a content document. What is accepted is accepted again when it is written
 * anew, and its pages can be laid out, upright and lying, with and without a known time. */
#include "content/content.h"

#include "board/pages.h"
#include "content/take.h"
#include "fuzz.h"
#include "../unit/paint_kit.h"

#define AT_UTC_S 1687919040 /* 2023-06-28T10:24+08:00, the demo's moment */
#define PAGES_MOST 2 /* of a board */

static const struct check_options options;

static bool visit(void *user, struct board_view *v, const struct pages_place *at)
{
	(void)user;
	FUZZ_MUST(at->page >= 1 && at->page <= at->page_count && (at->alert || board_dwell_ms(v) > 0));
	pages_paint(v, at);
	return true;
}

static void lay_out(struct content *content, int width, int height, bool is_trusted)
{
	static struct font_set *fonts;
	if (!fonts)
		fonts = kit_fonts(&kit_noto);
	struct canvas *c = canvas_create_blind(width, height, fonts);
	struct pages_state state = {
		.now = moment_at(content_zone(content), AT_UTC_S, is_trusted, 0), .is_stale = !is_trusted};
	(void)pages_walk(&(struct pages){.content = content,
		.canvas = c,
		.state = &state,
		.most = PAGES_MOST,
		.visit = visit});
	canvas_destroy(c);
}

static void must_come_again(const char *bytes, size_t len)
{
	struct err e = {0};
	json_t *tree = check_parse(bytes, len, &e);
	FUZZ_MUST(tree && check_document(tree, &options) == 0);
	char *text = json_dumps(tree, JSON_SORT_KEYS | JSON_INDENT(1));
	json_decref(tree);
	struct content *again = NULL;
	FUZZ_MUST(text && content_open(&again, text, strlen(text), &options, &e));
	free(text);
	content_close(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct content *content = NULL;
	struct err e = {0};
	if (!content_open(&content, (const char *)bytes, len, &options, &e)) {
		/* And why: what is taken item by item is what a tree of it is checked for. */
		FUZZ_MUST(e.kind == ERR_FORMAT && e.text[0] && strcmp(e.text, TAKE_UNSOUND) != 0);
		return 0;
	}
	must_come_again((const char *)bytes, len);
	bool lies = len % 2;
	lay_out(content, lies ? 1920 : 540, lies ? 1080 : 960, len % 3);
	content_close(content);
	return 0;
}
