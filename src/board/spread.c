/* SPDX-License-Identifier: Apache-2.0 */
#include "board/spread.h"

#include <math.h>

double spread_row(const double *widths, int count, double from, double to, double *centres)
{
	double free = to - from;
	for (int i = 0; i < count; i++)
		free -= widths[i];
	double gap = count > 0 ? free / count : free, at = from;
	for (int i = 0; i < count; i++) {
		centres[i] = at + widths[i] / 2;
		at += widths[i] + gap;
	}
	return gap;
}

double spread_even(const struct spread_arm *a, int count, int i)
{
	return a->first + (a->end - a->first) * i / count;
}

double spread_width(const struct spread_arm *a, int count, int i)
{
	double at = spread_even(a, count, i);
	double half = fmin(at - a->from, a->to - at);
	if (count > 2) /* the next label but one is a station's */
		half = fmin(half, (spread_even(a, count, 2) - a->first - SPREAD_GAP) / 2);
	if (i % 2 == count % 2)
		half = fmin(half, a->end_label - SPREAD_GAP - at);
	return 2 * half;
}
