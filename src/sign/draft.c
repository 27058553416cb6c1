/* SPDX-License-Identifier: Apache-2.0
 *
 * Envelopes that travel between people: each adds a signature on a machine of their
 * own; with enough of them the envelope is put in its place. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "feed/envelope.h"
#include "feed/folder.h"
#include "feed/manifest.h"
#include "sign/keys.h"
#include "sign/sign.h"

static const char *const types[] = {ENVELOPE_TRUST, ENVELOPE_MANIFEST};

/* Reads an envelope of either kind; says which. */
static bool read_any(
	const char *path, struct envelope *v, const char **type, struct buf *bytes, struct err *e)
{
	if (!file_read(path, MANIFEST_BYTES_MAX, bytes, e))
		return false;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		*type = types[i];
		envelope_finish(v);
		if (envelope_read(v, *type, bytes->data, bytes->len, e))
			return true;
	}
	return err_prefix(e, "%s", path);
}

static bool need_word(const struct sign_options *o, const char *what, struct err *e)
{
	return o->words.count == 1 || err_set(e, ERR_USAGE, "one %s is needed", what);
}

bool sign_add(const struct sign_options *o, struct err *e)
{
	struct envelope v = {0};
	struct keys signers = {0};
	struct buf bytes = {0}, out = {0};
	const char *type;
	bool ok = need_word(o, "ENVELOPE", e);
	if (ok && !o->key.count)
		ok = err_set(e, ERR_USAGE, "--key is needed");
	ok = ok && read_any(o->words.items[0], &v, &type, &bytes, e) && keys_read(&signers, &o->key, o, e);
	for (int i = 0; ok && i < signers.count; i++)
		ok = envelope_sign(&v, signers.items[i], e);
	if (ok) {
		envelope_write(&v, type, &out);
		ok = file_write_durable(o->words.items[0], out.data, out.len, 0644, e);
	}
	if (ok)
		(void)printf("%s: %d signatures\n", o->words.items[0], v.signature_count);
	buf_finish(&bytes);
	buf_finish(&out);
	keys_finish(&signers);
	envelope_finish(&v);
	return ok;
}

static bool install_trust(
	const char *folder, const struct buf *bytes, const struct trust *before, struct err *e)
{
	struct trust *t = NULL;
	bool ok = before ? trust_read_next(&t, before, bytes->data, bytes->len, e)
			 : trust_read_first(&t, bytes->data, bytes->len, e);
	ok = ok && folder_put_number(folder, "trust", t->version, bytes, e);
	if (ok)
		(void)printf("trust %lld of feed %s\n", (long long)t->version, t->feed);
	trust_destroy(t);
	return ok;
}

static bool install_manifest(
	const char *folder, const struct buf *bytes, const struct trust *t, struct err *e)
{
	struct manifest m = {0};
	bool ok = t || err_set(e, ERR_USAGE, "%s: has no trust document", folder);
	ok = ok && manifest_read(&m, t, bytes->data, bytes->len, e) &&
	     folder_put_number(folder, "manifests", m.version, bytes, e);
	if (ok)
		(void)printf("version %lld of feed %s\n", (long long)m.version, m.feed);
	manifest_finish(&m);
	return ok;
}

bool sign_install(const struct sign_options *o, struct err *e)
{
	struct envelope v = {0};
	struct buf bytes = {0};
	struct trust *t = NULL;
	const char *type;
	bool ok = need_word(o, "ENVELOPE", e) && sign_options_need(o->out, "out", e) &&
		  read_any(o->words.items[0], &v, &type, &bytes, e) && folder_read_trust(o->out, &t, e);
	if (ok)
		ok = strcmp(type, ENVELOPE_TRUST) == 0 ? install_trust(o->out, &bytes, t, e)
						       : install_manifest(o->out, &bytes, t, e);
	trust_destroy(t);
	buf_finish(&bytes);
	envelope_finish(&v);
	return ok;
}
