#pragma once

// The one door to ncurses: what Swift cannot import (macros, variadic functions, global variables) as functions.

#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#ifndef NCURSES_NOMACROS
#define NCURSES_NOMACROS 1
#endif
#include <ncurses.h>

#include "interruptions.h"
#include "terminal_device.h"
#include "terminal_guard.h"

#include <stdbool.h>
#include <stdint.h>

// Whether the terminfo entry `name` can be used on `fd`.
enum terminal_kind { terminal_kind_usable, terminal_kind_unknown, terminal_kind_without_cursor_addressing };
enum terminal_kind terminal_probe(const char *name, int fd);

// Starts curses on two descriptors, which stay the caller's. False if ncurses refuses the terminal.
bool terminal_start(const char *name, int output, int input);

// Applies the locale of the environment (C.UTF-8 if it is missing but asked for UTF-8); whether text is UTF-8.
bool terminal_set_locale(void);

// A string capability of the started terminal without padding marks, cut to `capacity`; its length, 0 if absent.
size_t terminal_capability(const char *name, char *buffer, size_t capacity);

int terminal_colors(void);
int terminal_color_pairs(void);
int terminal_lines(void);
int terminal_columns(void);

enum {
  terminal_attribute_bold = 1,
  terminal_attribute_dim = 2,
  terminal_attribute_underline = 4,
  terminal_attribute_reverse = 8
};
// Puts one glyph into the window that the next `terminal_refresh` shows; `attributes` as above.
void terminal_put(int row, int column, uint32_t glyph, int attributes, int pair);
// Writes what has changed, between two strings for the terminal, all in one write where the system allows it.
void terminal_refresh(const char *before, const char *after);
// Forgets what the screen shows: the next refresh writes everything.
void terminal_forget(void);
// Where the cursor will stand; negative hides it.
void terminal_place_cursor(int row, int column);
// Columns that the C library gives a glyph.
int terminal_glyph_width(uint32_t glyph);
