/* player.h - plays a film to whoever started us, each picture when it is due, until nobody wants it. */
#ifndef PLAYER_H
#define PLAYER_H

#include "base/reel.h"
#include "video/decoder.h"

/* pictures: the slots, one behind the other. */
enum reel_end player_run(struct decoder *d, unsigned char *pictures, int width_px, int height_px);

#endif
