/* SPDX-License-Identifier: Apache-2.0 */
#include "base/reel.h"

/* Who scales pictures writes rows in whole vectors. */
#define ALIGNED 64u

size_t reel_stride(int width_px)
{
	return ((size_t)width_px * 4 + ALIGNED - 1) / ALIGNED * ALIGNED;
}

size_t reel_bytes(int width_px, int height_px)
{
	return reel_stride(width_px) * (size_t)height_px + ALIGNED;
}

const char *reel_words(int exit_code)
{
	switch ((enum reel_end)exit_code) {
	case REEL_FENCE:
		return "this system gives " REEL_PROGRAM " no sandbox";
	case REEL_FILM:
		return "it is no H.264 in an MP4";
	case REEL_LARGE:
		return "it has too many pixels";
	case REEL_BROKEN:
		return "no picture of it could be decoded";
	case REEL_ABSENT:
		return REEL_PROGRAM " cannot be started";
	default:
		return REEL_PROGRAM " ended";
	}
}
