/* scene.h - the pages on their canvases: which one is shown and which comes next.
 *
 * Knows the version that is shown and the one that is to follow it; paints whole
 * pages and the few parts that change while a page stands. It decides nothing by
 * itself about when: time is a parameter, and motion is stage.h's. For the thread
 * that paints. */
#ifndef SCENE_H
#define SCENE_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

#include "board/ticker.h"
#include "content/moment.h"
#include "kiosk/light.h"
#include "kiosk/options.h"
#include "kiosk/projector.h"
#include "kiosk/source.h"
#include "paint/canvas.h"
#include "store/status.h"

struct scene;

/* What the scene needs to know of the world, read once a turn of the loop. */
struct scene_now {
	int64_t utc_ms; /* the clock as it runs: what pages follow */
	int64_t utc_s, floor_utc_s; /* what is said of time: never before the floor */
	bool is_trusted;
	bool is_offline, is_stale;
	bool must_hold; /* the head says: nothing but the emblem */
	const struct head *head; /* the last verified one; NULL: none. Its alerts come first */
	const struct status_device *pairing; /* its code is to be shown; NULL: none */
	int pairing_s; /* and counts so long */
	enum light light;
};

/* Fonts are borrowed; tag may be NULL. orbits: each page lies a little aside of the one
 * before (canvas_orbit). */
struct scene *scene_create(struct font_set *fonts, const char *tag, bool orbits, bool has_large_text);

/* Lines that stand there instead of the emblem; borrowed. None: the emblem. */
void scene_set_setup(struct scene *s, const struct option_list *lines);
void scene_destroy(struct scene *s); /* NULL is fine */

/* Another playlist, from the next version that is offered on. True: it is another one. */
bool scene_set_tag(struct scene *s, const char *tag);

/* New canvases, the one that is shown upon lent unless that is NULL (canvas_create_upon). */
void scene_resize(struct scene *s, struct size size, SDL_Surface *lent);

/* Takes a version, to be shown from the next turn on. */
void scene_offer(struct scene *s, struct source *source);
int64_t scene_version(const struct scene *s); /* the newest known; 0: none */
const char *scene_zone(const struct scene *s);
struct moment scene_moment(const struct scene *s, const struct scene_now *now);

/* By the hours that the newest version gives this screen. */
enum light scene_light(const struct scene *s, const struct scene_now *now);

void scene_plan(struct scene *s, const struct scene_now *now); /* again, where it may be another by now */

/* The page's time is up, or what is shown must not stay. */
bool scene_is_turn_due(const struct scene *s, const struct scene_now *now);
bool scene_choose(struct scene *s, const struct scene_now *now); /* what follows; false: the same page */
void scene_cut(struct scene *s); /* to what was chosen; an older version is let go */

/* The version that waits takes over the page that stands, if it has that page too.
 * False: it has not, or none waits; it comes with the next turn. *differs: what was
 * painted is on the other canvas, to be faded in (scene_fade) and then shown, with
 * lines under the values that changed (scene_fade_end). */
bool scene_change(struct scene *s, const struct scene_now *now, bool *differs);
void scene_fade(struct scene *s, double share); /* 0..1 of the whole way, never back */
void scene_fade_end(struct scene *s, const struct scene_now *now);

/* The whole page that is shown. elapsed_ms, leaving: see board_view. */
void scene_paint(struct scene *s, const struct scene_now *now, double elapsed_ms, double leaving);

/* The same, but only what differs from the time before: rectangles painted. */
int scene_move(struct scene *s, const struct scene_now *now, double elapsed_ms, double leaving,
	SDL_Rect out[CANVAS_RECTS_MAX]);

/* Goes through the page to come, the first one too, so that its pictures and glyphs are ready, and lets
 * what is not needed until then go. A page that is painted ahead would take a canvas that nobody
 * sees, 8 MB of it; with all its glyphs ready it is painted in a few milliseconds. size: the canvas's. */
void scene_rehearse(struct scene *s, const struct scene_now *now, struct size size);

/* The clock and the dot that fills: rectangles painted; milliseconds until there is more to see of them. */
int scene_tick(struct scene *s, const struct scene_now *now, SDL_Rect out[2]);
int64_t scene_tick_ms(struct scene *s, const struct scene_now *now); /* the dot waits a second at least */

/* The strip alone; false when the page has none. */
bool scene_ticker(
	struct scene *s, const struct scene_now *now, struct ticker_state *state, SDL_Rect *painted);

/* The film of the page that stands; false: none that is sound. And what stands upon its pictures. */
bool scene_film(struct scene *s, const struct scene_now *now, struct projector_film *out);
void scene_paint_over_film(struct scene *s, const struct scene_now *now);

SDL_Surface *scene_surface(struct scene *s); /* of the front canvas, borrowed */
bool scene_is_emblem(const struct scene *s);

int64_t scene_until_ms(const struct scene *s); /* UTC: the shown page stays; INT64_MAX for the emblem */

/* UTC second at which the shown page says something else; INT64_MAX: never. */
int64_t scene_next_change(struct scene *s, const struct scene_now *now);
int64_t scene_next_plan(const struct scene *s); /* UTC second */

/* "board-page" of what is shown, for files and logs. */
void scene_name(const struct scene *s, char *out, size_t room);

/* What stands there, for the report. */
void scene_tell(const struct scene *s, const struct scene_now *now, struct status_shown *out);

bool scene_is_round_done(const struct scene *s); /* a rotation went by since the first page */

/* Writes what is on the front canvas. ERR_IO. */
bool scene_write_png(struct scene *s, const char *path, struct err *e);

#endif
