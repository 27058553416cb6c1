/* inputs.h - input devices of a machine without a desktop (evdev): each is looked at once when it
 * comes, and kept open if somebody takes it. For the main thread. */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>

#define INPUTS_FOLDER "/dev/input"
#define INPUTS_MAX 64 /* evdev has no more before it begins to number them anew */

/* Does this one take the device? Its descriptor is read without waiting, and closed when it goes or
 * is not taken. */
typedef bool inputs_take(void *taker, int number, int fd);
typedef void inputs_drop(void *taker, int number); /* before it is closed */

struct inputs {
	char *folder;
	void *taker;
	inputs_take *take;
	inputs_drop *drop;
	int fds[INPUTS_MAX]; /* by number: of one that is taken, or negative */
};

/* The folder is copied. No device is opened yet. */
void inputs_begin(struct inputs *in, const char *folder, void *taker, inputs_take *take, inputs_drop *drop);
void inputs_finish(struct inputs *in); /* drops all */

/* Opens those that came since the last look, and drops those that went. Returns how many are
 * taken. */
int inputs_look(struct inputs *in);
void inputs_lose(struct inputs *in, int number); /* it does not answer: looked at anew */

#endif
