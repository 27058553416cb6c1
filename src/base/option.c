/* SPDX-License-Identifier: Apache-2.0 */
#include "base/option.h"

#include <confuse.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/utf8.h"

#define SIDE_MIN 160
#define SIDE_MAX 8192

static void *member(const struct option_spec *s, void *values)
{
	return (char *)values + s->offset;
}

static bool is_text(const char *text)
{
	uint32_t point;
	while ((point = utf8_next(&text)) != 0) {
		if (point == UTF8_BAD || point < 0x20 || point == 0x7f)
			return false;
	}
	return true;
}

static bool is_allowed(const struct option_spec *s, const char *text, struct err *e)
{
	if (!is_text(text))
		return err_set(e, ERR_USAGE, "%s: control characters or bytes that are not UTF-8", s->name);
	if (!*text)
		return err_set(e, ERR_USAGE, "%s: must not be empty", s->name);
	if (!s->words)
		return true;
	char known[256] = "";
	for (int i = 0; s->words[i]; i++) {
		if (strcmp(text, s->words[i]) == 0)
			return true;
		size_t len = strlen(known);
		(void)snprintf(known + len, sizeof known - len, "%s%s", i ? ", " : "", s->words[i]);
	}
	return err_set(e, ERR_USAGE, "%s: '%s' is not one of %s", s->name, text, known);
}

static bool set_text(const struct option_spec *s, void *values, const char *text, struct err *e)
{
	if (!is_allowed(s, text, e))
		return false;
	char **to = member(s, values);
	free(*to);
	*to = alloc_text(text);
	return true;
}

static bool add_text(const struct option_spec *s, void *values, const char *text, struct err *e)
{
	struct option_list *list = member(s, values);
	if (!is_allowed(s, text, e))
		return false;
	if (list->count == OPTION_LIST_MAX)
		return err_set(e, ERR_USAGE, "%s: more than %d values", s->name, OPTION_LIST_MAX);
	list->items[list->count++] = alloc_text(text);
	return true;
}

static void clear_list(struct option_list *list)
{
	for (int i = 0; i < list->count; i++)
		free(list->items[i]);
	*list = (struct option_list){0};
}

static bool in_range(const struct option_spec *s, int64_t value, struct err *e)
{
	if ((s->min || s->max) && (value < s->min || value > s->max))
		return err_set(e, ERR_USAGE, "%s: %lld is not within %lld..%lld", s->name, (long long)value,
			(long long)s->min, (long long)s->max);
	return true;
}

static bool parse_int(const struct option_spec *s, const char *text, int64_t *out, struct err *e)
{
	char *end;
	errno = 0;
	*out = strtoll(text, &end, 10);
	if (errno || end == text || *end || isspace((unsigned char)*text))
		return err_set(e, ERR_USAGE, "%s: '%s' is not a whole number", s->name, text);
	return in_range(s, *out, e);
}

static bool set_int(const struct option_spec *s, void *values, const char *text, struct err *e)
{
	int64_t value;
	if (!parse_int(s, text, &value, e))
		return false;
	*(int64_t *)member(s, values) = value;
	return true;
}

static const struct option_spec *find(const struct option_table *t, const char *name, size_t len)
{
	for (int i = 0; i < t->count; i++) {
		if (strlen(t->specs[i].name) == len && strncmp(t->specs[i].name, name, len) == 0)
			return &t->specs[i];
	}
	return NULL;
}

static bool set_value(const struct option_spec *s, void *values, const char *text, struct err *e)
{
	switch (s->type) {
	case OPTION_TEXT:
		return set_text(s, values, text, e);
	case OPTION_INT:
		return set_int(s, values, text, e);
	case OPTION_LIST:
		return add_text(s, values, text, e);
	case OPTION_BOOL:
		break;
	}
	return err_set(e, ERR_USAGE, "%s: takes no value", s->name);
}

static bool take_word(struct option_words *words, const char *word, struct err *e)
{
	if (!words || words->count >= words->max)
		return err_set(e, ERR_USAGE, "command line: '%s': not expected here", word);
	words->items[words->count++] = word;
	return true;
}

/* One option and, where it has one, its value. */
static bool take_option(
	const struct option_table *t, void *values, int argc, char *const *argv, int *at, struct err *e)
{
	const char *word = argv[(*at)++] + 2;
	const char *equals = strchr(word, '=');
	const struct option_spec *s = find(t, word, equals ? (size_t)(equals - word) : strlen(word));
	if (!s)
		return err_set(e, ERR_USAGE, "command line: --%s: no such option", word);
	if (s->type == OPTION_BOOL && !equals) {
		*(bool *)member(s, values) = true;
		return true;
	}
	const char *value = equals ? equals + 1 : *at < argc ? argv[(*at)++] : NULL;
	if (!value)
		return err_set(e, ERR_USAGE, "command line: --%s: needs a value", s->name);
	return set_value(s, values, value, e) || err_prefix(e, "command line");
}

