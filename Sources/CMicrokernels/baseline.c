#include "names.h"

// Vectors of 16 bytes: what every x86-64 and every aarch64 has. 16 registers on x86-64: 12 sums, 2 of B, 1 of A.

#define CM_TARGET CM_UNCHECKED

#define CM_E float
#define CM_ID baseline_f32_4
#define CM_L 4
#define CM_V 1
#define CM_R 8
#include "strip.inc"
#define CM_ID baseline_f32_8
#define CM_L 4
#define CM_V 2
#define CM_R 6
#include "strip.inc"
#define CM_ID baseline_f32_w2
#define CM_L 4
#define CM_T 2
#include "winograd.inc"
#define CM_ID baseline_f32_w2_scalar
#define CM_L 1
#define CM_T 2
#include "winograd.inc"
#define CM_ID baseline_f32_w4
#define CM_L 4
#define CM_T 4
#include "winograd.inc"
#define CM_ID baseline_f32_w4_scalar
#define CM_L 1
#define CM_T 4
#include "winograd.inc"
#define CM_ID baseline_f32
#define CM_L 4
#include "channels.inc"
#undef CM_E

#define CM_E double
#define CM_ID baseline_f64_2
#define CM_L 2
#define CM_V 1
#define CM_R 8
#include "strip.inc"
#define CM_ID baseline_f64_4
#define CM_L 2
#define CM_V 2
#define CM_R 6
#include "strip.inc"
#define CM_ID baseline_f64_w2
#define CM_L 2
#define CM_T 2
#include "winograd.inc"
#define CM_ID baseline_f64_w2_scalar
#define CM_L 1
#define CM_T 2
#include "winograd.inc"
#define CM_ID baseline_f64_w4
#define CM_L 2
#define CM_T 4
#include "winograd.inc"
#define CM_ID baseline_f64_w4_scalar
#define CM_L 1
#define CM_T 4
#include "winograd.inc"
#define CM_ID baseline_f64
#define CM_L 2
#include "channels.inc"
#undef CM_E

#define CM_ID baseline
#define CM_B 16
#include "runs.inc"

const cm_kernels cm_baseline_f32 = {
    .lanes = 4,
    .widths = 2,
    .width = {4, 8},
    .tile_rows = {8, 6},
    .strip = {strip_baseline_f32_4, strip_baseline_f32_8},
    .depthwise = depthwise_baseline_f32,
    .planes = planes_baseline_f32,
    .planes_outputs = CM_PLANES,
    .take_apart = take_apart_baseline_f32,
    .dots = dots_baseline_f32,
    .few_rows = few_rows_baseline_f32,
    .winograd_input = {winograd_input_baseline_f32_w2, winograd_input_baseline_f32_w4},
    .winograd_input_narrow = {winograd_input_baseline_f32_w2_scalar, winograd_input_baseline_f32_w4_scalar},
    .winograd_output = {winograd_output_baseline_f32_w2, winograd_output_baseline_f32_w4},
    .winograd_output_narrow = {winograd_output_baseline_f32_w2_scalar, winograd_output_baseline_f32_w4_scalar},
    .peak = peak_baseline_f32,
};

const cm_kernels cm_baseline_f64 = {
    .lanes = 2,
    .widths = 2,
    .width = {2, 4},
    .tile_rows = {8, 6},
    .strip = {strip_baseline_f64_2, strip_baseline_f64_4},
    .depthwise = depthwise_baseline_f64,
    .planes = planes_baseline_f64,
    .planes_outputs = CM_PLANES,
    .take_apart = take_apart_baseline_f64,
    .dots = dots_baseline_f64,
    .few_rows = few_rows_baseline_f64,
    .winograd_input = {winograd_input_baseline_f64_w2, winograd_input_baseline_f64_w4},
    .winograd_input_narrow = {winograd_input_baseline_f64_w2_scalar, winograd_input_baseline_f64_w4_scalar},
    .winograd_output = {winograd_output_baseline_f64_w2, winograd_output_baseline_f64_w4},
    .winograd_output_narrow = {winograd_output_baseline_f64_w2_scalar, winograd_output_baseline_f64_w4_scalar},
    .peak = peak_baseline_f64,
};
