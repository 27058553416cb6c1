/* visitor.h - what somebody who touches the screen sees over and beside the pages: a bar of
 * buttons, the list of boards, a pad to find a project by. Whatever is painted also says
 * where it can be touched. */
#ifndef VISITOR_H
#define VISITOR_H

#include "board/board.h"

#define TOUCH_BUTTONS_MAX 64

enum touch_action {
	TOUCH_PREVIOUS, /* page */
	TOUCH_NEXT,
	TOUCH_LIST, /* of boards */
	TOUCH_PAD,
	TOUCH_BACK,
	TOUCH_LEAVE, /* the show goes on */
	TOUCH_MORE, /* of a list */
	TOUCH_BOARD, /* value: its slot in the rotation */
	TOUCH_KEY, /* value: the character */
	TOUCH_ERASE, /* the last one */
	TOUCH_PROJECT, /* value: which of all */
};

struct touch_button {
	double x, y, w, h; /* design units */
	enum touch_action action;
	int value;
};

struct touch_buttons {
	struct touch_button list[TOUCH_BUTTONS_MAX];
	int count;
};

/* The one that lies there; NULL: none. */
const struct touch_button *visitor_find(const struct touch_buttons *b, double x, double y);

/* Over the footer of a page that was painted: which board and page it is, and the buttons.
 * has_pad: there are projects to be found. */
struct visitor_place {
	int board, board_count, page, page_count;
	bool has_pad;
};
void visitor_paint_page_bar(struct board_view *v, const struct visitor_place *at, struct touch_buttons *out);

/* The same over a project that was found. */
void visitor_paint_project_bar(struct board_view *v, struct touch_buttons *out);

/* Names to choose from, from the first-th on; how many of them are there to be seen. */
struct visitor_names {
	const char *const *names;
	const int *values; /* of their buttons */
	int count, first;
};
int visitor_paint_list(
	struct board_view *v, const struct visitor_names *boards, bool has_pad, struct touch_buttons *out);

/* found: those whose initials have what was typed. */
int visitor_paint_pad(struct board_view *v, const char *typed, const struct visitor_names *found,
	struct touch_buttons *out);

#endif
