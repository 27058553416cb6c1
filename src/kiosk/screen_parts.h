/* screen_parts.h - what screen.c and screen_read.c share of a screen, and nobody else. */
#ifndef SCREEN_PARTS_H
#define SCREEN_PARTS_H

#include "kiosk/card.h"
#include "kiosk/inputs.h"
#include "kiosk/kms.h"
#include "kiosk/screen.h"

struct screen {
	SDL_Window *window; /* NULL: memory of the card's own */
	SDL_Renderer *renderer; /* NULL: the window's surface, or that memory */
	SDL_Texture *texture;
	struct kms *kms;
	bool is_bare; /* no desktop has the display and the keyboards */
	struct inputs keys;
	struct fingers *fingers; /* NULL: nobody may touch it, or SDL tells of them */
	struct card_connector at; /* without a desktop: what the picture goes to */
	bool is_gone; /* it is not connected */
	bool may_lend; /* a canvas lies there as it is, and X can be asked what it shows */
	SDL_Surface *lent; /* the window's surface while it is painted upon by who presents; NULL: it is not */
	int turns; /* quarter turns clockwise */
	int event_fd; /* X's; -1: there is none */
	bool is_dirty, can_wait, has_video;
	char way[192];
};

struct size screen_size(struct screen *s); /* of the display */
bool screen_draw_texture(struct screen *s, const SDL_Surface *canvas);

#endif
