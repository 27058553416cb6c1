/* SPDX-License-Identifier: Apache-2.0
 *
 * check STATE TRUST: what a screen would find in a state folder, in one line:
 *   record=yes|no trust=N seq=N version=N shows=N chain=N
 * "shows" is the version that the record names, or else the newest that is whole: its
 * manifest holds and every object is there, byte for byte; 0: none. "chain" is the newest
 * trust document that holds. Exit 1 when the installed trust document does not. */
#include <stdio.h>

#include "base/file.h"
#include "store/store.h"

static bool is_whole(struct store *s, const struct trust *t, int64_t version)
{
	struct manifest m = {0};
	struct err e = {0};
	bool ok = store_read_manifest(s, version, t, &m, &e) &&
		  store_holds_object(s, m.content_sha256, m.content_size);
	for (int i = 0; ok && i < m.media_count; i++)
		ok = store_holds_object(s, m.media[i].sha256, m.media[i].size);
	manifest_finish(&m);
	return ok;
}

int main(int argc, char **argv)
{
	struct buf installed = {0};
	struct store *s = NULL;
	struct trust *t = NULL;
	struct store_record r = {0};
	struct err e = {0};
	if (argc != 3 || !file_read(argv[2], TRUST_BYTES_MAX, &installed, &e))
		return 2;
	bool has_folder = store_open_reader(&s, argv[1], &e);
	if (!has_folder)
		(void)puts("record=no trust=0 seq=0 version=0 shows=0 chain=0");
	bool ok = !has_folder || store_read_trust(s, &installed, &t, &e);
	if (has_folder && ok) {
		struct err none = {0};
		bool has_record = store_read_record(s, &r, &none);
		int64_t shows = r.version ? r.version : store_newest_manifest(s, INT64_MAX);
		while (shows > 0 && !is_whole(s, t, shows))
			shows = store_newest_manifest(s, shows);
		(void)printf("record=%s trust=%lld seq=%lld version=%lld shows=%lld chain=%lld\n",
			has_record ? "yes" : "no", (long long)r.trust, (long long)r.seq, (long long)r.version,
			(long long)shows, (long long)t->version);
	}
	trust_destroy(t);
	store_close(s);
	buf_finish(&installed);
	return ok ? 0 : 1;
}
