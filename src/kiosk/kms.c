/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/kms.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "base/alloc.h"
#include "kiosk/display_power.h"
#include "kiosk/turn.h"

#define FLIP_MS 1000 /* a display refreshes every 16 to 42 ms */

struct buffer {
	uint32_t handle, id; /* of the memory; of the framebuffer; 0: none */
	size_t bytes;
	SDL_Surface *surface; /* the mapped memory */
};

/* A card that copies the picture elsewhere (a virtual machine's, one on USB) wants to be told
 * what changed, and shows it from one buffer. One that reads the memory at each refresh does
 * not, and gets two, exchanged between two refreshes: no picture is seen half drawn. */
struct kms {
	int fd;
	uint32_t connector, crtc;
	drmModeModeInfo mode;
	struct buffer buffers[2];
	int front, count; /* which is scanned out; how many there are */
	SDL_Rect late[CANVAS_RECTS_MAX]; /* of the canvas: what the other buffer lacks */
	int late_count;
	bool is_flipping;
	char way[96];
};

/* ---- buffers --------------------------------------------------------------------- */

static void close_buffer(int fd, struct buffer *b)
{
	if (b->surface) {
		(void)munmap(b->surface->pixels, b->bytes);
		SDL_FreeSurface(b->surface);
	}
	if (b->id)
		(void)drmModeRmFB(fd, b->id);
	if (b->handle)
		(void)drmModeDestroyDumbBuffer(fd, b->handle);
	*b = (struct buffer){0};
}

static bool open_buffer(int fd, const drmModeModeInfo *mode, struct buffer *b, struct err *e)
{
	uint32_t pitch;
	uint64_t offset, bytes;
	if (drmModeCreateDumbBuffer(fd, mode->hdisplay, mode->vdisplay, 32, 0, &b->handle, &pitch, &bytes) !=
		0)
		return err_set(e, ERR_BUSY, "screen: no memory of the card's: %s", strerror(errno));
	b->bytes = (size_t)bytes; /* of one picture */
	if (drmModeAddFB(fd, mode->hdisplay, mode->vdisplay, 24, 32, pitch, b->handle, &b->id) != 0)
		return err_set(e, ERR_BUSY, "screen: no framebuffer: %s", strerror(errno));
	if (drmModeMapDumbBuffer(fd, b->handle, &offset) != 0)
		return err_set(e, ERR_BUSY, "screen: no framebuffer: %s", strerror(errno));
	void *memory = mmap(NULL, b->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)offset);
	if (memory == MAP_FAILED)
		return err_set(e, ERR_BUSY, "screen: the framebuffer cannot be mapped: %s", strerror(errno));
	b->surface = SDL_CreateRGBSurfaceWithFormatFrom(
		memory, mode->hdisplay, mode->vdisplay, 32, (int)pitch, SDL_PIXELFORMAT_RGB888);
	if (!b->surface) {
		(void)munmap(memory, b->bytes);
		return err_set(e, ERR_BUSY, "screen: no surface: %s", SDL_GetError());
	}
	return true;
}

/* ---- what of the card -------------------------------------------------------------- */

static bool has_name(const drmModeConnector *c, const char *name)
{
	char own[48];
	const char *type = drmModeGetConnectorTypeName(c->connector_type);
	(void)snprintf(own, sizeof own, "%s-%u", type ? type : "Unknown", c->connector_type_id);
	return strcmp(own, name) == 0;
}

/* Asks the display anew what it can. NULL: no such connector. The caller frees it. */
static drmModeConnector *find_connector(int fd, const drmModeRes *res, const char *name)
{
	for (int i = 0; i < res->count_connectors; i++) {
		drmModeConnector *c = drmModeGetConnector(fd, res->connectors[i]);
		if (c && has_name(c, name))
			return c;
		drmModeFreeConnector(c);
	}
	return NULL;
}

