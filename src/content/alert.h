/* alert.h - alerts, prepared beforehand in the content and raised by the head.
 *
 * The fields map to those of the Common Alerting Protocol 1.2 (OASIS): severity,
 * headline, description, senderName. */
#ifndef ALERT_H
#define ALERT_H

#include <stdbool.h>

#include "base/arena.h"

struct content;

enum alert_level { ALERT_RED, ALERT_ORANGE, ALERT_YELLOW, ALERT_BLUE };

/* What stands beside the text: an arrow, clockwise from the top, or something else. */
enum alert_sign {
	ALERT_UP,
	ALERT_UP_RIGHT,
	ALERT_RIGHT,
	ALERT_DOWN_RIGHT,
	ALERT_DOWN,
	ALERT_DOWN_LEFT,
	ALERT_LEFT,
	ALERT_UP_LEFT,
	ALERT_PAUSE,
	ALERT_NO_SIGN,
};

/* Texts live in the arena. */
struct alert {
	const char *id, *title, *text, *publisher;
	enum alert_level level;
	enum alert_sign sign;
	bool is_exercise, is_sample;
};

/* False: the content has no such alert. The head's word still counts; the board says
 * what little is known. */
bool alert_read(struct content *c, const char *id, struct arena *a, struct alert *out);

/* All of them, in order; *out in the arena. */
int alert_list(struct content *c, struct arena *a, struct alert **out);

#endif