static bool is_named(const struct option_spec *s, int argc, char *const *argv)
{
	size_t len = strlen(s->name);
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) == 0 && strncmp(argv[i] + 2, s->name, len) == 0 &&
			(argv[i][len + 2] == '\0' || argv[i][len + 2] == '='))
			return true;
	}
	return false;
}

/* A list that is named here begins anew; one of a settings file stays else. */
bool option_read_args(const struct option_table *t, void *values, int argc, char *const *argv,
	struct option_words *words, struct err *e)
{
	for (int i = 0; i < t->count; i++) {
		if (t->specs[i].type == OPTION_LIST && is_named(&t->specs[i], argc, argv))
			clear_list(member(&t->specs[i], values));
	}
	if (words)
		words->count = 0;
	for (int at = 0; at < argc;) {
		bool is_option = strncmp(argv[at], "--", 2) == 0 && argv[at][2];
		if (!(is_option ? take_option(t, values, argc, argv, &at, e)
				: take_word(words, argv[at++], e)))
			return false;
	}
	return true;
}

/* libconfuse reports through a function without a user pointer. */
static _Thread_local struct err *sink;
static _Thread_local const struct option_table *checked_table;
static _Thread_local const char *read_path;
static _Thread_local uint64_t keys_seen; /* a bit for each row of the table */

static void __attribute__((format(printf, 2, 0))) on_error(cfg_t *cfg, const char *format, va_list args)
{
	if (sink->kind != ERR_NONE)
		return; /* the first one is the cause */
	char text[400];
	(void)vsnprintf(text, sizeof text, format, args);
	err_set(sink, ERR_USAGE, "%s:%d: %s", read_path, cfg->line, text);
}

static int check_value(cfg_t *cfg, cfg_opt_t *opt)
{
	struct err why = {0};
	const struct option_spec *s = find(checked_table, cfg_opt_name(opt), strlen(cfg_opt_name(opt)));
	unsigned last = cfg_opt_size(opt) - 1;
	int64_t value;
	uint64_t bit = UINT64_C(1) << (s - checked_table->specs);
	bool ok = true;
	if (s->type != OPTION_LIST && (keys_seen & bit))
		ok = err_set(&why, ERR_USAGE, "%s: stands twice", s->name);
	else if (s->type == OPTION_INT)
		ok = parse_int(s, cfg_opt_getnstr(opt, last), &value, &why);
	else if (s->type == OPTION_LIST && last >= OPTION_LIST_MAX)
		ok = err_set(&why, ERR_USAGE, "%s: more than %d values", s->name, OPTION_LIST_MAX);
	else if (s->type != OPTION_BOOL)
		ok = is_allowed(s, cfg_opt_getnstr(opt, last), &why);
	if (!ok)
		cfg_error(cfg, "%s", why.text);
	keys_seen |= bit;
	return ok ? 0 : -1;
}

static cfg_opt_t make_opt(const struct option_spec *s)
{
	switch (s->type) {
	case OPTION_BOOL:
		return (cfg_opt_t)CFG_BOOL(s->name, cfg_false, CFGF_NODEFAULT);
	case OPTION_LIST:
		return (cfg_opt_t)CFG_STR_LIST(s->name, NULL, CFGF_NODEFAULT);
	case OPTION_INT: /* libconfuse's own integers take 010 for 8 */
	case OPTION_TEXT:
		break;
	}
	return (cfg_opt_t)CFG_STR(s->name, NULL, CFGF_NODEFAULT);
}

static bool take(const struct option_spec *s, void *values, cfg_t *cfg, struct err *e)
{
	if (s->command_line_only || cfg_size(cfg, s->name) == 0)
		return true;
	bool ok = true;
	switch (s->type) {
	case OPTION_TEXT:
		return set_text(s, values, cfg_getstr(cfg, s->name), e);
	case OPTION_INT:
		return set_int(s, values, cfg_getstr(cfg, s->name), e);
	case OPTION_BOOL:
		*(bool *)member(s, values) = cfg_getbool(cfg, s->name);
		return true;
	case OPTION_LIST:
		clear_list(member(s, values));
		for (unsigned i = 0; ok && i < cfg_size(cfg, s->name); i++)
			ok = add_text(s, values, cfg_getnstr(cfg, s->name, i), e);
		return ok;
	}
	return ok;
}

/* Comments become blanks before libconfuse sees them: it counts their lines wrongly, and
 * takes one that never ends for all the rest of the file. */
struct comments {
	char *at;
	int line;
	char quote; /* within which; 0: outside */
};

/* The end of the comment that starts here; NULL when it has none. */
static char *end_of_comment(char *at)
{
	bool is_block = at[0] == '/' && at[1] == '*';
	char *end = is_block ? strstr(at + 2, "*/") : strchrnul(at, '\n');
	return end && is_block ? end + 2 : end;
}

