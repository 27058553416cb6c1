/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/witness.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

#define FNV_BASIS UINT64_C(14695981039346656037) /* Fowler, Noll, Vo: FNV-1a, 64 bits */
#define FNV_PRIME UINT64_C(1099511628211)
#define LINES_APART 4 /* the means need not look at every line */
#define BLACK_MAX 8 /* grey of a mean: a display that is off by a little is black all the same */
#define APART_MAX 16 /* grey: what a display of fewer colours rounds a mean by, and more */
#define WRITTEN_EVERY_S 600 /* so that a memory card lasts */

static const uint32_t *line(const SDL_Surface *s, int y)
{
	return (const uint32_t *)(const void *)((const char *)s->pixels + (ptrdiff_t)y * s->pitch);
}

static void add_greys(const uint32_t *pixels, int width, uint64_t sums[WITNESS_COLUMNS])
{
	for (int c = 0; c < WITNESS_COLUMNS; c++) {
		for (int x = c * width / WITNESS_COLUMNS; x < (c + 1) * width / WITNESS_COLUMNS; x++) {
			uint32_t p = pixels[x];
			sums[c] += (p >> 16 & 0xff) * 77 + (p >> 8 & 0xff) * 150 + (p & 0xff) * 29;
		}
	}
}

void witness_sum(const SDL_Surface *s, struct witness_sum *out)
{
	*out = (struct witness_sum){.exact = FNV_BASIS};
	for (int y = 0; y < s->h; y++) {
		const uint32_t *pixels = line(s, y);
		for (int x = 0; x < s->w; x++)
			out->exact = (out->exact ^ (pixels[x] & 0xffffff)) * FNV_PRIME;
	}
	for (int r = 0; r < WITNESS_ROWS; r++) {
		uint64_t sums[WITNESS_COLUMNS] = {0}, lines = 0;
		for (int y = r * s->h / WITNESS_ROWS; y < (r + 1) * s->h / WITNESS_ROWS; y += LINES_APART) {
			add_greys(line(s, y), s->w, sums);
			lines++;
		}
		for (int c = 0; c < WITNESS_COLUMNS && lines; c++) {
			int width = (c + 1) * s->w / WITNESS_COLUMNS - c * s->w / WITNESS_COLUMNS;
			out->grey[r][c] = (unsigned char)(sums[c] / (lines * (unsigned)width * 256));
		}
	}
}

static bool is_black(const struct witness_sum *s)
{
	for (int i = 0; i < WITNESS_ROWS * WITNESS_COLUMNS; i++) {
		if (s->grey[i / WITNESS_COLUMNS][i % WITNESS_COLUMNS] > BLACK_MAX)
			return false;
	}
	return true;
}

static bool is_close(const struct witness_sum *a, const struct witness_sum *b)
{
	for (int i = 0; i < WITNESS_ROWS * WITNESS_COLUMNS; i++) {
		int r = i / WITNESS_COLUMNS, c = i % WITNESS_COLUMNS;
		if (abs(a->grey[r][c] - b->grey[r][c]) > APART_MAX)
			return false;
	}
	return true;
}

enum witness_verdict witness_judge(
	const struct witness_sum *painted, const struct witness_sum *seen, bool is_exact)
{
	if (painted->exact == seen->exact || (!is_exact && is_close(painted, seen)))
		return WITNESS_RIGHT;
	return is_black(seen) && !is_black(painted) ? WITNESS_BLACK : WITNESS_OTHER;
}

void witness_begin(struct witness *w, const struct options *o)
{
	struct err ignored; /* the time was read once before */
	const char *runtime = getenv("RUNTIME_DIRECTORY");
	*w = (struct witness){
		.folder = runtime ? runtime : o->state, .is_memory = runtime != NULL, .written_version = -1};
	(void)options_clock(o, &w->clock, &ignored);
	w->status.started_utc_s = clock_utc_ms(&w->clock) / 1000;
	w->status.every_s = w->is_memory ? o->look_s : WRITTEN_EVERY_S;
	tally_begin(&w->tally, w->folder);
}

static void write_down(struct witness *w, int64_t now_s, bool must)
{
	struct err e = {0};
	int64_t age_s = now_s - w->written_utc_s; /* less than 0: the clock was set back */
	bool is_due = w->is_memory || !w->written_utc_s || age_s < 0 || age_s >= WRITTEN_EVERY_S;
	if (!w->folder || !(must || is_due))
		return;
	if (status_screen_write(w->folder, &w->status, &e) && plays_write(&w->tally.plays, w->folder, &e)) {
		w->written_utc_s = now_s;
		w->written_version = w->status.shown.version;
	} else if (must) {
		log_line(LOG_WARNING, "kiosk: %s", e.text);
	}
}

void witness_shown(struct witness *w, const struct status_shown *what, int64_t mono_ms)
{
	w->status.shown = *what;
	tally_note(&w->tally, what, mono_ms);
	if (what->version != w->written_version)
		write_down(w, clock_utc_ms(&w->clock) / 1000, true);
}

void witness_note(struct witness *w, enum witness_verdict verdict, const struct witness_sum *seen)
{
	static const char *const words[] = {[WITNESS_BLACK] = "black", [WITNESS_OTHER] = "another picture"};
	static const char *const displays[] = {
		[WITNESS_RIGHT] = "ok", [WITNESS_BLACK] = "black", [WITNESS_OTHER] = "other"};
	int64_t now_s = clock_utc_ms(&w->clock) / 1000;
	/* Black that becomes another wrong picture is the same incident. */
	bool has_changed = (verdict == WITNESS_RIGHT) != (w->last == WITNESS_RIGHT);
	w->last = verdict;
	w->status.looked_utc_s = now_s;
	w->status.picture = seen->exact;
	(void)snprintf(w->status.display, sizeof w->status.display, "%s", displays[verdict]);
	if (has_changed && verdict != WITNESS_RIGHT) {
		log_line(LOG_ERROR, "kiosk: the display does not show what was painted: %s", words[verdict]);
		w->status.incidents++;
		w->status.incident_utc_s = now_s;
		(void)snprintf(w->status.incident, sizeof w->status.incident, "%s", words[verdict]);
	} else if (has_changed) {
		log_line(LOG_INFO, "kiosk: the display shows what was painted again");
	}
	write_down(w, now_s, has_changed);
}
