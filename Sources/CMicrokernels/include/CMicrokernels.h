#pragma once

// The innermost loops, one set for each instruction set of the processor, and what Swift cannot say (pause, cycles of
// pure multiply-adds). Everything else (blocking, packing, threads, padding, choice) is Swift's.
//
// One shared body (the .inc files) is compiled once for each instruction set; Swift asks for the table of
// functions by name and calls through it, so that the same program runs on every processor of its family.

#include <stdbool.h>

enum { cm_baseline = 0, cm_avx2 = 1, cm_avx512 = 2 };
enum { cm_float32 = 0, cm_float64 = 1 };
enum { cm_max_widths = 5, cm_max_outputs = 4 };
/// Most vectors of pixels that a tile of `planes` takes.
enum { cm_plane_vectors = 4 };
enum { cm_shortest_run = 16 };

/// A strip of a matrix product: C[m][j] (+)= sum over runs r and k < length of A[m][run_a[r] + k] * B[run_b[r] + k][j].
///
/// The rows of A lie `a_row` elements apart and are read where they are: a row of a matrix (one run), or the receptive
/// field of an output pixel in the picture (one run for each row of the kernel). B is packed: rows of exactly the panel's width.
/// Such strips may follow each other, the lines of a picture.
typedef struct cm_strip {
  const void *a;
  long a_row;
  const long *run_a;  // element offset of each run from the start of a row of A
  const long *run_b;  // row of B that meets the first element of each run
  long runs, length;
  long settle;  // runs that are summed in one go; the sums of several such groups are added at the end
  const void *b;
  const void *bias;  // of the panel's width, or null; read only when not accumulating
  void *c;
  long c_row;
  long rows;
  long lines;           // strips of as many rows, each multiplied with all of B
  long a_line, c_line;  // elements from one to the next
  long columns;  // of C to write, at most the panel's width
  long b_column;  // for `dots` only, whose B is packed by columns: elements between them
  bool accumulate;
  long ahead;  // elements from a row of A to the memory that is asked for meanwhile; 0 for none
  const void *next;  // memory that is needed after this strip, fetched meanwhile
  long next_bytes;   // of it, for each line, 0 for none
  long next_line;    // bytes from what a line fetches to what the next one does
} cm_strip;

/// A product of a few rows: C[m][j] (+)= sum over k < depth of A[m * a_row + k * a_column] * B[k * b_row + j].
///
/// The rows of B are read where they lie, and are not packed.
typedef struct cm_few_rows {
  const void *a;
  long a_row, a_column;
  const void *b;
  long b_row;
  void *c;
  long c_row;
  long rows, columns, depth;
  bool accumulate;
} cm_few_rows;

/// A depthwise strip: out[m][c] = bias[c] + sum over taps t of in[m * in_row + tap[t] + c] * weight[weight_row[t] * weight_step + c].
typedef struct cm_depthwise {
  const void *in;
  long in_row;
  const long *tap;
  const long *weight_row;
  long weight_step;
  long taps;
  const void *weight;
  const void *bias;  // one for each channel, or null
  void *out;
  long out_row;
  long rows;
  long channels;
} cm_depthwise;

/// Lines of the cache, `step` bytes apart, that are fetched before they are needed.
typedef struct cm_lines {
  const void *start;
  long step;
  long count;
} cm_lines;

/// Filters along memory, a few outputs from the same inputs:
/// out[x * out_step + o] = bias[o] + sum over taps t of in[tap[t] + x] * weight[weight_row[t] * outputs + o];
/// with `out_plane` not 0, where `reads_on` is true too, out[o * out_plane + x].
typedef struct cm_planes {
  const void *in;
  const long *tap;
  const long *weight_row;
  long taps;
  const void *weight;
  const void *bias;  // one for each output, or null
  void *out;
  long out_step;
  long out_plane;
  long outputs;
  long count;
  bool reads_on;  // whether inputs may be read up to `cm_plane_vectors` beyond the last pixel, and planes of outputs written
  cm_lines next;  // memory that is needed after this line
} cm_planes;

