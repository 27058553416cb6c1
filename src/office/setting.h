/* setting.h - switches that an office turns, with who turned them. Within a transaction. */
#ifndef SETTING_H
#define SETTING_H

#include "office/office.h"

bool setting_is_on(struct office *o, const char *name);
void setting_turn(struct office *o, const char *name, bool is_on);

/* {"on", "by", "at"}; by and at null when it was never turned. */
json_t *setting_show(struct office *o, const char *name);

#define SETTING_STRICT "strict" /* every change set takes two reviewers */

#endif
