/* paging.h - rows over pages, so that the last one does not look lost. Pure. */
#ifndef PAGING_H
#define PAGING_H

struct paging_page {
	int first, count; /* of its rows */
};

/* As many as are needed. */
int paging_pages(int rows, int per_page);

/* Full pages and what is left; but where one row alone would stand on the last of
 * three or more, all are about equally full. */
struct paging_page paging_page(int rows, int per_page, int page);

#endif
