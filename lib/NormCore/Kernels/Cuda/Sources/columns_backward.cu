// The backward pass where sets lie across memory and columns_once_backward has no room for them. columns_sums reads x and dy once and leaves each
// chunk's Σ dy x̂ and Σ dy of each column; merge_columns adds up the chunks; columns_dx reads both again and writes dx. With BY_ROW the statistics
// belong to rows, not to columns: dγ and dβ of rows that are too long for rows_backward.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES BY_ROW RELU
FUNCTION void load_statistics(ColumnStatistics& to, const Tile& tile, const void* gamma, const void* beta, const float* mean, const float* rest,
                              const float* rstd, int groups, int run, int repeat)
{
#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        if (!BY_ROW) to.standard[i] = stored(mean, rest, rstd, set_of(tile, i, groups, run));
        to.gamma[i] = parameter(gamma, 1, (tile.column + i) / repeat);
        to.beta[i] = parameter(beta, 0, (tile.column + i) / repeat);
    }
}

// parts[chunk][2][outer · columns]: Σ dy x̂, Σ dy. One γ for each `repeat` columns, one statistic for each `run`.
extern "C" __global__ void __launch_bounds__(BLOCK) columns_sums(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd, float* parts,
    long long outer, long long rows, long long columns, long long chunk_rows, long long chunks, int tiles, int groups, int run, int repeat)
{
    DYNAMIC_SHARED(shared);
    Tile tile = tile_of(rows, chunk_rows, chunks, tiles);
    bool active = tile.column < columns;
    float dgamma[VECTOR] = {}, dbeta[VECTOR] = {};
    if (active)
    {
        ColumnStatistics s;
        load_statistics(s, tile, gamma, beta, mean, rest, rstd, groups, run, repeat);
        long long start = tile.outer * rows * columns + tile.column;
        for (long long first = tile.row; first < tile.last; first += 4 * ROW_LANES)
        {
            Elements xs[4], dys[4];
            Standard of_row[4];
#pragma unroll
            for (int k = 0; k < 4; k++)
            {
                long long row = first + k * ROW_LANES;
                if (row >= tile.last) continue;
                xs[k] = load_once(at(x, start + row * columns));
                dys[k] = load_once(at(dy, start + row * columns));
                if (BY_ROW) of_row[k] = stored(mean, rest, rstd, row * groups + tile.column / run);
            }
#pragma unroll
            for (int k = 0; k < 4; k++)
            {
                if (first + k * ROW_LANES >= tile.last) continue;
                float v[VECTOR], d[VECTOR];
                unpack<ELEMENT, VECTOR>(xs[k], v);
                unpack<ELEMENT, VECTOR>(dys[k], d);
#pragma unroll
                for (int i = 0; i < VECTOR; i++)
                {
                    float xhat = xhat_of(v[i], BY_ROW ? of_row[k] : s.standard[i]);
                    float dyi = before_relu(d[i], xhat, s.gamma[i], s.beta[i]);
                    dgamma[i] += dyi * xhat;
                    dbeta[i] += dyi;
                }
            }
        }
    }
    column_sum(dgamma, (float*)shared);
    column_sum(dbeta, (float*)shared);
    if (!active || threadIdx.x >= LANES) return;
    long long all = outer * columns;
    float* to = parts + tile.chunk * 2 * all + tile.outer * columns + tile.column;
#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        to[i] = dgamma[i];
        to[all + i] = dbeta[i];
    }
}
ENTRY(columns_sums)

#if !BY_ROW
// From Σ dy and Σ dy x̂ of each set, those of all replicas where batch norm is synchronized.
extern "C" __global__ void __launch_bounds__(BLOCK) columns_dx(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd,
    void* dx, const void* sum_gradient, const float* sum_dy, const float* sum_dy_xhat, float mean_moves, float variance_moves, float count,
    long long rows, long long columns, long long chunk_rows, long long chunks, int tiles, int groups, int run)
{
    Tile tile = tile_of(rows, chunk_rows, chunks, tiles);
    if (tile.column >= columns) return;
    ColumnStatistics s;
    load_statistics(s, tile, gamma, beta, mean, rest, rstd, groups, run, run);
    float mean_term[VECTOR], variance_term[VECTOR];
#pragma unroll
    for (int i = 0; i < VECTOR; i++)
    {
        long long set = set_of(tile, i, groups, run);
        mean_term[i] = mean_moves * s.gamma[i] * value_or(sum_dy, set, 0) / count;
        variance_term[i] = variance_moves * s.gamma[i] * value_or(sum_dy_xhat, set, 0) / count;
    }
    long long start = tile.outer * rows * columns + tile.column;
    for (long long first = tile.row; first < tile.last; first += 2 * ROW_LANES)
    {
        Elements xs[2], dys[2];
#pragma unroll
        for (int k = 0; k < 2; k++)
        {
            long long row = first + k * ROW_LANES;
            if (row >= tile.last) continue;
            xs[k] = load_once(at(x, start + row * columns));
            dys[k] = load_once(at(dy, start + row * columns));
        }
#pragma unroll
        for (int k = 0; k < 2; k++)
        {
            long long row = first + k * ROW_LANES;
            if (row >= tile.last) continue;
            float v[VECTOR], d[VECTOR], more[VECTOR] = {};
            unpack<ELEMENT, VECTOR>(xs[k], v);
            unpack<ELEMENT, VECTOR>(dys[k], d);
            if (sum_gradient) unpack<ELEMENT, VECTOR>(load_once(at(sum_gradient, start + row * columns)), more);
#pragma unroll
            for (int i = 0; i < VECTOR; i++)
            {
                float xhat = xhat_of(v[i], s.standard[i]), dyi = before_relu(d[i], xhat, s.gamma[i], s.beta[i]);
                v[i] = s.standard[i].rstd * (s.gamma[i] * dyi - mean_term[i] - xhat * variance_term[i]) + more[i];
            }
            store(at(dx, start + row * columns), pack<ELEMENT, VECTOR>(v));
        }
    }
}
ENTRY(columns_dx)
#endif
