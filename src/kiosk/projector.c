/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/projector.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/program.h"
#include "base/reel.h"

#define PATIENCE_MS 4000 /* without a picture it hangs */
#define BEGIN_MS 10000 /* before the first one: the program comes from a slow card */
#define END_MS 500 /* from the end of its pipe to its own, whose reason is worth waiting for */
#define END_LOOK_MS 10
#define AGAIN_MS 600000 /* until what failed is tried again */
#define FAILED_MAX 16
#define OVER_FDS 64 /* descriptors are first brought out of each other's way */

struct failed {
	char path[PATH_MAX];
	int64_t again_ms;
};

struct projector {
	char program[PATH_MAX];
	bool is_absence_told;
	pid_t pid; /* 0: none */
	pid_t ending; /* killed, not buried yet */
	int due_fd, free_fd; /* our ends; -1 */
	unsigned char *pictures;
	size_t bytes; /* of all of them */
	struct projector_film film;
	bool is_its_own[REEL_SLOTS]; /* a slot: its to write */
	int shown; /* the newest picture; -1: none yet */
	int64_t until_ms; /* by then there must be another one */
	int64_t ended_ms; /* since when its pipe has ended; 0: it has not */
	struct failed failed[FAILED_MAX];
	unsigned failed_count; /* so far: where the next one goes */
};

