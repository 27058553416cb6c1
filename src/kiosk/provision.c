/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/provision.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "kiosk/provision_read.h"

#define STATE "/var/lib/fangzi"
#define STICKS "/run/fangzi-stick" /* where fangzi-stick@.service mounts them */

static const char *const nobody_did[] = {"本机尚未设置",
	"1. 关机，取出存储卡，插到任意一台电脑上，打开 bootfs 分区",
	"2. 新建文本文件 fangzi.conf，写入三行：", "hub = 服务器的网址", "trust = 发布方给出的 64 位信任指纹",
	"screen = 本屏的标签", "3. 保存后把存储卡插回本机，重新通电"};
#define NOBODY_DID_LINES (sizeof nobody_did / sizeof nobody_did[0])

/* ---- what is written --------------------------------------------------------------------- */

static void add(struct buf *out, const char *name, const char *value)
{
	if (!*value)
		return;
	buf_printf(out, "%s = ", name);
	provision_quote(out, value);
	buf_text(out, "\n");
}

static void write_sync(struct buf *out, const struct provision *p, const char *state, const char *kiosk_conf)
{
	add(out, "feed", p->feed);
	add(out, "hub", p->hub);
	add(out, "trust", p->trust);
	add(out, "ca", p->ca);
	add(out, "state", state);
	add(out, "stick", STICKS);
	add(out, "kiosk-config", kiosk_conf);
}

static void write_kiosk(struct buf *out, const struct provision *p, const char *state)
{
	add(out, "trust", p->trust);
	add(out, "state", state);
	add(out, "screen", p->screen);
	add(out, "rotate", p->rotate);
}

/* A screen that says what is to be done instead of a show. */
static void write_setup(struct buf *out, const char *const *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_text(out, i ? ", " : "setup = {");
		provision_quote(out, lines[i]);
	}
	buf_text(out, "}\n");
}

static void write_problem(struct buf *out, const char *path, const struct provision_problem *why)
{
	struct buf where = {0}, says = {0};
	buf_printf(&where, "文件：%s", path);
	if (why->line)
		buf_printf(&says, "第 %d 行：", why->line);
	buf_text(&says, why->zh);
	const char *const lines[] = {"设置文件有误", where.data, says.data, "改正并保存后，重新通电"};
	write_setup(out, lines, sizeof lines / sizeof lines[0]);
	buf_finish(&where);
	buf_finish(&says);
}

struct place {
	char sync[PATH_MAX], kiosk[PATH_MAX];
};

static bool find_place(struct place *p, const char *folder, struct err *e)
{
	return (file_join(p->sync, sizeof p->sync, folder, "sync.conf") &&
		       file_join(p->kiosk, sizeof p->kiosk, folder, "kiosk.conf")) ||
	       err_set(e, ERR_USAGE, "%s: path too long", folder);
}

/* Empty: the program is not to be started, and its settings of before go. */
static bool put(const char *path, const struct buf *text, struct err *e)
{
	if (text->len)
		return file_write(path, text->data, text->len, 0644, e);
	return unlink(path) == 0 || errno == ENOENT ||
	       err_set(e, ERR_DISK, "%s: cannot be removed: %s", path, strerror(errno));
}

static bool put_both(const struct place *p, const struct buf *sync, const struct buf *kiosk, struct err *e)
{
	return put(p->sync, sync, e) && put(p->kiosk, kiosk, e);
}

/* ---- where it comes from ------------------------------------------------------------------ */

static const char *first_there(const struct option_list *files)
{
	for (int i = 0; i < files->count; i++) {
		if (file_exists(files->items[i]))
			return files->items[i];
	}
	return NULL;
}

static bool take_file(const char *path, const struct options *o, const struct place *to, struct err *e)
{
	struct provision p;
	struct provision_problem why = {
		.zh = "文件无法读取，请重新写一份", .en = "cannot be read: write it anew"};
	struct buf bytes = {0}, sync = {0}, kiosk = {0};
	const char *state = o->state ? o->state : STATE;
	struct err unread = {0};
	bool is_right = file_read(path, PROVISION_BYTES_MAX, &bytes, &unread) &&
			provision_read(&p, bytes.data, bytes.len, &why);
	if (is_right) {
		write_sync(&sync, &p, state, to->kiosk);
		write_kiosk(&kiosk, &p, state);
		log_line(LOG_INFO, "provision: %s: feed %s, screen %s", path, p.feed,
			*p.screen ? p.screen : "-");
	} else {
		write_problem(&kiosk, path, &why);
	}
	bool ok = put_both(to, &sync, &kiosk, e);
	if (ok && !is_right)
		ok = err_set(e, ERR_FORMAT, "%s:%d: %s", path, why.line, unread.kind ? unread.text : why.en);
	buf_finish(&bytes);
	buf_finish(&sync);
	buf_finish(&kiosk);
	return ok;
}

/* What somebody wrote for the programs themselves; a screen without any is not set up. */
static bool take_etc(const struct options *o, const struct place *to, struct err *e)
{
	struct place from;
	struct buf sync = {0}, kiosk = {0};
	bool ok = find_place(&from, o->etc ? o->etc : "/etc/fangzi", e);
	ok = ok && (!file_exists(from.sync) || file_read(from.sync, OPTION_FILE_BYTES_MAX, &sync, e));
	ok = ok && (!file_exists(from.kiosk) || file_read(from.kiosk, OPTION_FILE_BYTES_MAX, &kiosk, e));
	if (ok && !kiosk.len) {
		write_setup(&kiosk, nobody_did, NOBODY_DID_LINES);
		log_line(LOG_WARNING,
			"provision: nobody has set this screen up: write fangzi.conf as it says");
	}
	ok = ok && put_both(to, &sync, &kiosk, e);
	buf_finish(&sync);
	buf_finish(&kiosk);
	return ok;
}

bool provision_run(const struct options *o, struct err *e)
{
	struct place to;
	const char *path = first_there(&o->from);
	if (!o->out)
		return err_set(e, ERR_USAGE, "--out DIR is needed");
	if (!find_place(&to, o->out, e) || !file_make_folder(o->out, 0755, e))
		return false;
	return path ? take_file(path, o, &to, e) : take_etc(o, &to, e);
}
