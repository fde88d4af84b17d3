#include "names.h"

// Vectors of 32 bytes and fused multiply-add. 16 registers: 12 sums, 2 of B, 1 of A.

#if defined(__x86_64__)

#define CM_TARGET __attribute__((target("avx2,fma"))) CM_UNCHECKED

#define CM_E float
#define CM_ID avx2_f32_4
#define CM_L 4
#define CM_V 1
#define CM_R 8
#include "strip.inc"
#define CM_ID avx2_f32_8
#define CM_L 8
#define CM_V 1
#define CM_R 12
#include "strip.inc"
#define CM_ID avx2_f32_16
#define CM_L 8
#define CM_V 2
#define CM_R 6
#include "strip.inc"
#define CM_ID avx2_f32_w2
#define CM_L 8
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx2_f32_w2_scalar
#define CM_L 1
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx2_f32_w4
#define CM_L 8
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx2_f32_w4_scalar
#define CM_L 1
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx2_f32
#define CM_L 8
#include "channels.inc"
#undef CM_E

#define CM_E double
#define CM_ID avx2_f64_2
#define CM_L 2
#define CM_V 1
#define CM_R 8
#include "strip.inc"
#define CM_ID avx2_f64_4
#define CM_L 4
#define CM_V 1
#define CM_R 12
#include "strip.inc"
#define CM_ID avx2_f64_8
#define CM_L 4
#define CM_V 2
#define CM_R 6
#include "strip.inc"
#define CM_ID avx2_f64_w2
#define CM_L 4
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx2_f64_w2_scalar
#define CM_L 1
#define CM_T 2
#include "winograd.inc"
#define CM_ID avx2_f64_w4
#define CM_L 4
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx2_f64_w4_scalar
#define CM_L 1
#define CM_T 4
#include "winograd.inc"
#define CM_ID avx2_f64
#define CM_L 4
#include "channels.inc"
#undef CM_E

#define CM_ID avx2
#define CM_B 32
#include "runs.inc"

const cm_kernels cm_avx2_f32 = {
    .lanes = 8,
    .widths = 3,
    .width = {4, 8, 16},
    .tile_rows = {8, 12, 6},
    .strip = {strip_avx2_f32_4, strip_avx2_f32_8, strip_avx2_f32_16},
    .depthwise = depthwise_avx2_f32,
    .planes = planes_avx2_f32,
    .planes_outputs = CM_PLANES,
    .take_apart = take_apart_avx2_f32,
    .dots = dots_avx2_f32,
    .few_rows = few_rows_avx2_f32,
    .winograd_input = {winograd_input_avx2_f32_w2, winograd_input_avx2_f32_w4},
    .winograd_input_narrow = {winograd_input_avx2_f32_w2_scalar, winograd_input_avx2_f32_w4_scalar},
    .winograd_output = {winograd_output_avx2_f32_w2, winograd_output_avx2_f32_w4},
    .winograd_output_narrow = {winograd_output_avx2_f32_w2_scalar, winograd_output_avx2_f32_w4_scalar},
    .peak = peak_avx2_f32,
};

const cm_kernels cm_avx2_f64 = {
    .lanes = 4,
    .widths = 3,
    .width = {2, 4, 8},
    .tile_rows = {8, 12, 6},
    .strip = {strip_avx2_f64_2, strip_avx2_f64_4, strip_avx2_f64_8},
    .depthwise = depthwise_avx2_f64,
    .planes = planes_avx2_f64,
    .planes_outputs = CM_PLANES,
    .take_apart = take_apart_avx2_f64,
    .dots = dots_avx2_f64,
    .few_rows = few_rows_avx2_f64,
    .winograd_input = {winograd_input_avx2_f64_w2, winograd_input_avx2_f64_w4},
    .winograd_input_narrow = {winograd_input_avx2_f64_w2_scalar, winograd_input_avx2_f64_w4_scalar},
    .winograd_output = {winograd_output_avx2_f64_w2, winograd_output_avx2_f64_w4},
    .winograd_output_narrow = {winograd_output_avx2_f64_w2_scalar, winograd_output_avx2_f64_w4_scalar},
    .peak = peak_avx2_f64,
};

#endif
