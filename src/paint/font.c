/* SPDX-License-Identifier: Apache-2.0 */
#include "paint/font.h"

#include <SDL.h>
#include <SDL_ttf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define UNITS_PX 1000 /* Noto Sans CJK has 1000 units an em: metrics come out exact */
#define GLYPH_SLOTS 4096 /* characters that are remembered, a power of two */
#define MASK_SLOTS 1024 /* pieces of text kept painted, a power of two */
#define MASK_PLACES 8 /* slots in which one can lie: a page's texts must not push each other out */
#define FONT_BYTES_MAX (256 << 20)
#define MASK_BYTES_MAX (8u << 20)

struct face {
	TTF_Font *font; /* sized for painting, changed as needed */
	TTF_Font *ruler; /* sized for measuring */
	int size_px;
	void *bytes; /* the file, mapped: SDL_ttf's reads of a glyph are then no calls of the kernel */
	size_t len;
};

struct glyph {
	uint32_t point; /* 0: free */
	int8_t which;
	bool is_measured;
	int16_t advance, bearing;
};

struct mask {
	char *text; /* NULL: free */
	int size_px;
	int8_t weight, which;
	uint32_t used; /* turn of the last use */
	size_t bytes;
	struct font_mask painted;
};

struct font_set {
	struct face faces[FONT_WEIGHTS + FONT_FALLBACK_MAX];
	int face_count;
	struct face whole[FONT_WEIGHTS]; /* no font: not opened */
	char *whole_paths[FONT_WEIGHTS]; /* NULL: there is none */
	struct glyph glyphs[FONT_WEIGHTS][GLYPH_SLOTS];
	struct mask masks[MASK_SLOTS];
	size_t mask_bytes;
	uint32_t turn, rested; /* the turn now, and at the last rest */
};

static bool map_file(struct face *f, const char *path, struct err *e)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
		  st.st_size <= FONT_BYTES_MAX;
	void *at = ok ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
	if (fd >= 0)
		(void)close(fd);
	if (at == MAP_FAILED)
		return err_set(e, ERR_IO, "%s: cannot be read", path);
	f->bytes = at;
	f->len = (size_t)st.st_size;
	return true;
}

static TTF_Font *open_sized(const struct face *f, int size_px, long index)
{
	return TTF_OpenFontIndexRW(SDL_RWFromConstMem(f->bytes, (int)f->len), 1, size_px, index);
}

static bool open_face(struct face *f, const char *path, struct err *e)
{
	size_t len = strlen(path);
	long index = len > 4 && strcmp(path + len - 4, ".ttc") == 0 ? FONT_SC_FACE : 0;
	if (!map_file(f, path, e))
		return false;
	f->font = open_sized(f, 32, index);
	f->ruler = open_sized(f, UNITS_PX, index);
	if (!f->font || !f->ruler)
		return err_set(e, ERR_IO, "%s: not a usable font: %s", path, TTF_GetError());
	f->size_px = 32;
	TTF_SetFontHinting(f->font, TTF_HINTING_LIGHT_SUBPIXEL);
	TTF_SetFontHinting(f->ruler, TTF_HINTING_NONE);
	return true;
}

static void close_face(struct face *f)
{
	if (f->font)
		TTF_CloseFont(f->font);
	if (f->ruler)
		TTF_CloseFont(f->ruler);
	if (f->bytes)
		(void)munmap(f->bytes, f->len);
	*f = (struct face){0};
}

bool font_set_open(struct font_set **out, const struct font_paths *paths, struct err *e)
{
	if (TTF_Init() != 0)
		return err_set(e, ERR_IO, "SDL_ttf: %s", TTF_GetError());
	struct font_set *f = alloc_zero(1, sizeof *f);
	bool ok = open_face(&f->faces[FONT_REGULAR], paths->regular, e) &&
		  open_face(&f->faces[FONT_BOLD], paths->bold, e);
	f->face_count = FONT_WEIGHTS;
	f->whole_paths[FONT_REGULAR] = paths->whole_regular ? alloc_text(paths->whole_regular) : NULL;
	f->whole_paths[FONT_BOLD] = paths->whole_bold ? alloc_text(paths->whole_bold) : NULL;
	for (int i = 0; ok && i < paths->fallback_count && i < FONT_FALLBACK_MAX; i++)
		ok = open_face(&f->faces[f->face_count++], paths->fallback[i], e);
	if (!ok) {
		font_set_close(f);
		return false;
	}
	*out = f;
	return true;
}

