/* pages.h - every page of a content document, one board after the other, whatever
 * its hour, and then its alerts: for who reviews, tries or pictures a document as a
 * whole. An alert counts like a page: who raises it has no time for surprises. */
#ifndef PAGES_H
#define PAGES_H

#include "board/board.h"
#include "content/alert.h"

/* How the screen is while it is looked at. */
struct pages_state {
	struct moment now;
	bool is_offline, is_stale;
	int dot_count; /* boards in rotation; 0: as many as there are */
};

struct pages_place {
	const char *list; /* of the document: "boards" or "alerts" */
	int index; /* in that list */
	const char *id;
	const struct alert *alert; /* NULL: a board's page */
	int page, page_count; /* page: 1.. */
};

/* v is ready for pages_paint(), still, and valid during the call. False ends the walk. */
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

/* An alert as if it had been raised now. */
void pages_paint(struct board_view *v, const struct pages_place *at);

#define PAGES_NAME_BYTES 160

/* <board>-<page>, or alert-<alert>. */
void pages_name(const struct pages_place *at, char out[static PAGES_NAME_BYTES]);

/* Paints the page and writes it to <folder>/<name>.png; prints the path. ERR_IO. */
bool pages_write(struct board_view *v, const struct pages_place *at, const char *folder, struct err *e);

#endif
