/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/gather.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "store/vitals.h"

/* One line that is no longer than its room, and ends with a whole character. */
static void copy_line(char *out, size_t room, const char *text)
{
	size_t len = 0;
	for (uint32_t point; (point = utf8_next(&text)) != 0;) {
		char bytes[5];
		bool is_text = point != UTF8_BAD && point >= 0x20 && (point < 0x7f || point > 0x9f);
		size_t more = utf8_put(bytes, is_text ? point : '?');
		if (len + more >= room)
			break;
		memcpy(out + len, bytes, more);
		len += more;
	}
	out[len] = '\0';
}

static void copy_if(char *out, size_t room, const char *text, bool suits)
{
	if (suits && strlen(text) < room)
		memcpy(out, text, strlen(text) + 1);
}

static void add_screen(struct report *r, const struct status_screen *s, int64_t now_utc_s)
{
	const struct status_shown *what = &s->shown;
	if (s->looked_utc_s == 0 && !*what->page)
		return;
	r->version = what->version;
	copy_if(r->content_sha256, sizeof r->content_sha256, what->content_sha256,
		digest_is_hex(what->content_sha256));
	copy_if(r->page, sizeof r->page, what->page, report_is_name(what->page));
	copy_if(r->size, sizeof r->size, s->size, report_is_name(s->size));
	copy_if(r->display, sizeof r->display, status_display(s, now_utc_s), true);
	(void)snprintf(r->stale, sizeof r->stale, "%s", what->is_stale ? "yes" : "no");
	if (s->looked_utc_s)
		(void)snprintf(r->frame_hash, sizeof r->frame_hash, "%016llx", (unsigned long long)s->picture);
	r->frame_at_utc_s = s->looked_utc_s;
	r->incidents = s->incidents < 0 ? REPORT_UNKNOWN : s->incidents;
	r->incident_at_utc_s = s->incident_utc_s;
	copy_line(r->incident, sizeof r->incident, s->incident);
}

void gather_report(struct report *r, const struct status_screen *s, const struct gather_feed *feed,
	const char *state, int64_t now_utc_s)
{
	struct vitals v;
	report_clear(r);
	r->at_utc_s = now_utc_s;
	(void)snprintf(r->software, sizeof r->software, "%s", FANGZI_VERSION);
	add_screen(r, s, now_utc_s);
	r->synced_at_utc_s = feed->synced_at_utc_s;
	copy_line(r->sync_result, sizeof r->sync_result, feed->result);
	if (feed->refused_version)
		r->refused_version = feed->refused_version;
	(void)snprintf(r->clock, sizeof r->clock, "%s", feed->is_clock_set ? "set" : "free");
	vitals_read(&v, "", state);
	r->temperature_c = v.temperature_c;
	r->disk_free_mb = v.disk_free_mb;
	r->memory_mb = v.memory_mb;
	r->uptime_s = v.uptime_s;
	r->card_used_pct = v.card_used_pct;
	r->disk_errors = v.disk_errors;
	copy_if(r->undervoltage, sizeof r->undervoltage, v.undervoltage, true);
}
