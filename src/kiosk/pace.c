/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/pace.h"

#include <poll.h>
#include <stddef.h>

#include "base/clock.h"

#define LAST_SLEEP_US 1500 /* a short sleep ends more exactly than a long one */

int64_t pace_due_us(const struct pace *p)
{
	int64_t now_us = clock_mono_us();
	return p->next_us > now_us ? p->next_us : now_us;
}

void pace_wait(struct pace *p, int64_t at_us, int64_t frame_us)
{
	int64_t left_us = at_us - clock_mono_us();
	for (int64_t us = left_us; us > 0; us = at_us - clock_mono_us()) { /* and never more than a frame */
		us -= us > 2 * LAST_SLEEP_US ? LAST_SLEEP_US : 0;
		(void)ppoll(NULL, 0, &(struct timespec){.tv_nsec = (long)us * 1000}, NULL);
	}
	p->next_us = (left_us > -frame_us ? at_us : clock_mono_us()) + frame_us;
}
