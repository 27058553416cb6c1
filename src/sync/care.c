/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/care.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "feed/report.h"

#define COOL_C 5 /* below hot, before it is told anew */

struct lines {
	struct care_line *out;
	int count;
};

static void __attribute__((format(printf, 3, 4)))
add(struct lines *l, enum log_level level, const char *format, ...)
{
	va_list args;
	struct care_line *line = &l->out[l->count++];
	line->level = level;
	va_start(args, format);
	(void)vsnprintf(line->text, sizeof line->text, format, args);
	va_end(args);
}

/* True when it is another state than before. */
static bool turn(bool *was, bool is)
{
	bool has_changed = *was != is;
	*was = is;
	return has_changed;
}

static void look_at_power(struct care *c, const struct vitals *v, struct lines *l)
{
	if (!turn(&c->is_low, strcmp(v->undervoltage, "now") == 0))
		return;
	if (c->is_low)
		add(l, LOG_ERROR,
			"too little voltage: fit the power supply made for this box, and a short cable");
	else
		add(l, LOG_INFO, "the voltage is right again");
}

static void look_at_heat(struct care *c, const struct vitals *v, struct lines *l)
{
	int64_t limit_c = c->is_hot ? VITALS_HOT_C - COOL_C : VITALS_HOT_C;
	if (!turn(&c->is_hot, v->temperature_c >= limit_c))
		return;
	if (c->is_hot)
		add(l, LOG_WARNING, "%lld degrees: clear its air openings, keep the sun off",
			(long long)v->temperature_c);
	else
		add(l, LOG_INFO, "it is cool enough again");
}

static void look_at_card(struct care *c, const struct vitals *v, struct lines *l)
{
	if (turn(&c->is_worn, v->card_used_pct >= VITALS_WORN_PCT) && c->is_worn)
		add(l, LOG_WARNING,
			"the card has used %lld %% of its promised life: exchange it at the next visit",
			(long long)v->card_used_pct);
	if (v->disk_errors > c->errors)
		add(l, LOG_ERROR, "the disk has counted %lld errors: exchange the card",
			(long long)v->disk_errors);
	if (v->disk_errors != REPORT_UNKNOWN)
		c->errors = v->disk_errors;
	if (turn(&c->is_read_only, v->is_read_only) && c->is_read_only)
		add(l, LOG_ERROR,
			"the state folder can only be read: start the machine with fsck.repair=yes, "
			"or exchange the card");
}

int care_look(struct care *c, const struct vitals *v, struct care_line out[static CARE_LINES_MAX])
{
	struct lines l = {.out = out};
	look_at_power(c, v, &l);
	look_at_heat(c, v, &l);
	look_at_card(c, v, &l);
	return l.count;
}
