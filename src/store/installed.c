/* SPDX-License-Identifier: Apache-2.0 */
#include "store/installed.h"

#include <string.h>

#include "base/file.h"
#include "feed/trust.h"
#include "store/store.h"

#define PIN "sha256:"

bool installed_is_pinned(const char *trust)
{
	size_t len = strlen(PIN);
	return strncmp(trust, PIN, len) == 0 && digest_is_hex(trust + len);
}

bool installed_suits(const char *trust, const struct buf *document, struct err *e)
{
	char hex[DIGEST_HEX];
	digest_bytes(document->data ? document->data : "", document->len, hex);
	return strcmp(hex, trust + strlen(PIN)) == 0 ||
	       err_set(e, ERR_UNTRUSTED,
		       "trust/1.json has the fingerprint %s, but this screen was set up with %s", hex,
		       trust + strlen(PIN));
}

static bool read_pinned(const char *trust, const char *state, struct buf *out, struct err *e)
{
	char path[STORE_PATH_MAX];
	struct buf bytes = {0};
	bool ok = state && file_join(path, sizeof path, state, "trust/1.json") && file_exists(path);
	if (!ok)
		return err_set(e, ERR_IO, "trust: no document was fetched yet");
	ok = file_read(path, TRUST_BYTES_MAX, &bytes, e) && installed_suits(trust, &bytes, e);
	if (ok)
		buf_add(out, bytes.data, bytes.len);
	buf_finish(&bytes);
	return ok;
}

bool installed_read(const char *trust, const char *state, struct buf *out, struct err *e)
{
	return installed_is_pinned(trust) ? read_pinned(trust, state, out, e)
					  : file_read(trust, TRUST_BYTES_MAX, out, e);
}
