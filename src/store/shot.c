/* SPDX-License-Identifier: Apache-2.0 */
#include "store/shot.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

#define NAME "kiosk.shot"
#define LINE_MAX_BYTES 64

bool shot_write(const char *folder, const char *name, int64_t taken_utc_s, const struct buf *jpeg, struct err *e)
{
	char path[4096];
	struct buf bytes = {0};
	buf_printf(&bytes, "%s %lld\n", name, (long long)taken_utc_s);
	buf_add(&bytes, jpeg->data, jpeg->len);
	bool ok = (file_join(path, sizeof path, folder, NAME) || err_set(e, ERR_DISK, "%s: path too long", folder)) &&
		  file_write(path, bytes.data, bytes.len, 0644, e);
	buf_finish(&bytes);
	return ok;
}

bool shot_read(const char *folder, const char *name, int64_t *taken_utc_s, struct buf *jpeg)
{
	char path[4096], has[SHOT_NAME_MAX + 1];
	long long taken;
	struct buf bytes = {0};
	struct err ignored = {0};
	bool ok = file_join(path, sizeof path, folder, NAME) &&
		  file_read(path, SHOT_BYTES_MAX + LINE_MAX_BYTES, &bytes, &ignored);
	const char *end = ok ? memchr(bytes.data, '\n', bytes.len) : NULL;
	ok = end && sscanf(bytes.data, "%16s %lld\n", has, &taken) == 2 && strcmp(has, name) == 0;
	if (ok) {
		*taken_utc_s = taken;
		buf_add(jpeg, end + 1, bytes.len - (size_t)(end + 1 - bytes.data));
	}
	buf_finish(&bytes);
	return ok;
}
