#define _GNU_SOURCE 1  // memfd_create, dup3
#include "held_output.h"

#include "terminal_device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

static int memory = -1;  // written from its start for every frame
static char *held;
static size_t capacity;

static int open_memory(void) {
#ifdef __linux__
  return memfd_create("frame", MFD_CLOEXEC);
#else
  char name[] = "/tmp/frame-XXXXXX";
  const int file = mkstemp(name);
  if (file >= 0) {
    unlink(name);
    fcntl(file, F_SETFD, FD_CLOEXEC);
  }
  return file;
#endif
}

static bool lead(int descriptor, int target) {
  int result;
  do {
#ifdef __linux__
    result = dup3(target, descriptor, O_CLOEXEC);
#else
    result = dup2(target, descriptor);
    if (result >= 0) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
#endif
  } while (result < 0 && (errno == EINTR || errno == EBUSY));
  return result >= 0;
}

bool held_output_begin(int descriptor) {
  if (memory < 0) memory = open_memory();
  return memory >= 0 && lseek(memory, 0, SEEK_SET) == 0 && lead(descriptor, memory);
}

// The first `count` bytes of the memory into `held`.
static bool fetch(size_t count) {
  if (count > capacity) {
    char *longer = realloc(held, 2 * count);
    if (longer == NULL) return false;
    held = longer;
    capacity = 2 * count;
  }
  for (size_t done = 0; done < count;) {
    const ssize_t part = pread(memory, held + done, count - done, (off_t)done);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) return false;
    done += (size_t)part;
  }
  return true;
}

bool held_output_end(int descriptor, int terminal) {
  const off_t end = lseek(memory, 0, SEEK_CUR);
  if (!lead(descriptor, terminal) || end < 0) return false;
  return fetch((size_t)end) && terminal_write(terminal, held, (size_t)end);
}
