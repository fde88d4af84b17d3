#define _GNU_SOURCE 1  // wcwidth
#include "CNcurses.h"
#include "held_output.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// Where frames go, and the descriptor of its own by which ncurses knows it.
static int screen_output = -1;
static int curses_output = -1;

enum terminal_kind terminal_probe(const char *name, int fd) {
  int status = 0;
  if (setupterm(name, fd, &status) != OK) {
    return status == 1 ? terminal_kind_without_cursor_addressing : terminal_kind_unknown;
  }
  const char *move = tigetstr("cup");
  const bool usable = move != NULL && move != (char *)-1;
  del_curterm(cur_term);
  return usable ? terminal_kind_usable : terminal_kind_without_cursor_addressing;
}

bool terminal_start(const char *name, int output, int input) {
  const int out = fcntl(output, F_DUPFD_CLOEXEC, 3), in = fcntl(input, F_DUPFD_CLOEXEC, 3);
  FILE *to = out < 0 ? NULL : fdopen(out, "w");
  FILE *from = in < 0 ? NULL : fdopen(in, "r");
  if (to == NULL || from == NULL) return false;
  // The real size, not what LINES and COLUMNS claim.
  use_env(false);
  use_tioctl(true);
  if (newterm(name, to, from) == NULL) {
    fclose(to);
    fclose(from);
    return false;
  }
  screen_output = output;
  curses_output = out;
  // Keys are not read through curses: it need not look for them in the middle of a frame.
  typeahead(-1);
  raw();
  noecho();
  nonl();
  scrollok(stdscr, false);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  return true;
}

static bool asks_for_utf8(void) {
  const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t at = 0; at < 3; at++) {
    const char *value = getenv(names[at]);
    if (value == NULL || *value == '\0') continue;
    const char *dot = strchr(value, '.');
    return dot != NULL && (strncasecmp(dot, ".utf-8", 6) == 0 || strncasecmp(dot, ".utf8", 5) == 0);
  }
  return false;
}

bool terminal_set_locale(void) {
  if (setlocale(LC_CTYPE, "") == NULL && asks_for_utf8()) setlocale(LC_CTYPE, "C.UTF-8");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

size_t terminal_capability(const char *name, char *buffer, size_t capacity) {
  const char *from = tigetstr(name);
  if (from == NULL || from == (char *)-1) return 0;
  size_t length = 0;
  while (*from != '\0' && length < capacity) {
    if (from[0] == '$' && from[1] == '<') {
      const char *end = strchr(from, '>');
      if (end != NULL) {
        from = end + 1;
        continue;
      }
    }
    buffer[length++] = *from++;
  }
  return length;
}

int terminal_colors(void) { return has_colors() ? COLORS : 0; }
int terminal_color_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }
int terminal_lines(void) { return getmaxy(stdscr); }
int terminal_columns(void) { return getmaxx(stdscr); }

void terminal_put(int row, int column, uint32_t glyph, int attributes, int pair) {
  attr_t look = A_NORMAL;
  if (attributes & terminal_attribute_bold) look |= A_BOLD;
  if (attributes & terminal_attribute_dim) look |= A_DIM;
  if (attributes & terminal_attribute_underline) look |= A_UNDERLINE;
  if (attributes & terminal_attribute_reverse) look |= A_REVERSE;
  cchar_t cell;
  memset(&cell, 0, sizeof cell);
  cell.attr = look | (attr_t)COLOR_PAIR(pair < 255 ? pair : 255);
  cell.chars[0] = (wchar_t)glyph;
  cell.ext_color = pair;
  // In the last cell of the screen this reports an error after having written it.
  mvadd_wch(row, column, &cell);
}

void terminal_refresh(const char *before, const char *after) {
  // After endwin the descriptor has to be the terminal's: its modes are set again.
  const bool is_held = !isendwin() && held_output_begin(curses_output);
  terminal_write(curses_output, before, strlen(before));
  refresh();
  terminal_write(curses_output, after, strlen(after));
  if (is_held) held_output_end(curses_output, screen_output);
}

void terminal_forget(void) { clearok(curscr, true); }

void terminal_place_cursor(int row, int column) {
  const bool hidden = row < 0 || column < 0;
  leaveok(stdscr, hidden);
  curs_set(hidden ? 0 : 1);
  if (!hidden) move(row, column);
}

int terminal_glyph_width(uint32_t glyph) { return wcwidth((wchar_t)glyph); }
