/* show.h - one version's content, laid out for one screen: the boards of its
 * playlist, which of them have something to show now, and their pages.
 *
 * Belongs to the thread that paints. */
#ifndef SHOW_H
#define SHOW_H

#include "board/board.h"
#include "kiosk/rotation.h"

struct show;

/* Where media come from, see gallery.h. Takes content. Fonts are borrowed, tag
 * may be NULL. */
struct show *show_create(struct content *content, gallery_path *path, void *path_user, const char *tag,
	struct font_set *fonts);
void show_destroy(struct show *s); /* NULL is fine */

struct content *show_content(struct show *s);

/* Which boards have pages now on a canvas like this one, and how long they stay. */
void show_plan(struct show *s, struct canvas *c, const struct moment *now);

/* Of the plan; borrowed until the next one. */
const struct rotation *show_rotation(const struct show *s);
const struct playlist_board *show_board(const struct show *s, int slot);

/* A plan of one board alone, whatever the hour, with the dots it has among those of
 * its first screen tag. False: no such board, or it is of a kind not drawn. */
bool show_plan_only(struct show *s, struct canvas *c, const struct moment *now, const char *board_id);

/* A view of a page of the plan, ready for board_paint(); its arena is the show's and
 * is emptied by the next call. The caller sets what the frame says, and motion. */
/* A board beside the plan, its first page. */
struct board_view *show_view_of(
	struct show *s, struct canvas *c, const struct playlist_board *board, const struct moment *now);

struct board_view *show_view(struct show *s, struct canvas *c, int slot, int page, const struct moment *now);

/* The first UTC second at which show_plan() may come out differently. */
int64_t show_next_plan(struct show *s, const struct moment *now);

#endif
