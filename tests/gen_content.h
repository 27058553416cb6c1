/* gen_content.h - what the parts of the content generator share: numbers that
 * depend on the seed alone, and the pieces that documents are made of. */
#ifndef GEN_CONTENT_H
#define GEN_CONTENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define GEN_DAY_BYTES 16

struct gen {
	uint64_t state;
	int32_t today; /* what the document is written for */
	int projects;
};

/* splitmix64 (S. Vigna): the same seed gives the same numbers everywhere. */
uint64_t gen_next(struct gen *g);
int gen_between(struct gen *g, int low, int high); /* both included */
bool gen_chance(struct gen *g, int percent);

/* An item of a NULL-ended list. */
const char *gen_pick(struct gen *g, const char *const *list);

/* "YYYY-MM-DD", or the month, quarter, half or year that a day lies in. */
const char *gen_day(char out[static GEN_DAY_BYTES], int32_t day);
const char *gen_vague(struct gen *g, char out[static GEN_DAY_BYTES], int32_t day);

/* A string from a format. */
json_t *gen_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says of an item that it is made up; returns it. */
json_t *gen_sample(json_t *item);

/* Sets a field to a number with so many decimals. */
void gen_number(json_t *item, const char *field, double value, int decimals);

json_t *gen_phases(void);
json_t *gen_projects(struct gen *g);
json_t *gen_indicators(struct gen *g);
json_t *gen_figures(struct gen *g);
json_t *gen_occasions(struct gen *g);
json_t *gen_notices(struct gen *g);
json_t *gen_records(struct gen *g);
json_t *gen_patterns(void);
json_t *gen_targets(void);
json_t *gen_journeys(void);

#endif
