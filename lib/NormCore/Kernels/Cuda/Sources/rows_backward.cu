// dx of rows, and each block's part of dγ and dβ.
// Memory: x and dy are read once, dx written once. A block stays for many rows; while it works on one, the next is copied to shared memory
// (STAGES 2), since with one block per multiprocessor nothing else would keep memory busy. A thread reads only the packets that it copied
// itself, so these need no barrier. What a row adds to dγ and dβ stays in registers until the block's last row, then goes to
// parts[part][2][groups · length], which merge_columns adds up in the order of the parts: no atomics, the same bits in every run.
// A cluster splits rows that are too long for the registers of one block.
// Macros: ELEMENT PARAMETER VECTOR THREADS BLOCK VECTORS STAGES CLUSTER RELU
constexpr int ROWS = BLOCK / THREADS; // at a time; several only where a row takes a warp or less
constexpr int SLICE = THREADS * VECTORS * VECTOR;

extern "C" __global__ void __launch_bounds__(BLOCK) rows_backward(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd,
    void* dx, const void* sum_gradient, float* parts, float mean_moves, float variance_moves,
    long long outer, int length, int run, int groups, int parts_count)
{
    DYNAMIC_SHARED(shared);
    Workspace work = {(Pair*)shared, 0};
    Elements* held = (Elements*)((char*)shared + WORKSPACE_BYTES) + threadIdx.x;
    int lane = threadIdx.x % THREADS, row = threadIdx.x / THREADS;
    int begin = blockIdx.x % CLUSTER * SLICE;
    int group = blockIdx.x / CLUSTER % groups, part = blockIdx.x / CLUSTER / groups;
    long long first = (long long)group * (length / run);
    long long step = (long long)parts_count * ROWS;

    auto start = [&](long long o) { return (o * groups + group) * length; };
    auto position = [&](int k) { return begin + (k * THREADS + lane) * VECTOR; };
    auto slot = [&](int stage, int k) { return held + (stage * VECTORS + k) * 2 * BLOCK; };
    auto copy = [&](long long o, int stage) -> Standard
    {
        Standard standard = {0, 0, 0};
        if (o < outer)
        {
#pragma unroll
            for (int k = 0; k < VECTORS; k++)
            {
                if (position(k) >= length) continue;
                copy_async(slot(stage, k), at(x, start(o) + position(k)));
                copy_async(slot(stage, k) + BLOCK, at(dy, start(o) + position(k)));
            }
            standard = stored(mean, rest, rstd, o * groups + group);
        }
        copies_end();
        return standard;
    };

    float dgamma[VECTORS][VECTOR] = {}, dbeta[VECTORS][VECTOR] = {};
    long long o = (long long)part * ROWS + row;
    Standard next = copy(o, 0);
    int stage = 0;
    for (long long turn = (long long)part * ROWS; turn < outer; turn += step, o += step)
    {
        Standard standard = next;
        if (STAGES == 2) next = copy(o + step, stage ^ 1);
        copies_landed<STAGES - 1>();

        Pair s = {0, 0};
        if (o < outer)
        {
#pragma unroll
            for (int k = 0; k < VECTORS; k++)
            {
                if (position(k) >= length) continue;
                float v[VECTOR], d[VECTOR], g[VECTOR], b[VECTOR];
                unpack<ELEMENT, VECTOR>(*slot(stage, k), v);
                unpack<ELEMENT, VECTOR>(slot(stage, k)[BLOCK], d);
                parameters(gamma, 1, first, position(k), run, g);
                if (RELU) parameters(beta, 0, first, position(k), run, b);
#pragma unroll
                for (int i = 0; i < VECTOR; i++)
                {
                    float xhat = xhat_of(v[i], standard), dyi = before_relu(d[i], xhat, g[i], b[i]);
                    dgamma[k][i] += dyi * xhat;
                    dbeta[k][i] += dyi;
                    s.a += g[i] * dyi;
                    s.b += g[i] * dyi * xhat;
                }
            }
        }
        s = cluster_sum<THREADS>(s, work);
        float mean_term = mean_moves * s.a / length, variance_term = variance_moves * s.b / length;

        if (dx && o < outer)
        {
#pragma unroll
            for (int k = 0; k < VECTORS; k++)
            {
                if (position(k) >= length) continue;
                float v[VECTOR], d[VECTOR], g[VECTOR], b[VECTOR], more[VECTOR] = {};
                unpack<ELEMENT, VECTOR>(*slot(stage, k), v);
                unpack<ELEMENT, VECTOR>(slot(stage, k)[BLOCK], d);
                parameters(gamma, 1, first, position(k), run, g);
                if (RELU) parameters(beta, 0, first, position(k), run, b);
                if (sum_gradient) unpack<ELEMENT, VECTOR>(load_once(at(sum_gradient, start(o) + position(k))), more);
#pragma unroll
                for (int i = 0; i < VECTOR; i++)
                {
                    float xhat = xhat_of(v[i], standard), dyi = before_relu(d[i], xhat, g[i], b[i]);
                    v[i] = standard.rstd * (g[i] * dyi - mean_term - xhat * variance_term) + more[i];
                }
                store(at(dx, start(o) + position(k)), pack<ELEMENT, VECTOR>(v));
            }
        }
        if (STAGES == 2) stage ^= 1;
        else next = copy(o + step, 0);
    }
    copies_landed<0>();

    if (!parts) { cluster_end(); return; }
    long long columns = (long long)groups * length;
    float* to = parts + (long long)part * 2 * columns + (long long)group * length;
#pragma unroll
    for (int which = 0; which < 2; which++)
    {
        auto& own = which == 0 ? dgamma : dbeta;
        if constexpr (ROWS == 1)
        {
#pragma unroll
            for (int k = 0; k < VECTORS; k++)
                if (position(k) < length) write<0, VECTOR>(to + which * columns, position(k), own[k]);
        }
        else
        {
            float* exchange = (float*)((char*)shared + WORKSPACE_BYTES);
            __syncthreads();
#pragma unroll
            for (int k = 0; k < VECTORS; k++)
#pragma unroll
                for (int i = 0; i < VECTOR; i++) exchange[row * SLICE + position(k) + i] = own[k][i];
            __syncthreads();
            for (int c = threadIdx.x; c < length; c += BLOCK)
            {
                float total = 0;
                for (int r = 0; r < ROWS; r++) total += exchange[r * SLICE + c];
                to[which * columns + c] = total;
            }
        }
    }
    cluster_end();
}
ENTRY(rows_backward)
