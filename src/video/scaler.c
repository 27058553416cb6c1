/* SPDX-License-Identifier: Apache-2.0 */
#include "video/scaler.h"

#include <libavutil/rational.h>
#include <libswscale/swscale.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/reel.h"

#define HD_LINES 720 /* from here on films that do not say have the colours of BT.709 */
#define UNIT (1 << 16) /* contrast and saturation as they are */
#define SQUEEZE_MAX 4 /* how far from square a pixel may be */

struct place {
	int x, y, w, h;
};

struct scaler {
	int width, height; /* of what is painted */
	struct SwsContext *context; /* for these: */
	int from_width, from_height, from_format;
	struct place at;
};

struct scaler *scaler_create(int width_px, int height_px)
{
	struct scaler *s = alloc_zero(1, sizeof *s);
	s->width = width_px;
	s->height = height_px;
	return s;
}

void scaler_destroy(struct scaler *s)
{
	if (!s)
		return;
	sws_freeContext(s->context);
	free(s);
}

/* Pixels need not be square. */
static struct place fit(const struct scaler *s, const AVFrame *f)
{
	double squeeze = f->sample_aspect_ratio.num > 0 ? av_q2d(f->sample_aspect_ratio) : 1;
	if (!(squeeze >= 1.0 / SQUEEZE_MAX && squeeze <= SQUEEZE_MAX))
		squeeze = 1;
	double w = f->width * squeeze, h = f->height;
	double by = s->width / w < s->height / h ? s->width / w : s->height / h;
	struct place p = {.w = (int)(w * by + 0.5), .h = (int)(h * by + 0.5)};
	p.w = p.w < 1 ? 1 : p.w > s->width ? s->width : p.w;
	p.h = p.h < 1 ? 1 : p.h > s->height ? s->height : p.h;
	p.x = (s->width - p.w) / 2;
	p.y = (s->height - p.h) / 2;
	return p;
}

static bool prepare(struct scaler *s, const AVFrame *f)
{
	if (s->context && s->from_width == f->width && s->from_height == f->height &&
		s->from_format == f->format)
		return true;
	sws_freeContext(s->context);
	s->at = fit(s, f);
	s->context = sws_getContext(f->width, f->height, (enum AVPixelFormat)f->format, s->at.w, s->at.h,
		AV_PIX_FMT_0RGB32, SWS_BILINEAR, NULL, NULL, NULL);
	if (!s->context)
		return false;
	s->from_width = f->width;
	s->from_height = f->height;
	s->from_format = f->format;
	int said = (int)f->colorspace;
	int space = said != AVCOL_SPC_UNSPECIFIED ? said
		    : f->height >= HD_LINES       ? SWS_CS_ITU709
						  : SWS_CS_ITU601;
	(void)sws_setColorspaceDetails(s->context, sws_getCoefficients(space),
		f->color_range == AVCOL_RANGE_JPEG, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, UNIT, UNIT);
	return true;
}

/* After the picture, whose rows may have been written a little further than they are long. */
static void clear_around(const struct scaler *s, unsigned char *to)
{
	size_t stride = reel_stride(s->width);
	const struct place *p = &s->at;
	memset(to, 0, stride * (size_t)p->y);
	memset(to + stride * (size_t)(p->y + p->h), 0, stride * (size_t)(s->height - p->y - p->h));
	for (int y = p->y; y < p->y + p->h; y++) {
		unsigned char *row = to + stride * (size_t)y;
		memset(row, 0, (size_t)p->x * 4);
		memset(row + (size_t)(p->x + p->w) * 4, 0, (size_t)(s->width - p->x - p->w) * 4);
	}
}

bool scaler_paint(struct scaler *s, const AVFrame *frame, unsigned char *to)
{
	int stride = (int)reel_stride(s->width);
	if (!prepare(s, frame))
		return false;
	uint8_t *const rows[4] = {to + (ptrdiff_t)stride * s->at.y + (ptrdiff_t)s->at.x * 4};
	const int strides[4] = {stride};
	bool ok = sws_scale(s->context, (const uint8_t *const *)frame->data, frame->linesize, 0,
			  frame->height, rows, strides) == s->at.h;
	clear_around(s, to);
	return ok;
}
