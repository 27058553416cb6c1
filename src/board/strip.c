/* SPDX-License-Identifier: Apache-2.0 */
#include "board/strip.h"

#include <stdbool.h>

/* Parts too short to be seen are as long as need be; the others share the rest. */
void strip_divide(const int *days, int count, double length, struct strip_part *out)
{
	const double least = STRIP_LEAST + STRIP_GAP;
	double room = length, total = 0;
	bool has_changed = true;
	for (int i = 0; i < count; i++) {
		out[i].length = 0;
		total += days[i];
	}
	while (has_changed) {
		has_changed = false;
		for (int i = 0; i < count; i++) {
			if (out[i].length > 0 || room * days[i] / total >= least)
				continue;
			out[i].length = least;
			room -= least;
			total -= days[i];
			has_changed = true;
			break;
		}
	}
	double at = 0;
	for (int i = 0; i < count; i++) {
		double share = out[i].length > 0 ? least : room * days[i] / total;
		out[i] = (struct strip_part){at, i + 1 < count ? share - STRIP_GAP : share};
		at += share;
	}
}
