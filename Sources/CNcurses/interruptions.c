#include "interruptions.h"

#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
enum { watched_count = sizeof watched / sizeof *watched };

static int reading = -1;
static int writing = -1;
static bool may_stop = true;
// Signals that are in the pipe and not yet read.
static volatile sig_atomic_t unread[NSIG];

static void handle(int signal, void (*handler)(int));

static bool is_deadly(int signal) { return signal == SIGTERM || signal == SIGHUP || signal == SIGQUIT; }

static void note(int signal) {
  const int error = errno;
  if (is_deadly(signal) && unread[signal]) {
    // Nobody reads any more: the program hangs, and whoever insists must be able to end it.
    terminal_guard_give_back();
    handle(signal, SIG_DFL);
    raise(signal);
    return;
  }
  unread[signal] = 1;
  const unsigned char byte = (unsigned char)signal;
  // A full pipe already holds enough to wake the reader.
  (void)!write(writing, &byte, 1);
  errno = error;
}

static void handle(int signal, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

bool interruptions_install(void) {
  if (reading >= 0) return true;
  int ends[2];
  if (pipe(ends) != 0) return false;
  for (int at = 0; at < 2; at++) {
    fcntl(ends[at], F_SETFD, FD_CLOEXEC);
    fcntl(ends[at], F_SETFL, fcntl(ends[at], F_GETFL) | O_NONBLOCK);
  }
  reading = ends[0];
  writing = ends[1];
  for (size_t at = 0; at < watched_count; at++) {
    // What the parent chose to ignore (nohup) stays ignored.
    struct sigaction former;
    if (sigaction(watched[at], NULL, &former) == 0 && former.sa_handler == SIG_IGN) {
      if (watched[at] == SIGTSTP) may_stop = false;
      continue;
    }
    handle(watched[at], note);
  }
  return true;
}

int interruptions_descriptor(void) { return reading; }

int interruptions_next(void) {
  unsigned char byte = 0;
  if (read(reading, &byte, 1) != 1) return 0;
  if (byte < NSIG) unread[byte] = 0;
  return byte;
}

void interruptions_stop(bool whole_job) {
  if (!may_stop) return;
  if (whole_job) {
    handle(SIGTSTP, SIG_IGN);
    kill(0, SIGTSTP);
  }
  handle(SIGCONT, SIG_DFL);
  handle(SIGTSTP, SIG_DFL);
  // Sent to this thread, so that it stops before the call returns; without job control the system ignores it.
  raise(SIGTSTP);
  handle(SIGTSTP, note);
  handle(SIGCONT, note);
}

void interruptions_die(int signal) {
  handle(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  raise(signal);
  _exit(128 + signal);
}
