// y = γ x̂ + β of sets made of runs (BatchNorm of NCHW, GroupNorm, InstanceNorm, long rows), where a set fits the shared memory of a block
// or of a cluster of blocks: x is read once, y written once. Where it does not fit, runs_moments measures the chunks of a set that do, for
// merge_moments to merge and runs_apply to use: x is read twice.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES CLUSTER CENTERED RESIDUAL RELU GAMMA
FUNCTION void hold(const Runs& r, Elements* held, const void* x, const void* residual, void* sum)
{
    if constexpr (RESIDUAL || sizeof(Elements) < 4)
        for_each<4>(r, [&](const Place& p) { return load_input(x, residual, sum, p.element); },
                    [&](const Place& p, const Elements& value) { held[p.slot * BLOCK] = value; });
    else
    {
        for_each<4>(r, [&](const Place& p) { copy_async(held + p.slot * BLOCK, at(x, p.element)); return 0; }, [](const Place&, int) {});
        copies_end();
        copies_landed<0>();
    }
}

// The moments of all that the cluster holds; every thread gets them.
FUNCTION Moments measure(const Runs& r, const Elements* held, Workspace& work)
{
    Pair s = {0, 0};
    auto load = [&](const Place& p) { return held[p.slot * BLOCK]; };
    for_each<4>(r, load, [&](const Place&, const Elements& packet)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(packet, v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++) s.a += CENTERED ? v[i] : v[i] * v[i];
        s.b += VECTOR;
    });
    s = cluster_sum<BLOCK>(s, work);
    float count = s.b;
#if CENTERED
    float center = s.a / count;
    s = {0, 0};
    for_each<4>(r, load, [&](const Place&, const Elements& packet)
    {
        float v[VECTOR];
        unpack<ELEMENT, VECTOR>(packet, v);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float d = v[i] - center;
            s.a += d;
            s.b += d * d;
        }
    });
    return moments_of(center, cluster_sum<BLOCK>(s, work), count);
#else
    return {0, 0, s.a / count, count};
#endif
}

extern "C" __global__ void __launch_bounds__(BLOCK) runs_forward(
    const void* x, const void* residual, void* sum, void* y, const void* gamma, const void* beta,
    float* mean, float* rest, float* variance, float* rstd, float* running_mean, float* running_variance, float eps, float kept, float weight,
    int groups, long long outer_stride, long long group_stride, long long unit_stride, long long run, long long segment,
    int segments, int units, int pieces_per_block, int repeat)
{
    DYNAMIC_SHARED(shared);
    Workspace work = {(Pair*)shared, 0};
    Elements* held = (Elements*)((char*)shared + WORKSPACE_BYTES) + threadIdx.x;
    long long set = blockIdx.x / CLUSTER;
    int rank = blockIdx.x % CLUSTER;
    Runs r = runs_of(set, groups, outer_stride, group_stride, unit_stride, run, segment, segments, units, rank, pieces_per_block);

    hold(r, held, x, residual, sum);
    Moments m = measure(r, held, work);
    Standard standard = conclude(m, eps, {mean, rest, variance, rstd}, {running_mean, running_variance, kept, weight},
                                 set, rank == 0 && threadIdx.x == 0);

    Parameters affine = parameters_of(gamma, beta, set % groups, units, run, repeat);
    for_each<1>(r, [&](const Place& p) { return held[p.slot * BLOCK]; }, [&](const Place& p, const Elements& packet)
    {
        float v[VECTOR], g[VECTOR], b[VECTOR];
        unpack<ELEMENT, VECTOR>(packet, v);
        affine.at(p, g, b);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            v[i] = affine_of(xhat_of(v[i], standard), g[i], b[i]);
            if (RELU) v[i] = relu(v[i]);
        }
        store(at(y, p.element), pack<ELEMENT, VECTOR>(v));
    });
    cluster_end();
}
ENTRY(runs_forward)

// parts[chunk][4][sets]: mean, rest, Σ of squared deviations, count.
extern "C" __global__ void __launch_bounds__(BLOCK) runs_moments(
    const void* x, const void* residual, void* sum, float* parts, long long sets,
    int groups, long long outer_stride, long long group_stride, long long unit_stride, long long run, long long segment,
    int segments, int units, int pieces_per_block)
{
    DYNAMIC_SHARED(shared);
    Workspace work = {(Pair*)shared, 0};
    Elements* held = (Elements*)((char*)shared + WORKSPACE_BYTES) + threadIdx.x;
    long long set = blockIdx.x % sets, chunk = blockIdx.x / sets;
    Runs r = runs_of(set, groups, outer_stride, group_stride, unit_stride, run, segment, segments, units, (int)chunk, pieces_per_block);

    hold(r, held, x, residual, sum);
    Moments m = measure(r, held, work);
    if (threadIdx.x == 0)
    {
        float* to = parts + chunk * 4 * sets + set;
        to[0] = m.mean;
        to[sets] = m.rest;
        to[2 * sets] = m.variance * m.count;
        to[3 * sets] = m.count;
    }
}
ENTRY(runs_moments)
