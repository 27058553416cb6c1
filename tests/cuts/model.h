/* model.h - a folder on a file system that has not synced everything, and what a power
 * cut may make of it.
 *
 * fsync of a file makes its bytes and its size durable, not its name; fsync of a folder
 * makes its names durable. All else may be kept or lost, each by itself: a write in
 * sectors of 512 bytes, a size, a name that was made, moved or removed. That is less
 * than ext4 promises (it keeps the order of names), and what "All File Systems Are Not
 * Created Equal" (Pillai et al., OSDI 2014) found file systems to do. */
#ifndef MODEL_H
#define MODEL_H

#include <stdint.h>

#include "image.h"
#include "trace.h"

struct model;

enum model_damage {
	MODEL_LOST, /* nothing that was not synced */
	MODEL_KEPT, /* everything */
	MODEL_NAMES, /* names and perhaps sizes, no bytes: a rename before its data */
	MODEL_TORN, /* in order up to one operation, of which some sectors */
	MODEL_MIXED, /* any sectors, sizes and names, in no order */
	MODEL_GARBAGE, /* the same, and what is not kept is noise */
	MODEL_DAMAGES
};

/* The image is durable. */
struct model *model_create(const struct image *from);
void model_destroy(struct model *m);

/* One entry of a trace, and what comes behind it. */
void model_apply(struct model *m, const struct trace_entry *entry, const char *name, const char *other,
	const char *bytes);

/* What a cut now leaves; the same seed, the same damage. */
void model_cut(const struct model *m, enum model_damage damage, uint64_t seed, struct image *out);

const char *model_damage_name(enum model_damage damage);

#endif
