/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/provision_read.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "feed/digest.h"

#define LINE_ROOM 2048
#define KNOWN "feed, hub, trust, screen, rotate, ca"
#define WORD_BYTES_SHOWN 60
#define TAG_MAX 64
#define BAD '\x7f' /* stands for a byte that is no text; no other is let through */

static bool refuse(struct provision_problem *why, const char *zh, const char *en)
{
	(void)snprintf(why->zh, sizeof why->zh, "%s", zh);
	(void)snprintf(why->en, sizeof why->en, "%s", en);
	return false;
}

/* No more of a word than a line of the screen takes, and whole characters. */
static int shown_length(const char *word)
{
	const char *end = word, *next = word;
	while (utf8_next(&next) != 0 && next - word <= WORD_BYTES_SHOWN)
		end = next;
	return (int)(end - word);
}

/* zh and en each have one %s, where the word stands. */
static bool refuse_word(struct provision_problem *why, const char *zh, const char *en, const char *word)
{
	const struct {
		const char *form;
		char *out;
	} both[] = {{zh, why->zh}, {en, why->en}};
	for (size_t i = 0; i < 2; i++) {
		const char *gap = strstr(both[i].form, "%s");
		(void)snprintf(both[i].out, PROVISION_SAID_MAX, "%.*s%.*s%s", (int)(gap - both[i].form),
			both[i].form, shown_length(word), word, gap + 2);
	}
	return false;
}

/* ---- what is forgiven ------------------------------------------------------------------ */

/* The character that was meant; 0: none at all. */
static uint32_t meant(uint32_t point)
{
	static const struct {
		uint32_t from, to, is;
	} ranges[] = {
		{0x200b, 0x200f, 0},
		{0xfeff, 0xfeff, 0}, /* marks that nobody sees */
		{'\t', '\t', ' '},
		{0xa0, 0xa0, ' '},
		{0x2000, 0x200a, ' '},
		{0x3000, 0x3000, ' '},
		{0x201c, 0x201f, '"'},
		{0x2018, 0x201b, '\''},
		{0x300c, 0x300f, '"'}, /* quotes */
		{0x2010, 0x2015, '-'},
		{0x2212, 0x2212, '-'}, /* what a word processor makes of - */
		{0x00, 0x1f, BAD},
		{0x7f, 0x9f, BAD},
	};
	if (point >= 0xff01 && point <= 0xff5e)
		return point - 0xff01 + '!'; /* full-width forms (Unicode, FF00-FFEF) */
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		if (point >= ranges[i].from && point <= ranges[i].to)
			return ranges[i].is;
	}
	return point;
}

static void make_plain(const char *line, char out[static LINE_ROOM])
{
	size_t len = 0;
	for (uint32_t point; (point = utf8_next(&line)) != 0 && len < LINE_ROOM - 5;) {
		uint32_t is = point == UTF8_BAD ? BAD : meant(point);
		len += is ? utf8_put(out + len, is) : 0;
	}
	out[len] = '\0';
}

static char *trim(char *text)
{
	while (*text == ' ')
		text++;
	for (size_t len = strlen(text); len && text[len - 1] == ' ';)
		text[--len] = '\0';
	return text;
}

/* What is in a comment may be of any coding. An address may have a # in it. */
static void cut_comment(char *text)
{
	for (char *at = text; *at; at++) {
		bool begins = at == text || at[-1] == ' ';
		if (begins && (*at == '#' || *at == ';' || (at[0] == '/' && at[1] == '/'))) {
			*at = '\0';
			return;
		}
	}
}

static bool unquote(char **value, struct provision_problem *why)
{
	size_t len = strlen(*value);
	char first = len ? (*value)[0] : '\0', last = len ? (*value)[len - 1] : '\0';
	bool opens = first == '"' || first == '\'', closes = last == '"' || last == '\'';
	if (!opens && !closes)
		return true;
	if (len < 2 || first != last)
		return refuse(why, "引号不成对", "a quotation mark without its partner");
	(*value)[len - 1] = '\0';
	*value = trim(*value + 1);
	return true;
}

/* ---- values ---------------------------------------------------------------------------- */

static bool is_plain(const char *value)
{
	for (; *value; value++) {
		if (*value <= ' ' || *value > '~' || strchr("\"\\$`<>", *value))
			return false;
	}
	return true;
}

