/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/first.h"

#include "base/log.h"
#include "store/installed.h"

#define PATH "trust/1.json"

bool first_take(struct fetch *f, const char *pin, struct store *s, struct buf *out, struct err *e)
{
	struct err ignored = {0};
	struct fetch_answer a;
	if (installed_read(pin, store_folder(s), out, &ignored))
		return true;
	bool ok = fetch_run(f, &(struct fetch_request){.path = PATH, .max_bytes = TRUST_BYTES_MAX}, &a, e);
	if (ok && a.outcome != FETCH_GOT)
		ok = err_set(e, ERR_NETWORK, PATH ": not there");
	ok = ok && installed_suits(pin, &a.body, e) && store_put_trust(s, 1, &a.body, e);
	if (ok) {
		buf_add(out, a.body.data, a.body.len);
		log_line(LOG_INFO, "sync: the trust document has the fingerprint that was set: taken");
	}
	buf_finish(&a.body);
	return ok;
}
