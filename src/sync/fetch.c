/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/fetch.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/program.h"

#define HEADER_BYTES_MAX 65536
#define PAGE_BYTES_MAX 65536 /* read to keep the connection; beyond it a new one costs less */
#define CONNECT_MS 10000
#define DEADLINE_BYTES_PER_S 4096
#define SLOW_BYTES_PER_S 512
#define SLOW_S 30
#define RETRY_AFTER_MAX_S 3600
#define ADDRESS_MAX 2048
#define ASLEEP_MS 600000 /* and libcurl has its own times */
/* A connection that is silent while an answer is held back is asked for a sign of life, which also keeps it
 * in the tables of what stands between; without one for so long it is dead. */
#define ALIVE_S 60
#define ALIVE_AGAIN_S 15

struct fetch {
	CURL *curl;
	CURLM *multi; /* its only one; keeps the connection */
	char *base;
	char words[CURL_ERROR_SIZE];
	int64_t deadline_s;
	volatile sig_atomic_t *stop;
	bool is_shaken; /* the last transfer failed: start with a new connection */
};

/* One transfer on its way. */
struct transfer {
	const struct fetch *owner;
	const struct fetch_request *request;
	struct fetch_answer *answer;
	int fd; /* -1: into the body */
	int64_t have, header_bytes, page_bytes;
	int64_t range_start; /* what Content-Range says; -1: nothing */
	long status; /* of the answer whose body is coming; 0: not known yet */
	bool has_headers; /* all of them */
	bool is_enough; /* of an error's page; what comes after it is not waited for */
	bool is_stirred;
	struct err why;
};

static int on_socket(void *user, curl_socket_t fd, curlsocktype purpose)
{
	const unsigned most_ms = ALIVE_S * 1000;
	(void)user, (void)purpose;
	/* Where that fails, the kernel's own times end it later. */
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &most_ms, sizeof most_ms);
	return CURL_SOCKOPT_OK;
}