static bool begins_with(const char *text, const char *start)
{
	return strncasecmp(text, start, strlen(start)) == 0;
}

static bool check_address(const char *value, char *out, struct provision_problem *why)
{
	bool suits = begins_with(value, "https://") || begins_with(value, "http://") ||
		     begins_with(value, "file:///");
	if (!suits || !is_plain(value))
		return refuse_word(why, "“%s”不是网址，应以 https:// 开头",
			"'%s' is not an address such as https://example.cn", value);
	(void)snprintf(out, PROVISION_VALUE_MAX, "%s", value);
	for (char *at = out; *at != ':'; at++)
		*at = (char)tolower((unsigned char)*at);
	return true;
}

static bool check_path(const char *value, char *out, struct provision_problem *why)
{
	if (*value != '/' || !is_plain(value))
		return refuse_word(why, "“%s”不是完整的文件路径，应以 / 开头",
			"'%s' is not the full path of a file", value);
	(void)snprintf(out, PROVISION_VALUE_MAX, "%s", value);
	return true;
}

/* As people copy it: in groups, in capitals, with the name of the hash before it. */
static bool check_trust(const char *value, char *out, struct provision_problem *why)
{
	char digits[DIGEST_HEX];
	size_t len = 0;
	if (*value == '/')
		return check_path(value, out, why);
	const char *at = begins_with(value, "sha256")    ? value + 6
			 : begins_with(value, "sha-256") ? value + 7
							 : value;
	for (; *at; at++) {
		if (strchr(" :-", *at))
			continue;
		if (!isxdigit((unsigned char)*at) || len == DIGEST_HEX - 1) {
			len = 0;
			break;
		}
		digits[len++] = (char)tolower((unsigned char)*at);
	}
	digits[len] = '\0';
	if (!digest_is_hex(digits))
		return refuse(why, "信任指纹应为 64 位，只含 0-9 和 a-f，请核对后重抄",
			"a fingerprint has 64 digits of 0-9 and a-f; compare it with the publisher's");
	(void)snprintf(out, PROVISION_VALUE_MAX, "sha256:%s", digits);
	return true;
}

