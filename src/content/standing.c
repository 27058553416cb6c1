/* SPDX-License-Identifier: Apache-2.0 */
#include "content/standing.h"

static bool is_ahead(const struct standing *a, const struct standing *b, bool is_high_better)
{
	return is_high_better ? a->value > b->value : a->value < b->value;
}

static int rank_of(const struct standing *s, int count, int i, bool is_high_better)
{
	int rank = 1;
	for (int k = 0; k < count; k++)
		rank += s[k].has_value && is_ahead(&s[k], &s[i], is_high_better);
	return rank;
}

void standing_rank(struct standing *s, int count, bool is_high_better)
{
	for (int i = 0; i < count; i++) {
		if (s[i].has_value && s[i].rank == STANDING_NONE)
			s[i].rank = rank_of(s, count, i, is_high_better);
	}
}

bool standing_is_consistent(const struct standing *s, int count, bool is_high_better, int of)
{
	for (int i = 0; i < count; i++) {
		if (of && s[i].rank > of)
			return false;
		for (int k = 0; k < count; k++) {
			bool both = s[i].has_value && s[k].has_value && s[i].rank && s[k].rank;
			if (both && is_ahead(&s[i], &s[k], is_high_better) && s[i].rank >= s[k].rank)
				return false;
		}
	}
	return true;
}

int standing_change(int rank, int previous_rank)
{
	return rank && previous_rank ? previous_rank - rank : 0;
}
