#define _GNU_SOURCE  // ppoll
#include "terminal_device.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

struct terminal_readiness terminal_wait(int input, int signals, int mailbox, int64_t nanoseconds) {
  struct pollfd watched[3] = {
      {.fd = input, .events = POLLIN}, {.fd = signals, .events = POLLIN}, {.fd = mailbox, .events = POLLIN}};
#ifdef __linux__
  const struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  const int count = ppoll(watched, 3, nanoseconds < 0 ? 0 : &limit, 0);
#else
  const int64_t milliseconds = (nanoseconds + 999999) / 1000000;
  const int count = poll(watched, 3, nanoseconds < 0 ? -1 : (int)(milliseconds < 60000 ? milliseconds : 60000));
#endif
  struct terminal_readiness ready = {false, false, false, false};
  if (count <= 0) {
    // A signal has left its byte in the pipe; anything else would repeat for ever.
    ready.hung_up = count < 0 && errno != EINTR && errno != EAGAIN;
    return ready;
  }
  ready.input = (watched[0].revents & POLLIN) != 0;
  ready.signals = (watched[1].revents & POLLIN) != 0;
  ready.mailbox = (watched[2].revents & POLLIN) != 0;
  ready.hung_up = (watched[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
  return ready;
}

bool terminal_window_size(int fd, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

int terminal_open_controlling(void) { return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY); }

bool terminal_write(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(fd, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
      continue;
    }
    if (written < 0 && errno == EINTR) continue;
    if (written == 0 || errno != EAGAIN) return false;
    struct pollfd full = {.fd = fd, .events = POLLOUT};
    if (poll(&full, 1, 1000) == 0) return false;
  }
  return true;
}
