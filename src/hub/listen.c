/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

bool listen_parse(const char *text, struct listen_address *out, struct err *e)
{
	char host[64];
	const char *colon = strrchr(text, ':');
	char *end;
	long port = colon ? strtol(colon + 1, &end, 10) : -1;
	size_t len = colon ? (size_t)(colon - text) : 0;
	*out = (struct listen_address){0};
	if (!colon || colon[1] == '\0' || *end || port < 0 || port > 65535 || len == 0 || len >= sizeof host)
		return err_set(e, ERR_USAGE, "listen: '%s' is not ADDR:PORT", text);
	bool in_brackets = text[0] == '[' && text[len - 1] == ']';
	(void)snprintf(
		host, sizeof host, "%.*s", (int)(in_brackets ? len - 2 : len), in_brackets ? text + 1 : text);
	struct sockaddr_in *v4 = (struct sockaddr_in *)&out->any;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->any;
	if (!in_brackets && inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		return true;
	}
	if (in_brackets && inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		out->is_v6 = true;
		return true;
	}
	return err_set(e, ERR_USAGE, "listen: '%s' is not ADDR:PORT", text);
}

int listen_inherited(void)
{
	int count = sd_listen_fds(1);
	return count == 1 && sd_is_socket(SD_LISTEN_FDS_START, AF_UNSPEC, SOCK_STREAM, 1) > 0
		       ? SD_LISTEN_FDS_START
		       : -1;
}