static void drop_mask(struct font_set *f, struct mask *m)
{
	if (m->painted.coverage)
		cairo_surface_destroy(m->painted.coverage);
	free(m->text);
	f->mask_bytes -= m->bytes;
	*m = (struct mask){0};
}

void font_set_close(struct font_set *f)
{
	if (!f)
		return;
	for (int i = 0; i < MASK_SLOTS; i++)
		drop_mask(f, &f->masks[i]);
	for (int i = 0; i < FONT_WEIGHTS + FONT_FALLBACK_MAX; i++)
		close_face(&f->faces[i]);
	for (int w = 0; w < FONT_WEIGHTS; w++) {
		close_face(&f->whole[w]);
		free(f->whole_paths[w]);
	}
	free(f);
	TTF_Quit();
}

void font_set_rest(struct font_set *f)
{
	for (int i = 0; i < MASK_SLOTS; i++) {
		if (f->masks[i].text && f->masks[i].used <= f->rested)
			drop_mask(f, &f->masks[i]);
	}
	f->rested = f->turn;
	for (int i = 0; i < f->face_count; i++)
		(void)madvise(f->faces[i].bytes, f->faces[i].len, MADV_DONTNEED);
	for (int w = 0; w < FONT_WEIGHTS; w++) {
		if (f->whole[w].font)
			(void)madvise(f->whole[w].bytes, f->whole[w].len, MADV_DONTNEED);
	}
}

static struct face *face_of(struct font_set *f, enum font_weight w, int which)
{
	if (which == FONT_WHOLE)
		return &f->whole[w];
	return which <= 0 ? &f->faces[w] : &f->faces[FONT_WEIGHTS + which - 1];
}

/* What is not there is not asked for again. */
static bool has_whole(struct font_set *f, enum font_weight w)
{
	struct err ignored;
	if (f->whole[w].font || !f->whole_paths[w])
		return f->whole[w].font != NULL;
	bool ok = open_face(&f->whole[w], f->whole_paths[w], &ignored);
	if (!ok)
		close_face(&f->whole[w]);
	free(f->whole_paths[w]);
	f->whole_paths[w] = NULL;
	return ok;
}

static int look_for(struct font_set *f, enum font_weight w, uint32_t point)
{
	if (TTF_GlyphIsProvided32(f->faces[w].font, point))
		return 0;
	if (has_whole(f, w) && TTF_GlyphIsProvided32(f->whole[w].font, point))
		return FONT_WHOLE;
	for (int i = FONT_WEIGHTS; i < f->face_count; i++) {
		if (TTF_GlyphIsProvided32(f->faces[i].font, point))
			return i - FONT_WEIGHTS + 1;
	}
	return -1;
}

static struct glyph *glyph_of(struct font_set *f, enum font_weight w, uint32_t point)
{
	struct glyph *g = &f->glyphs[w][(point * 2654435761u) >> 20 & (GLYPH_SLOTS - 1)];
	if (g->point != point)
		*g = (struct glyph){.point = point, .which = (int8_t)look_for(f, w, point)};
	return g;
}

int font_find(struct font_set *f, enum font_weight w, uint32_t point)
{
	return glyph_of(f, w, point)->which;
}

static const struct glyph *measured(struct font_set *f, enum font_weight w, uint32_t point)
{
	struct glyph *g = glyph_of(f, w, point);
	if (g->is_measured)
		return g;
	int minx = 0, advance = 0;
	alloc_watch();
	if (TTF_GlyphMetrics32(face_of(f, w, g->which)->ruler, point, &minx, NULL, NULL, NULL, &advance) != 0)
		minx = advance = 0;
	alloc_watched("a font's metrics");
	g->advance = (int16_t)advance;
	g->bearing = (int16_t)minx;
	g->is_measured = true;
	return g;
}

double font_advance(struct font_set *f, enum font_weight w, uint32_t point)
{
	return measured(f, w, point)->advance / (double)UNITS_PX;
}

double font_bearing(struct font_set *f, enum font_weight w, uint32_t point)
{
	return measured(f, w, point)->bearing / (double)UNITS_PX;
}

/* The rows and columns that have ink, so that nothing blank is kept or blended. */
static SDL_Rect inked(const SDL_Surface *s)
{
	int x0 = s->w, x1 = 0, y0 = s->h, y1 = 0;
	for (int y = 0; y < s->h; y++) {
		const uint32_t *row =
			(const uint32_t *)(const void *)((const char *)s->pixels + y * s->pitch);
		for (int x = 0; x < s->w; x++) {
			if (!(row[x] >> 24))
				continue;
			x0 = x < x0 ? x : x0;
			x1 = x >= x1 ? x + 1 : x1;
			y0 = y < y0 ? y : y0;
			y1 = y + 1;
		}
	}
	return (SDL_Rect){x0, y0, x1 - x0, y1 - y0};
}

