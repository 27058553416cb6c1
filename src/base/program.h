/* program.h - what every program of ours needs of its process: an end that was asked
 * for, and where its siblings are. */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Non-zero once SIGTERM or SIGINT came. */
extern volatile sig_atomic_t program_stop;

/* Catches SIGTERM and SIGINT, ignores SIGPIPE. */
void program_catch_signals(void);

/* Becomes readable, and stays so, when a signal asks to stop. */
int program_wake_fd(void);

/* Sleeps, but no longer than until a signal asks to stop. True: go on. */
bool program_wait_ms(int64_t ms);

/* The path of another program of ours: beside this one, or its bare name. */
void program_sibling(const char *name, char *out, size_t room);

/* What goes with the programs: <build>/NAME, or <prefix>/share/fangzi/NAME of what is
 * installed. False: it is in neither place. */
bool program_share(const char *name, char *out, size_t room);

/* Likewise of one that only programs of ours start: beside this one, as they are built, or in lib/fangzi
 * beside the folder that this one is in, as they are installed, there or not. */
void program_helper(const char *name, char *out, size_t room);

#endif
