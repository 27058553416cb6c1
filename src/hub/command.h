/* command.h - the commands of fangzi-hub, one file each; for main.c's table. */
#ifndef COMMAND_H
#define COMMAND_H

#include "hub/options.h"

bool command_serve(const struct hub_options *o, struct err *e);
bool command_demo(const struct hub_options *o, struct err *e);
bool command_init(const struct hub_options *o, struct err *e);
bool command_backup(const struct hub_options *o, struct err *e);
bool command_restore(const struct hub_options *o, struct err *e);

#endif
