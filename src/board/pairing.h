/* pairing.h - the page of a screen that nobody has set up yet. */
#ifndef BOARD_PAIRING_H
#define BOARD_PAIRING_H

#include "content/moment.h"
#include "paint/canvas.h"

#define PAIRING_DIGITS 6

enum pairing_network { PAIRING_CONNECTED, PAIRING_CONNECTING, PAIRING_NO_NETWORK };

/* Borrowed for the call. */
struct pairing_view {
	const char *site_name;
	const char *code; /* six digits: no letters, it is read aloud by telephone */
	const char *url; /* what the square code says: an address that carries the code; or NULL */
	const char *device; /* its number: the fingerprint of its key, which people compare */
	enum pairing_network network;
	int expires_s; /* until another code comes; below 0: not known */
	struct moment now; /* for the clock */
	bool is_sample; /* nobody is to type this code in */
};

void board_paint_pairing(struct canvas *c, const struct pairing_view *p);

#endif
