#include "CMicrokernels.h"

// Sums of 32-bit words in eight chains: wide enough that loads, not additions, are what is waited for.

typedef unsigned wide __attribute__((ext_vector_type(8), aligned(4), may_alias));

static inline __attribute__((always_inline)) unsigned sum_words(const unsigned *words, long count) {
  wide sums[8] = {0};
  long k = 0;
  for (; k + 64 <= count; k += 64)
#pragma clang loop unroll(full)
    for (int lane = 0; lane < 8; lane++) sums[lane] += *(const wide *)(words + k + 8 * lane);
  wide total = sums[0];
  for (int lane = 1; lane < 8; lane++) total += sums[lane];
  unsigned sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += total[lane];
  for (; k < count; k++) sum += words[k];
  return sum;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static unsigned sum_avx2(const unsigned *words, long count) {
  return sum_words(words, count);
}
#endif

unsigned cm_sum_words(const unsigned *words, long count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return sum_avx2(words, count);
#endif
  return sum_words(words, count);
}
