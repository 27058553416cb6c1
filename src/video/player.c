/* SPDX-License-Identifier: Apache-2.0 */
#include "video/player.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <unistd.h>

#include "base/clock.h"
#include "video/scaler.h"

#define LATE_US 80000 /* a picture that is so late is left out */
#define LOST_US 400000 /* a machine that is so late is too slow, or was stopped: time begins anew */
#define APART_US 30000 /* more pictures than 30 a second are not worth their price */

struct player {
	struct scaler *scaler;
	unsigned char *pictures;
	size_t bytes; /* of one */
	bool is_free[REEL_SLOTS];
	bool has_begun;
	int64_t began_us; /* when the film's clock was 0 */
	int64_t shown_us;
	bool is_over; /* nobody is there any more */
};

/* Hears which slots are free again, for as long as there is time. */
static void hear(struct player *p, int64_t us)
{
	struct pollfd fd = {.fd = REEL_FREE_FD, .events = POLLIN};
	unsigned char slot;
	int n = poll(&fd, 1, us <= 0 ? 0 : (int)((us + 999) / 1000));
	if (n == 0 || (n < 0 && errno == EINTR))
		return;
	if (n < 0 || read(REEL_FREE_FD, &slot, 1) != 1)
		p->is_over = true;
	else if (slot < REEL_SLOTS)
		p->is_free[slot] = true;
}

/* A slot that is free; -1: it is over. */
static int wait_for_slot(struct player *p)
{
	while (!p->is_over) {
		for (int i = 0; i < REEL_SLOTS; i++) {
			if (p->is_free[i])
				return i;
		}
		hear(p, LOST_US);
	}
	return -1;
}

/* When a picture is due, by our clock; -1: it is left out. */
static int64_t due_us(struct player *p, int64_t at_us)
{
	int64_t now_us = clock_mono_us(), due = p->began_us + at_us;
	if (!p->has_begun || now_us - due > LOST_US) {
		p->began_us = now_us - at_us;
		due = now_us;
	}
	bool is_late = now_us - due > LATE_US, is_close = p->has_begun && due - p->shown_us < APART_US;
	p->has_begun = true;
	return is_late || is_close ? -1 : due;
}

static bool show(struct player *p, const AVFrame *frame, int64_t due)
{
	int slot = wait_for_slot(p);
	if (slot < 0 || !scaler_paint(p->scaler, frame, p->pictures + p->bytes * (size_t)slot))
		return slot < 0;
	for (int64_t rest; !p->is_over && (rest = due - clock_mono_us()) > 0;)
		hear(p, rest);
	p->is_free[slot] = false;
	p->shown_us = due;
	if (!p->is_over && write(REEL_DUE_FD, &(unsigned char){(unsigned char)slot}, 1) != 1)
		p->is_over = true;
	return true;
}

enum reel_end player_run(struct decoder *d, unsigned char *pictures, int width_px, int height_px)
{
	struct player p = {.scaler = scaler_create(width_px, height_px),
		.pictures = pictures,
		.bytes = reel_bytes(width_px, height_px),
		.is_free = {true, true, true}};
	enum reel_end end = REEL_ASKED;
	while (end == REEL_ASKED && !p.is_over) {
		const AVFrame *frame;
		int64_t at_us;
		end = decoder_next(d, &frame, &at_us);
		int64_t due = end == REEL_ASKED ? due_us(&p, at_us) : -1;
		if (due >= 0 && !show(&p, frame, due))
			end = REEL_BROKEN;
	}
	scaler_destroy(p.scaler);
	return end;
}
