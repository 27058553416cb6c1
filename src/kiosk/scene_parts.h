/* scene_parts.h - what scene.c and scene_cover.c share of a scene, and nobody else. */
#ifndef SCENE_PARTS_H
#define SCENE_PARTS_H

#include "board/board.h"
#include "kiosk/live.h"
#include "kiosk/raised.h"
#include "kiosk/scene.h"
#include "kiosk/show.h"

struct version {
	struct source *source;
	struct show *show;
};

struct place {
	bool is_page; /* or the emblem */
	int slot, page;
	int64_t board_seq;
	int64_t since_ms, until_ms;
};

struct scene {
	struct font_set *fonts;
	char *tag;
	struct version *live, *incoming; /* NULL: none */
	struct canvas *front;
	struct canvas *back; /* of a change that fades in; NULL: none does */
	struct place shown, next;
	bool next_is_incoming;
	bool is_rehearsed; /* the page to come was, since this one stands */
	struct board_view *view; /* of the shown page; NULL: must be made again */
	int64_t planned_s, next_plan_s;
	struct live_mark marks[LIVE_MARKS_MAX]; /* of a change that fades in */
	int mark_count;
	double faded; /* so far */
	char alert[HEAD_WORD_MAX + 1]; /* that stands there; "": none */
	int64_t alert_version; /* whose words it has */
	char code[16]; /* of the pairing page that stands there; "": none */
	bool is_dark; /* black stands there */
	int code_s; /* until when it counts, as the page says */
	bool is_visited; /* what stands there is a visitor's */
	const struct option_list *setup; /* NULL or no lines: it is set up */
	bool orbits, has_large_text;
	unsigned turns; /* pages shown so far: where on its orbit the canvas is */
	int64_t first_ms; /* since when the first page of all was due; 0: none yet */
};

/* The slot of the board that is shown, in the plan as it is now; -1: dropped out. */
int scene_slot_of_shown(const struct scene *s);

/* The show begins anew behind what covers it. */
void scene_set_aside(struct scene *s);

#endif
