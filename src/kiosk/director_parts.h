/* director_parts.h - what director.c and director_cover.c share of a director, and nobody else. */
#ifndef DIRECTOR_PARTS_H
#define DIRECTOR_PARTS_H

#include <pthread.h>

#include "kiosk/child.h"
#include "kiosk/dimmer.h"
#include "kiosk/director.h"
#include "kiosk/errand.h"
#include "kiosk/guest.h"
#include "kiosk/news.h"
#include "kiosk/pace.h"
#include "kiosk/projector.h"
#include "kiosk/scene.h"
#include "kiosk/stage.h"

struct director {
	const struct options *options;
	struct handover *handover;
	pthread_t thread;
	struct err err; /* why it could not go on; read after the thread has ended */

	struct clock clock;
	struct font_set *fonts;
	struct news *news; /* NULL: no state folder */
	struct child *child; /* NULL: not asked for, or not started yet */
	struct scene *scene;
	struct stage stage;
	struct scene_now now;
	int64_t mono_ms; /* when `now` was read */
	int64_t next_freshness_ms, next_tick_ms, next_frame_ms; /* monotonic */
	struct pace pace;
	int64_t next_change_s; /* UTC: the standing page says something else */
	struct size size;
	SDL_Surface *lent; /* as handover_news says; NULL: none */
	uint64_t wishes; /* of the window, for a whole picture; those met so far */
	struct guest guest;
	int entrance_frames;
	int64_t marked_until_ms; /* monotonic: lines stand under changed values */
	int64_t next_look_ms; /* monotonic: at what the display shows */
	char picture[24]; /* the last one that was asked for */
	bool is_picture_due, is_tag_new;
	int64_t pace_ms, given_ms; /* there must be a frame this often; when the last one was */
	struct dimmer dimmer;
	struct errand errand;
	struct projector *projector;
	bool has_film; /* the page that stands plays one */
	enum light given_light; /* with the last frame */
	bool is_night; /* pictures are handed over darker */
	bool is_slow_told, is_recorded, has_shown;
};

/* Hands a frame over and waits until it is shown; of a tick and of the ticker, the next turn does. False: it
 * is over. */
bool director_give(struct director *d, enum handover_kind kind, const SDL_Rect *rects, int count);
bool director_give_all(struct director *d, enum handover_kind kind);

/* The page as it stands until its time is up. */
bool director_show_standing(struct director *d);

/* While the page stands: its film, if it has one. False: it is over. */
bool director_play(struct director *d, int64_t *wake_ms);

/* Lays the film's picture upon the page, which was painted without. */
void director_lay_film(struct director *d);

/* Shows what covers the show now; *is_covered: it does, and this turn is done. False: it is over. */
bool director_cover(struct director *d, int64_t *wake_ms, bool *is_covered);

#endif
