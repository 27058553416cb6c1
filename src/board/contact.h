/* contact.h - contact sheets: pages as thumbnails with their names. */
#ifndef CONTACT_H
#define CONTACT_H

#include "paint/canvas.h"

struct contact;

/* Sheets go to <folder>/contact.png, contact-2.png and so on. folder and fonts are
 * borrowed. Pages of one size, as the first one's. */
struct contact *contact_create(const char *folder, struct font_set *fonts);

/* A page that has been painted; what it looks like is copied. ERR_IO. */
bool contact_add(struct contact *k, struct canvas *page, const char *name, struct err *e);

/* Writes the last sheet, and frees; NULL is fine. ERR_IO. */
bool contact_finish(struct contact *k, struct err *e);

#endif
