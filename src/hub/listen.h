/* listen.h - where to listen, as people write it: "127.0.0.1:8080", "[::1]:8080". */
#ifndef LISTEN_H
#define LISTEN_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/err.h"

struct listen_address {
	struct sockaddr_storage any;
	bool is_v6;
};

/* Port 0: any free one. ERR_USAGE. */
bool listen_parse(const char *text, struct listen_address *out, struct err *e);

/* The socket that systemd handed over (sd_listen_fds(3)); -1: none. */
int listen_inherited(void);

#endif
