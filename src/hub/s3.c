/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/s3.h"

#include <curl/curl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "feed/digest.h"

#define ANSWER_BYTES_MAX 16384
#define HEADERS_BYTES_MAX 65536
#define KEY_BYTES_MAX 1024
#define CONNECT_MS 10000L
#define DEADLINE_MS 20000
#define BYTES_PER_S 4096 /* slower than that is given up */
#define SIGNED_FOR "aws:amz:%s:s3"

struct s3 {
	CURL *curl;
	char *address, *signed_for, *key, *ca_file;
	atomic_bool is_given_up;
	/* Of the request that is being made: */
	struct buf answer;
	size_t headers_bytes;
	const char *upload;
	size_t upload_left;
};

/* ---- counting ------------------------------------------------------------------------- */

static size_t take_answer(char *bytes, size_t size, size_t count, void *user)
{
	struct s3 *s = user;
	size_t len = size * count;
	if (s->answer.len + len > ANSWER_BYTES_MAX)
		return 0;
	buf_add(&s->answer, bytes, len);
	return len;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *user)
{
	struct s3 *s = user;
	(void)bytes;
	s->headers_bytes += size * count;
	return s->headers_bytes > HEADERS_BYTES_MAX ? 0 : size * count;
}

static size_t give_upload(char *to, size_t size, size_t count, void *user)
{
	struct s3 *s = user;
	size_t len = size * count < s->upload_left ? size * count : s->upload_left;
	memcpy(to, s->upload, len);
	s->upload += len;
	s->upload_left -= len;
	return len;
}

/* Several times a second. */
static int watch(void *user, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct s3 *s = user;
	(void)a, (void)b, (void)c, (void)d;
	return atomic_load(&s->is_given_up);
}

/* ---- opening -------------------------------------------------------------------------- */

static bool read_key(struct s3 *s, const char *path, struct err *e)
{
	struct stat st;
	struct buf text = {0};
	bool ok = stat(path, &st) == 0 || err_set(e, ERR_USAGE, "%s: cannot be read", path);
	if (ok && (st.st_mode & 077) != 0)
		ok = err_set(e, ERR_USAGE, "%s: others may read it; chmod 600", path);
	ok = ok && file_read(path, KEY_BYTES_MAX, &text, e);
	size_t len = ok ? strcspn(text.data, "\r\n") : 0;
	if (ok && !memchr(text.data, ':', len))
		ok = err_set(e, ERR_USAGE, "%s: its first line is not ID:SECRET", path);
	if (ok)
		s->key = alloc_text_len(text.data, len);
	if (text.data)
		explicit_bzero(text.data, text.len);
	buf_finish(&text);
	return ok;
}

static bool is_address(const char *text)
{
	return (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0) &&
	       !strpbrk(text, "?#@ ") && text[strlen(text) - 1] != '/';
}

bool s3_open(struct s3 **out, const struct s3_setup *setup, struct err *e)
{
	char signed_for[128];
	if (!is_address(setup->address))
		return err_set(e, ERR_USAGE, "bucket: '%s' is not http(s)://HOST/PATH", setup->address);
	struct s3 *s = alloc_zero(1, sizeof *s);
	(void)snprintf(signed_for, sizeof signed_for, SIGNED_FOR, setup->region);
	s->address = alloc_text(setup->address);
	s->signed_for = alloc_text(signed_for);
	s->ca_file = setup->ca_file ? alloc_text(setup->ca_file) : NULL;
	s->curl = curl_easy_init();
	bool ok = s->curl || err_set(e, ERR_USAGE, "libcurl cannot be used");
	ok = ok && read_key(s, setup->key_file, e);
	if (!ok) {
		s3_close(s);
		return false;
	}
	*out = s;
	return true;
}

void s3_close(struct s3 *s)
{
	if (!s)
		return;
	curl_easy_cleanup(s->curl);
	if (s->key)
		explicit_bzero(s->key, strlen(s->key));
	free(s->key);
	free(s->address);
	free(s->signed_for);
	free(s->ca_file);
	buf_finish(&s->answer);
	free(s);
}

void s3_give_up(struct s3 *s)
{
	atomic_store(&s->is_given_up, true);
}

const char *s3_address(const struct s3 *s)
{
	return s->address;
}

/* ---- requests -------------------------------------------------------------------------- */

/* What libcurl does by itself is not enough (sync/fetch.c): bytes are counted here, and the
 * whole has a deadline. */
