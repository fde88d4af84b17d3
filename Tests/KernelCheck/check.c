// Holds every kernel of CMicrokernels against plain loops, for each instruction set that the processor runs.
//
// A program by itself, so that it can be built for other processors and under sanitizers (.ci/kernels). All numbers are small
// integers, so that every sum is exact and results must be equal; all memory ends at a page that must not be touched.

#include "CMicrokernels.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static uint64_t seed = 1;
static long checks, faults;

// SplitMix64 (Steele, Lea and Flood, 2014).
static uint64_t next_random(void) {
  uint64_t z = seed += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}
static long between(long low, long high) { return low + (long)(next_random() % (uint64_t)(high - low + 1)); }
static long small_number(void) { return between(-4, 4); }

// An array that ends at a guard page, and how it is mapped.
typedef struct {
  void *mapping;
  size_t bytes;
  char *start;
} guarded;

static guarded guard(long elements, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), used = (size_t)elements * size;
  const size_t pages = (used + page - 1) / page + 1;
  guarded memory = {.bytes = (pages + 1) * page};
  memory.mapping = mmap(NULL, memory.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory.mapping == MAP_FAILED || mprotect((char *)memory.mapping + pages * page, page, PROT_NONE) != 0) {
    perror("mmap");
    exit(70);
  }
  memory.start = (char *)memory.mapping + pages * page - used;
  return memory;
}
static void release(guarded memory) { munmap(memory.mapping, memory.bytes); }

static double get(const void *array, long at, int element) {
  return element == cm_float64 ? ((const double *)array)[at] : (double)((const float *)array)[at];
}
static void set(void *array, long at, double value, int element) {
  if (element == cm_float64) ((double *)array)[at] = value;
  else ((float *)array)[at] = (float)value;
}
static guarded numbers(long count, int element) {
  const guarded memory = guard(count, element == cm_float64 ? 8 : 4);
  for (long at = 0; at < count; at++) set(memory.start, at, (double)small_number(), element);
  return memory;
}

static void expect(const char *what, const char *set_name, double got, double wanted, long at) {
  checks++;
  if (got == wanted) return;
  if (faults++ < 20) printf("%s %s: element %ld is %g, expected %g\n", set_name, what, at, got, wanted);
}

static void check_strip(const cm_kernels *kernels, const char *name, int element, int which) {
  const long width = kernels->width[which];
  const long rows = between(1, 3 * kernels->tile_rows[which] + 1), columns = between(1, 3) == 1 ? between(1, width) : width;
  // Rows of A anywhere, or one behind the other.
  const bool solid = between(1, 4) == 1;
  const long runs = solid ? 1 : between(1, 4), length = between(1, 9), a_row = solid ? length : between(0, 40);
  const long c_row = columns + between(0, 3);
  const long lines = between(1, 3), a_line = between(0, 60), c_line = rows * c_row + between(0, 5);
  const bool accumulate = between(0, 1), biased = between(0, 1);
  long run_a[4], run_b[4], reach = 0, depth = 0;
  for (long r = 0; r < runs; r++) {
    run_a[r] = between(0, 30);
    run_b[r] = between(0, 12);
    if (run_a[r] + length > reach) reach = run_a[r] + length;
    if (run_b[r] + length > depth) depth = run_b[r] + length;
  }
  const long count = (lines - 1) * c_line + (rows - 1) * c_row + columns;
  const guarded a = numbers((lines - 1) * a_line + (rows - 1) * a_row + reach, element), b = numbers(depth * width, element);
  const guarded bias = numbers(width, element), c = numbers(count, element);
  double *wanted = malloc(sizeof(double) * (size_t)count);
  for (long at = 0; at < count; at++) wanted[at] = get(c.start, at, element);
  for (long row = 0; row < lines * rows; row++)
    for (long j = 0; j < columns; j++) {
      const long from = row / rows * a_line + row % rows * a_row, to = row / rows * c_line + row % rows * c_row + j;
      double sum = accumulate ? wanted[to] : biased ? get(bias.start, j, element) : 0;
      for (long r = 0; r < runs; r++)
        for (long k = 0; k < length; k++)
          sum += get(a.start, from + run_a[r] + k, element) * get(b.start, (run_b[r] + k) * width + j, element);
      wanted[to] = sum;
    }
  const cm_strip call = {
      .a = a.start, .a_row = a_row, .run_a = run_a, .run_b = run_b, .runs = runs, .length = length, .b = b.start,
      .bias = biased ? bias.start : NULL, .c = c.start, .c_row = c_row, .rows = rows, .columns = columns,
      .lines = lines, .a_line = a_line, .c_line = c_line, .settle = between(1, runs), .accumulate = accumulate,
      .ahead = between(0, 1) * between(-64, 4096), .next = b.start, .next_bytes = between(0, 1) * between(1, 9000),
      .next_line = between(0, 300)};
  kernels->strip[which](&call);
  for (long at = 0; at < count; at++) expect("strip", name, get(c.start, at, element), wanted[at], at);
  free(wanted);
  release(a), release(b), release(bias), release(c);
}

