/* qr.h - QR codes (ISO/IEC 18004), error level M, whole pixels a module, a quiet
 * zone of four modules, never tinted. */
#ifndef QR_H
#define QR_H

#include <stdbool.h>

#include "paint/canvas.h"

/* Fills the square with side design units with white and the code in its middle.
 * False (and nothing drawn) when the text does not fit a code at one pixel a module. */
bool qr_draw(struct canvas *c, double x, double y, double side, const char *text);

/* The code of an address or, when it is made up and must not be scanned (.invalid,
 * RFC 6761: never exists), what stands in its place. */
void qr_draw_address(struct canvas *c, double x, double y, double side, const char *url);

#endif
