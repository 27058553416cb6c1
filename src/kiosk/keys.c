/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/keys.h"

#include <linux/input.h>
#include <stddef.h>
#include <sys/ioctl.h>

#include "kiosk/inputs.h"

static bool has_key(const unsigned char *bits, int key)
{
	return (bits[key / 8] >> key % 8 & 1) != 0;
}

/* With letters, or Enter as number pads have it. */
static bool is_keyboard(int fd)
{
	unsigned char bits[KEY_MAX / 8 + 1] = {0};
	if (ioctl(fd, EVIOCGBIT(EV_KEY, sizeof bits), bits) < 0)
		return false;
	return has_key(bits, KEY_A) || has_key(bits, KEY_ENTER) || has_key(bits, KEY_KPENTER);
}

static bool grab(void *taker, int number, int fd)
{
	(void)taker;
	(void)number;
	return is_keyboard(fd) && ioctl(fd, EVIOCGRAB, 1) == 0;
}

/* Closing it lets it go. */
static void let_go(void *taker, int number)
{
	(void)taker;
	(void)number;
}

void keys_begin(struct inputs *in, const char *folder)
{
	inputs_begin(in, folder, NULL, grab, let_go);
}
