/* SPDX-License-Identifier: Apache-2.0
 *
 * forge head|manifest|trust KEY... < body > envelope: signs whatever it is given, as a
 * publisher with a broken tool, or a thief with a key, would. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "feed/envelope.h"

static const char *type_of(const char *word)
{
	static const struct {
		const char *word, *type;
	} types[] = {{"head", ENVELOPE_HEAD}, {"manifest", ENVELOPE_MANIFEST}, {"trust", ENVELOPE_TRUST}};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		if (strcmp(types[i].word, word) == 0)
			return types[i].type;
	}
	return word; /* a type that nobody knows */
}

static bool sign(struct envelope *v, const char *path, struct err *e)
{
	struct key *k = NULL;
	bool ok = key_read(&k, path, NULL, e) && envelope_sign(v, k, e);
	key_destroy(k);
	return ok;
}

int main(int argc, char **argv)
{
	char bytes[65536];
	size_t len;
	struct buf body = {0}, out = {0};
	struct envelope v = {0};
	struct err e = {0};
	if (argc < 3)
		return 2;
	while ((len = fread(bytes, 1, sizeof bytes, stdin)) > 0)
		buf_add(&body, bytes, len);
	envelope_make(&v, type_of(argv[1]), body.data ? body.data : "", body.len);
	bool ok = true;
	for (int i = 2; ok && i < argc; i++)
		ok = sign(&v, argv[i], &e);
	envelope_write(&v, type_of(argv[1]), &out);
	ok = ok && fwrite(out.data, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
	if (!ok)
		(void)fprintf(stderr, "forge: %s\n", e.text);
	envelope_finish(&v);
	buf_finish(&body);
	buf_finish(&out);
	return ok ? 0 : 1;
}
