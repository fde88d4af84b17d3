#pragma once

#include <stdbool.h>
#include <stddef.h>

// Gives the terminal back when the process dies without leaving it: by a trap on any thread, a stack overflow on the main
// one, `abort` or `exit`. The handlers use async-signal-safe calls only, then let the former handler or the default act.

// Remembers the terminal's modes on `fd`; to be called before curses changes them. False if it is no terminal.
bool terminal_guard_remember(int fd);
// From here on a death writes `bytes` (at most 512) and sets the remembered modes.
void terminal_guard_arm(const char *bytes, size_t count);
// What a death does; async-signal-safe, and nothing unless armed.
void terminal_guard_give_back(void);
// Sets the remembered modes, writing nothing.
void terminal_guard_set_modes(void);
void terminal_guard_disarm(void);

// While the screen is held, messages to standard error are kept aside if they would go to the same terminal ...
void terminal_guard_hold_messages(int screen);
// ... and are shown when it is given back (a death does so too).
void terminal_guard_release_messages(void);
