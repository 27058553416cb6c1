/* playlist.h - which boards a screen cycles through, and when (dayparting). */
#ifndef PLAYLIST_H
#define PLAYLIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "content/moment.h"
#include "content/project.h"

struct content;

#define PLAYLIST_HOURS_MAX 8

struct playlist_interval {
	int from, to; /* minutes of the day; to before from: passes midnight */
};

struct playlist_when {
	int64_t from_utc_s, until_utc_s; /* INT64_MIN, INT64_MAX when not said */
	unsigned weekdays; /* bit 0 Sunday .. bit 6 Saturday; 0: every day */
	struct playlist_interval hours[PLAYLIST_HOURS_MAX];
	int hour_count; /* 0: all day */
};

struct playlist_board {
	int64_t seq;
	const char *id, *kind, *theme;
	const char *title, *subtitle, *section; /* or NULL */
	const char *picture, *caption; /* of a picture or a video board; caption: or NULL */
	const char *video; /* of a video board */
	bool is_sample;
	int dwell_s, per_visit_pages; /* 0: by rule */
	int weight; /* 1..10 */
	enum project_way way;
	struct playlist_when when;
};

/* Now is within it. With an unknown clock hours, days and ends do not count:
 * a wrong clock must not empty the screen, nor release what is embargoed. Pure. */
bool playlist_is_on(const struct playlist_when *w, const struct moment *now);

/* The boards for a screen tag (NULL: boards for every screen only), in order, at
 * whatever time; *out in the arena. */
int playlist_read(struct content *c, const char *tag, struct arena *a, struct playlist_board **out);

/* The ids of all boards, whoever they are for; *out in the arena. */
int playlist_ids(struct content *c, struct arena *a, const char ***out);

/* The first screen tag of a board; NULL when it is for every screen. */
const char *playlist_tag_of(struct content *c, const char *board_id, struct arena *a);

/* The content says when the screen is lit. */
bool playlist_has_hours(struct content *c, const char *tag);

/* The screen's lit hours, or none said: lit. With an unknown clock: lit. */
bool playlist_is_lit(struct content *c, const char *tag, const struct moment *now);

#endif