static void check_depthwise(const cm_kernels *kernels, const char *name, int element) {
  // Taps anywhere, or rows of three neighbours that step as the outputs do.
  const bool slides = between(0, 1);
  const long channels = between(1, 40), rows = between(1, 20), taps = slides ? 3 * between(1, 3) : between(0, 9);
  const long in_row = channels * between(0, 2), out_row = channels + between(0, 2), weight_step = channels + between(0, 5);
  long tap[9], weight_row[9], reach = 0;
  for (long t = 0; t < taps; t++) {
    tap[t] = slides && t % 3 > 0 ? tap[t - 1] + in_row : between(0, 60);
    weight_row[t] = between(0, 8);
    if (tap[t] > reach) reach = tap[t];
  }
  const bool biased = between(0, 1);
  const guarded in = numbers((rows - 1) * in_row + reach + channels, element), weight = numbers(9 * weight_step, element);
  const guarded bias = numbers(channels, element), out = numbers((rows - 1) * out_row + channels, element);
  const cm_depthwise call = {
      .in = in.start, .in_row = in_row, .tap = tap, .weight_row = weight_row, .weight_step = weight_step, .taps = taps,
      .weight = weight.start, .bias = biased ? bias.start : NULL, .out = out.start, .out_row = out_row, .rows = rows, .channels = channels};
  kernels->depthwise(&call);
  for (long m = 0; m < rows; m++)
    for (long c = 0; c < channels; c++) {
      double sum = biased ? get(bias.start, c, element) : 0;
      for (long t = 0; t < taps; t++)
        sum += get(in.start, m * in_row + tap[t] + c, element) * get(weight.start, weight_row[t] * weight_step + c, element);
      expect("depthwise", name, get(out.start, m * out_row + c, element), sum, m * out_row + c);
    }
  release(in), release(weight), release(bias), release(out);
}

static void check_planes(const cm_kernels *kernels, const char *name, int element) {
  const long count = between(1, 200), taps = between(0, 9), outputs = between(1, kernels->planes_outputs);
  const long out_step = outputs + between(0, 2);
  long tap[9], weight_row[9], reach = 0;
  for (long t = 0; t < taps; t++) {
    tap[t] = between(0, 60);
    weight_row[t] = between(0, 8);
    if (tap[t] > reach) reach = tap[t];
  }
  const bool biased = between(0, 1), reads_on = between(0, 1);
  const long beyond = reads_on ? cm_plane_vectors * kernels->lanes : 0;
  const long out_plane = reads_on * between(0, 1) * (count + beyond + between(0, 3)), step = out_plane ? 1 : out_step;
  const long last = (count - 1) * step + (out_plane ? (outputs - 1) * out_plane + beyond : outputs - 1);
  const guarded in = numbers(count + reach + beyond, element), weight = numbers(9 * outputs, element);
  const guarded bias = numbers(outputs, element), out = numbers(last + 1, element);
  const cm_planes call = {
      .in = in.start, .tap = tap, .weight_row = weight_row, .taps = taps, .weight = weight.start,
      .bias = biased ? bias.start : NULL, .out = out.start, .out_step = out_step, .out_plane = out_plane,
      .outputs = outputs, .count = count, .reads_on = reads_on, .next = {in.start, between(0, 1) * 64, between(0, 1) * count}};
  kernels->planes(&call);
  for (long x = 0; x < count; x++)
    for (long o = 0; o < outputs; o++) {
      double sum = biased ? get(bias.start, o, element) : 0;
      for (long t = 0; t < taps; t++)
        sum += get(in.start, tap[t] + x, element) * get(weight.start, weight_row[t] * outputs + o, element);
      const long at = x * step + o * (out_plane ? out_plane : 1);
      expect("planes", name, get(out.start, at, element), sum, at);
    }
  release(in), release(weight), release(bias), release(out);
}

