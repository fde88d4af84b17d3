#pragma once

#include <stdbool.h>

// ncurses writes whenever it has moved the cursor, dozens of times a frame, and every write to a terminal wakes who reads
// it. While it refreshes, its descriptor leads into memory; what has come together there goes out in one write.

// From here on writes to `descriptor` are held; false, and nothing changed, if the system has no memory for that.
bool held_output_begin(int descriptor);
// Lets `descriptor` lead to `terminal` again and writes there what was held; false if not all of it could be.
bool held_output_end(int descriptor, int terminal);
