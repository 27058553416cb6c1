/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/inputs.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"

#define NOT_LOOKED_AT (-1)
#define LEFT_ALONE (-2)

void inputs_begin(struct inputs *in, const char *folder, void *taker, inputs_take *take, inputs_drop *drop)
{
	*in = (struct inputs){.folder = alloc_text(folder), .taker = taker, .take = take, .drop = drop};
	for (int i = 0; i < INPUTS_MAX; i++)
		in->fds[i] = NOT_LOOKED_AT;
}

void inputs_lose(struct inputs *in, int number)
{
	if (in->fds[number] >= 0) {
		in->drop(in->taker, number);
		(void)close(in->fds[number]);
	}
	in->fds[number] = NOT_LOOKED_AT;
}

void inputs_finish(struct inputs *in)
{
	for (int i = 0; i < INPUTS_MAX; i++)
		inputs_lose(in, i);
	free(in->folder);
}

static void look_at(struct inputs *in, int number)
{
	char path[PATH_MAX];
	(void)snprintf(path, sizeof path, "%s/event%d", in->folder, number);
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return; /* udev has not given us the right yet: at the next look */
	if (in->take(in->taker, number, fd)) {
		in->fds[number] = fd;
		return;
	}
	in->fds[number] = LEFT_ALONE;
	(void)close(fd);
}

int inputs_look(struct inputs *in)
{
	bool is_there[INPUTS_MAX] = {false};
	int taken = 0;
	DIR *dir = opendir(in->folder);
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL) {
		int number;
		if (sscanf(entry->d_name, "event%d", &number) == 1 && number >= 0 && number < INPUTS_MAX)
			is_there[number] = true;
	}
	if (dir)
		(void)closedir(dir);
	for (int i = 0; i < INPUTS_MAX; i++) {
		if (!is_there[i])
			inputs_lose(in, i);
		else if (in->fds[i] == NOT_LOOKED_AT)
			look_at(in, i);
		taken += in->fds[i] >= 0;
	}
	return taken;
}
