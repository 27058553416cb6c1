/* SPDX-License-Identifier: Apache-2.0
 *
 * fangzi-sign: keys, checks and signatures for what is published. Wiring only. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "sign/sign.h"

static const struct {
	const char *name;
	bool (*run)(const struct sign_options *o, struct err *e);
} commands[] = {{"keygen", sign_keygen}, {"trust", sign_trust}, {"build", sign_build}, {"sign", sign_add},
	{"install", sign_install}, {"head", sign_head}, {"check", sign_check}, {"preview", sign_preview},
	{"verify", sign_verify}};

int main(int argc, char **argv)
{
	struct sign_options o;
	struct err e = {0};
	bool (*run)(const struct sign_options *, struct err *) = NULL;
	const char *name = argc > 1 ? argv[1] : "--help";
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
		if (strcmp(name, commands[i].name) == 0)
			run = commands[i].run;
	}
	if (strcmp(name, "--version") == 0) {
		(void)puts("fangzi-sign " FANGZI_VERSION);
		return 0;
	}
	if (strcmp(name, "--help") == 0) {
		sign_options_print_help();
		return 0;
	}
	if (!run) {
		log_line(LOG_ERROR, "sign: %s: no such command", name);
		return 2;
	}
	bool ok = sign_options_read(&o, argc - 2, argv + 2, &e);
	if (ok && o.help)
		sign_options_print_help();
	else
		ok = ok && run(&o, &e);
	sign_options_finish(&o);
	if (!ok)
		log_line(LOG_ERROR, "sign: %s", e.text);
	return ok ? 0 : e.kind == ERR_USAGE ? 2 : 1;
}
