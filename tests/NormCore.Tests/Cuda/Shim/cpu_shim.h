// Put before a kernel source, this lets a compiler for CPUs read it: what ptx.cu says in PTX is said in C++ here. One thread of the kernel is
// one fiber of the machine in machine.h, which a driver hands over by shim_attach. Tests only.
#pragma once
#include <cmath>
#include <cstring>
#include <utility>

#define CPU_SHIM 1
#define FUNCTION inline
#define __device__
#define __global__
#define __launch_bounds__(...)
#define DYNAMIC_SHARED(name) auto* name = (Packet<16>*)shim->state->shared
#define ENTRY(name) \
    extern "C" __attribute__((visibility("default"))) void name##_run(void** arguments) { shim_run(name, arguments); }

struct ShimIndex { unsigned x, y, z; };

// Of the thread that runs.
struct ShimState
{
    ShimIndex thread, block, block_dim, grid_dim;
    unsigned char* shared;
};

struct Shim
{
    const ShimState* state;
    void (*barrier)(bool cluster, int site);
    unsigned (*shuffle)(unsigned value, int step);
    void (*copy)(void* to, const void* from, int bytes);
    void (*copies_end)();
    void (*copies_landed)(int later);
    const void* (*of_block)(const void* own, int rank);
    void (*require)(bool holds, const char* what);
};

#pragma GCC visibility push(hidden)
static const Shim* shim;
extern "C" __attribute__((visibility("default"))) void shim_attach(const Shim* machine) { shim = machine; }

template <typename... A, size_t... I> void shim_unpack(void (*kernel)(A...), void** arguments, std::index_sequence<I...>)
{
    kernel(*(A*)arguments[I]...);
}
template <typename... A> void shim_run(void (*kernel)(A...), void** arguments)
{
    shim_unpack(kernel, arguments, std::index_sequence_for<A...>{});
}

#define threadIdx (shim->state->thread)
#define blockIdx (shim->state->block)
#define blockDim (shim->state->block_dim)
#define gridDim (shim->state->grid_dim)

inline unsigned __float_as_uint(float f) { unsigned u; memcpy(&u, &f, 4); return u; }
inline float __uint_as_float(unsigned u) { float f; memcpy(&f, &u, 4); return f; }
// The line tells one barrier of the source from another; its address would not, since compilers for CPUs duplicate calls.
#define __syncthreads() shim->barrier(false, __LINE__)
#define cluster_barrier() shim->barrier(true, __LINE__)
inline float __shfl_xor_sync(unsigned mask, float value, int step)
{
    shim->require(mask == 0xffffffffu, "a shuffle of part of a warp");
    return __uint_as_float(shim->shuffle(__float_as_uint(value), step));
}

template <int BYTES> struct Packet;
inline void shim_aligned(const void* p, int bytes) { shim->require((size_t)p % bytes == 0, "an address that is not aligned to its packet"); }
template <int BYTES> Packet<BYTES> load_once(const Packet<BYTES>* from) { shim_aligned(from, BYTES); return *from; }
template <int BYTES> void store(Packet<BYTES>* to, const Packet<BYTES>& p) { shim_aligned(to, BYTES); *to = p; }
template <int BYTES> void copy_async(Packet<BYTES>* to, const Packet<BYTES>* from)
{
    shim_aligned(to, BYTES);
    shim_aligned(from, BYTES);
    if (BYTES < 4) memcpy(to, from, BYTES);
    else shim->copy(to, from, BYTES);
}
inline void copies_end() { shim->copies_end(); }
template <int LATER> void copies_landed() { shim->copies_landed(LATER); }
inline float load_of_block(const float* own, int rank) { return *(const float*)shim->of_block(own, rank); }

inline float half_to_float(unsigned short h)
{
    unsigned exponent = h >> 10 & 31, fraction = h & 1023;
    float f = exponent == 31 ? (fraction ? NAN : INFINITY) : exponent ? ldexpf((float)(fraction | 1024), (int)exponent - 25) : ldexpf((float)fraction, -24);
    return h & 0x8000 ? -f : f;
}
// To nearest, ties to even, as cvt.rn; NaN as the device has it.
inline unsigned shim_half(float f)
{
    unsigned u = __float_as_uint(f), sign = u >> 16 & 0x8000, magnitude = u & 0x7fffffff;
    if (magnitude > 0x7f800000) return 0x7fff;
    if (magnitude >= 0x477ff000) return sign | 0x7c00;                                       // from 65520 on
    if (magnitude < 0x38800000) return sign | (unsigned)lrintf(fabsf(f) * 16777216.0f);      // below 2⁻¹⁴, in units of 2⁻²⁴
    return sign | ((magnitude + 0xfff + (magnitude >> 13 & 1) - 0x38000000) >> 13);
}
inline unsigned shim_bfloat(float f)
{
    unsigned u = __float_as_uint(f);
    return (u & 0x7fffffff) > 0x7f800000 ? 0x7fff : (u + 0x7fff + (u >> 16 & 1)) >> 16;
}
inline unsigned pack_half(float low, float high) { return shim_half(low) | shim_half(high) << 16; }
inline unsigned pack_bfloat(float low, float high) { return shim_bfloat(low) | shim_bfloat(high) << 16; }
