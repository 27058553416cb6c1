/* decoder.h - a film's pictures, one after the other, and then from the beginning again.
 *
 * libavformat and libavcodec, of which no more than MP4 and H.264 is ever asked. Nothing is opened by name:
 * the film is a descriptor. One thread. */
#ifndef DECODER_H
#define DECODER_H

#include <libavutil/frame.h>
#include <stdint.h>

#include "base/reel.h"

struct decoder;

/* The descriptor is borrowed. Anything but REEL_ASKED: it cannot be played, and *out is NULL. */
enum reel_end decoder_open(struct decoder **out, int fd);
void decoder_close(struct decoder *d); /* NULL is fine */

/* The next picture, borrowed until the next call, and when it is to be seen: microseconds since the first
 * one, which go on when the film begins again. REEL_BROKEN: there is none to be had. */
enum reel_end decoder_next(struct decoder *d, const AVFrame **out, int64_t *at_us);

#endif
