/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/bundle.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/alloc.h"
#include "base/zone.h"

struct bundle {
	zip_t *zip;
	char path[PATH_MAX];
	zip_uint16_t day, time; /* as ZIP writes them */
};

/* ZIP's times have no zone: whoever opens it here reads them as the clock on the wall. */
static void set_time(struct bundle *b, int64_t utc_s)
{
	struct civil c = zone_local("Asia/Shanghai", utc_s);
	b->day = (zip_uint16_t)((c.year - 1980) << 9 | c.month << 5 | c.day);
	b->time = (zip_uint16_t)(c.hour << 11 | c.minute << 5 | c.second / 2);
}

bool bundle_begin(struct bundle **out, const char *folder, int64_t time_utc_s, struct err *e)
{
	struct bundle *b = alloc_zero(1, sizeof *b);
	int code = 0;
	int n = snprintf(b->path, sizeof b->path, "%s/bundle.XXXXXX", folder);
	int fd = n > 0 && (size_t)n < sizeof b->path ? mkostemp(b->path, O_CLOEXEC) : -1;
	set_time(b, time_utc_s);
	if (fd >= 0) {
		(void)close(fd);
		b->zip = zip_open(b->path, ZIP_CREATE | ZIP_TRUNCATE, &code);
	}
	if (!b->zip) {
		if (fd >= 0)
			(void)unlink(b->path);
		free(b);
		return err_set(e, ERR_DISK, "%s：无法建立压缩包", folder);
	}
	*out = b;
	return true;
}

/* Pictures are packed already; text is small. */
static bool add(struct bundle *b, const char *name, zip_source_t *source, struct err *e)
{
	zip_int64_t at = source ? zip_file_add(b->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
	if (at < 0)
		zip_source_free(source);
	return (at >= 0 && zip_file_set_dostime(b->zip, (zip_uint64_t)at, b->time, b->day, 0) == 0 &&
		       zip_set_file_compression(b->zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0) ||
	       err_set(e, ERR_DISK, "压缩包：%s", zip_strerror(b->zip));
}

bool bundle_add(struct bundle *b, const char *name, const void *bytes, size_t len, struct err *e)
{
	void *copy = alloc_zero(len + 1, 1);
	memcpy(copy, bytes, len);
	zip_source_t *source = zip_source_buffer(b->zip, copy, len, 1);
	if (!source)
		free(copy);
	return add(b, name, source, e);
}

bool bundle_add_file(struct bundle *b, const char *name, const char *path, struct err *e)
{
	return add(b, name, zip_source_file(b->zip, path, 0, -1), e);
}

bool bundle_end(struct bundle *b, int *fd, uint64_t *size_bytes, struct err *e)
{
	struct stat st;
	bool ok = zip_close(b->zip) == 0 || err_set(e, ERR_DISK, "压缩包：%s", zip_strerror(b->zip));
	if (ok)
		b->zip = NULL;
	*fd = ok ? open(b->path, O_RDONLY | O_CLOEXEC) : -1;
	if (ok && (*fd < 0 || fstat(*fd, &st) != 0))
		ok = err_set(e, ERR_DISK, "压缩包：无法读取");
	*size_bytes = ok ? (uint64_t)st.st_size : 0;
	if (!ok && *fd >= 0)
		(void)close(*fd);
	bundle_abandon(b);
	return ok;
}

void bundle_abandon(struct bundle *b)
{
	if (!b)
		return;
	if (b->zip)
		zip_discard(b->zip);
	(void)unlink(b->path);
	free(b);
}
