#include "names.h"

// Vectors of 64 bytes and 32 registers: up to 28 sums, 2 of B, 1 of A, or 24, 4 and 1.
//
// A tile of one vector loads an element of A for each multiply-add, so it is as fast as the loads; tall, it loads B seldom, and
// lines of 13 to 16 outputs, which small pictures have, are one tile.
// The wider ones read B faster than the second-level cache gives it unasked.

#if defined(__x86_64__)

#define CM_TARGET __attribute__((target("avx2,fma,avx512f,avx512vl"))) CM_UNCHECKED
#define CM_TURN 4
#define CM_SOON 6
#define CM_PLANES 8
#define CM_FEW 8
#define CM_ONE_SHUFFLE

#define CM_E float
#define CM_ID avx512_f32_8
#define CM_L 8
#define CM_V 1
#define CM_R 16
#include "strip.inc"
#define CM_ID avx512_f32_16
#define CM_L 16
#define CM_V 1
#define CM_R 16
#include "strip.inc"
#define CM_ID avx512_f32_32
#define CM_L 16
#define CM_V 2
#define CM_R 14
#include "strip.inc"
#define CM_ID avx512_f32_48
#define CM_L 16
#define CM_V 3
#define CM_R 8
#include "strip.inc"
#define CM_ID avx512_f32_64
#define CM_L 16
#define CM_V 4
#define CM_R 6
#include "strip.inc"
#define CM_ID avx512_f32_w2
#define CM_L 16
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx512_f32_w2_half
#define CM_L 8
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx512_f32_w2_scalar
#define CM_L 1
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx512_f32_w4
#define CM_L 16
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx512_f32_w4_half
#define CM_L 8
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx512_f32_w4_scalar
#define CM_L 1
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx512_f32
#define CM_L 16
#include "channels.inc"
#undef CM_E

#define CM_E double
#define CM_ID avx512_f64_4
#define CM_L 4
#define CM_V 1
#define CM_R 16
#include "strip.inc"
#define CM_ID avx512_f64_8
#define CM_L 8
#define CM_V 1
#define CM_R 16
#include "strip.inc"
#define CM_ID avx512_f64_16
#define CM_L 8
#define CM_V 2
#define CM_R 14
#include "strip.inc"
#define CM_ID avx512_f64_24
#define CM_L 8
#define CM_V 3
#define CM_R 8
#include "strip.inc"
#define CM_ID avx512_f64_32
#define CM_L 8
#define CM_V 4
#define CM_R 6
#include "strip.inc"
#define CM_ID avx512_f64_w2
#define CM_L 8
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx512_f64_w2_half
#define CM_L 4
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx512_f64_w2_scalar
#define CM_L 1
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx512_f64_w4
#define CM_L 8
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx512_f64_w4_half
#define CM_L 4
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx512_f64_w4_scalar
#define CM_L 1
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx512_f64
#define CM_L 8
#include "channels.inc"
#undef CM_E

// Vectors of 64 bytes would mostly lie across two lines of the cache.
#define CM_ID avx512
#define CM_B 32
#define CM_REACH 1536
#include "runs.inc"

// Channels that are too few for a vector of 64 bytes may fill one of 32.
#define CM_NARROW(direction, id)                                                                                       \
  static bool winograd_##direction##_##id##_narrow(const cm_winograd *w) {                                             \
    return winograd_##direction##_##id##_half(w) || winograd_##direction##_##id##_scalar(w);                           \
  }
CM_NARROW(input, avx512_f32_w2)
CM_NARROW(input, avx512_f32_w4)
CM_NARROW(input, avx512_f64_w2)
CM_NARROW(input, avx512_f64_w4)
CM_NARROW(output, avx512_f32_w2)
CM_NARROW(output, avx512_f32_w4)
CM_NARROW(output, avx512_f64_w2)
CM_NARROW(output, avx512_f64_w4)

const cm_kernels cm_avx512_f32 = {
    .lanes = 16,
    .widths = 5,
    .width = {8, 16, 32, 48, 64},
    .tile_rows = {16, 16, 14, 8, 6},
    .strip = {strip_avx512_f32_8, strip_avx512_f32_16, strip_avx512_f32_32, strip_avx512_f32_48, strip_avx512_f32_64},
    .depthwise = depthwise_avx512_f32,
    .planes = planes_avx512_f32,
    .planes_outputs = CM_PLANES,
    .take_apart = take_apart_avx512_f32,
    .put_together = put_together_avx512_f32,
    .dots = dots_avx512_f32,
    .few_rows = few_rows_avx512_f32,
    .winograd_input = {winograd_input_avx512_f32_w2, winograd_input_avx512_f32_w4},
    .winograd_input_narrow = {winograd_input_avx512_f32_w2_narrow, winograd_input_avx512_f32_w4_narrow},
    .winograd_output = {winograd_output_avx512_f32_w2, winograd_output_avx512_f32_w4},
    .winograd_output_narrow = {winograd_output_avx512_f32_w2_narrow, winograd_output_avx512_f32_w4_narrow},
    .peak = peak_avx512_f32,
};

const cm_kernels cm_avx512_f64 = {
    .lanes = 8,
    .widths = 5,
    .width = {4, 8, 16, 24, 32},
    .tile_rows = {16, 16, 14, 8, 6},
    .strip = {strip_avx512_f64_4, strip_avx512_f64_8, strip_avx512_f64_16, strip_avx512_f64_24, strip_avx512_f64_32},
    .depthwise = depthwise_avx512_f64,
    .planes = planes_avx512_f64,
    .planes_outputs = CM_PLANES,
    .take_apart = take_apart_avx512_f64,
    .put_together = put_together_avx512_f64,
    .dots = dots_avx512_f64,
    .few_rows = few_rows_avx512_f64,
    .winograd_input = {winograd_input_avx512_f64_w2, winograd_input_avx512_f64_w4},
    .winograd_input_narrow = {winograd_input_avx512_f64_w2_narrow, winograd_input_avx512_f64_w4_narrow},
    .winograd_output = {winograd_output_avx512_f64_w2, winograd_output_avx512_f64_w4},
    .winograd_output_narrow = {winograd_output_avx512_f64_w2_narrow, winograd_output_avx512_f64_w4_narrow},
    .peak = peak_avx512_f64,
};

#endif
