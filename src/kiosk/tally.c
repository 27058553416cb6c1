/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/tally.h"

#include <string.h>

void tally_begin(struct tally *t, const char *folder)
{
	*t = (struct tally){0};
	plays_begin(&t->plays, folder ? folder : "");
}

static bool is_same(const struct status_shown *a, const struct status_shown *b)
{
	return a->version == b->version && a->day == b->day && strcmp(a->page, b->page) == 0;
}

void tally_note(struct tally *t, const struct status_shown *what, int64_t now_ms)
{
	if (*t->on.page)
		plays_row(&t->plays, &t->on)->ms += now_ms - t->since_ms;
	t->since_ms = now_ms;
	if (is_same(&t->on, what))
		return;
	t->on = *what;
	plays_row(&t->plays, what)->times++;
}
