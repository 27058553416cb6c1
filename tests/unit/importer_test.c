/* SPDX-License-Identifier: Apache-2.0
 *
 * Files are read by a child: the answers are those of the same code here, and whatever a
 * file does to the child, this process goes on. This program is the child, too. */
#include "hub/importer.h"

#include <unistd.h>

#include "hub/helper.h"
#include "intake_kit.h"
#include "sentences.h"

#define SELF "/proc/self/exe"
#define SHEET "项目名称,项目类型,当前阶段,总投资（万元）\n丙项目,产业,策划,9500\n丁项目,什么,策划,\n"

static json_t *options_of(const char *name)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:o}", "kind", "projects", "name", name, "source", "office",
		"as_of", "2023-06", "document", kit_document());
}

static bool goes_on(void *user, double done)
{
	double *last = user;
	assert_true(done >= *last && done <= 1);
	*last = done;
	return true;
}

static void the_child_answers_as_we_would(void **state)
{
	(void)state;
	struct err e = {0};
	double last = 0;
	json_t *options = options_of("表.csv");
	const struct dryrun_watch watch = {goes_on, &last};
	json_t *here = intake_run(SHEET, strlen(SHEET), options, NULL, &e);
	json_t *there = importer_run(SELF, SHEET, strlen(SHEET), options, &watch, &e);
	assert_non_null(here);
	assert_true(json_equal(here, there));
	json_decref(here);
	json_decref(there);
	json_decref(options);
}

static const struct {
	const char *says, *name, *bytes, *why;
} refused[] = {
	{"a refusal comes with its reason", "表.csv", "a,\"b\n", "引号没有结束"},
	{"another encoding: the child finds its converter", "表.csv", "\xbc\xd7,\x80\xff\n", "既不是 UTF-8"},
	{"not a workbook", "表.xlsx", "PK\3\4", "打不开"},
};

static void refusal_comes(void **state)
{
	const struct {
		const char *says, *name, *bytes, *why;
	} *row = *state;
	struct err e = {0};
	json_t *options = options_of(row->name);
	assert_null(importer_run(SELF, row->bytes, strlen(row->bytes), options, NULL, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_non_null(strstr(e.text, row->why));
	json_decref(options);
}

static bool never(void *user, double done)
{
	(void)user, (void)done;
	return false;
}

static void it_can_be_called_off(void **state)
{
	(void)state;
	struct err e = {0};
	const struct dryrun_watch watch = {never, NULL};
	json_t *options = options_of("表.csv");
	assert_null(importer_run(SELF, SHEET, strlen(SHEET), options, &watch, &e));
	assert_int_equal(e.kind, ERR_BUSY);
	json_decref(options);
}

/* A document of some megabytes goes through; a request alone could not hold it. */
static void a_large_document_goes_through(void **state)
{
	(void)state;
	struct err e = {0};
	json_t *options = options_of("表.csv");
	json_t *projects = json_object_get(json_object_get(options, "document"), "projects");
	const json_t *first = json_array_get(projects, 0);
	for (int i = 0; i < 9998; i++) {
		char id[24], name[64];
		json_t *more = json_deep_copy(first);
		(void)snprintf(id, sizeof id, "q-%d", i);
		(void)snprintf(name, sizeof name, "第%d号项目", i);
		(void)json_object_set_new(more, "id", json_string(id));
		(void)json_object_set_new(more, "name", json_string(name));
		(void)json_array_append_new(projects, more);
	}
	json_t *result = importer_run(SELF, SHEET, strlen(SHEET), options, NULL, &e);
	assert_non_null(result);
	/* 10,000 are there: no room for one more. */
	json_t *row = json_array_get(json_object_get(result, "rows"), 0);
	char *text = json_dumps(row, JSON_COMPACT);
	assert_non_null(strstr(text, "上限"));
	free(text);
	json_decref(result);
	json_decref(options);
}

/* ---- children that go wrong --------------------------------------------------------------- */

static void a_child_that_dies(void **state)
{
	(void)state;
	struct err e = {0};
	json_t *options = options_of("表.csv");
	assert_null(importer_run("/bin/false", SHEET, strlen(SHEET), options, NULL, &e));
	assert_int_equal(e.kind, ERR_FORMAT);
	assert_null(importer_run("/nonexistent", SHEET, strlen(SHEET), options, NULL, &e));
	assert_int_equal(e.kind, ERR_DISK);
	json_decref(options);
}

int main(int argc, char **argv)
{
	static struct sentences s;
	if (argc == 2 && strcmp(argv[1], "intake") == 0)
		return importer_child();
	sentences_add(&s, "the child answers as we would", the_child_answers_as_we_would, NULL);
	SENTENCES_ROWS(&s, refused, refusal_comes);
	sentences_add(&s, "it can be called off", it_can_be_called_off, NULL);
	sentences_add(&s, "a large document goes through", a_large_document_goes_through, NULL);
	sentences_add(&s, "a child that dies is a refusal", a_child_that_dies, NULL);
	return sentences_run(&s, "importer");
}
