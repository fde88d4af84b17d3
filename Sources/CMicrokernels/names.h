#pragma once
#include "CMicrokernels.h"

// CM_NAME(x) is x_ID: one name for each instance of the shared bodies.
#define CM_JOIN2(a, b) a##_##b
#define CM_JOIN(a, b) CM_JOIN2(a, b)
#define CM_NAME(x) CM_JOIN(x, CM_ID)

// The value, in a register, as if it could be any: what the compiler knows of it ends here.
#if defined(__x86_64__)
#define CM_KEEP(vector) __asm__("" : "+v"(vector))
#else
#define CM_KEEP(vector) __asm__("" : "+w"(vector))
#endif

// Where loops are unrolled, a check of each address that is reckoned makes compiling six times as long: only unoptimised kernels
// have it.
#if defined(__OPTIMIZE__) && __has_feature(undefined_behavior_sanitizer)
#define CM_UNCHECKED __attribute__((no_sanitize("pointer-overflow")))
#else
#define CM_UNCHECKED
#endif

#pragma STDC FP_CONTRACT ON
