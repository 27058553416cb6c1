/* SPDX-License-Identifier: Apache-2.0 */
#include "board/paging.h"

int paging_pages(int rows, int per_page)
{
	return (rows + per_page - 1) / per_page;
}

struct paging_page paging_page(int rows, int per_page, int page)
{
	int pages = paging_pages(rows, per_page);
	if (pages >= 3 && rows - (pages - 1) * per_page == 1) {
		int each = rows / pages, fuller = rows % pages; /* pages with one more */
		int before = page < fuller ? page : fuller;
		return (struct paging_page){page * each + before, each + (page < fuller ? 1 : 0)};
	}
	int first = page * per_page;
	return (struct paging_page){first, rows - first < per_page ? rows - first : per_page};
}
