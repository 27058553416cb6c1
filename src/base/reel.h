/* reel.h - what fangzi-kiosk and fangzi-video agree on: how a film's pictures come from the process that
 * decodes it to the one that shows them.
 *
 *   fangzi-video WIDTH HEIGHT      the size of a picture in pixels
 *
 * is started with a film, with memory for REEL_SLOTS pictures, and with two pipes. All slots are its own at
 * first. It says which one holds the picture that is due now, and the screen which one it needs no more: one
 * byte each. Neither believes the other: memory is sealed against getting smaller, and a slot counts only if
 * it was the sender's. */
#ifndef REEL_H
#define REEL_H

#include <stddef.h>

#define REEL_PROGRAM "fangzi-video"
#define REEL_FILM_FD 3 /* to read */
#define REEL_PICTURES_FD 4 /* a memfd of reel_bytes() */
#define REEL_DUE_FD 5 /* to write: a slot whose picture is due */
#define REEL_FREE_FD 6 /* to read: a slot that is free again; its end is the end */
#define REEL_FDS_END 7
#define REEL_SLOTS 3
#define REEL_SIDE_MAX 7680

/* How it ended, as an exit code. */
enum reel_end {
	REEL_ASKED, /* the screen closed its pipe */
	REEL_USAGE = 2, /* not started as above */
	REEL_FENCE = 10, /* it could not lock itself in */
	REEL_FILM, /* no H.264 in an MP4 */
	REEL_LARGE,
	REEL_BROKEN, /* no picture of it could be decoded */
	REEL_ABSENT = 127, /* the program could not be started */
};

/* Of one row and of one slot; pixels are XRGB8888 in this machine's order. */
size_t reel_stride(int width_px);
size_t reel_bytes(int width_px, int height_px);

/* For the log. */
const char *reel_words(int exit_code);

#endif
