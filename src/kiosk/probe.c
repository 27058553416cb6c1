/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/probe.h"

#include <string.h>

#include "kiosk/screen.h"

void probe_tell(FILE *to, const struct card_list *cards, const char *present)
{
	struct card_choice c = card_choose(cards, present);
	for (int i = 0; i < cards->card_count; i++)
		(void)fprintf(to, "card%d: driver %s\n", cards->cards[i].number,
			*cards->cards[i].driver ? cards->cards[i].driver : "unknown");
	if (cards->card_count == 0)
		(void)fprintf(to, "no graphics card\n");
	for (int i = 0; i < cards->connector_count; i++) {
		const struct card_connector *k = &cards->connectors[i];
		(void)fprintf(to, "card%d %s: %s%s%s\n", k->card, k->name, card_plug_name(k->plug),
			*k->mode ? ", " : "", k->mode);
	}
	(void)fprintf(to, "GPU: %s\n", cards->has_gpu ? "yes" : "none that is known to draw");
	if (c.connector)
		(void)fprintf(to, "taken: card%d %s, by %s: %s\n", c.connector->card, c.connector->name,
			card_way_name(c.way), c.why);
	else
		(void)fprintf(to, "taken: none: no display is connected\n");
}

bool probe_run(const struct options *o, struct err *e)
{
	struct card_list cards;
	struct screen *s = NULL;
	if (screen_has_desktop(o)) {
		(void)puts("a desktop has the display");
	} else {
		card_look(CARD_SYSFS, &cards);
		probe_tell(stdout, &cards, o->present);
	}
	if (!screen_open(&s, o, e))
		return false;
	struct size size = screen_canvas_size(s);
	(void)printf("opened: %d x %d on %s\n", size.width, size.height, screen_way(s));
	screen_close(s);
	return true;
}
