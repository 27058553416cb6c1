/* judge.h - what a state folder is worth: looked at as fangzi-kiosk and fangzi-sync do,
 * by their own functions, and compared with what it was worth before. */
#ifndef JUDGE_H
#define JUDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

#define JUDGE_TEXT_MAX 1600

struct judge;

struct judge_setup {
	const char *feed; /* its address */
	const char *trust; /* the installed document, a file */
	const char *trial; /* a program that answers for the trial */
	const char *at; /* the time, RFC 3339 */
};

/* What anybody outside may know of a folder. */
struct judge_view {
	bool has_record;
	struct store_record record;
	int64_t chain; /* the newest trust document that holds */
	int64_t shown; /* the version that the kiosk would show, each object's hash seen; 0: none */
	char text[JUDGE_TEXT_MAX]; /* the record and the head, all of it; "none" */
};

struct judge *judge_open(const struct judge_setup *setup); /* ends the program when it cannot */
void judge_close(struct judge *j);

/* As the screen does; false when what it would show has a picture that is not what was
 * signed. Like the screen, this rolls an unfinished commit back. */
bool judge_look(struct judge *j, const char *folder, struct judge_view *v);

/* `got` is what was acknowledged last, or what was about to be: the one or the other whole,
 * its version shown. False: why, into `why`. */
bool judge_fits(const struct judge_view *got, const struct judge_view *acknowledged,
	const struct judge_view *next, char why[static JUDGE_TEXT_MAX]);

/* Starts as fangzi-sync does: no floor is lower than what was acknowledged. Then one look
 * at the feed, after which the folder must be worth `last`. False: why. */
bool judge_recover(struct judge *j, const char *folder, const struct judge_view *acknowledged,
	const struct judge_view *next, const struct judge_view *last, char why[static JUDGE_TEXT_MAX]);

#endif
