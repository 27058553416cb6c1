/* metrics.h - figures for a monitoring system, in Prometheus' text format 0.0.4. They name no
 * screen and no person; a site of http.h that answers to loopback alone. */
#ifndef METRICS_H
#define METRICS_H

#include "hub/http.h"

/* user: a struct hub. */
void metrics_answer(void *user, const struct http_request *r, struct http_answer *a);

#endif
