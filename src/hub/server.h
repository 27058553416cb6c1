/* server.h - a feed's folder over HTTP, through libmicrohttpd.
 *
 * Strong entity tags, 304, ranges, HEAD; bounded connections, headers and silence.
 * Its own threads; start and stop from one. */
#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>

#include "base/err.h"

#define SERVER_CONNECTIONS_MAX 1000
#define SERVER_HEADER_BYTES_MAX 16384 /* of memory for a connection's headers */
#define SERVER_SILENCE_S 30
#define SERVER_WAIT_MAX_S 60

struct server;

/* listen: "127.0.0.1:8080", "[::1]:8080"; port 0: any free one. ERR_USAGE, ERR_IO. */
bool server_start(struct server **out, const char *folder, const char *listen, struct err *e);
int server_port(const struct server *s);
void server_stop(struct server *s); /* NULL is fine */

#endif
