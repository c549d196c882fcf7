// What blocks left in parts, merged in the order of the parts. Small: a thousandth of what the kernels before read.
// Macros: PARAMETER BLOCK

// The moments of each set from parts[part][4][sets · run] (mean, rest, Σ of squared deviations, count) by Chan's formula, in double: the means
// of two parts differ in digits that float32 does not have. A warp per set; its lanes' results are merged as a tree.
struct WideMoments { double mean, squares, count; };

FUNCTION WideMoments merged(WideMoments a, WideMoments b)
{
    if (b.count == 0) return a;
    if (a.count == 0) return b;
    double count = a.count + b.count, delta = b.mean - a.mean;
    return {(a.mean * a.count + b.mean * b.count) / count, a.squares + b.squares + delta * delta * (a.count * b.count / count), count};
}

extern "C" __global__ void __launch_bounds__(BLOCK) merge_moments(
    const float* parts, long long parts_count, long long sets, int run,
    float* mean, float* rest, float* variance, float* running_mean, float* running_variance, float kept, float weight)
{
    DYNAMIC_SHARED(shared);
    WideMoments* exchange = (WideMoments*)shared + threadIdx.x;
    int lane = threadIdx.x % 32;
    long long set = (long long)blockIdx.x * (BLOCK / 32) + threadIdx.x / 32, all = sets * run;
    WideMoments m = {0, 0, 0};
    if (set < sets)
        for (long long entry = lane; entry < parts_count * run; entry += 32)
        {
            long long part = entry / run;
            const float* from = parts + part * 4 * all + set * run + (entry - part * run);
            m = merged(m, {(double)from[0] + from[all], from[2 * all], from[3 * all]});
        }
    *exchange = m;
    for (int step = 16; step > 0; step /= 2)
    {
        __syncthreads();
        if (lane < step) *exchange = merged(*exchange, exchange[step]);
    }
    if (set >= sets || lane > 0) return;
    m = *exchange;
    float nearest = (float)m.mean, spread = (float)(m.squares / m.count);
    keep(mean, set, nearest);
    keep(rest, set, nearest - nearest == 0 ? (float)(m.mean - nearest) : 0);
    keep(variance, set, spread);
    update({running_mean, running_variance, kept, weight}, set, nearest, spread, (float)m.count);
}
ENTRY(merge_moments)

// dγ and dβ, or other sums: out[c] = Σ over parts and over `run` neighbours of parts[part][stride], where column c has its neighbours at c · run.
// Two at once, of the type PARAMETER; each may be null. A warp's lanes are columns, the warps of a block share the parts.
extern "C" __global__ void __launch_bounds__(BLOCK) merge_columns(
    const float* parts_a, const float* parts_b, void* out_a, void* out_b, long long parts_count, long long stride, long long columns, int run)
{
    DYNAMIC_SHARED(shared);
    constexpr int WARPS = BLOCK / 32;
    Pair* exchange = (Pair*)shared;
    long long column = (long long)blockIdx.x * 32 + threadIdx.x % 32;
    int warp = threadIdx.x / 32;
    Pair s = {0, 0};
    if (column < columns)
        for (long long part = warp; part < parts_count; part += WARPS)
            for (int j = 0; j < run; j++)
            {
                long long index = part * stride + column * run + j;
                s = s + Pair{out_a ? parts_a[index] : 0, out_b ? parts_b[index] : 0};
            }
    exchange[threadIdx.x] = s;
    __syncthreads();
    if (warp > 0 || column >= columns) return;
    for (int other = 1; other < WARPS; other++) s = s + exchange[other * 32 + threadIdx.x];
    if (out_a) write<PARAMETER, 1>(out_a, column, &s.a);
    if (out_b) write<PARAMETER, 1>(out_b, column, &s.b);
}
ENTRY(merge_columns)
