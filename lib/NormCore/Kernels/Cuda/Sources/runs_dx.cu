// dx of sets made of runs from sums that are there already: those of runs_sums, or those of all replicas of a synchronized batch norm.
// Memory: x and dy are read once, dx written once. Sums are Σ g and Σ g x̂ with g = γ dy, of each set; Σ dy and Σ dy x̂ where it has one γ.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES RELU GAMMA
struct Both { Elements x, dy; };

extern "C" __global__ void __launch_bounds__(BLOCK) runs_dx(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd,
    void* dx, const void* sum_gradient, const float* sum_dy, const float* sum_dy_xhat,
    float mean_moves, float variance_moves, float count, long long sets,
    int groups, long long outer_stride, long long group_stride, long long unit_stride, long long run, long long segment,
    int segments, int units, int pieces_per_block, int repeat)
{
    long long set = blockIdx.x % sets, chunk = blockIdx.x / sets;
    Runs r = runs_of(set, groups, outer_stride, group_stride, unit_stride, run, segment, segments, units, (int)chunk, pieces_per_block);
    Standard standard = stored(mean, rest, rstd, set);
    Parameters affine = parameters_of(gamma, beta, set % groups, units, run, repeat);
    float of_set = GAMMA == 0 ? affine.set_gamma : 1;
    float mean_term = mean_moves * of_set * value_or(sum_dy, set, 0) / count;
    float variance_term = variance_moves * of_set * value_or(sum_dy_xhat, set, 0) / count;

    for_each<2>(r, [&](const Place& p) { return Both{load_once(at(x, p.element)), load_once(at(dy, p.element))}; },
                [&](const Place& p, const Both& both)
    {
        float v[VECTOR], d[VECTOR], g[VECTOR], b[VECTOR], more[VECTOR] = {};
        unpack<ELEMENT, VECTOR>(both.x, v);
        unpack<ELEMENT, VECTOR>(both.dy, d);
        affine.at(p, g, b);
        if (sum_gradient) unpack<ELEMENT, VECTOR>(load_once(at(sum_gradient, p.element)), more);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float xhat = xhat_of(v[i], standard), dyi = before_relu(d[i], xhat, g[i], b[i]);
            v[i] = standard.rstd * (g[i] * dyi - mean_term - xhat * variance_term) + more[i];
        }
        store(at(dx, p.element), pack<ELEMENT, VECTOR>(v));
    });
}
ENTRY(runs_dx)
