// y = γ x̂ + β of rows: sets that are contiguous and fit the registers of the THREADS threads that share one (LayerNorm, RMSNorm, short groups).
// Memory: x is read once, y written once; γ and β come from the caches. Between the passes over a row, its VECTORS packets per thread stay in
// registers as they came. A block has BLOCK / THREADS rows: several only where a row takes a warp or less, so that no row waits for another.
// Macros: ELEMENT PARAMETER VECTOR THREADS BLOCK VECTORS CENTERED RESIDUAL RELU
extern "C" __global__ void __launch_bounds__(BLOCK) rows_forward(
    const void* x, const void* residual, void* sum, void* y, const void* gamma, const void* beta,
    float* mean, float* rest, float* variance, float* rstd, float* running_mean, float* running_variance,
    float eps, float kept, float weight, long long rows, int length, int run, int groups)
{
    DYNAMIC_SHARED(shared);
    Workspace work = {(Pair*)shared, 0};
    int lane = threadIdx.x % THREADS;
    long long row = (long long)blockIdx.x * (BLOCK / THREADS) + threadIdx.x / THREADS;
    bool is_row = row < rows; // the others only take part in sums
    long long start = row * length;

    Elements held[VECTORS];
#pragma unroll
    for (int k = 0; k < VECTORS; k++)
    {
        int position = (k * THREADS + lane) * VECTOR;
        held[k] = is_row && position < length ? load_input(x, residual, sum, start + position) : no_elements();
    }

    Pair s = {0, 0};
#pragma unroll
    for (int k = 0; k < VECTORS; k++)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(held[k], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++) s.a += CENTERED ? v[i] : v[i] * v[i];
    }
    s = block_sum<THREADS>(s, work);
    Moments m = {0, 0, s.a / length, (float)length};
#if CENTERED
    float center = s.a / length;
    s = {0, 0};
#pragma unroll
    for (int k = 0; k < VECTORS; k++)
    {
        if ((k * THREADS + lane) * VECTOR >= length) continue;
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(held[k], v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float d = v[i] - center;
            s.a += d;
            s.b += d * d;
        }
    }
    m = moments_of(center, block_sum<THREADS>(s, work), (float)length);
#endif
    if (!is_row) return;
    Standard standard = conclude(m, eps, {mean, rest, variance, rstd}, {running_mean, running_variance, kept, weight}, row, lane == 0);

    long long first = row % groups * (length / run);
#pragma unroll
    for (int k = 0; k < VECTORS; k++)
    {
        int position = (k * THREADS + lane) * VECTOR;
        if (position >= length) continue;
        float v[VECTOR], g[VECTOR], b[VECTOR];
        unpack<ELEMENT, VECTOR>(held[k], v);
        parameters(gamma, 1, first, position, run, g);
        parameters(beta, 0, first, position, run, b);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            v[i] = affine_of(xhat_of(v[i], standard), g[i], b[i]);
            if (RELU) v[i] = relu(v[i]);
        }
        store(at(y, start + position), pack<ELEMENT, VECTOR>(v));
    }
}
ENTRY(rows_forward)
