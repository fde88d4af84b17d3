#pragma once

#include <stdbool.h>

// Signals that ask for something (INT, TERM, HUP, QUIT, TSTP, CONT, WINCH) as bytes in a pipe, to be polled.
// A second TERM, HUP or QUIT that finds the first unread gives the terminal back and ends the process by itself.

// Makes the pipe and installs the handlers; idempotent. False if the system refuses.
bool interruptions_install(void);
// The end to poll, or -1.
int interruptions_descriptor(void);
// The next signal that came, or 0.
int interruptions_next(void);
// Stops this process as Ctrl-Z does (with `whole_job` its whole process group) and returns when it is continued.
void interruptions_stop(bool whole_job);
// Ends the process by a signal's default action, so that the parent sees the cause.
void interruptions_die(int signal);
