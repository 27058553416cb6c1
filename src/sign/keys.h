/* keys.h - the keys of a command line, read for whoever signs. */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>

#include "base/err.h"
#include "feed/key.h"
#include "sign/options.h"

/* The keys of --key (or a role's), opened with --passphrase-file. keys_finish() after. */
struct keys {
	struct key *items[OPTION_LIST_MAX];
	int count;
};

bool keys_read(struct keys *k, const struct option_list *files, const struct sign_options *o, struct err *e);
void keys_finish(struct keys *k);

/* The first line of --passphrase-file; NULL when there is none. The caller frees it. */
bool keys_passphrase(const struct sign_options *o, char **out, struct err *e);

#endif
