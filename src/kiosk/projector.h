/* projector.h - plays a film on the page that stands, for as long as it stands.
 *
 * The film is decoded by fangzi-video, a process of its own that can do nothing else (base/reel.h); nothing
 * that it does or does not do can hold up the show. Where it is missing, ends, hangs or says what makes no
 * sense the film is over, the log says so once, and the page is what it is without. The same film is not
 * tried again for ten minutes then. For the thread that paints, which must be the one that created it. */
#ifndef PROJECTOR_H
#define PROJECTOR_H

#include <SDL.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct projector;

struct projector_film {
	char name[129]; /* for the log */
	char path[PATH_MAX];
	SDL_Rect at; /* pixels */
};

enum projector_news {
	PROJECTOR_SAME,
	PROJECTOR_PICTURE, /* there is another picture to be drawn */
	PROJECTOR_OVER, /* what was drawn is to be painted over: there are no more pictures */
};

struct projector *projector_create(void);
void projector_destroy(struct projector *p); /* NULL is fine */

/* This film is to be playing, there. Begins it if it is not, and may be tried. */
void projector_play(struct projector *p, const struct projector_film *film, int64_t mono_ms);

/* No film is to be playing. */
void projector_rest(struct projector *p);

/* What the film has to say. Never waits. */
enum projector_news projector_look(struct projector *p, int64_t mono_ms);

/* Draws the newest picture of just this film. False: there is none. */
bool projector_draw(const struct projector *p, const struct projector_film *film, SDL_Surface *to);

/* Readable when there is something to look at; -1: nothing plays. And when to look at the latest (monotonic;
 * INT64_MAX: no need). */
int projector_fd(const struct projector *p);
int64_t projector_look_ms(const struct projector *p);

#endif
