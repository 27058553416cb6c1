/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "feed/folder.h"
#include "sign/keys.h"
#include "sign/sign.h"

bool sign_keygen(const struct sign_options *o, struct err *e)
{
	enum key_type type;
	char public_path[FOLDER_PATH_MAX], *passphrase;
	if (!sign_options_need(o->type, "type", e) || !sign_options_need(o->out, "out", e) ||
		!keys_passphrase(o, &passphrase, e))
		return false;
	(void)key_type_find(o->type, &type);
	(void)snprintf(public_path, sizeof public_path, "%s.pub", o->out);
	struct key *k = key_generate(type);
	bool ok = k || err_set(e, ERR_IO, "OpenSSL cannot make %s keys", o->type);
	if (ok && file_exists(public_path))
		ok = err_set(e, ERR_DISK, "%s: exists; keys are never replaced", public_path);
	ok = ok && key_write_private(k, o->out, passphrase, e) && key_write_public(k, public_path, e);
	if (ok)
		(void)printf("%s %s\n", key_type_name(type), key_id(k));
	key_destroy(k);
	if (passphrase)
		explicit_bzero(passphrase, strlen(passphrase));
	free(passphrase);
	return ok;
}
