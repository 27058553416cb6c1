/* sign.h - the commands of fangzi-sign, one file each; for main.c's table.
 *
 * Each returns false with what went wrong; nothing is left half written. */
#ifndef SIGN_H
#define SIGN_H

#include "sign/options.h"

bool sign_keygen(const struct sign_options *o, struct err *e);
bool sign_trust(const struct sign_options *o, struct err *e);
bool sign_build(const struct sign_options *o, struct err *e);
bool sign_add(const struct sign_options *o, struct err *e);
bool sign_install(const struct sign_options *o, struct err *e);
bool sign_head(const struct sign_options *o, struct err *e);
bool sign_check(const struct sign_options *o, struct err *e);
bool sign_preview(const struct sign_options *o, struct err *e);
bool sign_verify(const struct sign_options *o, struct err *e);

#endif
