/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include <ctype.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ZONE_NAME_MAX 64 /* the longest IANA name has 32 */
#define DAY_S 86400

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
	char path[128], magic[4] = "";
	(void)snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	bool is_zone = read(fd, magic, sizeof magic) == (ssize_t)sizeof magic;
	(void)close(fd);
	return is_zone && memcmp(magic, "TZif", sizeof magic) == 0; /* RFC 8536, 3.1 */
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

/* Of the zone in use, under the lock. */
static int64_t offset_s(int64_t utc_s)
{
	time_t t = (time_t)utc_s;
	struct tm tm = {0};
	return localtime_r(&t, &tm) ? (int64_t)tm.tm_gmtoff : 0;
}

/* The first second with the offset `after`, between one that has it not and one that has. */
static int64_t find_change(int64_t low, int64_t high, int64_t after)
{
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;
		if (offset_s(middle) == after)
			high = middle;
		else
			low = middle;
	}
	return high;
}

/* Not mktime(): of a time that comes twice it takes the one nearer to what it was
 * asked last. */
int64_t zone_utc(const char *name, const struct civil *local)
{
	int64_t wall = civil_seconds(local);
	(void)pthread_mutex_lock(&lock);
	use(name);
	int64_t before = offset_s(wall - DAY_S), after = offset_s(wall + DAY_S);
	int64_t utc_s = wall - before;
	if (offset_s(utc_s) != before)
		utc_s = offset_s(wall - after) == after ? wall - after
							: find_change(wall - after, wall - before, after);
	(void)pthread_mutex_unlock(&lock);
	return utc_s;
}