/// Neighbouring tiles of a Winograd transform, all their channels: squares of the picture and their rows of the transformed planes.
///
/// Input: `in` is the picture at the first tile's corner (rows `row` and pixels `pixel` elements apart), `out` the tile's row
/// of the first plane; cells outside [first, end) lie on padding and are not read. Output: `in` is the first tile's row of the
/// first plane, `out` the picture; cells at or beyond the ends are not written. Tiles' rows of a plane follow each other.
typedef struct cm_winograd {
  const void *in;
  void *out;
  long tiles;
  long row, pixel;
  long plane;
  long channels;
  long first_row, end_row, first_column, end_column;
  const void *bias;
} cm_winograd;

/// The points of F(4x4,3x3) beside 0 and infinity: these and their negatives, whose squares are exact in binary.
static const double cm_winograd_near = 0.75, cm_winograd_far = 1.5;

/// The functions of one instruction set for one element type.
typedef struct cm_kernels {
  int widths;                    // how many panel widths there are
  long width[cm_max_widths];     // ascending, in elements
  long tile_rows[cm_max_widths]; // rows of the register tile of that width
  void (*strip[cm_max_widths])(const cm_strip *);
  int lanes;
  /// A strip of at most `cm_max_outputs` columns, as inner products: pays where the runs are several vectors long.
  void (*dots)(const cm_strip *);
  void (*few_rows)(const cm_few_rows *);
  void (*depthwise)(const cm_depthwise *);
  /// At most `planes_outputs` outputs.
  void (*planes)(const cm_planes *);
  int planes_outputs;
  /// out[c * plane + x] = in[x * step + c]: some channels of a row of pixels as planes.
  void (*take_apart)(const void *in, long step, long channels, void *out, long plane, long count);
  /// out[x * step + c] = in[c * plane + x], as many channels as lanes; planes are read as far as whole vectors reach. Null where
  /// shuffles of two vectors are not one instruction.
  void (*put_together)(const void *in, long plane, void *out, long step, long count);
  /// The transforms of F(2x2,3x3) and F(4x4,3x3), by vectors of channels (false
  /// if there are fewer than one vector holds: take the narrow ones, which take any number).
  bool (*winograd_input[2])(const cm_winograd *);
  bool (*winograd_output[2])(const cm_winograd *);
  bool (*winograd_input_narrow[2])(const cm_winograd *);
  bool (*winograd_output_narrow[2])(const cm_winograd *);
  /// Runs `iterations` rounds of independent multiply-adds in registers; returns the floating-point operations done.
  double (*peak)(long iterations);
} cm_kernels;

// The lists of a table, one entry for each width, where they lie.
static inline const long *cm_widths(const cm_kernels *kernels) { return kernels->width; }
static inline const long *cm_tile_rows(const cm_kernels *kernels) { return kernels->tile_rows; }
static inline void (*const *cm_strips(const cm_kernels *kernels))(const cm_strip *) { return kernels->strip; }

/// The table for an instruction set and element type; null if this processor does not run it.
const cm_kernels *cm_kernels_for(int instruction_set, int element);

/// Runs of bytes copied one behind the other: `planes` times `rows` of them, which lie `plane_step` and `row_step` bytes apart.
typedef struct cm_runs {
  const void *in;
  void *out;
  long planes, plane_step;
  long rows, row_step;
  long bytes;    // of a run, at least `cm_shortest_run`
  bool streams;  // past the cache, where alignment allows and it is faster: `cm_end_streams` before others read it
} cm_runs;

typedef void (*cm_copy_runs)(const cm_runs *);

/// The copy for an instruction set; null if this processor does not run it.
cm_copy_runs cm_copy_runs_for(int instruction_set);

/// Waits until what was written past the cache can be seen by all threads that are told of it.
static inline void cm_end_streams(void) {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#else
  __atomic_thread_fence(__ATOMIC_RELEASE);
#endif
}

/// The sum of all words, wrapping: reads memory as fast as it comes.
unsigned cm_sum_words(const unsigned *words, long count);

/// Tells the processor that this thread is spinning.
static inline void cm_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
