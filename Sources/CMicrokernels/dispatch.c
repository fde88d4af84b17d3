#include "CMicrokernels.h"

void cm_copy_runs_baseline(const cm_runs *);
extern const cm_kernels cm_baseline_f32, cm_baseline_f64;
#if defined(__x86_64__)
void cm_copy_runs_avx2(const cm_runs *);
void cm_copy_runs_avx512(const cm_runs *);
extern const cm_kernels cm_avx2_f32, cm_avx2_f64, cm_avx512_f32, cm_avx512_f64;
#endif

const cm_kernels *cm_kernels_for(int instruction_set, int element) {
  const bool wide = element == cm_float64;
  switch (instruction_set) {
    case cm_baseline:
      return wide ? &cm_baseline_f64 : &cm_baseline_f32;
#if defined(__x86_64__)
    // __builtin_cpu_supports also asks whether the operating system saves the wide registers.
    case cm_avx2:
      if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
      return wide ? &cm_avx2_f64 : &cm_avx2_f32;
    case cm_avx512:
      if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("avx512f") ||
          !__builtin_cpu_supports("avx512vl"))
        return 0;
      return wide ? &cm_avx512_f64 : &cm_avx512_f32;
#endif
    default:
      return 0;
  }
}

cm_copy_runs cm_copy_runs_for(int instruction_set) {
  if (!cm_kernels_for(instruction_set, cm_float32)) return 0;
  switch (instruction_set) {
#if defined(__x86_64__)
    case cm_avx2: return cm_copy_runs_avx2;
    case cm_avx512: return cm_copy_runs_avx512;
#endif
    default: return cm_copy_runs_baseline;
  }
}
