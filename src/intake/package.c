/* SPDX-License-Identifier: Apache-2.0 */
#include "intake/package.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

#include "base/alloc.h"

#define UNPACKED_BYTES_MAX (100 << 20) /* a sheet of 20,000 rows and 40 columns unpacks to 40 MB */
#define PARTS_MAX 2000 /* 64 sheets with a drawing, comments and printer settings each, ten times */
#define NAME_BYTES_MAX 240
#define RATIO_MAX 250 /* sheets come to 5..40; deflate itself ends at 1032 */
#define RATIO_FREE_BYTES (1 << 20) /* below, a ratio costs nothing */

struct package {
	zip_t *zip;
	zip_uint64_t unpacked; /* by all parts that were read */
};

struct package_part {
	struct package *package;
	zip_file_t *file;
	zip_uint64_t left; /* of what the table of contents says */
};

/* What else begins with the same four bytes, and what Excel itself would warn of. */
static const struct {
	const char *part, *why;
} strangers[] = {
	{"xl/vbaProject.bin", "文件含有宏（.xlsm），请另存为不含宏的 .xlsx"},
	{"xl/workbook.bin", "这是二进制工作簿（.xlsb），请另存为 .xlsx"},
	{"word/document.xml", "这是 Word 文档，不是 Excel 工作簿"},
	{"ppt/presentation.xml", "这是 PowerPoint 演示文稿，不是 Excel 工作簿"},
	{"content.xml", "这是 OpenDocument 文件（.ods），请另存为 .xlsx"},
	{"META-INF/MANIFEST.MF", "这是 Java 程序包，不是 Excel 工作簿"},
	{"AndroidManifest.xml", "这是安卓安装包，不是 Excel 工作簿"},
};

static bool is_sound_name(const char *name)
{
	size_t len = strlen(name);
	if (len < 1 || len > NAME_BYTES_MAX || name[0] == '/' || strchr(name, '\\') || strchr(name, ':'))
		return false;
	for (const char *at = name; *at; at += strcspn(at, "/"), at += *at == '/') {
		if (strncmp(at, "..", strcspn(at, "/")) == 0 && strcspn(at, "/") == 2)
			return false;
	}
	return true;
}

static bool is_sound_part(const zip_stat_t *s, zip_uint64_t *total, struct err *e)
{
	const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
				    ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
	if ((s->valid & wanted) != wanted)
		return err_set(e, ERR_FORMAT, "压缩包目录不完整，文件可能已损坏");
	if (!is_sound_name(s->name))
		return err_set(e, ERR_FORMAT, "压缩包内有不正常的路径名");
	if (s->encryption_method != ZIP_EM_NONE)
		return err_set(e, ERR_FORMAT, "文件已加密，请去掉密码后再上传");
	if (s->comp_method != ZIP_CM_STORE && s->comp_method != ZIP_CM_DEFLATE)
		return err_set(e, ERR_FORMAT, "压缩包用了 Excel 不用的压缩方法");
	if (s->size > UNPACKED_BYTES_MAX || (*total += s->size) > UNPACKED_BYTES_MAX)
		return err_set(e, ERR_FORMAT, "解压后超过 %d MB，拒绝打开", UNPACKED_BYTES_MAX >> 20);
	if (s->size > RATIO_FREE_BYTES && s->size / RATIO_MAX > s->comp_size)
		return err_set(e, ERR_FORMAT, "压缩比超过 %d，疑似压缩炸弹，拒绝打开", RATIO_MAX);
	return true;
}

/* The one text that Excel compares without case; two parts of one name would be read as
 * one thing here and as another there. */
