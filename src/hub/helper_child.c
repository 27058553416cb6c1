/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sandbox.h"
#include "base/strict.h"
#include "hub/helper.h"

#define REQUEST "/proc/self/fd/0"
#define READABLE_MAX 64
#define REQUEST_BYTES_MAX (4 << 20) /* names and paths of 4,096 media */

/* The request is the hub's own word: it says what may be read. Programs' own files are no
 * secret, and some of them are opened late. */
static bool enter(const json_t *request, struct err *e)
{
	const char *readable[READABLE_MAX] = {"/usr", "/lib", "/lib64", "/etc/ld.so.cache"};
	int count = 4;
	size_t i;
	const json_t *path;
	json_array_foreach (json_object_get(request, "readable"), i, path) {
		if (count < READABLE_MAX && json_is_string(path))
			readable[count++] = json_string_value(path);
	}
	return sandbox_enter_helper(readable, count, e);
}

bool helper_begin(json_t **request, int cpu_s, struct err *e)
{
	struct buf bytes = {0};
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody listens any more */
	*request = NULL;
	if (!sandbox_limit_to(cpu_s, e) || !file_read(REQUEST, REQUEST_BYTES_MAX, &bytes, e))
		return false;
	*request = strict_parse(bytes.data, bytes.len, e);
	buf_finish(&bytes);
	return *request && enter(*request, e);
}

static bool write_all(const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

bool helper_tell(json_t *record, const void *bytes, size_t len)
{
	if (len)
		(void)json_object_set_new(record, "bytes", json_integer((json_int_t)len));
	char *text = json_dumps(record, JSON_COMPACT);
	bool ok = text && write_all(text, strlen(text)) && write_all("\n", 1) && write_all(bytes, len);
	free(text);
	json_decref(record);
	return ok;
}

int helper_end(bool ok, const struct err *e)
{
	json_t *record = ok ? json_pack("{s:b}", "done", 1)
			    : json_pack("{s:s, s:i}", "failed", e->text, "kind", (int)e->kind);
	return record && helper_tell(record, NULL, 0) && ok ? 0 : 1;
}
