// dx, dγ and dβ where sets lie across memory and a tile of columns with all its rows of x and dy fits the shared memory of a block or of a cluster
// of blocks: both are read once, dx written once. Where they do not fit, columns_backward reads both twice.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES CLUSTER HELD (2) RELU
extern "C" __global__ void __launch_bounds__(BLOCK) columns_once_backward(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd,
    void* dx, const void* sum_gradient, void* dgamma, void* dbeta, float* dgamma_parts, float* dbeta_parts, float mean_moves, float variance_moves,
    long long rows, long long columns, long long block_rows, int tiles)
{
    DYNAMIC_SHARED(shared);
    TileWorkspace work = {(float*)shared, 0};
    HeldTile tile = held_tile(shared, rows, columns, block_rows, tiles);
    for (int k = 0; k < tile.rows; k++)
    {
        copy_async(tile.packets + 2 * k * BLOCK, at(x, tile.first + k * tile.step));
        copy_async(tile.packets + (2 * k + 1) * BLOCK, at(dy, tile.first + k * tile.step));
    }
    copies_end();
    ColumnStatistics s = {};
    if (tile.active)
    {
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            s.standard[i] = stored(mean, rest, rstd, tile.set + i);
            s.gamma[i] = parameter(gamma, 1, tile.column + i);
            s.beta[i] = parameter(beta, 0, tile.column + i);
        }
    }
    copies_landed<0>();

    float sums[2][VECTOR] = {}; // Σ dy and Σ dy x̂
#pragma unroll 2
    for (int k = 0; k < tile.rows; k++)
    {
        float v[VECTOR], d[VECTOR];
        unpack<ELEMENT, VECTOR>(tile.packets[2 * k * BLOCK], v);
        unpack<ELEMENT, VECTOR>(tile.packets[(2 * k + 1) * BLOCK], d);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float xhat = xhat_of(v[i], s.standard[i]), dyi = before_relu(d[i], xhat, s.gamma[i], s.beta[i]);
            sums[0][i] += dyi;
            sums[1][i] += dyi * xhat;
        }
    }
    tile_sum(sums, work);

    float count = (float)rows, mean_term[VECTOR], variance_term[VECTOR];
    ParameterSums to = {dgamma, dbeta, dgamma_parts, dbeta_parts};
#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        if (tile.speaks_for == i) to.put(tile.set + i, {sums[0][i], sums[1][i]});
        mean_term[i] = mean_moves * s.gamma[i] * sums[0][i] / count;
        variance_term[i] = variance_moves * s.gamma[i] * sums[1][i] / count;
    }
#pragma unroll 2
    for (int k = 0; k < tile.rows; k++)
    {
        float v[VECTOR], d[VECTOR], more[VECTOR] = {};
        long long element = tile.first + k * tile.step;
        unpack<ELEMENT, VECTOR>(tile.packets[2 * k * BLOCK], v);
        unpack<ELEMENT, VECTOR>(tile.packets[(2 * k + 1) * BLOCK], d);
        if (sum_gradient) unpack<ELEMENT, VECTOR>(load_once(at(sum_gradient, element)), more);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float xhat = xhat_of(v[i], s.standard[i]), dyi = before_relu(d[i], xhat, s.gamma[i], s.beta[i]);
            v[i] = s.standard[i].rstd * (s.gamma[i] * dyi - mean_term[i] - xhat * variance_term[i]) + more[i];
        }
        store(at(dx, element), pack<ELEMENT, VECTOR>(v));
    }
    cluster_end();
}
ENTRY(columns_once_backward)
