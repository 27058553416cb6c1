/* SPDX-License-Identifier: Apache-2.0
 *
 * What was painted and what stands on the display, held against each other. */
#include "kiosk/witness.h"
#include "sentences.h"

#define WIDTH 320
#define HEIGHT 180

static const struct row {
	const char *says;
	uint32_t painted, seen; /* grounds */
	uint32_t patch; /* of seen, in its middle; 0: none */
	int patch_px;
	bool is_exact;
	enum witness_verdict verdict;
} rows[] = {
	{"the same", 0x203040, 0x203040, 0, 0, true, WITNESS_RIGHT},
	{"what is no colour does not count", 0x203040, 0xff203040, 0, 0, true, WITNESS_RIGHT},
	{"one pixel, on a display that takes each as it is", 0x203040, 0x203040, 0x203041, 1, true,
		WITNESS_OTHER},
	{"one pixel, on one that does not", 0x203040, 0x203040, 0x203041, 1, false, WITNESS_RIGHT},
	{"colours rounded to 16 bits", 0xf7f5f0, 0xf0f4f0, 0, 0, false, WITNESS_RIGHT},
	{"a sixteenth of the picture wrong", 0x203040, 0x203040, 0xffffff, 60, false, WITNESS_OTHER},
	{"another picture", 0x203040, 0xf7f5f0, 0, 0, false, WITNESS_OTHER},
	{"black", 0xf7f5f0, 0x000000, 0, 0, true, WITNESS_BLACK},
	{"black through a renderer", 0xf7f5f0, 0x000000, 0, 0, false, WITNESS_BLACK},
	{"nearly black", 0xf7f5f0, 0x020202, 0, 0, false, WITNESS_BLACK},
	{"black that was painted so", 0x000000, 0x000000, 0, 0, true, WITNESS_RIGHT},
	{"white where black was painted", 0x000000, 0xffffff, 0, 0, true, WITNESS_OTHER},
};

static void sum_of(uint32_t ground, uint32_t patch, int patch_px, struct witness_sum *out)
{
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_RGB888);
	assert_non_null(s);
	(void)SDL_FillRect(s, NULL, ground);
	(void)SDL_FillRect(s, &(SDL_Rect){WIDTH / 2, HEIGHT / 2, patch_px, patch_px}, patch);
	witness_sum(s, out);
	SDL_FreeSurface(s);
}

static void check_verdict(void **state)
{
	const struct row *r = *state;
	struct witness_sum painted, seen;
	sum_of(r->painted, 0, 0, &painted);
	sum_of(r->seen, r->patch, r->patch_px, &seen);
	assert_int_equal(witness_judge(&painted, &seen, r->is_exact), r->verdict);
}

int main(void)
{
	static struct sentences s;
	SENTENCES_ROWS(&s, rows, check_verdict);
	return sentences_run(&s, "witness");
}
