/* SPDX-License-Identifier: Apache-2.0 */
#include "content/moment.h"

#include "base/zone.h"

struct moment moment_at(const char *zone, int64_t utc_s, bool is_trusted, int64_t floor_utc_s)
{
	if (utc_s < floor_utc_s)
		utc_s = floor_utc_s;
	struct civil local = zone_local(zone, utc_s);
	return (struct moment){
		.utc_s = utc_s,
		.unlock_utc_s = is_trusted ? utc_s : floor_utc_s,
		.is_trusted = is_trusted,
		.has_clock = is_trusted,
		.local = local,
		.today = civil_days(local.year, local.month, local.day),
		.minute = local.hour * 60 + local.minute,
	};
}

struct moment moment_stale(const struct moment *m)
{
	struct moment stale = *m;
	stale.is_trusted = false;
	return stale;
}
