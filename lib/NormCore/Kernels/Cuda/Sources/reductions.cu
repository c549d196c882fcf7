// Sums over threads in a fixed order, so that they have the same bits in every run. Two at a time, because most passes need two.
struct Pair { float a, b; };
FUNCTION Pair operator+(Pair x, Pair y) { return {x.a + y.a, x.b + y.b}; }

// Over groups of WIDTH neighbouring lanes; all of a warp take part, and each gets its group's sum.
template <int WIDTH> FUNCTION Pair warp_sum(Pair s)
{
#pragma unroll
    for (int step = WIDTH / 2; step > 0; step /= 2)
        s = s + Pair{__shfl_xor_sync(0xffffffffu, s.a, step), __shfl_xor_sync(0xffffffffu, s.b, step)};
    return s;
}

// Where warps, and blocks of a cluster, leave their sums: two sets of places take turns, so that one barrier per sum is enough.
// Whoever writes a place for the sum after next has passed the next sum's barrier, and so has everyone who reads it now.
constexpr int PLACES = 33;
constexpr int WORKSPACE_BYTES = 544; // 2 · PLACES pairs, and up to a packet's alignment
struct Workspace { Pair* places; int turn; };

template <int ACROSS> FUNCTION Pair block_sum(Pair s, Workspace& work)
{
    s = warp_sum<(ACROSS < 32 ? ACROSS : 32)>(s);
    if constexpr (ACROSS > 32)
    {
        constexpr int WARPS = ACROSS / 32;
        Pair* places = work.places + work.turn * PLACES;
        work.turn ^= 1;
        int lane = threadIdx.x % 32;
        if (lane == 0) places[threadIdx.x / 32] = s;
        __syncthreads();
        s = warp_sum<32>(lane < WARPS ? places[lane] : Pair{0, 0});
    }
    return s;
}

// Over all threads of all blocks of a cluster, ACROSS in each block; of the block where there is no cluster.
template <int ACROSS> FUNCTION Pair cluster_sum(Pair s, Workspace& work)
{
#if CLUSTER > 1
    static_assert(ACROSS > 32, "a block of a cluster has several warps");
    Pair* place = work.places + work.turn * PLACES + PLACES - 1;
    s = block_sum<ACROSS>(s, work);
    if (threadIdx.x == 0) *place = s;
    cluster_barrier();
    s = {0, 0};
#pragma unroll
    for (int rank = 0; rank < CLUSTER; rank++)
        s = s + Pair{load_of_block(&place->a, rank), load_of_block(&place->b, rank)};
    return s;
#else
    return block_sum<ACROSS>(s, work);
#endif
}

// A block's shared memory must last until no other block reads it.
FUNCTION void cluster_end()
{
#if CLUSTER > 1
    cluster_barrier();
#endif
}