static void check_dots(const cm_kernels *kernels, const char *name, int element) {
  const long rows = between(1, 20), columns = between(1, cm_max_outputs), runs = between(1, 4), length = between(1, 70);
  const long a_row = between(0, 80), b_column = between(0, 90), c_row = columns + between(0, 3);
  const long lines = between(1, 3), a_line = between(0, 90), c_line = rows * c_row + between(0, 5);
  const bool accumulate = between(0, 1), biased = between(0, 1);
  long run_a[4], run_b[4], reach = 0, depth = 0;
  for (long r = 0; r < runs; r++) {
    run_a[r] = between(0, 30);
    run_b[r] = between(0, 30);
    if (run_a[r] + length > reach) reach = run_a[r] + length;
    if (run_b[r] + length > depth) depth = run_b[r] + length;
  }
  const long count = (lines - 1) * c_line + (rows - 1) * c_row + columns;
  const guarded a = numbers((lines - 1) * a_line + (rows - 1) * a_row + reach, element);
  const guarded b = numbers((columns - 1) * b_column + depth, element);
  const guarded bias = numbers(columns, element), c = numbers(count, element);
  double *wanted = malloc(sizeof(double) * (size_t)count);
  for (long at = 0; at < count; at++) wanted[at] = get(c.start, at, element);
  for (long row = 0; row < lines * rows; row++)
    for (long j = 0; j < columns; j++) {
      const long from = row / rows * a_line + row % rows * a_row, to = row / rows * c_line + row % rows * c_row + j;
      double sum = accumulate ? wanted[to] : biased ? get(bias.start, j, element) : 0;
      for (long r = 0; r < runs; r++)
        for (long k = 0; k < length; k++)
          sum += get(a.start, from + run_a[r] + k, element) * get(b.start, j * b_column + run_b[r] + k, element);
      wanted[to] = sum;
    }
  const cm_strip call = {
      .a = a.start, .a_row = a_row, .run_a = run_a, .run_b = run_b, .runs = runs, .length = length, .b = b.start,
      .b_column = b_column, .bias = biased ? bias.start : NULL, .c = c.start, .c_row = c_row, .rows = rows,
      .lines = lines, .a_line = a_line, .c_line = c_line, .columns = columns, .accumulate = accumulate};
  kernels->dots(&call);
  for (long at = 0; at < count; at++) expect("dots", name, get(c.start, at, element), wanted[at], at);
  free(wanted);
  release(a), release(b), release(bias), release(c);
}

static void check_few_rows(const cm_kernels *kernels, const char *name, int element) {
  const long rows = between(1, 20), columns = between(1, 100), depth = between(0, 30);
  const bool transposed = between(0, 1);
  const long a_row = transposed ? 1 : depth + between(0, 3), a_column = transposed ? rows + between(0, 3) : 1;
  const long b_row = columns + between(0, 5), c_row = columns + between(0, 3);
  const bool accumulate = between(0, 1);
  const long count = (rows - 1) * c_row + columns;
  const guarded a = numbers(depth ? (rows - 1) * a_row + (depth - 1) * a_column + 1 : 0, element);
  const guarded b = numbers(depth ? (depth - 1) * b_row + columns : 0, element), c = numbers(count, element);
  double *wanted = malloc(sizeof(double) * (size_t)count);
  for (long at = 0; at < count; at++) wanted[at] = get(c.start, at, element);
  for (long m = 0; m < rows && depth; m++)
    for (long j = 0; j < columns; j++) {
      double sum = accumulate ? wanted[m * c_row + j] : 0;
      for (long k = 0; k < depth; k++)
        sum += get(a.start, m * a_row + k * a_column, element) * get(b.start, k * b_row + j, element);
      wanted[m * c_row + j] = sum;
    }
  const cm_few_rows call = {
      .a = a.start, .a_row = a_row, .a_column = a_column, .b = b.start, .b_row = b_row, .c = c.start, .c_row = c_row,
      .rows = rows, .columns = columns, .depth = depth, .accumulate = accumulate};
  kernels->few_rows(&call);
  for (long at = 0; at < count; at++) expect("few rows", name, get(c.start, at, element), wanted[at], at);
  free(wanted);
  release(a), release(b), release(c);
}

static void check_take_apart(const cm_kernels *kernels, const char *name, int element) {
  const long count = between(1, 200), channels = between(1, 40), step = channels + between(0, 1) * between(0, 6);
  const long plane = count + between(0, 3);
  const guarded in = numbers((count - 1) * step + channels, element);
  const guarded out = numbers((channels - 1) * plane + count, element);
  kernels->take_apart(in.start, step, channels, out.start, plane, count);
  for (long c = 0; c < channels; c++)
    for (long x = 0; x < count; x++)
      expect("take apart", name, get(out.start, c * plane + x, element), get(in.start, x * step + c, element), x);
  release(in), release(out);
}

