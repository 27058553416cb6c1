/* preview.h - two paintings side by side: what would change on the screens. Pure. */
#ifndef PREVIEW_H
#define PREVIEW_H

#include <jansson.h>

/* Pages as painter_paint() tells them; now NULL: nothing is on. A new list: each with
 * "now_sha256" and "state"; changed ones first, then new, gone and the same ones. */
json_t *preview_compare(const json_t *pages, const json_t *now);

#endif
