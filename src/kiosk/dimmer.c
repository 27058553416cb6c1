/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/dimmer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define HALF 0x7f /* what is rounded up */

static bool is_minute(int hour, int minute)
{
	return hour >= 0 && hour <= 24 && minute >= 0 && minute < 60 && hour * 60 + minute <= 1440;
}

bool dimmer_set(struct dimmer *d, const struct options *o, struct err *e)
{
	int from_h, from_m, to_h, to_m;
	char end;
	if (!o->night)
		return true;
	if (sscanf(o->night, "%2d:%2d-%2d:%2d%c", &from_h, &from_m, &to_h, &to_m, &end) != 4 ||
		!is_minute(from_h, from_m) || !is_minute(to_h, to_m))
		return err_set(e, ERR_USAGE, "night: '%s' is not such as 22:00-06:00", o->night);
	d->from = from_h * 60 + from_m;
	d->to = to_h * 60 + to_m;
	d->pct = (int)o->night_dim;
	return true;
}

void dimmer_drop(struct dimmer *d)
{
	SDL_FreeSurface(d->copy);
	d->copy = NULL;
}

void dimmer_finish(struct dimmer *d)
{
	dimmer_drop(d);
}

bool dimmer_is_night(const struct dimmer *d, const struct moment *now)
{
	if (d->pct == 0 || !now->has_clock)
		return false;
	bool is_after = now->minute >= d->from, is_before = now->minute < d->to;
	return d->from < d->to ? is_after && is_before : is_after || is_before;
}

/* Both channels beside each other at once, green by itself. */
static uint32_t darker(uint32_t p, uint32_t share)
{
	uint32_t both = ((p & 0xff00ff) * share + (HALF << 16 | HALF)) >> 8 & 0xff00ff;
	uint32_t green = ((p & 0xff00) * share + (HALF << 8)) >> 8 & 0xff00;
	return both | green;
}

static void copy_rect(SDL_Surface *to, const SDL_Surface *from, SDL_Rect r, uint32_t share)
{
	for (int y = r.y; y < r.y + r.h; y++) {
		const uint32_t *in = (const uint32_t *)(const void *)((const char *)from->pixels +
								      (ptrdiff_t)y * from->pitch);
		uint32_t *out = (uint32_t *)(void *)((char *)to->pixels + (ptrdiff_t)y * to->pitch);
		for (int x = r.x; x < r.x + r.w; x++)
			out[x] = darker(in[x], share);
	}
}

SDL_Surface *dimmer_copy(struct dimmer *d, const SDL_Surface *from, const SDL_Rect *rects, int count)
{
	SDL_Rect all = {0, 0, from->w, from->h};
	if (d->copy && (d->copy->w != from->w || d->copy->h != from->h))
		dimmer_drop(d);
	if (!d->copy) {
		d->copy = SDL_CreateRGBSurfaceWithFormat(0, from->w, from->h, 32, from->format->format);
		if (!d->copy)
			abort(); /* no memory: the supervisor starts it again */
		rects = &all;
		count = 1;
	}
	for (int i = 0; i < count; i++) {
		SDL_Rect r;
		if (SDL_IntersectRect(&rects[i], &all, &r))
			copy_rect(d->copy, from, r, (uint32_t)(d->pct * 256 / 100));
	}
	return d->copy;
}