static cairo_surface_t *alpha_of(const SDL_Surface *s, SDL_Rect ink)
{
	cairo_surface_t *out = cairo_image_surface_create(CAIRO_FORMAT_A8, ink.w, ink.h);
	if (cairo_surface_status(out) != CAIRO_STATUS_SUCCESS)
		abort();
	unsigned char *to = cairo_image_surface_get_data(out);
	int stride = cairo_image_surface_get_stride(out);
	for (int y = 0; y < ink.h; y++) {
		const uint32_t *row =
			(const uint32_t *)(const void *)((const char *)s->pixels + (y + ink.y) * s->pitch);
		for (int x = 0; x < ink.w; x++)
			to[y * stride + x] = (unsigned char)(row[x + ink.x] >> 24);
	}
	cairo_surface_mark_dirty(out);
	return out;
}

static struct font_mask paint(const struct face *f, const char *text)
{
	struct font_mask m = {0};
	alloc_watch();
	SDL_Surface *s = TTF_RenderUTF8_Blended(f->font, text, (SDL_Color){255, 255, 255, 255});
	alloc_watched("a text");
	if (!s)
		return m; /* zero width: nothing to ink */
	/* SDL_ttf moves the pen right by what the first glyph reaches left of it. */
	const char *at = text;
	int minx = 0;
	alloc_watch();
	(void)TTF_GlyphMetrics32(f->font, utf8_next(&at), &minx, NULL, NULL, NULL, NULL);
	alloc_watched("a font's metrics");
	SDL_Rect ink = inked(s);
	if (ink.w > 0 && ink.h > 0) {
		m.coverage = alpha_of(s, ink);
		m.left = ink.x + (minx < 0 ? minx : 0);
		m.top = ink.y - TTF_FontAscent(f->font);
	}
	SDL_FreeSurface(s);
	return m;
}

static uint32_t hash(const char *text, int size_px, int weight, int which)
{
	uint32_t h = 2166136261u ^ (uint32_t)(size_px * 31 + weight * 7 + which);
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 16777619u; /* FNV-1a */
	return h;
}

static void make_room(struct font_set *f)
{
	while (f->mask_bytes > MASK_BYTES_MAX) {
		struct mask *oldest = NULL;
		for (int i = 0; i < MASK_SLOTS; i++) {
			struct mask *m = &f->masks[i];
			if (m->text && m->used != f->turn && (!oldest || m->used < oldest->used))
				oldest = m;
		}
		if (!oldest)
			return;
		drop_mask(f, oldest);
	}
}

/* Where a text is kept, or is to be: *is_kept. */
static struct mask *mask_of(
	struct font_set *f, enum font_weight w, int which, int size_px, const char *text, bool *is_kept)
{
	uint32_t h = hash(text, size_px, (int)w, which);
	struct mask *oldest = &f->masks[h & (MASK_SLOTS - 1)];
	*is_kept = false;
	for (uint32_t i = 0; i < MASK_PLACES && !*is_kept; i++) {
		struct mask *m = &f->masks[(h + i) & (MASK_SLOTS - 1)];
		*is_kept = m->text && m->size_px == size_px && m->weight == (int)w && m->which == which &&
			   strcmp(m->text, text) == 0;
		if (*is_kept || m->used < oldest->used)
			oldest = m;
	}
	return oldest;
}

struct font_mask font_mask(struct font_set *f, enum font_weight w, int which, int size_px, const char *text)
{
	bool is_kept;
	struct mask *m = mask_of(f, w, which, size_px, text, &is_kept);
	f->turn++;
	if (is_kept) {
		m->used = f->turn;
		return m->painted;
	}
	drop_mask(f, m);
	struct face *face = face_of(f, w, which);
	alloc_watch();
	if (face->size_px != size_px && TTF_SetFontSize(face->font, size_px) == 0)
		face->size_px = size_px;
	alloc_watched("a font's size");
	m->text = alloc_text(text);
	m->size_px = size_px;
	m->weight = (int8_t)w;
	m->which = (int8_t)which;
	m->used = f->turn;
	m->painted = paint(face, text);
	if (m->painted.coverage)
		m->bytes = (size_t)cairo_image_surface_get_stride(m->painted.coverage) *
			   (size_t)cairo_image_surface_get_height(m->painted.coverage);
	f->mask_bytes += m->bytes;
	make_room(f);
	return m->painted;
}
