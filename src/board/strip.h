/* strip.h - terms one after the other on one strip, to scale. Pure. */
#ifndef STRIP_H
#define STRIP_H

#define STRIP_GAP 6.0
#define STRIP_LEAST 3.0 /* of a part: what is not nothing is seen */

struct strip_part {
	double at, length; /* the gap lies behind it, but for the last one */
};

/* Parts of a strip so long, in proportion to days. */
void strip_divide(const int *days, int count, double length, struct strip_part *out);

#endif
