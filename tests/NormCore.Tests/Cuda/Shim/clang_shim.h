// Put before a kernel source, this lets clang translate it to PTX without NVIDIA's headers. Tests only.
#pragma once
#define __device__ __attribute__((device))
#define __global__ __attribute__((global))
#define __shared__ __attribute__((shared))
#define __forceinline__ __attribute__((always_inline)) inline
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))

struct ThreadX { __attribute__((device)) operator unsigned() const { return __nvvm_read_ptx_sreg_tid_x(); } };
struct BlockX { __attribute__((device)) operator unsigned() const { return __nvvm_read_ptx_sreg_ctaid_x(); } };
struct ThreadIndex { ThreadX x; };
struct BlockIndex { BlockX x; };
#define threadIdx (ThreadIndex())
#define blockIdx (BlockIndex())

__device__ __forceinline__ unsigned __float_as_uint(float f) { return __builtin_bit_cast(unsigned, f); }
__device__ __forceinline__ float __uint_as_float(unsigned u) { return __builtin_bit_cast(float, u); }
__device__ __forceinline__ float __shfl_xor_sync(unsigned mask, float f, int step) { return __nvvm_shfl_sync_bfly_f32(mask, f, step, 31); }
__device__ __forceinline__ float fmaf(float a, float b, float c) { return __nvvm_fma_rn_f(a, b, c); }
__device__ __forceinline__ float sqrtf(float f) { return __nvvm_sqrt_rn_f(f); }
