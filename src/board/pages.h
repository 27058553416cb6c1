/* pages.h - every page of a content document, one board after the other, whatever
 * its hour: for who reviews, tries or pictures a document as a whole. */
#ifndef PAGES_H
#define PAGES_H

#include "board/board.h"

/* How the screen is while it is looked at. */
struct pages_state {
	struct moment now;
	bool is_offline, is_stale;
	int dot_count; /* boards in rotation; 0: as many as there are */
};

struct pages_place {
	int board; /* in the document's list */
	const char *board_id;
	int page, page_count; /* page: 1.. */
};

/* v is ready for board_paint(), still, and valid during the call. False ends the walk. */
typedef bool pages_visit(void *user, struct board_view *v, const struct pages_place *at);

struct pages {
	struct content *content;
	struct canvas *canvas;
	struct gallery *gallery; /* NULL: no pictures */
	const struct pages_state *state;
	int most; /* of one board's, spread over all it has; 0: all */
	pages_visit *visit;
	void *user;
};

/* False when a visit ended it. */
bool pages_walk(const struct pages *p);

/* Paints the page and writes it to <folder>/<board>-<page>.png; prints the path. ERR_IO. */
bool pages_write(struct board_view *v, const char *board_id, int page, const char *folder, struct err *e);

#endif
