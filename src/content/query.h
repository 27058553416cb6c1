/* query.h - pieces of SQL that the queries of this room share; not for other rooms. */
#ifndef QUERY_H
#define QUERY_H

/* The four columns that origin_read() reads; t: the table's alias. */
#define QUERY_ORIGIN(t)                                                                                      \
	t ".as_of, (SELECT name FROM sources WHERE id = " t ".source), " t ".derived, " t ".sample"

/* x: the items of a list that a board (?1) names, or all when it names none; o.pos:
 * its order. */
#define QUERY_OF_BOARD(list)                                                                                 \
	" FROM " list " x LEFT JOIN boards_of o ON o.parent = ?1 AND o.id = x.id"                            \
	" WHERE (o.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM boards_of WHERE parent = ?1))"

#endif
