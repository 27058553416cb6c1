/* board.h - the kinds of page, behind one interface and one table.
 *
 * A view is one board on one canvas at one moment. All of it is a function of
 * the content, the moment, the page, the time since the page appeared and the
 * fonts: the same input gives the same pixels everywhere. One thread. */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "board/gallery.h"
#include "content/content.h"
#include "content/moment.h"
#include "content/notice.h"
#include "content/origin.h"
#include "content/playlist.h"
#include "paint/canvas.h"

#define BOARD_ORIGINS_MAX 4
#define BOARD_NOTE_BYTES 160

/* What the frame around a page says; the screen knows it, not the content. */
struct board_frame {
	const char *site_name; /* NULL: the content's */
	int dot, dot_count; /* this board among those in rotation; 0 boards: no dots */
	double fill; /* how much of the page's time is over, 0..1 */
	bool is_offline, is_stale;
};

/* What the page on it turned out to be made of; the frame draws it. */
struct board_findings {
	const char *as_of[BOARD_ORIGINS_MAX]; /* as drawn, distinct */
	const char *source[BOARD_ORIGINS_MAX];
	int as_of_count, source_count;
	bool is_sample; /* the tag 示例数据 must stand on the page */
	bool tag_is_placed; /* and already does */
	const char *title; /* as the header has it; NULL: the page has none */
	const char *note; /* what the page says of itself, or NULL */
	/* Where on the page it stands when the footer has no room for it (two lines
	 * at most); width 0: there it may be left out. */
	double note_x, note_base, note_width;
	const char *derived;
};

struct board_view {
	struct canvas *canvas;
	struct content *content;
	const struct playlist_board *board;
	struct gallery *gallery;
	struct board_frame frame;
	struct moment now;
	int page; /* 0.. */
	double elapsed_ms; /* since the page appeared; MOTION_STILL: it stands */
	int64_t ticker_ms; /* where in its cycle the ticker is */
	double leaving; /* 0: it stays .. 1: gone; the header's fixed parts stay */
	struct arena *arena; /* for the length of the call */

	/* Filled in by the functions below. */
	const struct notice *ticker;
	int ticker_count;
	struct board_findings found;
};

struct board_kind {
	const char *name;
	/* How many pages there are now; 0: nothing to show, the board is passed over. */
	int (*pages)(struct board_view *v);
	void (*paint)(struct board_view *v);
	int dwell_s; /* of a page; 0: by how much there is to read */
	/* The first second after now at which the page looks different; INT64_MAX:
	 * never. NULL: midnight, when dates change. */
	int64_t (*next_change)(struct board_view *v);
	bool has_own_header; /* the occasion is its own title */
	bool has_no_frame; /* a poster: neither header nor footer */
	/* The pixels on which the board's film is played, and what is then painted again
	 * upon each of its pictures; NULL: it has none. */
	bool (*place_film)(struct board_view *v, SDL_Rect *out);
	void (*paint_over_film)(struct board_view *v);
};

/* NULL for a kind that is not drawn. */
const struct board_kind *board_find(const char *name);

int board_pages(struct board_view *v);

/* The whole page: ground, body, frame. */
void board_paint(struct board_view *v);

/* How long a page stays: dwell_s of the board, of its kind, or
 * clamp(8 s, 4 s + characters / 4 s, 20 s). */
#define BOARD_DWELL_MAX_MS 20000 /* of what nobody said a time for */
int board_dwell_ms(struct board_view *v);

/* What its header says; NULL: nothing. Lives in the view's arena or the content. */
const char *board_title(struct board_view *v);

/* Where the page's film is played; false: it has none, or nowhere to be. Lies within the canvas but for
 * what an orbit takes. */
bool board_film_place(struct board_view *v, SDL_Rect *out);

/* After a picture of the film was put there. */
void board_paint_over_film(struct board_view *v);

/* UTC second at which the page must be painted again; INT64_MAX: never. */
int64_t board_next_change(struct board_view *v);

/* The emblem page: nothing to show yet, hold, or an empty playlist. */
void board_paint_emblem(struct canvas *c, const char *site_name);

#endif
