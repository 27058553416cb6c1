/* xml.h - a part of a package as a stream of elements.
 *
 * Over expat. A document type is refused before anything of it is read, and with it every
 * entity; so is what is nested too deeply. Names come without their namespace. */
#ifndef XML_H
#define XML_H

#include "intake/package.h"

/* Each returns false with *e set to stop; NULL is fine. Texts are valid during the call. */
struct xml_handlers {
	bool (*start)(void *user, const char *name, const char *const *attributes, struct err *e);
	bool (*end)(void *user, const char *name, struct err *e);
	bool (*text)(void *user, const char *text, int len, struct err *e);
};

/* ERR_FORMAT, with the part's name. */
bool xml_read(struct package *p, const char *part, const struct xml_handlers *h, void *user, struct err *e);

/* NULL: the element has no attribute of that name. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
