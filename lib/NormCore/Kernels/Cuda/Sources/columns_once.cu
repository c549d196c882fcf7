// Tiles of columns that stay on the chip: all rows of LANES packets of columns lie in the shared memory of a block, or of a cluster whose blocks
// share the rows. Rows are dealt out to threads as in columns.cu, and a thread reads back only what it has put there itself: shared memory is a
// larger register file here, and needs no barrier. HELD tensors lie side by side in it.
#ifdef HELD
constexpr int WIDTH = LANES * VECTOR, WARPS = BLOCK / 32;
static_assert(LANES <= 32 && VECTOR <= ROW_LANES, "a warp has all columns of the tile, and each column has a thread that writes for it");
// Two sums of each column, of each warp, of the block (two sets of places that take turns) and of the cluster.
constexpr int TILE_PLACES_BYTES = ((WARPS + 3) * 2 * WIDTH * 4 + 15) / 16 * 16;

struct HeldTile
{
    Elements* packets;     // this thread's in shared memory; the one of its row k and tensor h is packets[(k · HELD + h) · BLOCK]
    long long first, step; // the element of its first row, and how far the next row's is
    int rows;              // how many it has; none where its columns lie past the end
    long long column, set; // its first column, and the place of that one's statistics
    bool active;           // whether its columns exist
    int speaks_for;        // for which of its columns it writes what belongs to that one, if for any: each thread for one, so that none waits twice
};

// Tiles side by side in memory are neighbours in the grid.
FUNCTION HeldTile held_tile(void* shared, long long rows, long long columns, long long block_rows, int tiles)
{
    int lane = threadIdx.x % LANES, row_lane = threadIdx.x / LANES, rank = blockIdx.x % CLUSTER;
    long long tile = blockIdx.x / CLUSTER, outer = tile / tiles;
    long long column = ((tile - outer * tiles) * LANES + lane) * VECTOR;
    long long first = rank * block_rows, last = first + block_rows < rows ? first + block_rows : rows;
    bool active = column < columns;
    first += row_lane;
    int own = active && first < last ? (int)((last - first + ROW_LANES - 1) / ROW_LANES) : 0;
    return {(Elements*)((char*)shared + TILE_PLACES_BYTES) + threadIdx.x, (outer * rows + first) * columns + column, ROW_LANES * columns, own,
            column, outer * columns + column, active, active && rank == 0 ? row_lane : -1};
}

struct TileWorkspace { float* places; int turn; };

// N sums of each column over all rows, in the order of warps and then of blocks; all threads of a column get them. The block's sums take turns
// between two places: whoever writes one again has passed the next sum's barrier, and so have all blocks that read it.
template <int N> FUNCTION void tile_sum(float (&values)[N][VECTOR], TileWorkspace& work)
{
    constexpr int ALL = N * WIDTH;
    float *of_block = work.places + (WARPS + work.turn) * 2 * WIDTH, *of_warp = work.places + threadIdx.x / 32 * ALL;
    int lane = threadIdx.x % 32, column = lane % LANES * VECTOR;
    work.turn ^= 1;
#pragma unroll
    for (int n = 0; n < N; n++)
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
#pragma unroll
            for (int step = LANES; step < 32; step *= 2) values[n][i] += __shfl_xor_sync(0xffffffffu, values[n][i], step);
            if (lane < LANES) of_warp[n * WIDTH + column + i] = values[n][i];
        }
    __syncthreads();
    for (int c = threadIdx.x; c < ALL; c += BLOCK)
    {
        float sum = 0;
        for (int warp = 0; warp < WARPS; warp++) sum += work.places[warp * ALL + c];
        of_block[c] = sum;
    }
#if CLUSTER > 1
    cluster_barrier();
    float* of_cluster = work.places + (WARPS + 2) * 2 * WIDTH;
    for (int c = threadIdx.x; c < ALL; c += BLOCK)
    {
        float sum = 0;
#pragma unroll
        for (int rank = 0; rank < CLUSTER; rank++) sum += load_of_block(of_block + c, rank);
        of_cluster[c] = sum;
    }
    of_block = of_cluster;
#endif
    __syncthreads();
#pragma unroll
    for (int n = 0; n < N; n++)
#pragma unroll
        for (int i = 0; i < VECTOR; i++) values[n][i] = of_block[n * WIDTH + column + i];
}
#endif
