/* theme.h - colour by meaning: the tokens of the visual specification, 3.1 to 3.3.
 *
 * Board code names a token, never a colour; a theme swaps colours and nothing
 * else. Constant data, any thread. */
#ifndef THEME_H
#define THEME_H

#include <stdbool.h>
#include <stdint.h>

enum token {
	TOKEN_BG,
	TOKEN_BG2, /* bottom stop of the occasion's gradient */
	TOKEN_PANEL,
	TOKEN_FG,
	TOKEN_FG2,
	TOKEN_FG3,
	TOKEN_HAIR,
	TOKEN_QUIET,
	TOKEN_MID,
	TOKEN_ACC,
	TOKEN_ONACC,
	TOKEN_INV,
	TOKEN_ONINV,
	TOKEN_ONINV2,
	TOKEN_ACCINV,
	TOKEN_UPINV,
	TOKEN_DOWNINV,
	TOKEN_UP,
	TOKEN_DOWN,
	TOKEN_OK,
	TOKEN_WARN,
	TOKEN_LATE,
	TOKEN_DONE,
	TOKEN_UNK,
	TOKEN_SMP,
	TOKEN_ONSMP,
	TOKEN_WHITE,
	TOKEN_QR, /* modules of a QR code */
	TOKEN_QR_MID, /* outline of its placeholder */
	TOKEN_COUNT
};

struct theme {
	const char *name;
	bool is_festive; /* outdoors in the evening: the date drops its year */
	bool is_large; /* nothing is set small: contrasts are those for large text */
	uint32_t rgb[TOKEN_COUNT]; /* 0xRRGGBB */
};

/* NULL for an unknown name. */
const struct theme *theme_find(const char *name);
const struct theme *theme_hall(void);

/* Of alerts (3.3): ground, text and tag, whatever the theme of the page they cover. */
enum theme_alert { THEME_ALERT_RED, THEME_ALERT_ORANGE, THEME_ALERT_YELLOW, THEME_ALERT_BLUE };
const struct theme *theme_alert(enum theme_alert level);

const char *theme_token_name(enum token t);

/* a towards b, t in 0..1, channel by channel. */
uint32_t theme_mix(uint32_t a, uint32_t b, double t);

/* WCAG 2.2 contrast ratio of two colours, 1..21. */
double theme_contrast(uint32_t a, uint32_t b);

#endif
