// y = γ x̂ + β where sets lie across memory (BatchNorm of (N, C), channels last, runs too short for runs_forward) and columns_once_forward has no
// room for them, or statistics come from elsewhere.
// Memory: columns_moments reads x once and keeps ROWS packets per thread in registers for two passes over each chunk; merge_moments merges the
// chunks; columns_apply reads x again and writes y. Up to the size of the second cache (50 MB) the second read costs no trip to memory.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES ROWS CENTERED RESIDUAL RELU
// parts[chunk][4][outer · columns]: mean, rest, Σ of squared deviations, count.
extern "C" __global__ void __launch_bounds__(BLOCK) columns_moments(
    const void* x, const void* residual, void* sum, float* parts, long long outer, long long rows, long long columns,
    long long chunk_rows, long long chunks, int tiles)
{
    DYNAMIC_SHARED(shared);
    Tile tile = tile_of(rows, chunk_rows, chunks, tiles);
    bool active = tile.column < columns;
    long long start = tile.outer * rows * columns + tile.column;

    Elements held[ROWS];
#pragma unroll
    for (int k = 0; k < ROWS; k++)
    {
        long long row = tile.row + k * ROW_LANES;
        held[k] = active && row < tile.last ? load_input(x, residual, sum, start + row * columns) : no_elements();
    }
    float center[VECTOR] = {}, squares[VECTOR] = {};
#pragma unroll
    for (int k = 0; k < ROWS; k++)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(held[k], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
            if (CENTERED) center[i] += v[i];
            else squares[i] += v[i] * v[i];
    }
    float count = (float)tile.rows, lacks[VECTOR] = {};
#if CENTERED
    column_sum(center, (float*)shared);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) center[i] /= count;
#pragma unroll
    for (int k = 0; k < ROWS; k++)
    {
        if (tile.row + k * ROW_LANES >= tile.last) continue;
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(held[k], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float d = v[i] - center[i];
            lacks[i] += d;
            squares[i] += d * d;
        }
    }
    column_sum(lacks, (float*)shared);
#endif
    column_sum(squares, (float*)shared);
    if (!active || threadIdx.x >= LANES) return;
    long long all = outer * columns;
    float* to = parts + tile.chunk * 4 * all + tile.outer * columns + tile.column;
#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        Moments m = moments_of(center[i], {lacks[i], squares[i]}, count);
        to[i] = m.mean;
        to[all + i] = m.rest;
        to[2 * all + i] = m.variance * count;
        to[3 * all + i] = count;
    }
}
ENTRY(columns_moments)

extern "C" __global__ void __launch_bounds__(BLOCK) columns_apply(
    const void* x, const void* residual, void* sum, void* y, const void* gamma, const void* beta,
    const float* mean, const float* rest, const float* variance, float* rstd, float eps,
    long long rows, long long columns, long long chunk_rows, long long chunks, int tiles, int groups, int run)
{
    Tile tile = tile_of(rows, chunk_rows, chunks, tiles);
    if (tile.column >= columns) return;
    ColumnStatistics at_column;
#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        long long set = set_of(tile, i, groups, run);
        float r = rstd_of(variance[set], eps);
        // The first column of a set writes for it.
        if (tile.chunk == 0 && threadIdx.x < LANES && (tile.column + i) % run == 0) keep(rstd, set, r);
        at_column.standard[i] = standard_of(value_or(mean, set, 0), value_or(rest, set, 0), r);
        at_column.gamma[i] = parameter(gamma, 1, (tile.column + i) / run);
        at_column.beta[i] = parameter(beta, 0, (tile.column + i) / run);
    }
    long long start = tile.outer * rows * columns + tile.column;
    for (long long first = tile.row; first < tile.last; first += 4 * ROW_LANES)
    {
        Elements packets[4];
#pragma unroll
        for (int k = 0; k < 4; k++)
        {
            long long row = first + k * ROW_LANES;
            if (row < tile.last) packets[k] = load_input(x, residual, sum, start + row * columns);
        }
#pragma unroll
        for (int k = 0; k < 4; k++)
        {
            long long row = first + k * ROW_LANES;
            if (row >= tile.last) continue;
            float v[VECTOR];
            unpack<ELEMENT, VECTOR>(packets[k], v);
#pragma unroll
            for (int i = 0; i < VECTOR; i++)
            {
                v[i] = affine_of(xhat_of(v[i], at_column.standard[i]), at_column.gamma[i], at_column.beta[i]);
                if (RELU) v[i] = relu(v[i]);
            }
            store(at(y, start + row * columns), pack<ELEMENT, VECTOR>(v));
        }
    }
}
ENTRY(columns_apply)
