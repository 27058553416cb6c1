/* SPDX-License-Identifier: Apache-2.0
 *
 * intake_look FILE OPTIONS.json: what intake_run() makes of a file, as JSON; the reason of a
 * refusal on standard error and exit 1. For scripts that need no hub. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "intake/intake.h"

int main(int argc, char **argv)
{
	struct buf file = {0};
	struct err e = {0};
	json_error_t where;
	if (argc != 3) {
		(void)fprintf(stderr, "usage: intake_look FILE OPTIONS.json\n");
		return 2;
	}
	json_t *options = json_load_file(argv[2], JSON_REJECT_DUPLICATES, &where);
	bool ok = options || err_set(&e, ERR_USAGE, "%s: %s", argv[2], where.text);
	ok = ok && file_read(argv[1], (size_t)SHEET_UPLOAD_BYTES_MAX + 1, &file, &e);
	json_t *result = ok ? intake_run(file.data, file.len, options, NULL, &e) : NULL;
	if (result)
		(void)json_dumpf(result, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
	else
		(void)fprintf(stderr, "%s: %s\n", err_kind_name(e.kind), e.text);
	json_decref(result);
	json_decref(options);
	buf_finish(&file);
	return result ? 0 : 1;
}