static bool set_up(struct s3 *s, const char *url, size_t upload_len)
{
	CURL *c = s->curl;
	long deadline_ms = (long)(DEADLINE_MS + upload_len / BYTES_PER_S * 1000);
	curl_easy_reset(c);
	buf_clear(&s->answer);
	s->headers_bytes = 0;
	return curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, deadline_ms) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
	       (!s->ca_file || curl_easy_setopt(c, CURLOPT_CAINFO, s->ca_file) == CURLE_OK) &&
	       curl_easy_setopt(c, CURLOPT_AWS_SIGV4, s->signed_for) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_USERPWD, s->key) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, watch) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_XFERINFODATA, s) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_answer) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEDATA, s) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_HEADERDATA, s) == CURLE_OK;
}

/* "<Code>SignatureDoesNotMatch</Code>" of the store's XML; a few plain letters of it. */
static void read_code(const struct buf *answer, char *out, size_t room)
{
	const char *code = answer->data ? strstr(answer->data, "<Code>") : NULL;
	size_t len = code ? strspn(code + 6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") : 0;
	(void)snprintf(out, room, "%s%.*s", len ? " " : "", (int)(len < room ? len : 0), code ? code + 6 : "");
}

static bool make_request(struct s3 *s, const char *name, long *status, struct err *e)
{
	CURLcode code = curl_easy_perform(s->curl);
	*status = 0;
	if (code != CURLE_OK)
		return err_set(e, ERR_NETWORK, "存储桶 %s：%s", name, curl_easy_strerror(code));
	(void)curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, status);
	return true;
}

static bool make_url(const struct s3 *s, const char *name, char *out, size_t room, struct err *e)
{
	int n = snprintf(out, room, "%s/%s", s->address, name);
	return (n > 0 && (size_t)n < room) || err_set(e, ERR_USAGE, "%s: too long an address", name);
}

static struct curl_slist *add(struct curl_slist *list, const char *name, const char *value)
{
	char line[512];
	(void)snprintf(line, sizeof line, "%s: %s", name, value);
	struct curl_slist *longer = curl_slist_append(list, line);
	if (!longer)
		abort(); /* as alloc.h does */
	return longer;
}

bool s3_has(struct s3 *s, const char *name, size_t len, bool *is_there, struct err *e)
{
	char url[2048], sha256[DIGEST_HEX];
	long status;
	curl_off_t size = -1;
	if (!make_url(s, name, url, sizeof url, e))
		return false;
	digest_bytes("", 0, sha256);
	struct curl_slist *headers = add(NULL, "x-amz-content-sha256", sha256);
	bool ok = (set_up(s, url, 0) && curl_easy_setopt(s->curl, CURLOPT_NOBODY, 1L) == CURLE_OK &&
			  curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK) ||
		  err_set(e, ERR_NETWORK, "存储桶 %s：libcurl", name);
	ok = ok && make_request(s, name, &status, e);
	(void)curl_easy_getinfo(s->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &size);
	curl_easy_reset(s->curl);
	curl_slist_free_all(headers);
	if (!ok)
		return false;
	*is_there = status == 200 && size == (curl_off_t)len;
	return status == 200 || status == 404 || err_set(e, ERR_NETWORK, "存储桶 %s：HTTP %ld", name, status);
}

bool s3_put(struct s3 *s, const struct s3_object *o, struct err *e)
{
	char url[2048], sha256[DIGEST_HEX], code[64];
	long status = 0;
	if (!make_url(s, o->name, url, sizeof url, e))
		return false;
	digest_bytes(o->bytes->data, o->bytes->len, sha256);
	struct curl_slist *headers = add(NULL, "x-amz-content-sha256", sha256);
	headers = add(headers, "Content-Type", o->type);
	headers = add(headers, "Cache-Control", o->cache_control);
	headers = add(headers, "Expect", "");
	s->upload = o->bytes->data;
	s->upload_left = o->bytes->len;
	bool ok = (set_up(s, url, o->bytes->len) && curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L) == CURLE_OK &&
			  curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give_upload) == CURLE_OK &&
			  curl_easy_setopt(s->curl, CURLOPT_READDATA, s) == CURLE_OK &&
			  curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)o->bytes->len) ==
				  CURLE_OK &&
			  curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, headers) == CURLE_OK) ||
		  err_set(e, ERR_NETWORK, "存储桶 %s：libcurl", o->name);
	ok = ok && make_request(s, o->name, &status, e);
	curl_easy_reset(s->curl);
	curl_slist_free_all(headers);
	if (!ok || status == 200)
		return ok;
	read_code(&s->answer, code, sizeof code);
	return err_set(e, ERR_NETWORK, "存储桶 %s：HTTP %ld%s", o->name, status, code);
}
