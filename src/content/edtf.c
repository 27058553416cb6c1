/* SPDX-License-Identifier: Apache-2.0 */
#include "content/edtf.h"

#include <stdio.h>
#include <string.h>

#include "base/civil.h"

#define FIRST_QUARTER 33 /* EDTF level 2 sub-year groupings, used as in ISO 8601-2 4.8.2 */
#define LAST_QUARTER 36
#define FIRST_HALF 40
#define LAST_HALF 41

/* The last day of a run of months. */
static int32_t month_end(int year, int month)
{
	return civil_days(year, month, civil_month_length(year, month));
}

static void set_months(struct edtf *d, int from, int to)
{
	d->first = civil_days(d->year, from, 1);
	d->last = month_end(d->year, to);
}

static bool set_part(struct edtf *d, int part)
{
	if (part >= 1 && part <= 12) {
		d->precision = EDTF_MONTH;
		d->part = part;
		set_months(d, part, part);
	} else if (part >= FIRST_QUARTER && part <= LAST_QUARTER) {
		d->precision = EDTF_QUARTER;
		d->part = part - FIRST_QUARTER + 1;
		set_months(d, d->part * 3 - 2, d->part * 3);
	} else if (part == FIRST_HALF || part == LAST_HALF) {
		d->precision = EDTF_HALF;
		d->part = part - FIRST_HALF + 1;
		set_months(d, d->part * 6 - 5, d->part * 6);
	} else {
		return false;
	}
	return true;
}

bool edtf_parse(const char *text, struct edtf *out)
{
	char digits[16];
	size_t len = strlen(text);
	*out = (struct edtf){0};
	if (len && text[len - 1] == '~') {
		out->is_approximate = true;
		len--;
	}
	if (len >= sizeof digits)
		return false;
	memcpy(digits, text, len);
	digits[len] = '\0';
	if (len < 4 || !civil_digits(digits, 4, &out->year) || out->year == 0)
		return false;
	if (len == 4) {
		out->precision = EDTF_YEAR;
		set_months(out, 1, 12);
		return true;
	}
	int part;
	if (len < 7 || digits[4] != '-' || !civil_digits(digits + 5, 2, &part))
		return false;
	if (len == 7)
		return set_part(out, part);
	if (len != 10 || digits[7] != '-' || !civil_digits(digits + 8, 2, &out->day) ||
		!civil_is_date(out->year, part, out->day))
		return false;
	out->precision = EDTF_DAY;
	out->part = part;
	out->first = out->last = civil_days(out->year, part, out->day);
	return true;
}

bool edtf_parse_period(const char *text, struct edtf *from, struct edtf *to)
{
	const char *slash = strchr(text, '/');
	if (!slash) {
		bool ok = edtf_parse(text, from);
		*to = *from;
		return ok;
	}
	char first[24];
	size_t len = (size_t)(slash - text);
	if (len >= sizeof first)
		return false;
	memcpy(first, text, len);
	first[len] = '\0';
	return edtf_parse(first, from) && edtf_parse(slash + 1, to) && from->first <= to->first &&
	       from->last <= to->last;
}

/* What stands behind the year, if anything. */
static void format_part(const struct edtf *d, char *out, size_t room)
{
	static const char *const quarters[] = {"一季度", "二季度", "三季度", "四季度"};
	static const char *const halves[] = {"上半年", "下半年"};
	out[0] = '\0';
	switch (d->precision) {
	case EDTF_DAY:
		(void)snprintf(out, room, "%d月%d日", d->part, d->day);
		break;
	case EDTF_MONTH:
		(void)snprintf(out, room, "%d月", d->part);
		break;
	case EDTF_QUARTER:
		(void)snprintf(out, room, "%s", quarters[d->part - 1]);
		break;
	case EDTF_HALF:
		(void)snprintf(out, room, "%s", halves[d->part - 1]);
		break;
	case EDTF_YEAR:
		break;
	}
}

void edtf_format(const struct edtf *d, int this_year, char *out, size_t room)
{
	char part[32];
	const char *about = d->is_approximate ? "约" : "";
	format_part(d, part, sizeof part);
	if (d->year == this_year && d->precision != EDTF_YEAR)
		(void)snprintf(out, room, "%s%s", about, part);
	else
		(void)snprintf(out, room, "%s%d年%s", about, d->year, part);
}

void edtf_format_period(const struct edtf *from, const struct edtf *to, int this_year, char *out, size_t room)
{
	char a[64], b[64];
	if (from->first == to->first && from->last == to->last) {
		edtf_format(from, this_year, out, room);
		return;
	}
	bool same_year = from->year == to->year;
	bool months = from->precision == EDTF_MONTH && to->precision == EDTF_MONTH;
	if (same_year && months && !from->is_approximate && !to->is_approximate) {
		char year[16] = "";
		if (from->year != this_year)
			(void)snprintf(year, sizeof year, "%d年", from->year);
		(void)snprintf(out, room, "%s%d—%d月", year, from->part, to->part);
		return;
	}
	edtf_format(from, this_year, a, sizeof a);
	edtf_format(to, same_year ? from->year : this_year, b, sizeof b);
	(void)snprintf(out, room, "%s—%s", a, b);
}

void edtf_format_as_of(const char *as_of, char *out, size_t room)
{
	struct edtf from, to;
	if (edtf_parse_period(as_of, &from, &to))
		edtf_format_period(&from, &to, 0, out, room);
	else
		(void)snprintf(out, room, "%s", as_of);
}
