/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/keys.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/input.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"

#define DEVICES_MAX 64 /* evdev has no more before it begins to number them anew */
#define NOT_LOOKED_AT (-1)
#define LEFT_ALONE (-2)

struct keys {
	char *folder;
	int fds[DEVICES_MAX]; /* by number: one that is held, or one of the above */
};

struct keys *keys_create(const char *folder)
{
	struct keys *k = alloc_zero(1, sizeof *k);
	k->folder = alloc_text(folder);
	for (int i = 0; i < DEVICES_MAX; i++)
		k->fds[i] = NOT_LOOKED_AT;
	return k;
}

static void forget(struct keys *k, int number)
{
	if (k->fds[number] >= 0)
		(void)close(k->fds[number]);
	k->fds[number] = NOT_LOOKED_AT;
}

void keys_destroy(struct keys *k)
{
	if (!k)
		return;
	for (int i = 0; i < DEVICES_MAX; i++)
		forget(k, i);
	free(k->folder);
	free(k);
}

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

static void look_at(struct keys *k, int number)
{
	char path[PATH_MAX];
	(void)snprintf(path, sizeof path, "%s/event%d", k->folder, number);
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return; /* udev has not given us the right yet: at the next look */
	if (is_keyboard(fd) && ioctl(fd, EVIOCGRAB, 1) == 0) {
		k->fds[number] = fd;
		return;
	}
	k->fds[number] = LEFT_ALONE;
	(void)close(fd);
}

int keys_look(struct keys *k)
{
	bool is_there[DEVICES_MAX] = {false};
	int held = 0;
	DIR *dir = opendir(k->folder);
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL) {
		int number;
		if (sscanf(entry->d_name, "event%d", &number) == 1 && number >= 0 && number < DEVICES_MAX)
			is_there[number] = true;
	}
	if (dir)
		(void)closedir(dir);
	for (int i = 0; i < DEVICES_MAX; i++) {
		if (!is_there[i])
			forget(k, i);
		else if (k->fds[i] == NOT_LOOKED_AT)
			look_at(k, i);
		held += k->fds[i] >= 0;
	}
	return held;
}
