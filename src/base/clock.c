/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <errno.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define TIMESYNCD_MARK "/run/systemd/timesync/synchronized" /* systemd-timesyncd.service(8) */

static int64_t read_us(clockid_t id)
{
	struct timespec ts = {0};
	(void)clock_gettime(id, &ts); /* cannot fail for these ids */
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

struct clock clock_system(void)
{
	return (struct clock){0};
}

struct clock clock_started_at(int64_t utc_s)
{
	return (struct clock){
		.injected = true,
		.start_utc_ms = utc_s * 1000,
		.start_mono_ms = clock_mono_ms(),
	};
}

int64_t clock_mono_ms(void)
{
	return read_us(CLOCK_BOOTTIME) / 1000;
}

int64_t clock_mono_us(void)
{
	return read_us(CLOCK_BOOTTIME);
}

int64_t clock_utc_ms(const struct clock *c)
{
	if (c->injected)
		return c->start_utc_ms + (clock_mono_ms() - c->start_mono_ms);
	return read_us(CLOCK_REALTIME) / 1000;
}

bool clock_is_synchronised(const struct clock *c)
{
	if (c->injected)
		return true;
	struct timex t = {0};
	int state = adjtimex(&t);
	if (state == -1 && errno == EPERM)
		return access(TIMESYNCD_MARK, F_OK) == 0;
	return state != -1 && state != TIME_ERROR && (t.status & STA_UNSYNC) == 0;
}
