/* scaler.h - a decoded picture, brought to the size and the pixels of the screen: as large as it goes, in the
 * middle, black beside it. libswscale. One thread. */
#ifndef SCALER_H
#define SCALER_H

#include <libavutil/frame.h>
#include <stdbool.h>

struct scaler;

/* Of what is painted; see base/reel.h. */
struct scaler *scaler_create(int width_px, int height_px);
void scaler_destroy(struct scaler *s); /* NULL is fine */

/* False: pixels of a kind that is not known here. */
bool scaler_paint(struct scaler *s, const AVFrame *frame, unsigned char *to);

#endif