static bool starts_comment(const char *text, const char *at)
{
	bool begins_word = at == text || strchr(" \t\r\n={},()+", at[-1]);
	return *at == '#' || (begins_word && at[0] == '/' && (at[1] == '/' || at[1] == '*'));
}

/* False at a comment without an end. */
static bool blank_comment(struct comments *c)
{
	char *end = end_of_comment(c->at);
	if (!end)
		return false;
	for (; c->at < end; c->at++) {
		if (*c->at == '\n')
			c->line++;
		else
			*c->at = ' ';
	}
	return true;
}

static bool blank_comments(char *text, const char *path, struct err *e)
{
	struct comments c = {.at = text, .line = 1};
	while (*c.at) {
		if (!c.quote && starts_comment(text, c.at)) {
			if (!blank_comment(&c))
				return err_set(e, ERR_USAGE, "%s:%d: the comment does not end", path, c.line);
			continue;
		}
		if (c.quote && *c.at == '\\' && c.at[1])
			c.at++;
		else if (c.quote ? *c.at == c.quote : *c.at == '"' || *c.at == '\'')
			c.quote = c.quote ? 0 : *c.at;
		c.line += *c.at == '\n';
		c.at++;
	}
	return true;
}

/* The file as text for libconfuse. */
static bool read_text(const char *path, struct buf *text, struct err *e)
{
	if (!file_read(path, OPTION_FILE_BYTES_MAX, text, e)) {
		e->kind = ERR_USAGE;
		return false;
	}
	int line = 1;
	for (size_t i = 0; i < text->len; i++) {
		line += text->data[i] == '\n';
		if (text->data[i] == '\0')
			return err_set(e, ERR_USAGE, "%s:%d: a NUL byte", path, line);
	}
	return blank_comments(text->data, path, e);
}

static cfg_opt_t *make_opts(const struct option_table *t)
{
	cfg_opt_t *opts = alloc_zero((size_t)t->count + 1, sizeof *opts);
	int used = 0;
	for (int i = 0; i < t->count; i++) {
		if (!t->specs[i].command_line_only)
			opts[used++] = make_opt(&t->specs[i]);
	}
	opts[used] = (cfg_opt_t)CFG_END();
	return opts;
}

static bool parse(const struct option_table *t, void *values, const char *text, struct err *e)
{
	cfg_opt_t *opts = make_opts(t);
	cfg_t *cfg = cfg_init(opts, CFGF_NONE);
	if (!cfg)
		abort();
	sink = e;
	checked_table = t;
	keys_seen = 0;
	(void)cfg_set_error_function(cfg, on_error);
	for (const cfg_opt_t *opt = opts; opt->name; opt++)
		(void)cfg_set_validate_func(cfg, opt->name, check_value);
	bool ok = cfg_parse_buf(cfg, text) == CFG_SUCCESS;
	if (!ok && e->kind == ERR_NONE)
		err_set(e, ERR_USAGE, "%s:%d: cannot be understood", read_path, cfg->line);
	for (int i = 0; ok && i < t->count; i++)
		ok = take(&t->specs[i], values, cfg, e);
	(void)cfg_free(cfg);
	free(opts);
	return ok;
}

bool option_read_file(const struct option_table *t, void *values, const char *path, struct err *e)
{
	struct buf text = {0};
	*e = (struct err){0};
	read_path = path;
	bool ok = read_text(path, &text, e) && parse(t, values, text.data, e);
	buf_finish(&text);
	return ok;
}

bool option_read_size(const char *text, struct size *out, struct err *e)
{
	char end;
	*out = (struct size){0, 0};
	if (!text)
		return true;
	if (sscanf(text, "%dx%d%c", &out->width, &out->height, &end) != 2 || out->width < SIDE_MIN ||
		out->height < SIDE_MIN || out->width > SIDE_MAX || out->height > SIDE_MAX)
		return err_set(e, ERR_USAGE, "size: '%s' is not WxH with sides of %d to %d", text, SIDE_MIN,
			SIDE_MAX);
	return true;
}

void option_print_help(const struct option_table *t, FILE *out)
{
	for (int i = 0; i < t->count; i++) {
		char left[64];
		const struct option_spec *s = &t->specs[i];
		(void)snprintf(left, sizeof left, "--%s%s%s", s->name, s->value ? " " : "",
			s->value ? s->value : "");
		(void)fprintf(out, "  %-26s %s\n", left, s->help);
	}
}

void option_finish(const struct option_table *t, void *values)
{
	for (int i = 0; i < t->count; i++) {
		const struct option_spec *s = &t->specs[i];
		if (s->type == OPTION_TEXT) {
			char **text = member(s, values);
			free(*text);
			*text = NULL;
		} else if (s->type == OPTION_LIST) {
			clear_list(member(s, values));
		}
	}
}