static void check_put_together(const cm_kernels *kernels, const char *name, int element) {
  if (!kernels->put_together) return;
  const long count = between(1, 200), channels = kernels->lanes, step = channels + between(0, 1) * between(0, 6);
  const long whole = (count + channels - 1) / channels * channels, plane = whole + between(0, 3);
  const guarded in = numbers((channels - 1) * plane + whole, element);
  const guarded out = numbers((count - 1) * step + channels, element);
  kernels->put_together(in.start, plane, out.start, step, count);
  for (long c = 0; c < channels; c++)
    for (long x = 0; x < count; x++)
      expect("put together", name, get(out.start, x * step + c, element), get(in.start, c * plane + x, element), x);
  release(in), release(out);
}

static void check_runs(cm_copy_runs copy, const char *name) {
  // Multiples of the vectors' sizes, which alone go past the cache, as often as other lengths.
  const long whole = between(0, 1) ? 32 : 1, bytes = whole > 1 ? whole * between(1, 10) : between(cm_shortest_run, 350);
  const long planes = between(1, 3), rows = between(1, 5), plane_step = between(0, 500), row_step = between(0, 400);
  const guarded in = guard((planes - 1) * plane_step + (rows - 1) * row_step + bytes, 1);
  const long count = planes * rows * bytes;
  const guarded out = guard(count + whole, 1);
  const char *source = in.start;
  for (long at = 0; at < (planes - 1) * plane_step + (rows - 1) * row_step + bytes; at++) in.start[at] = (char)next_random();
  memset(out.start, 1, (size_t)(count + whole));
  const cm_runs call = {
      .in = source, .out = out.start + whole, .planes = planes, .plane_step = plane_step, .rows = rows,
      .row_step = row_step, .bytes = bytes, .streams = between(0, 1)};
  copy(&call);
  cm_end_streams();
  for (long at = 0; at < whole; at++) expect("runs: before the first", name, out.start[at], 1, at);
  for (long at = 0; at < count; at++) {
    const long run = at / bytes;
    const char wanted = source[run / rows * plane_step + run % rows * row_step + at % bytes];
    expect("runs", name, out.start[whole + at], wanted, at);
  }
  release(in), release(out);
}

// The matrices of Cook and Toom written out, for the points 0, 1, -1 and infinity, and for 0, 3/4, -3/4, 3/2, -3/2 and infinity.
static const double input_matrix[2][6][6] = {
    {{1, 0, -1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, 1, 0, -1}},
    {{81. / 64, 0, -45. / 16, 0, 1, 0}, {0, -27. / 16, -9. / 4, 3. / 4, 1, 0}, {0, 27. / 16, -9. / 4, -3. / 4, 1, 0},
     {0, -27. / 32, -9. / 16, 3. / 2, 1, 0}, {0, 27. / 32, -9. / 16, -3. / 2, 1, 0}, {0, 81. / 64, 0, -45. / 16, 0, 1}}};
static const double output_matrix[2][4][6] = {
    {{1, 1, 1, 0}, {0, 1, -1, -1}},
    {{1, 1, 1, 1, 1, 0}, {0, 3. / 4, -3. / 4, 3. / 2, -3. / 2, 0}, {0, 9. / 16, 9. / 16, 9. / 4, 9. / 4, 0},
     {0, 27. / 64, -27. / 64, 27. / 8, -27. / 8, 1}}};

static void check_winograd_input(const cm_kernels *kernels, const char *name, int element, int which) {
  const long side = which ? 6 : 4, channels = between(1, 40), tiles = between(1, 3);
  // All tiles' columns together, each of which begins where the outputs of the one before it end.
  const long span = (tiles - 1) * (side - 2) + side;
  const long pixel = channels, row = (span + between(0, 2)) * pixel, plane = tiles * channels + between(0, 5);
  const bool whole = between(0, 1);
  const long first_row = whole ? 0 : between(-1, 2), end_row = whole ? side : between(first_row < 0 ? 1 : first_row + 1, side + 1);
  const long first_column = whole ? 0 : between(-1, 2);
  const long end_column = whole ? span : between(first_column < 0 ? 1 : first_column + 1, span + 1);
  // Only the cells inside exist: the array begins with the first and ends with the last of them.
  const long low = (first_row > 0 ? first_row : 0) * row + (first_column > 0 ? first_column : 0) * pixel;
  const long last_row = (end_row < side ? end_row : side) - 1, last_column = (end_column < span ? end_column : span) - 1;
  const long high = last_row * row + last_column * pixel + channels;
  const guarded in = numbers(high - low, element), out = numbers((side * side - 1) * plane + tiles * channels, element);
  const size_t size = element == cm_float64 ? 8 : 4;
  const cm_winograd call = {
      .in = (const void *)((uintptr_t)in.start - (uintptr_t)low * size), .out = out.start, .tiles = tiles, .row = row,
      .pixel = pixel, .plane = plane, .channels = channels, .first_row = first_row, .end_row = end_row, .first_column = first_column,
      .end_column = end_column};
  if (!kernels->winograd_input[which](&call) && !kernels->winograd_input_narrow[which](&call)) faults++;
  for (long t = 0; t < tiles; t++)
    for (long c = 0; c < channels; c++)
      for (long p = 0; p < side; p++)
        for (long q = 0; q < side; q++) {
          double sum = 0;
          for (long i = 0; i < side; i++)
            for (long j = 0; j < side; j++) {
              const long x = t * (side - 2) + j;
              if (i < first_row || i >= end_row || x < first_column || x >= end_column) continue;
              sum += input_matrix[which][p][i] * input_matrix[which][q][j] * get(in.start, i * row + x * pixel + c - low, element);
            }
          const long at = (p * side + q) * plane + t * channels + c;
          expect("winograd input", name, get(out.start, at, element), sum, at);
        }
  release(in), release(out);
}

