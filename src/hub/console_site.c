/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/console_site.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/program.h"
#include "feed/digest.h"
#include "hub/range.h"
#include "office/secret.h"

#define FILES_MAX 512
#define FILE_BYTES_MAX (8 << 20)
#define DEPTH_MAX 4
#define INDEX "index.html"
#define HASHED "assets/" /* the build puts a hash into each name there */
/* Stands in index.html; styles that the console makes carry what is put in its place. */
#define NONCE "__CSP_NONCE__"
#define POLICY                                                                                               \
	"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%s'; img-src 'self' data:; "         \
	"media-src 'self'; "                                                                                 \
	"font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

struct console_file {
	char *name; /* below the folder */
	struct buf bytes;
	char etag[DIGEST_HEX + 2];
	const char *type;
};

struct console_site {
	struct console_file files[FILES_MAX];
	int count;
	bool is_secure;
};

static const struct {
	const char *suffix, *type;
} types[] = {{".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
	{".css", "text/css; charset=utf-8"}, {".svg", "image/svg+xml"}, {".png", "image/png"},
	{".ico", "image/x-icon"}, {".woff2", "font/woff2"}, {".json", "application/json"}};

/* NULL: a kind that no console needs. */
static const char *type_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	for (size_t i = 0; dot && i < sizeof types / sizeof types[0]; i++) {
		if (strcmp(dot, types[i].suffix) == 0)
			return types[i].type;
	}
	return NULL;
}

static bool add_file(struct console_site *s, const char *path, const char *name, struct err *e)
{
	char hex[DIGEST_HEX];
	const char *type = type_of(name);
	if (!type)
		return true;
	if (s->count == FILES_MAX)
		return err_set(e, ERR_IO, "console: more than %d files", FILES_MAX);
	struct console_file *f = &s->files[s->count++];
	f->name = alloc_text(name);
	f->type = type;
	if (!file_read(path, FILE_BYTES_MAX, &f->bytes, e))
		return false;
	digest_bytes(f->bytes.data, f->bytes.len, hex);
	(void)snprintf(f->etag, sizeof f->etag, "\"%s\"", hex);
	return true;
}

static bool add_folder(struct console_site *s, const char *folder, const char *prefix, int depth, struct err *e)
{
	DIR *dir = opendir(folder);
	bool ok = dir || err_set(e, ERR_IO, "%s: cannot be read", folder);
	const struct dirent *entry;
	while (ok && (entry = readdir(dir)) != NULL) {
		char path[PATH_MAX], name[PATH_MAX];
		struct stat st;
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(name, sizeof name, "%s%s", prefix, entry->d_name);
		ok = file_join(path, sizeof path, folder, entry->d_name) && stat(path, &st) == 0;
		if (ok && S_ISDIR(st.st_mode) && depth < DEPTH_MAX) {
			size_t len = strlen(name);
			(void)snprintf(name + len, sizeof name - len, "/");
			ok = add_folder(s, path, name, depth + 1, e);
		} else if (ok && S_ISREG(st.st_mode)) {
			ok = add_file(s, path, name, e);
		}
	}
	if (dir)
		(void)closedir(dir);
	return ok;
}

/* <build>/console, or <prefix>/share/fangzi/console of what is installed. */
static void find_folder(char out[static PATH_MAX])
{
	char own[PATH_MAX], up[PATH_MAX];
	program_sibling("console", out, PATH_MAX);
	program_sibling("fangzi-hub", own, sizeof own);
	char *slash = strrchr(own, '/');
	if (strchr(out, '/') || !slash)
		return;
	*slash = '\0';
	if (file_join(up, sizeof up, own, "../share/fangzi/console"))
		(void)snprintf(out, PATH_MAX, "%s", up);
}

static const struct console_file *find(const struct console_site *s, const char *name)
{
	for (int i = 0; i < s->count; i++) {
		if (strcmp(s->files[i].name, name) == 0)
			return &s->files[i];
	}
	return NULL;
}

bool console_site_open(struct console_site **out, const char *folder, bool secure, struct err *e)
{
	char found[PATH_MAX];
	struct console_site *s = alloc_zero(1, sizeof *s);
	s->is_secure = secure;
	if (!folder) {
		find_folder(found);
		folder = found;
	}
	bool ok = add_folder(s, folder, "", 0, e) &&
		  (find(s, INDEX) || err_set(e, ERR_IO, "%s: has no " INDEX, folder));
	if (!ok) {
		console_site_close(s);
		return false;
	}
	*out = s;
	return true;
}

void console_site_close(struct console_site *s)
{
	if (!s)
		return;
	for (int i = 0; i < s->count; i++) {
		free(s->files[i].name);
		buf_finish(&s->files[i].bytes);
	}
	free(s);
}

static void add_headers(const struct console_site *s, const struct console_file *f, const char *nonce,
	struct http_answer *a)
{
	bool is_index = strcmp(f->name, INDEX) == 0, is_hashed = strncmp(f->name, HASHED, strlen(HASHED)) == 0;
	http_answer_header(a, "Content-Type", "%s", f->type);
	if (!is_index)
		http_answer_header(a, "ETag", "%s", f->etag);
	http_answer_header(a, "Cache-Control", "%s",
		is_index    ? "no-store"
		: is_hashed ? "public, max-age=31536000, immutable"
			    : "no-cache");
	http_answer_header(a, "Content-Security-Policy", POLICY, nonce);
	http_answer_header(a, "X-Content-Type-Options", "nosniff");
	http_answer_header(a, "Referrer-Policy", "no-referrer");
	http_answer_header(a, "Cross-Origin-Opener-Policy", "same-origin");
	http_answer_header(a, "Cross-Origin-Resource-Policy", "same-origin");
	http_answer_header(a, "Permissions-Policy", "camera=(), microphone=(), geolocation=()");
	if (s->is_secure)
		http_answer_header(a, "Strict-Transport-Security", "max-age=31536000");
}

/* The page with its nonce, new each time. */
static void add_index(const struct console_file *f, const char *nonce, struct http_answer *a)
{
	const char *at = f->bytes.data, *hole;
	while ((hole = strstr(at, NONCE)) != NULL) {
		buf_add(&a->body, at, (size_t)(hole - at));
		buf_text(&a->body, nonce);
		at = hole + strlen(NONCE);
	}
	buf_text(&a->body, at);
}

void console_site_answer(void *user, const struct http_request *r, struct http_answer *a)
{
	const struct console_site *s = user;
	const char *name = r->path + 1, *slash = strrchr(name, '/');
	if (strcmp(r->method, "GET") != 0 && strcmp(r->method, "HEAD") != 0) {
		a->status = MHD_HTTP_METHOD_NOT_ALLOWED;
		http_answer_header(a, "Allow", "GET, HEAD");
		return;
	}
	const struct console_file *f = find(s, name);
	if (!f && !strchr(slash ? slash : name, '.')) /* a page of the console's own */
		f = find(s, INDEX);
	if (!f) {
		a->status = MHD_HTTP_NOT_FOUND;
		return;
	}
	char nonce[SECRET_TOKEN_TEXT];
	secret_token(nonce);
	add_headers(s, f, nonce, a);
	const char *known = http_header(r, "If-None-Match");
	if (strcmp(f->name, INDEX) == 0)
		add_index(f, nonce, a);
	else if (known && range_etag_matches(known, f->etag))
		a->status = MHD_HTTP_NOT_MODIFIED;
	else
		buf_add(&a->body, f->bytes.data, f->bytes.len);
}
