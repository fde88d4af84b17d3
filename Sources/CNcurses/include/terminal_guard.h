#pragma once

#include <stdbool.h>
#include <stddef.h>

// Gives the terminal back when the process dies without leaving it: by a trap on any thread, a stack overflow on the main
// one and on covered ones, `abort` or `exit`. The handlers use async-signal-safe calls only, then let the default act, so that
// the parent sees the cause. The former handler is Swift's backtracer, which would wait half a minute for a key on the
// terminal just given back: it acts only where the environment's SWIFT_BACKTRACE says something about it.

// Remembers the terminal's modes on `fd`; to be called before curses changes them. False if it is no terminal.
bool terminal_guard_remember(int fd);
// From here on a death writes `bytes` (at most 512) and sets the remembered modes.
void terminal_guard_arm(const char *bytes, size_t count);
// What a death does; async-signal-safe, and nothing unless armed.
void terminal_guard_give_back(void);
// Sets the remembered modes, writing nothing.
void terminal_guard_set_modes(void);
void terminal_guard_disarm(void);
// Gives the calling thread the stack on which the handlers run after its own has overflowed; it is freed with the thread.
void terminal_guard_cover_thread(void);

// While the screen is held, messages to standard error are kept aside if they would go to the same terminal ...
void terminal_guard_hold_messages(int screen);
// ... and are shown when it is given back (a death does so too).
void terminal_guard_release_messages(void);
