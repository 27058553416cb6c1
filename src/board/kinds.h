/* kinds.h - the kinds of board, one file each; for board.c's table. */
#ifndef KINDS_H
#define KINDS_H

#include "board/board.h"

extern const struct board_kind board_overview, board_standing, board_league, board_projects, board_list,
	board_detail, board_records, board_targets, board_pattern, board_journey, board_occasion,
	board_programme, board_place, board_picture, board_video, board_notices;

/* What a page of a board without data shows inside its own frame (board 16c). */
void empty_draw(struct board_view *v, const char *headline, const char *text);

#endif
