// Sets made of units: contiguous runs of elements, as a channel of one sample is in NCHW. How a block's threads go over them.
// A unit is cut into segments; a piece is one segment of one unit. Teams of LANES threads take pieces in turn, their lanes the packets of a piece.
// Each pass deals out the packets in the same way, so a thread that keeps packets in shared memory reads back only its own: slot n of a thread
// is its n-th packet. Shared memory is a larger register file here, and needs no barrier.
#ifdef LANES
constexpr int TEAMS = BLOCK / LANES;

struct Runs
{
    long long set_start;   // the set's first element
    long long unit_stride; // elements from one unit to the next
    long long run;         // elements of a unit, a multiple of VECTOR
    long long segment;     // elements of a segment, a multiple of VECTOR; a unit's last one may be shorter
    int segments;          // of a unit
    int first, last;       // this block's pieces
};

FUNCTION Runs runs_of(long long set, int groups, long long outer_stride, long long group_stride, long long unit_stride,
                      long long run, long long segment, int segments, int units, int block, int pieces_per_block)
{
    int pieces = units * segments, first = block * pieces_per_block;
    return {set / groups * outer_stride + set % groups * group_stride, unit_stride, run, segment, segments,
            first, first + pieces_per_block < pieces ? first + pieces_per_block : pieces};
}

// Where a packet lies: the element in the tensor, the unit, the position in the unit, and the thread's slot.
struct Place { long long element; int unit; long long position; int slot; };

// For each packet of this thread value = load(place), then use(place, value), in batches of BATCH loads so that they are under way together.
// After each piece end(unit, segment, is_one): all lanes of a warp come there together, for some of which there may have been no piece.
template <int BATCH, typename Load, typename Use, typename End>
FUNCTION void for_each(const Runs& r, Load load, Use use, End end)
{
    int team = threadIdx.x / LANES, lane = threadIdx.x % LANES, slot = 0;
    for (int round = r.first; round < r.last; round += TEAMS)
    {
        int piece = round + team, unit = piece, segment = 0;
        if (r.segments > 1) { unit = piece / r.segments; segment = piece - unit * r.segments; }
        long long start = segment * r.segment, left = r.run - start;
        int packets = piece < r.last ? (int)((left < r.segment ? left : r.segment) / VECTOR) : 0;
        long long element = r.set_start + unit * r.unit_stride + start;
        for (int j = lane; j < packets; j += BATCH * LANES)
        {
            decltype(load(Place{})) values[BATCH];
#pragma unroll
            for (int k = 0; k < BATCH; k++)
            {
                int packet = j + k * LANES;
                if (packet < packets) values[k] = load(Place{element + (long long)packet * VECTOR, unit, start + packet * VECTOR, slot + k});
            }
#pragma unroll
            for (int k = 0; k < BATCH; k++)
            {
                int packet = j + k * LANES;
                if (packet < packets) use(Place{element + (long long)packet * VECTOR, unit, start + packet * VECTOR, slot++}, values[k]);
            }
        }
        end(unit, segment, piece < r.last);
    }
}
template <int BATCH, typename Load, typename Use> FUNCTION void for_each(const Runs& r, Load load, Use use)
{
    for_each<BATCH>(r, load, use, [](int, int, bool) {});
}

#ifdef GAMMA
// γ and β of a packet. GAMMA: 0 one for the set, 1 one for each unit, 2 one for each `repeat` elements of the only unit.
struct Parameters
{
    const void *gamma, *beta;
    long long first; // the set's first γ
    int repeat;
    float set_gamma, set_beta;

    FUNCTION void at(const Place& place, float* g, float* b) const
    {
        if (GAMMA == 2)
        {
            parameters(gamma, 1, first, place.position, repeat, g);
            parameters(beta, 0, first, place.position, repeat, b);
            return;
        }
        float unit_gamma = GAMMA == 1 ? parameter(gamma, 1, first + place.unit) : set_gamma;
        float unit_beta = GAMMA == 1 ? parameter(beta, 0, first + place.unit) : set_beta;
#pragma unroll
        for (int i = 0; i < VECTOR; i++)
        {
            g[i] = unit_gamma;
            b[i] = unit_beta;
        }
    }
};

FUNCTION Parameters parameters_of(const void* gamma, const void* beta, long long group, int units, long long run, int repeat)
{
    long long first = GAMMA == 0 ? group : GAMMA == 1 ? group * units : group * (run / repeat);
    Parameters p = {gamma, beta, first, repeat, 1, 0};
    if (GAMMA == 0)
    {
        p.set_gamma = parameter(gamma, 1, first);
        p.set_beta = parameter(beta, 0, first);
    }
    return p;
}
#endif
#endif
