/* witness.h - is what stands on the display what was handed over to it?
 *
 * The picture that was painted and the one that was read back are summed up and held
 * against each other. All black, or another one, is an incident: it is logged and counted
 * when it begins, and stands in kiosk.status (store/status.h) for the report, beside what is
 * shown and for how long it was. For the window's thread. */
#ifndef WITNESS_H
#define WITNESS_H

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

#include "kiosk/options.h"
#include "kiosk/tally.h"
#include "store/status.h"

#define WITNESS_COLUMNS 64
#define WITNESS_ROWS 36

struct witness_sum {
	uint64_t exact; /* of every pixel's colour */
	unsigned char grey[WITNESS_ROWS][WITNESS_COLUMNS]; /* means */
};

enum witness_verdict { WITNESS_RIGHT, WITNESS_BLACK, WITNESS_OTHER };

/* Of 32-bit pixels 0x??RRGGBB. */
void witness_sum(const SDL_Surface *s, struct witness_sum *out);

/* is_exact: the display takes every pixel as it is; or else only the means count. */
enum witness_verdict witness_judge(
	const struct witness_sum *painted, const struct witness_sum *seen, bool is_exact);

struct witness {
	struct clock clock;
	const char *folder; /* of kiosk.status; NULL: only logged */
	struct status_screen status;
	struct tally tally;
	enum witness_verdict last;
	int64_t written_utc_s;
	int64_t written_version; /* -1: none yet */
	bool is_memory; /* the folder is in memory: writing costs nothing */
};

/* o is borrowed. The file goes to the service's runtime folder (systemd.exec(5),
 * RUNTIME_DIRECTORY), since the unit writes nowhere else; without one to the state folder. */
void witness_begin(struct witness *w, const struct options *o);

/* What was just presented says this of itself. */
void witness_shown(struct witness *w, const struct status_shown *what, int64_t mono_ms);

/* Takes note of one look. */
void witness_note(struct witness *w, enum witness_verdict verdict, const struct witness_sum *seen);

#endif
