/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ZONE_NAME_MAX 64 /* the longest IANA name has 32 */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char current[ZONE_NAME_MAX];

bool zone_is_known(const char *name)
{
	size_t len = strlen(name);
	if (len == 0 || len >= ZONE_NAME_MAX || name[0] == '/' || strstr(name, ".."))
		return false;
	for (const char *c = name; *c; c++) {
		if (!isalnum((unsigned char)*c) && !strchr("/_+-", *c))
			return false;
	}
	char path[128];
	(void)snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	return access(path, R_OK) == 0;
}

static void use(const char *name)
{
	if (strcmp(current, name) == 0)
		return;
	(void)snprintf(current, sizeof current, "%s", name);
	if (setenv("TZ", name, 1) != 0)
		abort();
	tzset();
}

struct civil zone_local(const char *name, int64_t utc_s)
{
	time_t t = (time_t)utc_s;
	struct tm tm = {0};
	(void)pthread_mutex_lock(&lock);
	use(name);
	bool ok = localtime_r(&t, &tm) != NULL;
	(void)pthread_mutex_unlock(&lock);
	if (!ok)
		return civil_from_seconds(utc_s);
	return (struct civil){
		.year = tm.tm_year + 1900,
		.month = tm.tm_mon + 1,
		.day = tm.tm_mday,
		.hour = tm.tm_hour,
		.minute = tm.tm_min,
		.second = tm.tm_sec > 59 ? 59 : tm.tm_sec,
	};
}

int64_t zone_utc(const char *name, const struct civil *local)
{
	struct tm tm = {
		.tm_year = local->year - 1900,
		.tm_mon = local->month - 1,
		.tm_mday = local->day,
		.tm_hour = local->hour,
		.tm_min = local->minute,
		.tm_sec = local->second,
		.tm_isdst = -1,
	};
	(void)pthread_mutex_lock(&lock);
	use(name);
	time_t t = mktime(&tm);
	(void)pthread_mutex_unlock(&lock);
	return (int64_t)t;
}
