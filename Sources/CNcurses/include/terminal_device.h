#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct terminal_readiness {
  bool input;
  bool signals;
  bool mailbox;
  bool hung_up;
};

// Sleeps until a descriptor is ready or `nanoseconds` pass (negative: no limit).
struct terminal_readiness terminal_wait(int input, int signals, int mailbox, int64_t nanoseconds);

// The terminal's size as the system knows it; false if it does not.
bool terminal_window_size(int fd, int *columns, int *rows);

// The path of the terminal that controls this process, opened for reading; -1 if there is none.
int terminal_open_controlling(void);

// Writes all bytes; false if the terminal does not take them.
bool terminal_write(int fd, const char *bytes, size_t count);
