/* image.h - a folder as it stands: its names and their bytes, in memory or on disk. */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "feed/digest.h"

struct image_item {
	char *name; /* below the folder; a folder comes before what is in it */
	bool is_folder;
	struct buf bytes;
};

struct image {
	struct image_item *items;
	int count;
};

/* The item is the image's until the next is added. */
struct image_item *image_add(struct image *m, const char *name, bool is_folder);
void image_finish(struct image *m);

/* Sorted by name, so that equal folders are equal images. A failure ends the program. */
void image_sort(struct image *m);
void image_read(struct image *m, const char *folder);

/* The folder holds this and nothing else afterwards. */
void image_write(const struct image *m, const char *folder);
void image_hash(const struct image *m, char hex[static DIGEST_HEX]);

#endif
