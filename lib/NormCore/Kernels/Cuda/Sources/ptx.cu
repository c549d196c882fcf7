// What CUDA C++ has no word for without headers, in PTX. The shim that lets a compiler for CPUs read these sources brings its own.
typedef unsigned short word16;
typedef unsigned int word32;
typedef unsigned long long word64;

// What one load or store moves: 2, 4, 8 or 16 bytes.
template <int BYTES> struct alignas(BYTES) Packet { word32 words[BYTES / 4]; };
template <> struct alignas(2) Packet<2> { word16 words[1]; };

#ifndef CPU_SHIM
#define ENTRY(name)
#define DYNAMIC_SHARED(name) extern __shared__ Packet<16> name[]
#define FUNCTION __device__ __forceinline__

// x is read once and would only push γ and β out of the first cache.
FUNCTION Packet<16> load_once(const Packet<16>* from)
{
    Packet<16> p;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0, %1, %2, %3}, [%4];"
                 : "=r"(p.words[0]), "=r"(p.words[1]), "=r"(p.words[2]), "=r"(p.words[3]) : "l"(from));
    return p;
}
FUNCTION Packet<8> load_once(const Packet<8>* from)
{
    Packet<8> p;
    asm volatile("ld.global.nc.L1::no_allocate.v2.u32 {%0, %1}, [%2];" : "=r"(p.words[0]), "=r"(p.words[1]) : "l"(from));
    return p;
}
// Narrower ones do want the first cache: their neighbours come next.
FUNCTION Packet<4> load_once(const Packet<4>* from) { return *from; }
FUNCTION Packet<2> load_once(const Packet<2>* from) { return *from; }

FUNCTION void store(Packet<16>* to, const Packet<16>& p)
{
    asm volatile("st.global.v4.u32 [%0], {%1, %2, %3, %4};"
                 :: "l"(to), "r"(p.words[0]), "r"(p.words[1]), "r"(p.words[2]), "r"(p.words[3]) : "memory");
}
FUNCTION void store(Packet<8>* to, const Packet<8>& p)
{
    asm volatile("st.global.v2.u32 [%0], {%1, %2};" :: "l"(to), "r"(p.words[0]), "r"(p.words[1]) : "memory");
}
FUNCTION void store(Packet<4>* to, const Packet<4>& p) { *to = p; }
FUNCTION void store(Packet<2>* to, const Packet<2>& p) { *to = p; }

FUNCTION float half_to_float(word16 h)
{
    float f;
    asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h));
    return f;
}
FUNCTION word32 pack_half(float low, float high)
{
    word32 r;
    asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(r) : "f"(high), "f"(low));
    return r;
}
FUNCTION word32 pack_bfloat(float low, float high)
{
    word32 r;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(r) : "f"(high), "f"(low));
    return r;
}

FUNCTION word32 shared_address(const void* shared)
{
    word64 address;
    asm("cvta.to.shared.u64 %0, %1;" : "=l"(address) : "l"(shared));
    return (word32)address;
}
// From global to shared memory past the registers; there after copies_landed. Two bytes are too few for it.
FUNCTION void copy_async(Packet<16>* to, const Packet<16>* from)
{
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" :: "r"(shared_address(to)), "l"(from) : "memory");
}
FUNCTION void copy_async(Packet<8>* to, const Packet<8>* from)
{
    asm volatile("cp.async.ca.shared.global [%0], [%1], 8;" :: "r"(shared_address(to)), "l"(from) : "memory");
}
FUNCTION void copy_async(Packet<4>* to, const Packet<4>* from)
{
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4;" :: "r"(shared_address(to)), "l"(from) : "memory");
}
FUNCTION void copy_async(Packet<2>* to, const Packet<2>* from) { *to = *from; }
FUNCTION void copies_end() { asm volatile("cp.async.commit_group;" ::: "memory"); }
// All groups but the LATER last ones of this thread.
template <int LATER> FUNCTION void copies_landed() { asm volatile("cp.async.wait_group %0;" :: "n"(LATER) : "memory"); }

#if CLUSTER > 1
// Arriving releases and waiting acquires unless told otherwise; CUDA 11.8 has no words for that yet.
FUNCTION void cluster_barrier()
{
    asm volatile("barrier.cluster.arrive.aligned;\n\tbarrier.cluster.wait.aligned;" ::: "memory");
}
// The same place in the shared memory of another block of the cluster.
FUNCTION float load_of_block(const float* own, int rank)
{
    float value;
    asm volatile("{ .reg .u32 there; mapa.shared::cluster.u32 there, %1, %2; ld.shared::cluster.f32 %0, [there]; }"
                 : "=f"(value) : "r"(shared_address(own)), "r"(rank) : "memory");
    return value;
}
#endif
#endif
