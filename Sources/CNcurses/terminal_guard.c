#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const int deadly[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS,
                             SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU};
enum { deadly_count = sizeof deadly / sizeof *deadly };

static struct termios remembered;
static int terminal = -1;
static char leaving[512];
static size_t leaving_count;
static atomic_bool armed;
static struct sigaction former[deadly_count];
static bool shows_backtraces;  // whoever set SWIFT_BACKTRACE decides what follows a trap

static int messages_reading = -1;  // what was written to standard error while the screen was held
static int messages_error = -1;    // the real standard error

static void write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    const ssize_t written = write(fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

void terminal_guard_release_messages(void) {
  if (messages_error < 0) return;
  dup2(messages_error, STDERR_FILENO);
  char buffer[1024];
  for (;;) {
    const ssize_t count = read(messages_reading, buffer, sizeof buffer);
    if (count <= 0) break;
    write_all(messages_error, buffer, (size_t)count);
  }
  close(messages_reading);
  close(messages_error);
  messages_reading = messages_error = -1;
}

void terminal_guard_hold_messages(int screen) {
  struct stat here, there;
  if (messages_error >= 0 || !isatty(STDERR_FILENO)) return;
  if (fstat(screen, &here) != 0 || fstat(STDERR_FILENO, &there) != 0 || here.st_rdev != there.st_rdev) return;
  int ends[2];
  if (pipe(ends) != 0) return;
  const int error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (error < 0) {
    close(ends[0]);
    close(ends[1]);
    return;
  }
  // What does not fit is lost rather than waited for.
  for (int at = 0; at < 2; at++) fcntl(ends[at], F_SETFL, fcntl(ends[at], F_GETFL) | O_NONBLOCK);
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  dup2(ends[1], STDERR_FILENO);
  close(ends[1]);
  messages_reading = ends[0];
  messages_error = error;
}

void terminal_guard_give_back(void) {
  if (!atomic_exchange(&armed, false)) return;
  write_all(terminal, leaving, leaving_count);
  tcsetattr(terminal, TCSANOW, &remembered);
  terminal_guard_release_messages();
}

static void trapped(int signal, siginfo_t *info, void *context) {
  static const char hint[] = "a fault of the program; SWIFT_BACKTRACE=enable=yes in the environment shows where\n";
  (void)context;
  const int error = errno;
  const bool was_sent = info == NULL || info->si_code <= 0;
  terminal_guard_give_back();
  if (!shows_backtraces && !was_sent) write_all(STDERR_FILENO, hint, sizeof hint - 1);
  struct sigaction next;
  memset(&next, 0, sizeof next);
  next.sa_handler = SIG_DFL;
  sigemptyset(&next.sa_mask);
  for (size_t at = 0; shows_backtraces && at < deadly_count; at++) {
    if (deadly[at] == signal) next = former[at];
  }
  sigaction(signal, &next, NULL);
  // A fault of the processor comes again by itself when the instruction does; one that was sent does not.
  if (was_sent) raise(signal);
  errno = error;
}

static pthread_key_t alternate_stack;

static void free_alternate_stack(void *stack) {
  const stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(stack);
}

static void make_alternate_stack_key(void) { pthread_key_create(&alternate_stack, free_alternate_stack); }

void terminal_guard_cover_thread(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  static const size_t stack_size = 64 * 1024;
  pthread_once(&once, make_alternate_stack_key);
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  const stack_t alternate = {.ss_sp = malloc(stack_size), .ss_size = stack_size, .ss_flags = 0};
  if (alternate.ss_sp == NULL) return;
  if (sigaltstack(&alternate, NULL) == 0) pthread_setspecific(alternate_stack, alternate.ss_sp);
  else free(alternate.ss_sp);
}

static void install(void) {
  terminal_guard_cover_thread();
  shows_backtraces = getenv("SWIFT_BACKTRACE") != NULL;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = trapped;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (size_t at = 0; at < deadly_count; at++) {
    sigaction(deadly[at], &action, &former[at]);
    // What is ignored stays ignored.
    if (former[at].sa_handler == SIG_IGN) sigaction(deadly[at], &former[at], NULL);
  }
  atexit(terminal_guard_give_back);
}

bool terminal_guard_remember(int fd) {
  if (terminal >= 0) {
    close(terminal);
    terminal = -1;
  }
  if (tcgetattr(fd, &remembered) != 0) return false;
  terminal = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  return terminal >= 0;
}

void terminal_guard_arm(const char *bytes, size_t count) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  leaving_count = count < sizeof leaving ? count : sizeof leaving;
  memcpy(leaving, bytes, leaving_count);
  pthread_once(&once, install);
  atomic_store(&armed, true);
}

void terminal_guard_set_modes(void) {
  if (terminal >= 0) tcsetattr(terminal, TCSANOW, &remembered);
}

void terminal_guard_disarm(void) { atomic_store(&armed, false); }
