/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"

#define PASSPHRASE_BYTES_MAX 1024

bool keys_passphrase(const struct sign_options *o, char **out, struct err *e)
{
	*out = NULL;
	if (!o->passphrase_file)
		return true;
	struct buf text = {0};
	bool ok = file_read(o->passphrase_file, PASSPHRASE_BYTES_MAX, &text, e);
	size_t len = ok ? strcspn(text.data, "\r\n") : 0;
	if (ok && len == 0)
		ok = err_set(e, ERR_USAGE, "%s: its first line is empty", o->passphrase_file);
	if (ok)
		*out = alloc_text_len(text.data, len);
	if (text.data)
		explicit_bzero(text.data, text.len);
	buf_finish(&text);
	return ok;
}

bool keys_read(struct keys *k, const struct option_list *files, const struct sign_options *o, struct err *e)
{
	char *passphrase;
	bool ok = keys_passphrase(o, &passphrase, e);
	for (int i = 0; ok && i < files->count; i++) {
		ok = key_read(&k->items[k->count], files->items[i], passphrase, e);
		k->count += ok;
	}
	if (passphrase)
		explicit_bzero(passphrase, strlen(passphrase));
	free(passphrase);
	return ok;
}

void keys_finish(struct keys *k)
{
	for (int i = 0; i < k->count; i++)
		key_destroy(k->items[i]);
	*k = (struct keys){0};
}
