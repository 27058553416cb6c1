/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/raised.h"

#include <string.h>

static bool is_for(const struct head_alert *a, const char *tag)
{
	for (int i = 0; i < a->tag_count; i++) {
		if (tag && strcmp(a->tags[i], tag) == 0)
			return true;
	}
	return a->tag_count == 0;
}

const char *raised_choose(const struct head *head, const char *tag, struct content *content, struct arena *a,
	struct raised *out)
{
	const char *chosen = NULL;
	for (int i = 0; head && i < head->alert_count; i++) {
		struct raised r = {.alert = {.level = ALERT_RED}};
		if (!is_for(&head->alerts[i], tag))
			continue;
		r.is_known = content && alert_read(content, head->alerts[i].id, a, &r.alert);
		if (chosen && r.alert.level >= out->alert.level)
			continue;
		chosen = head->alerts[i].id;
		*out = r;
	}
	return chosen;
}
