/* review.h - does every page and alert of a content document say what it has to, readably?
 *
 * Lays pages out without pixels, at every size and in every state that is asked
 * for, and listens to what is drawn. The rules are those of the visual
 * specification (3, 4, 12) and hold for every kind of board without its help.
 *
 * Refused is what nobody can read: text over text, outside its room, the margins or
 * the canvas, too small, too faint, over a picture, cut down to nothing, or against
 * the rules of setting. Warned of is what reads well but says less than the office
 * wrote (cut text; of a list, the detail page has it in full) or stands too shortly.
 * Nothing of an alert may be cut.
 *
 * How small text may be: 28 design units anywhere. On a screen of few pixels, where
 * the canvas sets all text one step larger, also 12 pixels, the least at which GB 2312
 * has a dot font at all (captions, which no board needs in order to be understood), and
 * 15 for what is set at 36 and up: the standard's smallest complete dot font (GB/T 5199,
 * 15 x 16). That binds on small panels and LED walls alike; how large a pixel is decides
 * from how far it is read, and who hangs the screen decides that. */
#ifndef REVIEW_H
#define REVIEW_H

#include "board/pages.h"

enum review_rule {
	REVIEW_OVERLAP,
	REVIEW_OFF_CANVAS,
	REVIEW_OFF_MARGIN,
	REVIEW_OFF_ROOM,
	REVIEW_SMALL,
	REVIEW_FAINT,
	REVIEW_ON_PICTURE,
	REVIEW_LINE_START,
	REVIEW_LINE_END,
	REVIEW_COLUMN,
	REVIEW_EMPTY, /* cut so far that nothing is left to read */
	REVIEW_CUT,
	REVIEW_DWELL,
	REVIEW_RULES
};

struct review_finding {
	enum review_rule rule;
	bool is_refused; /* or else a warning */
	const struct pages_place *at; /* NULL outside a document */
	const char *text; /* as it stands there; "" when it is about the page */
	const char *problem;
	int width_px, height_px; /* of the canvas; 0: holds for every one */
};

/* What it is told lives during the call only. */
typedef void review_report(void *user, const struct review_finding *f);

/* ---- one page: listen while it is painted ------------------------------------ */

struct review_page;

/* The canvas is listened to until the end. */
struct review_page *review_page_begin(struct canvas *c, review_report *report, void *user);
void review_page_end(struct review_page *p);

/* ---- all pages of a document -------------------------------------------------- */

#define REVIEW_PAGES_MAX 24 /* of one board, spread over all it has */

struct review_size {
	int width_px, height_px;
};

struct review {
	struct content *content;
	struct font_set *fonts;
	struct gallery *gallery; /* NULL: no pictures */
	const struct review_size *sizes;
	int size_count;
	bool has_large_text; /* of the screens (canvas.h) */
	const struct pages_state *states;
	int state_count;
	review_report *report; /* NULL: only counted */
	void *user;
};

struct review_count {
	int refused, warned;
};

/* Each finding once, whatever the sizes and states that show it. */
struct review_count review_content(const struct review *r);

#endif