bool fetch_open(struct fetch **out, const struct fetch_setup *setup, struct err *e)
{
	const char *base = setup->base;
	bool known = strncmp(base, "http://", 7) == 0 || strncmp(base, "https://", 8) == 0 ||
		     strncmp(base, "file:///", 8) == 0;
	if (!known || strlen(base) > ADDRESS_MAX / 2 || strpbrk(base, " \t\r\n?#"))
		return err_set(
			e, ERR_USAGE, "feed: '%s' is not an http, https or file address of a folder", base);
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(e, ERR_NETWORK, "libcurl cannot start");
	struct fetch *f = alloc_zero(1, sizeof *f);
	size_t len = strlen(base);
	while (base[len - 1] == '/')
		len--;
	f->base = alloc_text_len(base, len);
	f->deadline_s = setup->deadline_s;
	f->stop = setup->stop;
	f->curl = curl_easy_init();
	f->multi = curl_multi_init();
	if (!f->curl || !f->multi)
		abort();
	curl_easy_setopt(f->curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
	curl_easy_setopt(f->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(f->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(f->curl, CURLOPT_PROXY, "");
	curl_easy_setopt(f->curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(f->curl, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(f->curl, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(f->curl, CURLOPT_TCP_KEEPIDLE, (long)ALIVE_S);
	curl_easy_setopt(f->curl, CURLOPT_TCP_KEEPINTVL, (long)ALIVE_AGAIN_S);
	curl_easy_setopt(f->curl, CURLOPT_SOCKOPTFUNCTION, on_socket);
	curl_easy_setopt(f->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(f->curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(f->curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(f->curl, CURLOPT_USERAGENT, "fangzi-sync/" FANGZI_VERSION);
	curl_easy_setopt(f->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(f->curl, CURLOPT_ERRORBUFFER, f->words);
	if (setup->ca) {
		curl_easy_setopt(f->curl, CURLOPT_CAINFO, setup->ca);
		curl_easy_setopt(f->curl, CURLOPT_CAPATH, NULL); /* or the system's folder counts as well */
	}
	*out = f;
	return true;
}

void fetch_close(struct fetch *f)
{
	if (!f)
		return;
	curl_easy_cleanup(f->curl);
	(void)curl_multi_cleanup(f->multi);
	curl_global_cleanup();
	free(f->base);
	free(f);
}

static size_t give_up(struct transfer *t, enum err_kind kind, const char *what)
{
	if (t->why.kind == ERR_NONE)
		err_set(&t->why, kind, "%s: %s", t->request->path, what);
	return 0; /* makes libcurl end the transfer */
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* A server that cannot go on from where we were: the next time from the start. */
static void drop_part(struct transfer *t)
{
	if (t->fd >= 0 && ftruncate(t->fd, 0) == 0)
		t->have = 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *user)
{
	struct transfer *t = user;
	size_t len = size * count;
	if (t->status == 0)
		curl_easy_getinfo(t->owner->curl, CURLINFO_RESPONSE_CODE, &t->status);
	if (t->status != 0 && t->status != 200 && t->status != 206) { /* nobody reads an error's page */
		t->page_bytes += (int64_t)len;
		t->is_enough = t->page_bytes > PAGE_BYTES_MAX;
		return t->is_enough ? 0 : len;
	}
	if (t->status == 200 && t->fd >= 0 &&
		t->have > 0) { /* from the start again, not from where we were */
		if (ftruncate(t->fd, 0) != 0 || lseek(t->fd, 0, SEEK_SET) != 0)
			return give_up(t, ERR_DISK, strerror(errno));
		t->have = 0;
	}
	if (t->status == 206 && t->range_start >= 0 && t->range_start != t->have) {
		drop_part(t);
		return give_up(t, ERR_NETWORK, "another range than was asked for");
	}
	t->range_start = -1;
	t->status = t->status == 200 ? 206 : t->status; /* once */
	if ((int64_t)len > t->request->max_bytes - t->have)
		return give_up(t, ERR_FORMAT, "longer than it may be");
	t->have += (int64_t)len;
	if (t->fd < 0)
		buf_add(&t->answer->body, bytes, len);
	else if (!write_all(t->fd, bytes, len))
		return give_up(t, ERR_DISK, strerror(errno));
	return len;
}

static void copy_value(const char *line, size_t len, size_t name, char *out, size_t room)
{
	while (name < len && line[name] == ' ')
		name++;
	while (len > name && (line[len - 1] == '\r' || line[len - 1] == '\n' || line[len - 1] == ' '))
		len--;
	(void)snprintf(out, room, "%.*s", (int)(len - name), line + name);
}

static bool is_header(const char *line, size_t len, const char *name)
{
	return len > strlen(name) && strncasecmp(line, name, strlen(name)) == 0;
}

static size_t on_header(char *line, size_t size, size_t count, void *user)
{
	struct transfer *t = user;
	size_t len = size * count;
	char value[FETCH_ETAG_MAX];
	t->header_bytes += (int64_t)len;
	if (t->header_bytes > HEADER_BYTES_MAX)
		return give_up(t, ERR_NETWORK, "endless headers");
	t->has_headers = len <= 2 && (*line == '\r' || *line == '\n');
	if (is_header(line, len, "etag:")) {
		copy_value(line, len, 5, t->answer->etag, sizeof t->answer->etag);
	} else if (is_header(line, len, "retry-after:")) {
		copy_value(line, len, 12, value, sizeof value);
		long long seconds = strtoll(value, NULL, 10);
		t->answer->retry_after_s = seconds < 0                   ? 0
					   : seconds > RETRY_AFTER_MAX_S ? RETRY_AFTER_MAX_S
									 : seconds;
	} else if (is_header(line, len, "preference-applied:")) {
		copy_value(line, len, 19, value, sizeof value);
		t->answer->did_wait = strstr(value, "wait") != NULL;
	} else if (is_header(line, len, "content-range:")) {
		copy_value(line, len, 14, value, sizeof value);
		t->range_start = strncmp(value, "bytes ", 6) == 0 ? strtoll(value + 6, NULL, 10) : INT64_MAX;
	} else if (is_header(line, len, "content-encoding:")) {
		copy_value(line, len, 17, value, sizeof value);
		if (strcasecmp(value, "identity") != 0)
			return give_up(t, ERR_NETWORK, "encoded, which was not asked for");
	}
	return len;
}

static int on_progress(
	void *user, curl_off_t dl_total, curl_off_t dl_now, curl_off_t ul_total, curl_off_t ul_now)
{
	(void)dl_total, (void)dl_now, (void)ul_total, (void)ul_now;
	const struct transfer *t = user;
	return *t->owner->stop ? 1 : 0;
}

static bool open_file(struct transfer *t, struct err *e)
{
	t->fd = -1;
	if (!t->request->file)
		return true;
	t->fd = open(t->request->file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	struct stat st;
	if (t->fd < 0 || fstat(t->fd, &st) != 0)
		return err_set(e, ERR_DISK, "%s: %s", t->request->file, strerror(errno));
	t->have = st.st_size;
	if (t->have >= t->request->max_bytes) { /* whole already, or nonsense: from the start */
		t->have = 0;
		if (ftruncate(t->fd, 0) != 0)
			return err_set(e, ERR_DISK, "%s: %s", t->request->file, strerror(errno));
	}
	return true;
}

/* Range as a header of our own: asked for it by its option, libcurl takes a whole answer
 * for an error, where it is merely a server without ranges. */
static struct curl_slist *make_headers(const struct fetch_request *r, int64_t have)
{
	struct curl_slist *list = NULL;
	char line[FETCH_ETAG_MAX + 32];
	if (r->etag && *r->etag) {
		(void)snprintf(line, sizeof line, "If-None-Match: %s", r->etag);
		list = curl_slist_append(list, line);
	}
	if (have > 0) {
		(void)snprintf(line, sizeof line, "Range: bytes=%lld-", (long long)have);
		list = curl_slist_append(list, line);
	}
	if (r->wait_s > 0) {
		(void)snprintf(line, sizeof line, "Prefer: wait=%d", r->wait_s);
		list = curl_slist_append(list, line);
	}
	if (r->post) { /* no asking for permission first */
		list = curl_slist_append(list, "Expect:");
		list = curl_slist_append(list, "Content-Type: application/octet-stream");
	}
	if (r->header)
		list = curl_slist_append(list, r->header);
	return list;
}

/* libcurl's words where they say it. Its longer ones only of TLS: others have numbers in
 * them that change, and would be logged at every try. */
static const char *words_for(const struct fetch *f, CURLcode code)
{
	switch (code) {
	case CURLE_OUT_OF_MEMORY: /* a line of more than 100 KB: its own ceiling */
		return "endless headers";
	case CURLE_UNSUPPORTED_PROTOCOL:
		return "not an HTTP answer";
	case CURLE_WEIRD_SERVER_REPLY:
		return "an answer that makes no sense";
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return *f->words ? f->words : curl_easy_strerror(code);
	default:
		return curl_easy_strerror(code);
	}
}

static bool judge(struct fetch *f, struct transfer *t, CURLcode code, struct err *e)
{
	long status = 0;
	curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	t->answer->status = status;
	if (t->why.kind != ERR_NONE) {
		*e = t->why;
		return false;
	}
	if (t->is_stirred) {
		t->answer->outcome = FETCH_STIRRED;
		return true;
	}
	if (code == CURLE_FILE_COULDNT_READ_FILE) {
		t->answer->outcome = FETCH_MISSING;
		return true;
	}
	if (code != CURLE_OK && !t->is_enough)
		return err_set(e, ERR_NETWORK, "%s: %s", t->request->path,
			*f->stop ? "stopped" : words_for(f, code));
	if (status != 0 && !t->has_headers)
		return err_set(e, ERR_NETWORK, "%s: ended in its headers", t->request->path);
	switch (status) {
	case 0: /* file: */
	case 200:
	case 206:
		t->answer->outcome = FETCH_GOT;
		return true;
	case 304:
		if (!t->request->etag || !*t->request->etag)
			break; /* not asked for */
		t->answer->outcome = FETCH_SAME;
		return true;
	case 404:
		t->answer->outcome = FETCH_MISSING;
		return true;
	case 416:
		drop_part(t);
		break;
	default:
		break;
	}
	bool is_redirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
	return err_set(e, ERR_NETWORK, "%s: HTTP status %ld%s", t->request->path, status,
		is_redirect ? ", and redirects are not followed" : "");
}

static void set_method(struct fetch *f, const struct buf *post)
{
	if (!post) {
		curl_easy_setopt(f->curl, CURLOPT_HTTPGET, 1L);
		return;
	}
	curl_easy_setopt(f->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(f->curl, CURLOPT_POSTFIELDS, post->data);
	curl_easy_setopt(f->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->len);
}

/* A pipe that lies where a file should would hold us for ever. */
static bool is_special(const struct fetch *f, const char *address)
{
	struct stat st;
	char *path = curl_easy_unescape(f->curl, address + strlen("file://"), 0, NULL);
	bool is = path && stat(path, &st) == 0 && !S_ISREG(st.st_mode);
	curl_free(path);
	return is;
}

/* What curl_easy_perform() does; but that looks up once a second, for hours of answers held back. */
static CURLcode perform(struct fetch *f, struct transfer *t)
{
	struct curl_waitfd woken[] = {{.fd = program_wake_fd(), .events = CURL_WAIT_POLLIN},
		{.fd = t->request->stir_fd, .events = CURL_WAIT_POLLPRI}};
	const unsigned count = t->request->wait_s > 0 && t->request->stir_fd >= 0 ? 2 : 1;
	CURLcode code = CURLE_FAILED_INIT;
	int running = 1, left;
	CURLMcode m = curl_multi_add_handle(f->multi, f->curl);
	while (m == CURLM_OK && running && !t->is_stirred) {
		m = curl_multi_perform(f->multi, &running);
		if (m == CURLM_OK && running)
			m = curl_multi_poll(f->multi, woken, count, ASLEEP_MS, NULL);
		t->is_stirred = running && !t->header_bytes && (woken[1].revents & CURL_WAIT_POLLPRI);
	}
	const CURLMsg *said = curl_multi_info_read(f->multi, &left);
	if (said && said->msg == CURLMSG_DONE)
		code = said->data.result;
	(void)curl_multi_remove_handle(f->multi, f->curl);
	return code;
}

bool fetch_run(struct fetch *f, const struct fetch_request *r, struct fetch_answer *a, struct err *e)
{
	struct transfer t = {.owner = f, .request = r, .answer = a, .range_start = -1};
	char address[ADDRESS_MAX];
	*a = (struct fetch_answer){0};
	(void)snprintf(address, sizeof address, "%s/%s", f->base, r->path);
	if (!open_file(&t, e)) {
		if (t.fd >= 0)
			(void)close(t.fd);
		return false;
	}
	bool is_file = strncmp(f->base, "file:", 5) == 0;
	struct curl_slist *headers = make_headers(r, t.have);
	size_t sent = r->post ? r->post->len : 0;
	long deadline_s = (long)f->deadline_s + r->wait_s + (long)(r->max_bytes / DEADLINE_BYTES_PER_S) +
			  (long)(sent / DEADLINE_BYTES_PER_S);
	set_method(f, r->post);
	curl_easy_setopt(f->curl, CURLOPT_URL, address);
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, deadline_s * 1000L);
	/* Looked at once a second: not while an answer is held back, which has its deadline. */
	curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_LIMIT, r->wait_s ? 0L : (long)SLOW_BYTES_PER_S);
	curl_easy_setopt(f->curl, CURLOPT_LOW_SPEED_TIME, (long)SLOW_S);
	curl_easy_setopt(f->curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)(is_file ? t.have : 0));
	curl_easy_setopt(f->curl, CURLOPT_FRESH_CONNECT, f->is_shaken ? 1L : 0L);
	curl_easy_setopt(f->curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(f->curl, CURLOPT_WRITEDATA, &t);
	curl_easy_setopt(f->curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(f->curl, CURLOPT_HEADERDATA, &t);
	curl_easy_setopt(f->curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(f->curl, CURLOPT_XFERINFODATA, &t);
	f->words[0] = '\0';
	bool is_none = is_file && is_special(f, address);
	CURLcode code = is_none ? CURLE_FILE_COULDNT_READ_FILE : perform(f, &t);
	bool ok = judge(f, &t, code, e);
	f->is_shaken = code != CURLE_OK && code != CURLE_FILE_COULDNT_READ_FILE;
	curl_slist_free_all(headers);
	if (t.fd >= 0 && close(t.fd) != 0 && ok)
		ok = err_set(e, ERR_DISK, "%s: %s", r->file, strerror(errno));
	return ok;
}