/* Interlaced only where there is nothing else: lines of text would flicker. */
static int rank_of(const drmModeModeInfo *m, struct size wanted)
{
	int rank = m->hdisplay == wanted.width && m->vdisplay == wanted.height ? 4 : 0;
	if (!(m->flags & DRM_MODE_FLAG_INTERLACE))
		rank += 2;
	return rank + ((m->type & DRM_MODE_TYPE_PREFERRED) != 0);
}

/* Of equals the first, as the display ordered them. */
static bool pick_mode(struct kms *k, const drmModeConnector *c, struct size wanted)
{
	int best = -1;
	for (int i = 0; i < c->count_modes; i++) {
		if (rank_of(&c->modes[i], wanted) > best) {
			best = rank_of(&c->modes[i], wanted);
			k->mode = c->modes[i];
		}
	}
	return best >= 0;
}

/* What feeds the connector: what does already, else the first that can. */
static bool pick_crtc(struct kms *k, const drmModeRes *res, const drmModeConnector *c)
{
	for (int i = 0; i < c->count_encoders; i++) {
		drmModeEncoder *encoder = drmModeGetEncoder(k->fd, c->encoders[i]);
		if (!encoder)
			continue;
		for (int j = 0; j < res->count_crtcs; j++) {
			bool is_own =
				encoder->encoder_id == c->encoder_id && encoder->crtc_id == res->crtcs[j];
			if (is_own || (!k->crtc && (encoder->possible_crtcs & 1U << j)))
				k->crtc = res->crtcs[j];
		}
		drmModeFreeEncoder(encoder);
	}
	return k->crtc != 0;
}

/* A console that is left on another connector would be read by everybody. */
static void darken_others(const struct kms *k, const drmModeRes *res)
{
	for (int i = 0; i < res->count_crtcs; i++) {
		if (res->crtcs[i] != k->crtc)
			(void)drmModeSetCrtc(k->fd, res->crtcs[i], 0, 0, 0, NULL, 0, NULL);
	}
}

static bool pick(struct kms *k, const struct card_connector *at, struct size wanted, struct err *e)
{
	drmModeRes *res = drmModeGetResources(k->fd);
	if (!res)
		return err_set(e, ERR_BUSY, "screen: card%d shows nothing: %s", at->card, strerror(errno));
	drmModeConnector *c = find_connector(k->fd, res, at->name);
	bool ok = c && c->connection != DRM_MODE_DISCONNECTED && pick_mode(k, c, wanted) &&
		  pick_crtc(k, res, c);
	if (ok) {
		k->connector = c->connector_id;
		darken_others(k, res);
	} else {
		(void)err_set(e, ERR_BUSY, "screen: card%d %s: no display is connected", at->card, at->name);
	}
	drmModeFreeConnector(c);
	drmModeFreeResources(res);
	return ok;
}

static bool take_card(struct kms *k, int number, struct err *e)
{
	char path[32];
	(void)snprintf(path, sizeof path, "/dev/dri/card%d", number);
	k->fd = open(path, O_RDWR | O_CLOEXEC);
	if (k->fd < 0)
		return err_set(e, ERR_BUSY, "screen: %s: %s", path, strerror(errno));
	/* The first to open it is its master; where the console is, it cannot be asked for. */
	return drmIsMaster(k->fd) ||
	       err_set(e, ERR_BUSY, "screen: %s: another program has the display", path);
}

static bool light(struct kms *k, struct err *e)
{
	uint32_t id = k->buffers[k->front].id;
	if (drmModeSetCrtc(k->fd, k->crtc, id, 0, 0, &k->connector, 1, &k->mode) != 0)
		return err_set(e, ERR_BUSY, "screen: the display takes no picture: %s", strerror(errno));
	return true;
}

/* ENOSYS: the card reads the memory by itself. */
static bool wants_to_be_told(const struct kms *k)
{
	drmModeClip clip = {0, 0, 1, 1};
	return drmModeDirtyFB(k->fd, k->buffers[0].id, &clip, 1) == 0;
}

