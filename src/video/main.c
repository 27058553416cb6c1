/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi-video: decodes a film for fangzi-kiosk, which starts it, and can do nothing else. Wiring only. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/reel.h"
#include "base/sandbox.h"
#include "video/decoder.h"
#include "video/player.h"

/* A page stands 120 s at most; on a slow machine with four cores that is this much. */
#define CPU_S 600

static int read_side(const char *text)
{
	long n = text && strlen(text) <= 4 ? strtol(text, NULL, 10) : 0;
	return n >= 1 && n <= REEL_SIDE_MAX ? (int)n : 0;
}

int main(int argc, char **argv)
{
	struct err ignored; /* who started us reads the exit code, and nothing else of ours */
	struct decoder *d;
	int width = argc == 3 ? read_side(argv[1]) : 0, height = argc == 3 ? read_side(argv[2]) : 0;
	if (!width || !height)
		return REEL_USAGE;
	size_t bytes = reel_bytes(width, height) * REEL_SLOTS;
	void *pictures = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, REEL_PICTURES_FD, 0);
	if (pictures == MAP_FAILED || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return REEL_USAGE;
	if (!sandbox_limit_to(CPU_S, &ignored) || !sandbox_enter_player(&ignored))
		return REEL_FENCE;
	enum reel_end end = decoder_open(&d, REEL_FILM_FD);
	if (d)
		end = player_run(d, pictures, width, height);
	decoder_close(d);
	(void)munmap(pictures, bytes);
	return (int)end;
}
