/* SPDX-License-Identifier: Apache-2.0 */
#include "video/decoder.h"

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"

#define READ_BYTES (64 << 10)
#define PIXELS_MAX (1920 * 1088) /* full HD, lying or standing */
#define THREADS_MAX 4
#define STEP_US 40000 /* between two pictures that do not say */
#define STEP_US_MAX 2000000 /* who looks after us must not take a pause for a hang */

struct decoder {
	int fd;
	AVIOContext *io;
	AVFormatContext *container;
	AVCodecContext *codec;
	AVPacket *packet;
	AVFrame *frame;
	int stream;
	int64_t clock_us, last_us; /* of the film as it plays; of the picture before, as it says itself */
	bool has_last;
	bool has_picture; /* since the film began this time */
};

static int read_film(void *user, uint8_t *to, int len)
{
	const struct decoder *d = user;
	ssize_t n = read(d->fd, to, (size_t)len);
	return n > 0 ? (int)n : n == 0 ? AVERROR_EOF : AVERROR(errno);
}

static int64_t seek_film(void *user, int64_t offset, int whence)
{
	const struct decoder *d = user;
	if (whence == AVSEEK_SIZE) {
		off_t here = lseek(d->fd, 0, SEEK_CUR), size = lseek(d->fd, 0, SEEK_END);
		return lseek(d->fd, here, SEEK_SET) < 0 ? AVERROR(errno) : size;
	}
	off_t at = lseek(d->fd, offset, whence & ~AVSEEK_FORCE);
	return at < 0 ? AVERROR(errno) : at;
}

/* A film may name others; they are not looked for. */
static int open_nothing(AVFormatContext *c, AVIOContext **io, const char *url, int flags, AVDictionary **o)
{
	(void)c, (void)io, (void)url, (void)flags, (void)o;
	return AVERROR(EPERM);
}

static bool open_container(struct decoder *d)
{
	void *buffer = av_malloc(READ_BYTES);
	d->io = buffer ? avio_alloc_context(buffer, READ_BYTES, 0, d, read_film, NULL, seek_film) : NULL;
	d->container = avformat_alloc_context();
	if (!d->io || !d->container)
		return false;
	d->container->pb = d->io;
	d->container->io_open = open_nothing;
	/* What fails is freed, and the pointer emptied. */
	return avformat_open_input(&d->container, NULL, av_find_input_format("mov"), NULL) == 0;
}

static bool find_stream(struct decoder *d)
{
	d->stream = -1;
	for (unsigned i = 0; i < d->container->nb_streams; i++) {
		AVStream *s = d->container->streams[i];
		bool is_it = d->stream < 0 && s->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
			     s->codecpar->codec_id == AV_CODEC_ID_H264;
		s->discard = is_it ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
		if (is_it)
			d->stream = (int)i;
	}
	return d->stream >= 0;
}

static enum reel_end open_codec(struct decoder *d)
{
	const AVCodecParameters *what = d->container->streams[d->stream]->codecpar;
	const AVCodec *h264 = avcodec_find_decoder(AV_CODEC_ID_H264);
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	if ((int64_t)what->width * what->height > PIXELS_MAX)
		return REEL_LARGE;
	d->codec = h264 ? avcodec_alloc_context3(h264) : NULL;
	if (!d->codec || avcodec_parameters_to_context(d->codec, what) < 0)
		return REEL_FILM;
	d->codec->max_pixels = PIXELS_MAX; /* also of what the film says later on */
	d->codec->thread_count = cpus < 1 ? 1 : cpus > THREADS_MAX ? THREADS_MAX : (int)cpus;
	return avcodec_open2(d->codec, h264, NULL) == 0 ? REEL_ASKED : REEL_FILM;
}

enum reel_end decoder_open(struct decoder **out, int fd)
{
	struct decoder *d = alloc_zero(1, sizeof *d);
	d->fd = fd;
	d->packet = av_packet_alloc();
	d->frame = av_frame_alloc();
	av_log_set_level(AV_LOG_QUIET);
	bool ok = d->packet && d->frame && open_container(d) && find_stream(d);
	enum reel_end end = ok ? open_codec(d) : REEL_FILM;
	if (end != REEL_ASKED) {
		decoder_close(d);
		d = NULL;
	}
	*out = d;
	return end;
}

void decoder_close(struct decoder *d)
{
	if (!d)
		return;
	avcodec_free_context(&d->codec);
	avformat_close_input(&d->container);
	if (d->io)
		av_freep(&d->io->buffer);
	avio_context_free(&d->io);
	av_packet_free(&d->packet);
	av_frame_free(&d->frame);
	free(d);
}

static void rewind_film(struct decoder *d)
{
	(void)av_seek_frame(d->container, d->stream, 0, AVSEEK_FLAG_BACKWARD);
	avcodec_flush_buffers(d->codec);
	d->has_picture = d->has_last = false;
}

/* One packet goes in, or the word that there is none. What is broken is left out. */
static void feed(struct decoder *d)
{
	if (av_read_frame(d->container, d->packet) < 0) {
		(void)avcodec_send_packet(d->codec, NULL);
		return;
	}
	if (d->packet->stream_index == d->stream)
		(void)avcodec_send_packet(d->codec, d->packet);
	av_packet_unref(d->packet);
}

/* Films say what they like: a time that goes back, or far ahead, is none. */
static int64_t step_of(struct decoder *d)
{
	int64_t said = d->frame->best_effort_timestamp;
	int64_t us = said == AV_NOPTS_VALUE ? said
					    : av_rescale_q(said, d->container->streams[d->stream]->time_base,
						      AV_TIME_BASE_Q);
	int64_t step = (int64_t)((uint64_t)us - (uint64_t)d->last_us);
	bool is_known = d->has_last && us != AV_NOPTS_VALUE && step > 0 && step <= STEP_US_MAX;
	d->last_us = us;
	d->has_last = us != AV_NOPTS_VALUE;
	return is_known ? step : STEP_US;
}

enum reel_end decoder_next(struct decoder *d, const AVFrame **out, int64_t *at_us)
{
	int got;
	while ((got = avcodec_receive_frame(d->codec, d->frame)) != 0) {
		if (got != AVERROR_EOF)
			feed(d);
		else if (d->has_picture)
			rewind_film(d);
		else
			return REEL_BROKEN;
	}
	d->clock_us += step_of(d);
	d->has_picture = true;
	*out = d->frame;
	*at_us = d->clock_us;
	return REEL_ASKED;
}
