// y = γ x̂ + β of sets made of runs with statistics that are there already: in evaluation, or after merge_moments.
// Memory: x is read once, y written once, and nothing is kept in between. The blocks of a set each take a chunk of its pieces.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES RESIDUAL RELU GAMMA
extern "C" __global__ void __launch_bounds__(BLOCK) runs_apply(
    const void* x, const void* residual, void* sum, void* y, const void* gamma, const void* beta,
    const float* mean, const float* rest, const float* variance, float* rstd, float eps, long long sets,
    int groups, long long outer_stride, long long group_stride, long long unit_stride, long long run, long long segment,
    int segments, int units, int pieces_per_block, int repeat)
{
    long long set = blockIdx.x % sets, chunk = blockIdx.x / sets;
    Runs r = runs_of(set, groups, outer_stride, group_stride, unit_stride, run, segment, segments, units, (int)chunk, pieces_per_block);
    float r_std = rstd_of(variance[set], eps);
    if (chunk == 0 && threadIdx.x == 0) keep(rstd, set, r_std);
    Standard standard = standard_of(value_or(mean, set, 0), value_or(rest, set, 0), r_std);
    Parameters affine = parameters_of(gamma, beta, set % groups, units, run, repeat);
    for_each<4>(r, [&](const Place& p) { return load_input(x, residual, sum, p.element); }, [&](const Place& p, const Elements& packet)
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
}
ENTRY(runs_apply)
