// Sets that lie across memory: x[outer][rows][columns], one statistic for each `run` neighbouring columns (1 in channels-last order).
// A block takes a tile of LANES packets of columns and a chunk of rows; its ROW_LANES rows of threads take the rows in turn. A thread
// keeps its columns, so that what belongs to a column is loaded once, and a warp reads memory in one piece.
#ifdef LANES
constexpr int ROW_LANES = BLOCK / LANES;

struct Tile
{
    long long outer, chunk;
    long long column;    // this thread's first; may lie past the end
    long long row, last; // this thread's first row, and the end of the chunk's
    long long rows;      // of the chunk
};

// Tiles side by side in memory are neighbours in the grid.
FUNCTION Tile tile_of(long long rows, long long chunk_rows, long long chunks, int tiles)
{
    int lane = threadIdx.x % LANES, row_lane = threadIdx.x / LANES;
    long long block = blockIdx.x, outer_chunk = block / tiles;
    long long outer = outer_chunk / chunks, chunk = outer_chunk - outer * chunks;
    long long first = chunk * chunk_rows, last = first + chunk_rows < rows ? first + chunk_rows : rows;
    return {outer, chunk, ((block - outer_chunk * tiles) * LANES + lane) * VECTOR, first + row_lane, last, last - first};
}

// Each column's sum over the rows of threads, in their order; all threads of a column get it.
FUNCTION void column_sum(float* values, float* shared)
{
    constexpr int WIDTH = LANES * VECTOR;
    int lane = threadIdx.x % LANES, row_lane = threadIdx.x / LANES;
    __syncthreads();
#pragma unroll
    for (int i = 0; i < VECTOR; i++) shared[row_lane * WIDTH + lane * VECTOR + i] = values[i];
    __syncthreads();
    for (int c = threadIdx.x; c < WIDTH; c += BLOCK)
    {
        float sum = 0;
        for (int q = 0; q < ROW_LANES; q++) sum += shared[q * WIDTH + c];
        shared[c] = sum;
    }
    __syncthreads();
#pragma unroll
    for (int i = 0; i < VECTOR; i++) values[i] = shared[lane * VECTOR + i];
}

// What belongs to the VECTOR columns of a thread. BY_ROW: the statistics belong to rows instead, each of `groups` sets of neighbouring columns.
struct ColumnStatistics
{
    Standard standard[VECTOR];
    float gamma[VECTOR], beta[VECTOR];
};

FUNCTION long long set_of(const Tile& tile, int i, int groups, int run) { return tile.outer * groups + (tile.column + i) / run; }
#endif
