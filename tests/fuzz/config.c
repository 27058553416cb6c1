/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a settings file of fangzi-kiosk, and of fangzi-sync. A refusal names the
 * file; what is accepted keeps the ranges and has no control characters. */
#include "kiosk/options.h"
#include "sync/options.h"

#include "fuzz.h"

static void must_be_text(const char *text)
{
	FUZZ_MUST(!text || *text);
	for (; text && *text; text++)
		FUZZ_MUST((unsigned char)*text >= 0x20 && *text != 0x7f);
}

static void must_be_told(const struct err *e, const char *path)
{
	FUZZ_MUST(e->kind == ERR_USAGE && strstr(e->text, path));
}

static void try_kiosk(const char *path)
{
	char *argv[] = {(char *)(uintptr_t) "--config", (char *)(uintptr_t)path};
	struct options o;
	struct clock clock;
	struct err e = {0};
	if (options_read(&o, 2, argv, &e)) {
		must_be_text(o.feed);
		must_be_text(o.state);
		must_be_text(o.screen);
		FUZZ_MUST(o.poll_s >= 1 && o.poll_s <= 3600 && options_turns(&o) >= 0 && options_turns(&o) <= 3);
		FUZZ_MUST(o.font.count >= 0 && o.font.count <= OPTION_LIST_MAX && !o.content && !o.once);
		for (int i = 0; i < o.font.count; i++)
			must_be_text(o.font.items[i]);
		(void)options_clock(&o, &clock, &e);
	} else {
		must_be_told(&e, path);
	}
	options_finish(&o);
}

static void try_sync(const char *path)
{
	char *argv[] = {(char *)(uintptr_t) "--config", (char *)(uintptr_t)path};
	struct sync_options o;
	struct clock clock;
	struct err e = {0};
	if (sync_options_read(&o, 2, argv, &e)) {
		must_be_text(o.feed);
		must_be_text(o.kiosk);
		FUZZ_MUST(o.poll_s >= 1 && o.poll_s <= 3600 && o.deadline_s >= 1 && o.deadline_s <= 600 &&
			  o.trial_s >= 1 && o.trial_s <= 3600 && !o.once);
		(void)sync_options_clock(&o, &clock, &e);
	} else {
		must_be_told(&e, path);
	}
	sync_options_finish(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *path = fuzz_file(bytes, len);
	try_kiosk(path);
	try_sync(path);
	return 0;
}
