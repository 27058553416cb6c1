/* SPDX-License-Identifier: Apache-2.0 */
#include "sign/feed_folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "feed/envelope.h"

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

bool feed_sign(const char *type, const struct buf *body, const struct keys *k, struct buf *out, struct err *e)
{
	struct envelope v = {0};
	envelope_make(&v, type, body->data, body->len);
	bool ok = true;
	for (int i = 0; ok && i < k->count; i++)
		ok = envelope_sign(&v, k->items[i], e);
	if (ok)
		envelope_write(&v, type, out);
	envelope_finish(&v);
	return ok;
}

void feed_number_path(const char *folder, const char *sub, int64_t number, char out[static FEED_PATH_MAX])
{
	(void)snprintf(out, FEED_PATH_MAX, "%s/%s/%lld.json", folder, sub, (long long)number);
}

int64_t feed_newest(const char *folder, const char *sub)
{
	char path[FEED_PATH_MAX];
	int64_t newest = 0;
	(void)snprintf(path, sizeof path, "%s/%s", folder, sub);
	DIR *dir = opendir(path);
	if (!dir)
		return 0;
	struct dirent *entry;
	while ((entry = readdir(dir)) != NULL) {
		char *end;
		long long number = strtoll(entry->d_name, &end, 10);
		if (strcmp(end, ".json") == 0 && number > newest)
			newest = number;
	}
	(void)closedir(dir);
	return newest;
}

static bool read_number(
	const char *folder, int64_t number, const struct trust *before, struct trust **out, struct err *e)
{
	char path[FEED_PATH_MAX];
	struct buf bytes = {0};
	feed_number_path(folder, "trust", number, path);
	bool ok = file_read(path, TRUST_BYTES_MAX, &bytes, e);
	if (ok && before)
		ok = trust_read_next(out, before, bytes.data, bytes.len, e);
	else if (ok)
		ok = trust_read_first(out, bytes.data, bytes.len, e);
	buf_finish(&bytes);
	return ok || err_prefix(e, "%s", path);
}

bool feed_read_trust(const char *folder, struct trust **out, struct err *e)
{
	int64_t newest = feed_newest(folder, "trust");
	*out = NULL;
	for (int64_t n = 1; n <= newest; n++) {
		struct trust *next;
		bool ok = read_number(folder, n, *out, &next, e);
		trust_destroy(*out);
		*out = ok ? next : NULL;
		if (!ok)
			return false;
	}
	return true;
}

static bool is_same(const char *path, const struct buf *bytes)
{
	struct buf kept = {0};
	struct err ignored = {0};
	bool same = file_read(path, bytes->len, &kept, &ignored) && kept.len == bytes->len &&
		    memcmp(kept.data, bytes->data, bytes->len) == 0;
	buf_finish(&kept);
	return same;
}

bool feed_may_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e)
{
	char path[FEED_PATH_MAX];
	feed_number_path(folder, sub, number, path);
	return !file_exists(path) || is_same(path, bytes) ||
	       err_set(e, ERR_DISK, "%s: exists; what was published is never changed", path);
}

bool feed_put_number(
	const char *folder, const char *sub, int64_t number, const struct buf *bytes, struct err *e)
{
	char path[FEED_PATH_MAX], parent[FEED_PATH_MAX];
	if (!feed_may_put_number(folder, sub, number, bytes, e))
		return false;
	feed_number_path(folder, sub, number, path);
	if (file_exists(path))
		return true;
	(void)snprintf(parent, sizeof parent, "%s/%s", folder, sub);
	return file_make_folder(parent, 0755, e) &&
	       file_write_durable(path, bytes->data, bytes->len, 0644, e);
}

bool feed_put_object(
	const char *folder, const struct buf *bytes, char sha256[static DIGEST_HEX], struct err *e)
{
	char path[FEED_PATH_MAX], parent[FEED_PATH_MAX];
	digest_bytes(bytes->data, bytes->len, sha256);
	(void)snprintf(parent, sizeof parent, "%s/objects", folder);
	(void)snprintf(path, sizeof path, "%s/objects/%s", folder, sha256);
	if (is_same(path, bytes))
		return true;
	return file_make_folder(parent, 0755, e) &&
	       file_write_durable(path, bytes->data, bytes->len, 0644, e);
}
