/* jfif.h - what a JPEG file says before it is decoded: its size, which way up it is to
 * be shown, how many scans it has, and whether all of it is there. Reads only the bytes
 * it is given. */
#ifndef JFIF_H
#define JFIF_H

#include <stdbool.h>
#include <stddef.h>

/* Of the first frame (ISO/IEC 10918-1, B.2.2). False: not a JPEG file. */
bool jfif_size(const unsigned char *b, size_t len, int *width, int *height);

/* Orientation of Exif 2.3, tag 0x0112: 1 (upright) to 8; 1 when it does not say. */
int jfif_orientation(const unsigned char *b, size_t len);

/* Decoders fill up a file that was cut off with grey, and say nothing: 0 when its end is
 * not there. */
int jfif_count_scans(const unsigned char *b, size_t len);

#endif
