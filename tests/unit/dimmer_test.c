/* SPDX-License-Identifier: Apache-2.0
 *
 * The night's hours, and a picture with less light. */
#include "kiosk/dimmer.h"

#include "sentences.h"

static const struct night_row {
	const char *says, *hours;
	int hour, minute;
	bool has_clock, is_night;
} night_rows[] = {
	{"no hours, no night", NULL, 3, 0, true, false},
	{"within them", "01:00-05:00", 3, 0, true, true},
	{"their first minute", "01:00-05:00", 1, 0, true, true},
	{"the minute in which they end", "01:00-05:00", 5, 0, true, false},
	{"before them", "01:00-05:00", 0, 59, true, false},
	{"over midnight, before it", "22:00-06:00", 23, 0, true, true},
	{"over midnight, behind it", "22:00-06:00", 5, 59, true, true},
	{"over midnight, by day", "22:00-06:00", 12, 0, true, false},
	{"until midnight", "22:00-24:00", 23, 59, true, true},
	{"an unknown time is day", "22:00-06:00", 23, 0, false, false},
};

static void check_night(void **state)
{
	const struct night_row *row = *state;
	char hours[32] = "";
	struct options o = {.night_dim = 50};
	struct dimmer d = {0};
	struct err e = {0};
	if (row->hours) {
		(void)snprintf(hours, sizeof hours, "%s", row->hours);
		o.night = hours;
	}
	assert_true(dimmer_set(&d, &o, &e));
	struct moment now = {.minute = row->hour * 60 + row->minute, .has_clock = row->has_clock};
	assert_int_equal(dimmer_is_night(&d, &now), row->is_night);
}

static const struct wrong_row {
	const char *says, *hours;
} wrong_rows[] = {{"a word", "night"}, {"one time", "22:00"}, {"hours that no day has", "25:00-06:00"},
	{"minutes that no hour has", "22:60-06:00"}, {"more behind", "22:00-06:00 "}, {"later than midnight", "22:00-24:01"}};

static void check_wrong(void **state)
{
	const struct wrong_row *row = *state;
	char hours[32];
	struct options o = {.night = hours, .night_dim = 50};
	struct dimmer d = {0};
	struct err e = {0};
	(void)snprintf(hours, sizeof hours, "%s", row->hours);
	assert_false(dimmer_set(&d, &o, &e));
	assert_int_equal(e.kind, ERR_USAGE);
}

static uint32_t pixel(const SDL_Surface *s, int x, int y)
{
	return ((const uint32_t *)(const void *)((const char *)s->pixels + y * s->pitch))[x];
}

static void every_colour_loses_its_share(void **state)
{
	SDL_Surface *from = SDL_CreateRGBSurfaceWithFormat(0, 4, 2, 32, SDL_PIXELFORMAT_RGB888);
	struct dimmer d = {.pct = 50};
	(void)state;
	(void)SDL_FillRect(from, NULL, 0xff8000);
	SDL_Surface *copy = dimmer_copy(&d, from, &(SDL_Rect){0, 0, 1, 1}, 1);
	assert_int_equal(pixel(copy, 3, 1), 0x7f4000); /* all of it, the first time */
	assert_int_equal(pixel(from, 3, 1), 0xff8000);
	(void)SDL_FillRect(from, NULL, 0x0000ff);
	copy = dimmer_copy(&d, from, &(SDL_Rect){1, 0, 9, 1}, 1); /* later what changed */
	assert_int_equal(pixel(copy, 0, 0), 0x7f4000);
	assert_int_equal(pixel(copy, 1, 0), 0x00007f);
	assert_int_equal(pixel(copy, 1, 1), 0x7f4000);
	dimmer_finish(&d);
	SDL_FreeSurface(from);
}

int main(void)
{
	struct sentences s = {0};
	SENTENCES_ROWS(&s, night_rows, check_night);
	SENTENCES_ROWS(&s, wrong_rows, check_wrong);
	sentences_add(&s, "every colour loses its share", every_colour_loses_its_share, NULL);
	return sentences_run(&s, "dimmer");
}
