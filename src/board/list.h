/* list.h - the project list's layouts, shared by its two orientations. */
#ifndef LIST_H
#define LIST_H

#include "board/board.h"
#include "content/project.h"
#include "paint/part.h"

enum list_way { LIST_BY_SCHEDULE, LIST_BY_STAGE, LIST_FACTS };

struct list_page {
	struct project_scope scope;
	enum list_way way;
	int count, per_page, pages;
};

/* How a project stands, in shape, colour and word. */
struct list_state {
	enum part_status shape;
	const char *word; /* NULL: nothing is said */
	enum token word_color;
	enum token track; /* of the current phase */
	int current; /* phase 1.., 0: all are done, -1: nobody reported any */
	bool is_late, is_soon;
};

struct list_state list_state_of(const struct project *p, enum list_way way);

/* What comes next and when; "" where nothing is to say. */
const char *list_next_name(const struct project *p, enum list_way way);
const char *list_next_date(struct board_view *v, const struct project *p, enum list_way way);
const char *list_phase_word(struct board_view *v, const struct project *p, bool says_already);

/* Sector · park, or the brief line. */
const char *list_sub(struct board_view *v, const struct project *p, enum list_way way);

/* So many as every amount of a page in that unit has: the points stand over each other. */
struct list_decimals {
	int yi, wan; /* of 亿元, of 万元 */
};

/* The investment, right-aligned; "—" where the source has none. Returns where it begins. */
double list_draw_money(struct board_view *v, const struct project *p, double right, double baseline,
	double unit_size, const struct list_decimals *decimals);
struct list_decimals list_money_decimals(const struct project *rows, int count);

void list_draw_track(struct board_view *v, const struct project *p, const struct list_state *s, double x,
	double y, double w, int index);

/* Counters of all the board's projects, left to right. Draws what ends before
 * max_x; returns where the first one begins. */
double list_draw_counters(
	struct board_view *v, const struct list_page *p, double base, double max_x, double min_x);

/* Returns the width that is left for the title, 0: as designed. */
double list_draw_landscape(
	struct board_view *v, const struct list_page *p, const struct project *rows, int count);
void list_draw_portrait(
	struct board_view *v, const struct list_page *p, const struct project *rows, int count);

#endif
