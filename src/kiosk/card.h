/* card.h - the graphics cards of this machine, what is plugged into them, and which of it
 * is to show the picture, and how.
 *
 * All of it is read from sysfs (Documentation/gpu/drm-uapi): numbers of cards change from
 * boot to boot, so nothing is chosen by number. No library and no device is opened. */
#ifndef CARD_H
#define CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/options.h"

#define CARD_SYSFS "/sys/class/drm"
#define CARD_MAX 8
#define CARD_CONNECTORS_MAX 32

enum card_plug { CARD_UNPLUGGED, CARD_UNKNOWN, CARD_PLUGGED }; /* unknown: old VGA cannot tell */

struct card {
	int number; /* of /dev/dri/cardN */
	char driver[32];
};

struct card_connector {
	int card; /* the card's number */
	char name[32]; /* HDMI-A-1 */
	enum card_plug plug;
	char mode[16]; /* the first that it offers, "1920x1080"; "": none */
	uint32_t display; /* a hash of what the display says of itself (EDID); 0: nothing */
};

struct card_list {
	struct card cards[CARD_MAX];
	struct card_connector connectors[CARD_CONNECTORS_MAX];
	int card_count, connector_count;
	bool has_gpu; /* that draws; on a Raspberry Pi on another card than the display */
};

/* What sysfs says now. Nothing there: an empty list. */
void card_look(const char *sysfs, struct card_list *out);

enum card_way {
	CARD_FRAMEBUFFER, /* plain memory that is scanned out; what changed is copied there */
	CARD_RENDERER, /* OpenGL ES */
};

struct card_choice {
	const struct card_connector *connector; /* of the list; NULL: no display is connected */
	enum card_way way;
	const char *why; /* this way */
};

/* The first connected connector of the lowest card; one that cannot tell only where no other
 * is connected. present is the option of that name. */
struct card_choice card_choose(const struct card_list *list, const char *present);

/* The same display, connected as before? */
bool card_is_same(const struct card_connector *a, const struct card_connector *b);

/* The connector of that card and name; NULL: it is gone. */
const struct card_connector *card_find(const struct card_list *list, const struct card_connector *like);

const char *card_plug_name(enum card_plug p);
const char *card_way_name(enum card_way w);

#endif