static bool check_tag(const char *value, char *out, struct provision_problem *why)
{
	char *to = out;
	if (strlen(value) > TAG_MAX)
		return refuse(why, "屏幕标签太长", "the screen's tag is too long");
	for (const char *at = value; *at; at++)
		*to++ = (char)tolower((unsigned char)*at);
	*to = '\0';
	if (out[strspn(out, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0' && *out != '-')
		return true;
	return refuse_word(why, "屏幕标签“%s”只能用字母、数字和短横线",
		"the tag '%s' may have letters, digits and dashes", value);
}

static bool check_rotation(const char *value, char *out, struct provision_problem *why)
{
	static const char *const turns[] = {"0", "90", "180", "270"};
	size_t len = strspn(value, "0123456789");
	const char *rest = value + len;
	bool has_unit = !*rest || strcmp(rest, "度") == 0 || strcmp(rest, "°") == 0;
	for (size_t i = 0; has_unit && i < sizeof turns / sizeof turns[0]; i++) {
		if (strlen(turns[i]) == len && strncmp(value, turns[i], len) == 0) {
			(void)snprintf(out, PROVISION_VALUE_MAX, "%s", turns[i]);
			return true;
		}
	}
	return refuse_word(
		why, "“%s”不行，旋转只能是 0、90、180 或 270", "'%s' is not one of 0, 90, 180, 270", value);
}

static const struct key {
	const char *name, *other; /* other: a word for it that people use; or NULL */
	size_t at;
	bool (*check)(const char *value, char *out, struct provision_problem *why);
} keys[] = {
	{"feed", NULL, offsetof(struct provision, feed), check_address},
	{"hub", NULL, offsetof(struct provision, hub), check_address},
	{"trust", NULL, offsetof(struct provision, trust), check_trust},
	{"screen", "tag", offsetof(struct provision, screen), check_tag},
	{"rotate", "rotation", offsetof(struct provision, rotate), check_rotation},
	{"ca", NULL, offsetof(struct provision, ca), check_path},
};

/* ---- lines ----------------------------------------------------------------------------- */

static const struct key *find(const char *name)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (strcasecmp(name, keys[i].name) == 0 ||
			(keys[i].other && strcasecmp(name, keys[i].other) == 0))
			return &keys[i];
	}
	return NULL;
}

/* Name and value of a line that has both. */
static bool split(char *text, char **name, char **value, struct provision_problem *why)
{
	size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");
	char *mark = text + len + strspn(text + len, " ");
	if (len == 0 || (*mark != '=' && *mark != ':'))
		return refuse(why, "应写成“名称 = 值”，例如 screen = hall",
			"must be 'name = value', such as screen = hall");
	*mark = '\0';
	*name = trim(text);
	*value = trim(mark + 1);
	return unquote(value, why);
}

static bool take_value(
	struct provision *out, const char *name, const char *value, struct provision_problem *why)
{
	const struct key *key = find(name);
	if (!key)
		return refuse_word(why, "不认识“%s”。可以写的有 " KNOWN "；无线网络在系统里设置",
			"'%s' is none of " KNOWN "; the network is the system's to set up", name);
	char *to = (char *)out + key->at;
	if (*to)
		return refuse_word(
			why, "“%s”写了两次，请删去一行", "'%s' stands twice: remove one", key->name);
	if (!*value)
		return refuse_word(why, "“%s”后面没有值", "'%s' has no value", key->name);
	return key->check(value, to, why);
}

static bool take_line(struct provision *out, const char *line, struct provision_problem *why)
{
	char plain[LINE_ROOM], *name, *value;
	make_plain(line, plain);
	cut_comment(plain);
	char *text = trim(plain);
	if (!*text || *text == '[') /* a heading, as in other files of this kind */
		return true;
	if (strchr(text, BAD))
		return refuse(why, "含有不是 UTF-8 的字符，请另存为 UTF-8 编码",
			"not UTF-8: save the file as UTF-8");
	if (strlen(text) >= PROVISION_VALUE_MAX)
		return refuse(why, "太长", "too long");
	return split(text, &name, &value, why) && take_value(out, name, value, why);
}

/* The line's end, whichever system's; *next is where the next one begins, or NULL. */
static size_t line_length(const char *at, const char **next)
{
	size_t len = strcspn(at, "\r\n");
	*next = at[len] == '\0' ? NULL : at + len + (at[len] == '\r' && at[len + 1] == '\n' ? 2 : 1);
	return len;
}

static bool is_text(const char *bytes, size_t len, struct provision_problem *why)
{
	if (len >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0))
		return refuse(why, "文件是 UTF-16 编码，请在编辑器里另存为 UTF-8",
			"the file is UTF-16: save it as UTF-8");
	return !memchr(bytes, '\0', len) ||
	       refuse(why, "文件已损坏，请重新写一份", "the file is damaged: write it anew");
}

static bool is_complete(struct provision *p, struct provision_problem *why)
{
	why->line = 0;
	if (!*p->feed && !*p->hub)
		return refuse(why, "缺少 hub（或 feed）一行：服务器的网址",
			"a line hub (or feed) is missing: the server's address");
	if (!*p->trust)
		return refuse(why, "缺少 trust 一行：发布方给出的 64 位信任指纹",
			"a line trust is missing: the fingerprint that the publisher gives");
	size_t len = strlen(p->hub);
	while (len && p->hub[len - 1] == '/')
		p->hub[--len] = '\0';
	if (!*p->feed && len + sizeof "/feed/" <= sizeof p->feed) /* where a hub has it */
		(void)snprintf(p->feed, sizeof p->feed, "%.*s/feed/", (int)(sizeof p->feed - sizeof "/feed/"),
			p->hub);
	return true;
}

bool provision_read(struct provision *out, const char *bytes, size_t len, struct provision_problem *why)
{
	char line[LINE_ROOM];
	*out = (struct provision){0};
	*why = (struct provision_problem){0};
	if (!is_text(bytes, len, why))
		return false;
	const char *next = bytes;
	for (const char *at = bytes; next; at = next) {
		size_t whole = line_length(at, &next);
		why->line++;
		(void)snprintf(
			line, sizeof line, "%.*s", (int)(whole < LINE_ROOM ? whole : LINE_ROOM - 1), at);
		if (!take_line(out, line, why))
			return false;
	}
	return is_complete(out, why);
}

void provision_quote(struct buf *out, const char *text)
{
	buf_text(out, "\"");
	for (; *text; text++) {
		bool means_more = strchr("\"\\$", *text) || (unsigned char)*text < ' ' || *text == BAD;
		buf_add(out, means_more ? "?" : text, 1);
	}
	buf_text(out, "\"");
}
