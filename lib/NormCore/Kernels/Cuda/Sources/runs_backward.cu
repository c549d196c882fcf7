// dx, dγ and dβ of sets made of runs, where x and dy of a set fit the shared memory of a block or of a cluster: both are read once, dx written
// once. Where they do not fit, runs_sums takes the sums of chunks, for merge_columns to add up and runs_dx to use: both are read twice.
// Macros: ELEMENT PARAMETER VECTOR BLOCK LANES CLUSTER RELU GAMMA
struct Both { Elements x, dy; };

// Σ g and Σ g x̂ of this thread with g = γ dy; where the set has one γ, Σ dy and Σ dy x̂. The sums of a piece are those of a unit or a part of it.
template <int BATCH, typename Load>
FUNCTION Pair add_up(const Runs& r, Load load, Standard standard, const Parameters& affine, const ParameterSums& to, long long unit_start)
{
    Pair total = {0, 0}, piece = {0, 0};
    for_each<BATCH>(r, load, [&](const Place& p, const Both& both)
    {
        float v[VECTOR], d[VECTOR], g[VECTOR], b[VECTOR];
        unpack<ELEMENT, VECTOR>(both.x, v);
        unpack<ELEMENT, VECTOR>(both.dy, d);
        affine.at(p, g, b);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            float xhat = xhat_of(v[i], standard), dyi = before_relu(d[i], xhat, g[i], b[i]);
            float weighted = GAMMA == 2 ? g[i] * dyi : dyi;
            piece.a += weighted;
            piece.b += weighted * xhat;
        }
    }, [&](int unit, int segment, bool is_one)
    {
        float g = GAMMA == 1 && is_one ? parameter(affine.gamma, 1, affine.first + unit) : 1;
        total = total + Pair{g * piece.a, g * piece.b};
        if (GAMMA == 1)
        {
            piece = warp_sum<LANES>(piece);
            if (is_one && threadIdx.x % LANES == 0) to.put((unit_start + unit) * r.segments + segment, piece);
        }
        piece = {0, 0};
    });
    return total;
}

extern "C" __global__ void __launch_bounds__(BLOCK) runs_backward(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd,
    void* dx, const void* sum_gradient, void* dgamma, void* dbeta, float* dgamma_parts, float* dbeta_parts,
    float mean_moves, float variance_moves, float count,
    int groups, long long outer_stride, long long group_stride, long long unit_stride, long long run, long long segment,
    int segments, int units, int pieces_per_block, int repeat)
{
    DYNAMIC_SHARED(shared);
    Workspace work = {(Pair*)shared, 0};
    Elements* held = (Elements*)((char*)shared + WORKSPACE_BYTES) + threadIdx.x;
    long long set = blockIdx.x / CLUSTER;
    int rank = blockIdx.x % CLUSTER;
    Runs r = runs_of(set, groups, outer_stride, group_stride, unit_stride, run, segment, segments, units, rank, pieces_per_block);
    Standard standard = stored(mean, rest, rstd, set);
    Parameters affine = parameters_of(gamma, beta, set % groups, units, run, repeat);
    ParameterSums to = {dgamma, dbeta, dgamma_parts, dbeta_parts};

    for_each<4>(r, [&](const Place& p)
    {
        copy_async(held + 2 * p.slot * BLOCK, at(x, p.element));
        copy_async(held + (2 * p.slot + 1) * BLOCK, at(dy, p.element));
        return 0;
    }, [](const Place&, int) {});
    copies_end();
    copies_landed<0>();

    auto load = [&](const Place& p) { return Both{held[2 * p.slot * BLOCK], held[(2 * p.slot + 1) * BLOCK]}; };
    Pair s = cluster_sum<BLOCK>(add_up<4>(r, load, standard, affine, to, set * units), work);
    if (GAMMA == 0)
    {
        if (rank == 0 && threadIdx.x == 0) to.put(set, s);
        s = {affine.set_gamma * s.a, affine.set_gamma * s.b};
    }
    float mean_term = mean_moves * s.a / count, variance_term = variance_moves * s.b / count;

    if (dx)
        for_each<1>(r, load, [&](const Place& p, const Both& both)
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
    cluster_end();
}
ENTRY(runs_backward)

// parts[chunk][2][sets]: what add_up returns.
extern "C" __global__ void __launch_bounds__(BLOCK) runs_sums(
    const void* dy, const void* x, const void* gamma, const void* beta, const float* mean, const float* rest, const float* rstd,
    float* parts, float* dgamma_parts, float* dbeta_parts, long long sets,
    int groups, long long outer_stride, long long group_stride, long long unit_stride, long long run, long long segment,
    int segments, int units, int pieces_per_block, int repeat)
{
    DYNAMIC_SHARED(shared);
    Workspace work = {(Pair*)shared, 0};
    long long set = blockIdx.x % sets, chunk = blockIdx.x / sets;
    Runs r = runs_of(set, groups, outer_stride, group_stride, unit_stride, run, segment, segments, units, (int)chunk, pieces_per_block);
    Parameters affine = parameters_of(gamma, beta, set % groups, units, run, repeat);
    auto load = [&](const Place& p) { return Both{load_once(at(x, p.element)), load_once(at(dy, p.element))}; };
    Pair own = add_up<4>(r, load, stored(mean, rest, rstd, set), affine, {nullptr, nullptr, dgamma_parts, dbeta_parts}, set * units);
    Pair s = block_sum<BLOCK>(own, work);
    if (threadIdx.x == 0)
    {
        parts[(2 * chunk) * sets + set] = s.a;
        parts[(2 * chunk + 1) * sets + set] = s.b;
    }
}
ENTRY(runs_sums)