bool kms_open(struct kms **out, const struct card_connector *at, struct size wanted, struct err *e)
{
	struct kms *k = alloc_zero(1, sizeof *k);
	bool ok = take_card(k, at->card, e) && pick(k, at, wanted, e) &&
		  open_buffer(k->fd, &k->mode, &k->buffers[0], e) && light(k, e);
	k->count = 1;
	if (ok && !wants_to_be_told(k)) {
		ok = open_buffer(k->fd, &k->mode, &k->buffers[1], e);
		k->count = 2;
	}
	if (!ok) {
		kms_close(k);
		return false;
	}
	(void)snprintf(k->way, sizeof k->way, "card%d %s, framebuffer, %s", at->card, at->name,
		k->count == 2 ? "flips" : "updates");
	*out = k;
	return true;
}

void kms_close(struct kms *k)
{
	if (!k)
		return;
	for (int i = 0; i < 2; i++)
		close_buffer(k->fd, &k->buffers[i]);
	if (k->fd >= 0)
		(void)close(k->fd);
	free(k);
}

struct size kms_size(const struct kms *k)
{
	return (struct size){k->mode.hdisplay, k->mode.vdisplay};
}

const char *kms_way(const struct kms *k)
{
	return k->way;
}

bool kms_sleep(struct kms *k, bool is_asleep)
{
	return display_power_card(k->fd, !is_asleep);
}

SDL_Surface *kms_front(struct kms *k)
{
	return k->buffers[k->front].surface;
}

/* ---- presenting ---------------------------------------------------------------------- */

static void on_flip(int fd, unsigned sequence, unsigned s, unsigned us, void *user)
{
	(void)fd, (void)sequence, (void)s, (void)us;
	*(bool *)user = false;
}

/* The next picture is drawn on the buffer that is scanned out until then. */
static bool flip(struct kms *k, struct err *e)
{
	drmEventContext on = {.version = 2, .page_flip_handler = on_flip};
	int back = 1 - k->front;
	k->is_flipping = true;
	if (drmModePageFlip(k->fd, k->crtc, k->buffers[back].id, DRM_MODE_PAGE_FLIP_EVENT, &k->is_flipping) !=
		0)
		return err_set(e, ERR_IO, "screen: cannot present: %s", strerror(errno));
	while (k->is_flipping) {
		struct pollfd p = {.fd = k->fd, .events = POLLIN};
		int ready = poll(&p, 1, FLIP_MS);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0 || drmHandleEvent(k->fd, &on) != 0)
			return err_set(e, ERR_IO, "screen: the display does not refresh");
	}
	k->front = back;
	return true;
}

static bool update(struct kms *k, const SDL_Rect *changed, int count, struct err *e)
{
	drmModeClip clips[CANVAS_RECTS_MAX];
	for (int i = 0; i < count; i++)
		clips[i] = (drmModeClip){(uint16_t)changed[i].x, (uint16_t)changed[i].y,
			(uint16_t)(changed[i].x + changed[i].w), (uint16_t)(changed[i].y + changed[i].h)};
	if (count > 0 && drmModeDirtyFB(k->fd, k->buffers[0].id, clips, (uint32_t)count) != 0)
		return err_set(e, ERR_IO, "screen: cannot present: %s", strerror(errno));
	return true;
}

bool kms_present(
	struct kms *k, SDL_Surface *canvas, int turns, const SDL_Rect *rects, int count, struct err *e)
{
	SDL_Rect changed[CANVAS_RECTS_MAX];
	int used = 0;
	struct buffer *to = &k->buffers[k->count == 2 ? 1 - k->front : 0];
	for (int i = 0; i < k->late_count; i++)
		(void)turn_copy(turns, canvas, to->surface, k->late[i]);
	for (int i = 0; i < count && i < CANVAS_RECTS_MAX; i++) {
		SDL_Rect r = turn_copy(turns, canvas, to->surface, rects[i]);
		if (r.w > 0)
			changed[used++] = r;
	}
	if (k->count == 1)
		return update(k, changed, used, e);
	k->late_count = count < CANVAS_RECTS_MAX ? count : CANVAS_RECTS_MAX;
	memcpy(k->late, rects, (size_t)k->late_count * sizeof *rects);
	return flip(k, e);
}
