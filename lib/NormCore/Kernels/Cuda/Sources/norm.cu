// One set's statistics and what is done with them, element by element: the same words forward and backward, so that both see the same bits.
// x̂ = (x − M) r + shift, where the mean is M + rest and shift = −rest · r: a mean of 10⁶ rounded to float32 would lose 0.03.
struct Standard { float mean, shift, rstd; };

FUNCTION Standard standard_of(float mean, float rest, float rstd) { return {mean, -rest * rstd, rstd}; }
FUNCTION float xhat_of(float x, Standard s) { return fmaf(x - s.mean, s.rstd, s.shift); }
FUNCTION float affine_of(float xhat, float gamma, float beta) { return fmaf(xhat, gamma, beta); }

// NaN stays NaN, as in torch.
FUNCTION float relu(float y) { return y < 0 ? 0 : y; }

// dy, or 0 where the ReLU cut y off.
FUNCTION float before_relu(float dy, float xhat, float gamma, float beta)
{
#if RELU
    return affine_of(xhat, gamma, beta) <= 0 ? 0 : dy;
#else
    return dy;
#endif
}

FUNCTION float rstd_of(float variance, float eps) { return 1 / sqrtf(variance + eps); }

FUNCTION float value_or(const float* from, long long index, float missing) { return from ? from[index] : missing; }
FUNCTION void keep(float* to, long long index, float value) { if (to) to[index] = value; }

FUNCTION Standard stored(const float* mean, const float* rest, const float* rstd, long long set)
{
    return standard_of(value_or(mean, set, 0), value_or(rest, set, 0), rstd[set]);
}

// What a forward pass is asked to keep, one of each per set; any may be null.
struct Kept { float *mean, *rest, *variance, *rstd; };

// running ← kept · running + weight · batch, with the unbiased variance; the pointers may be null.
struct Running { float *mean, *variance; float kept, weight; };

FUNCTION void update(Running running, long long set, float mean, float variance, float count)
{
    if (running.mean) running.mean[set] = running.kept * running.mean[set] + running.weight * mean;
    if (running.variance) running.variance[set] = running.kept * running.variance[set] + running.weight * (variance * (count / (count - 1)));
}

struct Moments { float mean, rest, variance, count; };

// From M = Σ x / m, rounded, and Σ of d = x − M and of d²: what M lacks is the mean of d. An infinite mean stays, as on the CPU.
FUNCTION Moments moments_of(float mean, Pair deviations, float count)
{
    float lacks = deviations.a / count, variance = deviations.b / count - lacks * lacks, nearest = mean + lacks;
    bool finite = nearest - nearest == 0;
    return {finite ? nearest : mean, finite ? mean - nearest + lacks : 0, variance < 0 ? 0 : variance, count};
}

// Keeps what is asked for and returns what x̂ needs.
FUNCTION Standard conclude(Moments m, float eps, Kept kept, Running running, long long set, bool writes)
{
    float rstd = rstd_of(m.variance, eps);
    if (writes)
    {
        keep(kept.mean, set, m.mean);
        keep(kept.rest, set, m.rest);
        keep(kept.variance, set, m.variance);
        keep(kept.rstd, set, rstd);
        update(running, set, m.mean, m.variance, m.count);
    }
    return standard_of(m.mean, m.rest, rstd);
}

#ifdef VECTOR
// γ or β of VECTOR elements that start at a position of a set: one per element, or one per `run` of them.
template <typename Position>
FUNCTION void parameters(const void* from, float missing, long long first, Position position, int run, float* values)
{
    if (!from)
    {
#pragma unroll
        for (int i = 0; i < VECTOR; i++) values[i] = missing;
    }
    else if (run == 1)
        read<PARAMETER, VECTOR>(from, first + position, values);
    else
    {
        Position channel = position / run;
        int next = (int)(position - channel * run);
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            read<PARAMETER, 1>(from, first + channel, values + i);
            if (++next == run) { next = 0; channel++; }
        }
    }
}
#endif

// One γ or β.
FUNCTION float parameter(const void* from, float missing, long long index)
{
    float value = missing;
    if (from) read<PARAMETER, 1>(from, index, &value);
    return value;
}

// Where Σ dy x̂ and Σ dy go, for dγ and dβ: as they are into dγ and dβ, or into parts[…] of float32 that are still to be added up.
struct ParameterSums
{
    void *dgamma, *dbeta;
    float *dgamma_parts, *dbeta_parts;

    FUNCTION void put(long long index, Pair sums) const // sums: dy, dy x̂
    {
        if (dgamma) write<PARAMETER, 1>(dgamma, index, &sums.b);
        if (dbeta) write<PARAMETER, 1>(dbeta, index, &sums.a);
        keep(dgamma_parts, index, sums.b);
        keep(dbeta_parts, index, sums.a);
    }
};
