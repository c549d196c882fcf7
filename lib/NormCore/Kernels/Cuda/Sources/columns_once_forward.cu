// y = γ x̂ + β where sets lie across memory (BatchNorm of (N, C), channels last, Ghost) and a tile of columns with all its rows fits the shared
// memory of a block or of a cluster of blocks: x is read once, y written once. A tile is 32 or 64 bytes wide, which are whole sectors of memory.
// Where it does not fit, columns_forward reads x twice.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES CLUSTER HELD (1) CENTERED RESIDUAL RELU

// x, or x + residual, lies in shared memory once copies_landed.
FUNCTION void hold(const HeldTile& tile, const void* x, const void* residual, void* sum)
{
    if constexpr (RESIDUAL || sizeof(Elements) < 4)
        for (int first = 0; first < tile.rows; first += 4)
        {
            Elements four[4]; // under way together
#pragma unroll
            for (int k = 0; k < 4; k++)
                if (first + k < tile.rows) four[k] = load_input(x, residual, sum, tile.first + (first + k) * tile.step);
#pragma unroll
            for (int k = 0; k < 4; k++)
                if (first + k < tile.rows) tile.packets[(first + k) * BLOCK] = four[k];
        }
    else
    {
        for (int k = 0; k < tile.rows; k++) copy_async(tile.packets + k * BLOCK, at(x, tile.first + k * tile.step));
        copies_end();
    }
}

extern "C" __global__ void __launch_bounds__(BLOCK) columns_once_forward(
    const void* x, const void* residual, void* sum, void* y, const void* gamma, const void* beta,
    float* mean, float* rest, float* variance, float* rstd, float* running_mean, float* running_variance, float eps, float kept, float weight,
    long long rows, long long columns, long long block_rows, int tiles)
{
    DYNAMIC_SHARED(shared);
    TileWorkspace work = {(float*)shared, 0};
    HeldTile tile = held_tile(shared, rows, columns, block_rows, tiles);
    hold(tile, x, residual, sum);
    ColumnStatistics s = {};
    if (tile.active)
    {
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            s.gamma[i] = parameter(gamma, 1, tile.column + i);
            s.beta[i] = parameter(beta, 0, tile.column + i);
        }
    }
    copies_landed<0>();

    float count = (float)rows, center[1][VECTOR] = {}, deviations[2][VECTOR] = {}; // Σ (x − center) and Σ (x − center)²
#if CENTERED
#pragma unroll 4
    for (int k = 0; k < tile.rows; k++)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(tile.packets[k * BLOCK], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++) center[0][i] += v[i];
    }
    tile_sum(center, work);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) center[0][i] /= count;
#endif
#pragma unroll 4
    for (int k = 0; k < tile.rows; k++)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(tile.packets[k * BLOCK], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float d = v[i] - center[0][i];
            deviations[0][i] += d;
            deviations[1][i] += d * d;
        }
    }
    tile_sum(deviations, work);

#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        Moments m = {0, 0, deviations[1][i] / count, count};
        if (CENTERED) m = moments_of(center[0][i], {deviations[0][i], deviations[1][i]}, count);
        s.standard[i] = conclude(m, eps, {mean, rest, variance, rstd}, {running_mean, running_variance, kept, weight}, tile.set + i, tile.speaks_for == i);
    }
#pragma unroll 4
    for (int k = 0; k < tile.rows; k++)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(tile.packets[k * BLOCK], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            v[i] = affine_of(xhat_of(v[i], s.standard[i]), s.gamma[i], s.beta[i]);
            if (RELU) v[i] = relu(v[i]);
        }
        store(at(y, tile.first + k * tile.step), pack<ELEMENT, VECTOR>(v));
    }
    cluster_end();
}
ENTRY(columns_once_forward)
