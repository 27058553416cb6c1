/* SPDX-License-Identifier: Apache-2.0
 *
 * Any text that a document may carry, laid out and painted in a box that the first bytes
 * choose. It stays in its box and loses no character unless it says that it was cut. */
#include "paint/fit.h"

#include <ctype.h>

#include "base/utf8.h"
#include "content/words.h"
#include "fuzz.h"
#include "../unit/paint_kit.h"

#define CHOICE_BYTES 4
#define TEXT_BYTES_MAX 4096
#define X_DU 100.0
#define SLACK_DU 0.01 /* sums of doubles */

static const double sizes[] = {28, 32, 36, 44, 56, 72, 104, 160, 260};
static const struct words_rule rule = {.max_chars = 1000, .max_lines = FIT_LINES_MAX};

static struct fit_role choose(const uint8_t *b)
{
	int size = b[0] % (int)(sizeof sizes / sizeof sizes[0]);
	int floor = b[0] / 16 % (size + 1);
	return (struct fit_role){.size = sizes[size],
		.floor = sizes[floor],
		.line_height = sizes[size] * 1.4,
		.max_width = sizes[size] * 2 + b[1] * 6,
		.max_lines = 1 + b[2] % FIT_LINES_MAX,
		.weight = b[3] & 1 ? FONT_BOLD : FONT_REGULAR,
		.flags = b[3] >> 1 & 7u,
		.is_balanced = b[3] >> 4 & 1};
}

/* The next character that is no blank; 0 at the end. */
static uint32_t next_inked(const char **at)
{
	uint32_t p = utf8_next(at);
	while (p == ' ' || p == '\n')
		p = utf8_next(at);
	return p;
}

static void must_be_whole(const struct fit *f, const char *text)
{
	for (int i = 0; i < f->count; i++) {
		const char *line = f->lines[i];
		for (uint32_t p = next_inked(&line); p; p = next_inked(&line))
			FUZZ_MUST(p == next_inked(&text));
	}
	FUZZ_MUST(next_inked(&text) == 0);
}

static void must_fit(struct canvas *c, const struct fit *f, const struct fit_role *role)
{
	FUZZ_MUST(f->count >= 0 && f->count <= role->max_lines && f->count <= FIT_LINES_MAX);
	FUZZ_MUST(f->count == 0 || (f->size >= role->floor && f->size <= role->size));
	for (int i = 0; i < f->count; i++) {
		struct text_run run = {f->lines[i], f->size, role->weight, TOKEN_FG, 0, 0, 0};
		bool is_bare = f->is_cut && i == f->count - 1 && strcmp(f->lines[i], "…") == 0;
		FUZZ_MUST(is_bare || text_width(c, &run, 1, role->flags) <= role->max_width + SLACK_DU);
	}
}

static void listen(void *user, const struct draw_op *op)
{
	const struct fit_role *role = user;
	FUZZ_MUST(op->kind == DRAW_TEXT && op->x + op->w <= X_DU + role->max_width + role->size);
}

static void lay_out(const char *text, const struct fit_role *role)
{
	static struct canvas *c;
	struct arena a = {0};
	if (!c)
		c = canvas_create(480, 270, kit_fonts(&kit_noto));
	canvas_clear(c, theme_hall());
	struct fit f = fit_text(c, &a, text, NULL, role);
	must_fit(c, &f, role);
	if (!f.is_cut)
		must_be_whole(&f, text);
	canvas_listen(c, listen, (void *)(uintptr_t)role);
	FUZZ_MUST(fit_draw(c, X_DU, 200, TEXT_LEFT, &f, role, TOKEN_FG) <= role->max_width + role->size);
	canvas_listen(c, NULL, NULL);
	arena_finish(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	char text[TEXT_BYTES_MAX], why[160];
	if (len <= CHOICE_BYTES || len - CHOICE_BYTES >= sizeof text)
		return 0;
	memcpy(text, bytes + CHOICE_BYTES, len - CHOICE_BYTES);
	text[len - CHOICE_BYTES] = '\0';
	struct fit_role role = choose(bytes);
	if (words_check(text, &rule, why, sizeof why))
		lay_out(text, &role);
	return 0;
}
