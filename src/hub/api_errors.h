/* api_errors.h - what is refused, as the API tells it. */
#ifndef API_ERRORS_H
#define API_ERRORS_H

#include "hub/api.h"

/* A refusal that has a code of its own. Returns false. */
bool api_errors_set(struct err *e, const char *code, const char *message);

/* Answers with the error and its details. */
void api_errors_send(struct api_call *c, const struct err *e);

/* The code and the status that an error has. */
const char *api_errors_code(const struct err *e, unsigned *status);

#endif