struct projector *projector_create(void)
{
	struct projector *p = alloc_zero(1, sizeof *p);
	program_helper(REEL_PROGRAM, p->program, sizeof p->program);
	p->due_fd = p->free_fd = p->shown = -1;
	return p;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

/* Nobody waits for it: a process may hang in the kernel for long. */
static void bury(struct projector *p, int options)
{
	pid_t got = 0;
	while (p->ending && (got = waitpid(p->ending, NULL, options)) < 0 && errno == EINTR)
		continue;
	if (got != 0)
		p->ending = 0;
}

void projector_rest(struct projector *p)
{
	if (p->pid) {
		(void)kill(p->pid, SIGKILL);
		p->ending = p->pid;
		p->pid = 0;
	}
	bury(p, WNOHANG);
	close_fd(&p->due_fd);
	close_fd(&p->free_fd);
	if (p->pictures)
		(void)munmap(p->pictures, p->bytes);
	p->pictures = NULL;
	p->film.path[0] = '\0';
	p->shown = -1;
	p->ended_ms = 0;
}

void projector_destroy(struct projector *p)
{
	if (!p)
		return;
	projector_rest(p);
	bury(p, 0);
	free(p);
}

/* ---- beginning ---------------------------------------------------------------------------- */

struct ends {
	int film, pictures, due, to_free; /* the film's process has these */
};

static void close_ends(struct ends *e)
{
	close_fd(&e->film);
	close_fd(&e->pictures);
	close_fd(&e->due);
	close_fd(&e->to_free);
}

/* Nothing but calls that a fork of a program with threads may make. */
static _Noreturn void become(const char *program, const struct ends *e, char *const *argv)
{
	static char *const environment[] = {NULL};
	const int from[] = {e->film, e->pictures, e->due, e->to_free};
	int moved[4], nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	bool ok = nothing >= 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
	for (int i = 0; i < 4; i++)
		moved[i] = fcntl(from[i], F_DUPFD_CLOEXEC, OVER_FDS);
	for (int i = 0; i < 3; i++) /* what strangers' films made of it has nothing to say */
		ok = ok && dup2(nothing, i) >= 0;
	for (int i = 0; i < 4; i++)
		ok = ok && moved[i] >= 0 && dup2(moved[i], REEL_FILM_FD + i) >= 0;
	/* Where memory is short it is the first to go, and not the screen. */
	int score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	ok = ok && (score < 0 || write(score, "1000", 4) <= 4);
	if (ok && close_range(REEL_FDS_END, ~0U, 0) == 0)
		(void)execve(program, argv, environment);
	_exit(REEL_ABSENT);
}

/* It may write what it likes, but not make less of it: reading stays sound. */
static bool make_pictures(struct projector *p, struct ends *e)
{
	p->bytes = reel_bytes(p->film.at.w, p->film.at.h) * REEL_SLOTS;
	e->pictures = memfd_create("film", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (e->pictures < 0 || ftruncate(e->pictures, (off_t)p->bytes) != 0 ||
		fcntl(e->pictures, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
		return false;
	void *at = mmap(NULL, p->bytes, PROT_READ, MAP_SHARED, e->pictures, 0);
	p->pictures = at == MAP_FAILED ? NULL : at;
	return p->pictures != NULL;
}

static bool make_pipes(struct projector *p, struct ends *e)
{
	int due[2], to_free[2];
	if (pipe2(due, O_CLOEXEC) != 0)
		return false;
	p->due_fd = due[0];
	e->due = due[1];
	if (pipe2(to_free, O_CLOEXEC) != 0)
		return false;
	e->to_free = to_free[0];
	p->free_fd = to_free[1];
	return fcntl(p->due_fd, F_SETFL, O_NONBLOCK) == 0 && fcntl(p->free_fd, F_SETFL, O_NONBLOCK) == 0;
}

static bool begin(struct projector *p)
{
	char width[12], height[12];
	struct ends e = {
		.film = open(p->film.path, O_RDONLY | O_CLOEXEC), .pictures = -1, .due = -1, .to_free = -1};
	char *const argv[] = {p->program, width, height, NULL};
	(void)snprintf(width, sizeof width, "%d", p->film.at.w);
	(void)snprintf(height, sizeof height, "%d", p->film.at.h);
	bool ok = e.film >= 0 && make_pictures(p, &e) && make_pipes(p, &e);
	pid_t pid = ok ? fork() : -1;
	if (pid == 0)
		become(p->program, &e, argv);
	close_ends(&e);
	p->pid = pid > 0 ? pid : 0;
	return pid > 0;
}

/* ---- failing ------------------------------------------------------------------------------ */

static struct failed *find_failed(struct projector *p, const char *path)
{
	for (int i = 0; i < FAILED_MAX; i++) {
		if (strcmp(p->failed[i].path, path) == 0)
			return &p->failed[i];
	}
	return NULL;
}

static void fail(struct projector *p, const char *why, int64_t mono_ms)
{
	struct failed *f = find_failed(p, p->film.path);
	if (!f) {
		log_line(LOG_WARNING, "kiosk: film %s: %s: its picture is shown instead", p->film.name, why);
		f = &p->failed[p->failed_count++ % FAILED_MAX];
		(void)snprintf(f->path, sizeof f->path, "%s", p->film.path);
	}
	f->again_ms = mono_ms + AGAIN_MS;
	projector_rest(p);
}

static bool is_there(struct projector *p)
{
	bool is = access(p->program, X_OK) == 0;
	if (!is && !p->is_absence_told)
		log_line(LOG_INFO,
			"kiosk: " REEL_PROGRAM " is not installed: films are shown by their pictures");
	p->is_absence_told = !is;
	return is;
}

static bool is_same(const struct projector_film *a, const struct projector_film *b)
{
	return strcmp(a->path, b->path) == 0 && SDL_RectEquals(&a->at, &b->at);
}

void projector_play(struct projector *p, const struct projector_film *film, int64_t mono_ms)
{
	if (p->pid && is_same(&p->film, film))
		return;
	const struct failed *f = find_failed(p, film->path);
	projector_rest(p);
	if ((f && mono_ms < f->again_ms) || p->ending || film->at.w < 1 || film->at.h < 1 || !is_there(p))
		return;
	p->film = *film;
	p->until_ms = mono_ms + BEGIN_MS;
	for (int i = 0; i < REEL_SLOTS; i++)
		p->is_its_own[i] = true;
	if (!begin(p))
		fail(p, "cannot be begun", mono_ms);
}

/* ---- playing ------------------------------------------------------------------------------ */

/* Its pipe has ended: so has it, or it soon will. */
static enum projector_news hear_why(struct projector *p, int64_t mono_ms)
{
	int status = 0;
	pid_t pid = waitpid(p->pid, &status, WNOHANG);
	close_fd(&p->due_fd);
	p->ended_ms = p->ended_ms ? p->ended_ms : mono_ms;
	p->until_ms = mono_ms + END_LOOK_MS;
	if (pid == 0 && mono_ms - p->ended_ms < END_MS)
		return PROJECTOR_SAME;
	if (pid != 0)
		p->pid = 0;
	fail(p, reel_words(pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : REEL_ASKED), mono_ms);
	return PROJECTOR_OVER;
}

/* One picture was before another: its slot is free. */
static bool take(struct projector *p, unsigned char slot)
{
	if (slot >= REEL_SLOTS || !p->is_its_own[slot])
		return false;
	int before = p->shown;
	p->shown = slot;
	p->is_its_own[slot] = false;
	if (before < 0)
		return true;
	p->is_its_own[before] = true;
	/* A pipe that is full of a handful of bytes belongs to who does not read: it will hang. */
	ssize_t n = write(p->free_fd, &(unsigned char){(unsigned char)before}, 1);
	return n == 1 || errno == EAGAIN || errno == EPIPE;
}

enum projector_news projector_look(struct projector *p, int64_t mono_ms)
{
	unsigned char slot;
	bool is_new = false;
	ssize_t n = -1;
	bury(p, WNOHANG);
	if (!p->pid)
		return PROJECTOR_SAME;
	if (p->ended_ms)
		return hear_why(p, mono_ms);
	errno = EAGAIN;
	for (int i = 0; i < REEL_SLOTS && (n = read(p->due_fd, &slot, 1)) == 1; i++) {
		if (!take(p, slot)) {
			fail(p, REEL_PROGRAM " says what makes no sense", mono_ms);
			return PROJECTOR_OVER;
		}
		is_new = true;
	}
	if (n == 0 || (n < 0 && errno != EAGAIN))
		return hear_why(p, mono_ms);
	if (!is_new && mono_ms >= p->until_ms) {
		fail(p, "no picture comes", mono_ms);
		return PROJECTOR_OVER;
	}
	if (!is_new)
		return PROJECTOR_SAME;
	struct failed *f = find_failed(p, p->film.path);
	if (f)
		f->path[0] = '\0'; /* it is well again */
	p->until_ms = mono_ms + PATIENCE_MS;
	return PROJECTOR_PICTURE;
}

bool projector_draw(const struct projector *p, const struct projector_film *film, SDL_Surface *to)
{
	SDL_Rect all = {0, 0, to->w, to->h}, r;
	const SDL_Rect *at = &p->film.at;
	if (!p->pid || p->shown < 0 || !is_same(&p->film, film) || !SDL_IntersectRect(at, &all, &r))
		return false;
	size_t stride = reel_stride(at->w);
	const unsigned char *picture = p->pictures + reel_bytes(at->w, at->h) * (size_t)p->shown;
	for (int y = r.y; y < r.y + r.h; y++) {
		const uint32_t *in =
			(const uint32_t *)(const void *)(picture + stride * (size_t)(y - at->y)) +
			(r.x - at->x);
		uint32_t *out = (uint32_t *)(void *)((char *)to->pixels + (ptrdiff_t)y * to->pitch) + r.x;
		for (int x = 0; x < r.w; x++)
			out[x] = in[x] | 0xff000000; /* nothing shines through */
	}
	return true;
}

int projector_fd(const struct projector *p)
{
	return p->due_fd;
}

int64_t projector_look_ms(const struct projector *p)
{
	return p->pid ? p->until_ms : INT64_MAX;
}