static int compare_names(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static bool are_names_unique(const char **names, size_t count, struct err *e)
{
	qsort(names, count, sizeof *names, compare_names);
	for (size_t i = 1; i < count; i++) {
		if (strcasecmp(names[i - 1], names[i]) == 0)
			return err_set(e, ERR_FORMAT, "压缩包内有两个同名的部分");
	}
	return true;
}

static bool judge(struct package *p, struct err *e)
{
	zip_int64_t count = zip_get_num_entries(p->zip, 0);
	int comment_len = 0;
	zip_uint64_t total = 0;
	if (count < 1 || count > PARTS_MAX)
		return err_set(e, ERR_FORMAT, "压缩包内的部分多于 %d 个，或一个也没有", PARTS_MAX);
	(void)zip_get_archive_comment(p->zip, &comment_len, ZIP_FL_ENC_RAW);
	if (comment_len > 0)
		return err_set(e, ERR_FORMAT, "压缩包尾部带有附加内容，不是 Excel 存出的文件");
	const char **names = alloc_zero((size_t)count, sizeof *names);
	bool ok = true;
	for (zip_int64_t i = 0; ok && i < count; i++) {
		zip_stat_t s;
		zip_stat_init(&s);
		ok = zip_stat_index(p->zip, (zip_uint64_t)i, 0, &s) == 0 ||
		     err_set(e, ERR_FORMAT, "压缩包目录已损坏");
		ok = ok && is_sound_part(&s, &total, e);
		names[i] = s.name;
	}
	ok = ok && are_names_unique(names, (size_t)count, e);
	free(names);
	for (size_t i = 0; ok && i < sizeof strangers / sizeof strangers[0]; i++)
		ok = !package_has(p, strangers[i].part) || err_set(e, ERR_FORMAT, "%s", strangers[i].why);
	return ok;
}

bool package_open(struct package **out, const void *bytes, size_t len, struct err *e)
{
	zip_error_t why;
	*out = NULL;
	/* A zip is found from its end: what stands before its first part would be another file. */
	if (len < 4 || memcmp(bytes, "PK\3\4", 4) != 0)
		return err_set(e, ERR_FORMAT, "不是 .xlsx 文件");
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &why);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
	zip_error_fini(&why);
	if (!zip) {
		zip_source_free(source);
		return err_set(e, ERR_FORMAT, "文件不完整或已损坏（压缩包打不开）");
	}
	struct package *p = alloc_zero(1, sizeof *p);
	p->zip = zip;
	if (!judge(p, e)) {
		package_close(p);
		return false;
	}
	*out = p;
	return true;
}

void package_close(struct package *p)
{
	if (!p)
		return;
	zip_discard(p->zip);
	free(p);
}

bool package_has(const struct package *p, const char *name)
{
	return zip_name_locate(p->zip, name, ZIP_FL_NOCASE) >= 0;
}

bool package_open_part(struct package_part **out, struct package *p, const char *name, struct err *e)
{
	zip_stat_t s;
	zip_int64_t index = zip_name_locate(p->zip, name, ZIP_FL_NOCASE);
	*out = NULL;
	if (index < 0)
		return err_set(e, ERR_FORMAT, "不是完整的 Excel 工作簿：缺少 %s", name);
	zip_file_t *file = zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
	zip_stat_init(&s);
	if (!file || zip_stat_index(p->zip, (zip_uint64_t)index, 0, &s) != 0) {
		if (file)
			(void)zip_fclose(file);
		return err_set(e, ERR_FORMAT, "%s 打不开，文件可能已损坏", name);
	}
	*out = alloc_zero(1, sizeof **out);
	**out = (struct package_part){p, file, s.size};
	return true;
}

void package_close_part(struct package_part *part)
{
	if (!part)
		return;
	(void)zip_fclose(part->file);
	free(part);
}

bool package_read(struct package_part *part, void *out, size_t room, size_t *got, struct err *e)
{
	zip_int64_t n = zip_fread(part->file, out, room);
	*got = 0;
	if (n < 0)
		return err_set(e, ERR_FORMAT, "解压出错，文件可能已损坏");
	if ((zip_uint64_t)n > part->left)
		return err_set(e, ERR_FORMAT, "解压出的内容比目录所写的长，拒绝打开");
	part->left -= (zip_uint64_t)n;
	part->package->unpacked += (zip_uint64_t)n;
	if (part->package->unpacked > UNPACKED_BYTES_MAX) /* a part may be read more than once */
		return err_set(e, ERR_FORMAT, "解压后超过 %d MB，拒绝打开", UNPACKED_BYTES_MAX >> 20);
	*got = (size_t)n;
	return true;
}
