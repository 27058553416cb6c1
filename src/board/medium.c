/* SPDX-License-Identifier: Apache-2.0 */
#include "board/medium.h"

#include "base/file.h"
#include "content/film.h"

static bool probe_film(const char *path, struct picture_info *out, struct err *e)
{
	struct buf bytes = {0};
	struct film_info info;
	bool ok = file_read(path, PICTURE_BYTES_MAX, &bytes, e) &&
		  (film_probe(bytes.data, bytes.len, &info, e) || err_prefix(e, "%s", path));
	if (ok)
		*out = (struct picture_info){FILM_TYPE, info.width, info.height};
	buf_finish(&bytes);
	return ok;
}

bool medium_probe(const char *name, const char *path, struct picture_info *out, struct err *e)
{
	return film_is_name(name) ? probe_film(path, out, e) : picture_probe(path, out, e);
}

bool medium_check(const char *name, const char *path, struct err *e)
{
	struct picture_info ignored;
	return film_is_name(name) ? probe_film(path, &ignored, e) : picture_check(path, e);
}