static void check_winograd_output(const cm_kernels *kernels, const char *name, int element, int which) {
  const long tile = which ? 4 : 2, side = tile + 2, channels = between(1, 40), tiles = between(1, 3);
  const long plane = tiles * channels + between(0, 5);
  const long end_row = between(1, tile + 1), end_column = between((tiles - 1) * tile + 1, tiles * tile + 1);
  const long rows = end_row < tile ? end_row : tile, columns = end_column < tiles * tile ? end_column : tiles * tile;
  const long pixel = channels, row = (columns + between(0, 2)) * pixel;
  const bool biased = between(0, 1);
  const guarded in = numbers((side * side - 1) * plane + tiles * channels, element), bias = numbers(channels, element);
  const guarded out = numbers((rows - 1) * row + columns * pixel, element);
  const cm_winograd call = {
      .in = in.start, .out = out.start, .tiles = tiles, .row = row, .pixel = pixel, .plane = plane, .channels = channels,
      .end_row = end_row, .end_column = end_column, .bias = biased ? bias.start : NULL};
  if (!kernels->winograd_output[which](&call) && !kernels->winograd_output_narrow[which](&call)) faults++;
  for (long c = 0; c < channels; c++)
    for (long i = 0; i < rows; i++)
      for (long j = 0; j < columns; j++) {
        double sum = biased ? get(bias.start, c, element) : 0;
        for (long p = 0; p < side; p++)
          for (long q = 0; q < side; q++)
            sum += output_matrix[which][i][p] * output_matrix[which][j % tile][q] * get(in.start, (p * side + q) * plane + j / tile * channels + c, element);
        expect("winograd output", name, get(out.start, i * row + j * pixel + c, element), sum, i * row + j * pixel + c);
      }
  release(in), release(bias), release(out);
}

int main(int count, char **arguments) {
  static const char *names[] = {"baseline", "avx2", "avx512"};
  const long rounds = count > 1 ? strtol(arguments[1], NULL, 10) : 300;
  if (count > 2) seed = strtoull(arguments[2], NULL, 10);
  printf("seed %llu, %ld rounds\n", (unsigned long long)seed, rounds);
  for (int set = cm_baseline; set <= cm_avx512; set++) {
    if (!cm_kernels_for(set, cm_float32)) {
      printf("%s: not run here\n", names[set]);
      continue;
    }
    for (long round = 0; round < rounds; round++) check_runs(cm_copy_runs_for(set), names[set]);
    for (int element = cm_float32; element <= cm_float64; element++) {
      const cm_kernels *kernels = cm_kernels_for(set, element);
      char name[32];
      snprintf(name, sizeof name, "%s %s", names[set], element == cm_float64 ? "float64" : "float32");
      const long before = checks;
      for (long round = 0; round < rounds; round++) {
        for (int which = 0; which < kernels->widths; which++) check_strip(kernels, name, element, which);
        check_depthwise(kernels, name, element);
        check_planes(kernels, name, element);
        check_dots(kernels, name, element);
        check_few_rows(kernels, name, element);
        check_take_apart(kernels, name, element);
        check_put_together(kernels, name, element);
        for (int which = 0; which < 2; which++) {
          check_winograd_input(kernels, name, element, which);
          check_winograd_output(kernels, name, element, which);
        }
      }
      if (kernels->peak(1000) <= 0) faults++;
      printf("%s: %ld numbers checked\n", name, checks - before);
    }
  }
  if (faults) printf("%ld faults\n", faults);
  return faults ? 1 : 0;
}
