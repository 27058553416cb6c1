/* medium.h - a file of the media, by its name a picture or a film: is it sound? */
#ifndef MEDIUM_H
#define MEDIUM_H

#include <stdbool.h>

#include "base/err.h"
#include "paint/picture.h"

/* What it is, for a manifest. A film's boxes are read, a picture's first bytes. ERR_IO, ERR_FORMAT. */
bool medium_probe(const char *name, const char *path, struct picture_info *out, struct err *e);

/* Would it do? A picture is decoded for it, a film is not. ERR_IO, ERR_FORMAT. */
bool medium_check(const char *name, const char *path, struct err *e);

#endif
