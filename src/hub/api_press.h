/* api_press.h - what the areas of the API share that paint or publish. */
#ifndef API_PRESS_H
#define API_PRESS_H

#include "hub/api.h"

/* This hub can do that at all. ERR_CONFLICT. */
bool api_press(struct api_call *c, struct err *e);

#endif
