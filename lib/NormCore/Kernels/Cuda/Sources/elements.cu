// Elements of three types, moved in packets and computed in float32.
// KIND: 0 float32, 1 float16, 2 bfloat16. ELEMENT is that of x, PARAMETER that of γ and β, VECTOR how many elements a packet of x has.
FUNCTION constexpr int bytes_of(int kind) { return kind == 0 ? 4 : 2; }

template <int KIND, int COUNT> FUNCTION void unpack(const Packet<COUNT * bytes_of(KIND)>& p, float* values)
{
    if constexpr (KIND == 0)
    {
#pragma unroll
        for (int i = 0; i < COUNT; i++) values[i] = __uint_as_float(p.words[i]);
    }
    else if constexpr (COUNT == 1)
        values[0] = KIND == 1 ? half_to_float(p.words[0]) : __uint_as_float((word32)p.words[0] << 16);
    else
    {
#pragma unroll
        for (int i = 0; i < COUNT / 2; i++)
        {
            word32 two = p.words[i];
            values[2 * i] = KIND == 1 ? half_to_float((word16)two) : __uint_as_float(two << 16);
            values[2 * i + 1] = KIND == 1 ? half_to_float((word16)(two >> 16)) : __uint_as_float(two & 0xffff0000u);
        }
    }
}

template <int KIND, int COUNT> FUNCTION Packet<COUNT * bytes_of(KIND)> pack(const float* values)
{
    Packet<COUNT * bytes_of(KIND)> p;
    if constexpr (KIND == 0)
    {
#pragma unroll
        for (int i = 0; i < COUNT; i++) p.words[i] = __float_as_uint(values[i]);
    }
    else if constexpr (COUNT == 1)
        p.words[0] = (word16)(KIND == 1 ? pack_half(values[0], 0) : pack_bfloat(values[0], 0));
    else
    {
#pragma unroll
        for (int i = 0; i < COUNT / 2; i++)
            p.words[i] = KIND == 1 ? pack_half(values[2 * i], values[2 * i + 1]) : pack_bfloat(values[2 * i], values[2 * i + 1]);
    }
    return p;
}

// COUNT values from index on, a multiple of COUNT, for what is read often and may stay in the caches.
template <int KIND, int COUNT> FUNCTION void read(const void* from, long long index, float* values)
{
    constexpr int PIECE = COUNT * bytes_of(KIND) > 16 ? 16 / bytes_of(KIND) : COUNT;
    auto* packets = (const Packet<PIECE * bytes_of(KIND)>*)((const char*)from + index * bytes_of(KIND));
#pragma unroll
    for (int i = 0; i < COUNT / PIECE; i++) unpack<KIND, PIECE>(packets[i], values + i * PIECE);
}
template <int KIND, int COUNT> FUNCTION void write(void* to, long long index, const float* values)
{
    constexpr int PIECE = COUNT * bytes_of(KIND) > 16 ? 16 / bytes_of(KIND) : COUNT;
    auto* packets = (Packet<PIECE * bytes_of(KIND)>*)((char*)to + index * bytes_of(KIND));
#pragma unroll
    for (int i = 0; i < COUNT / PIECE; i++) store(packets + i, pack<KIND, PIECE>(values + i * PIECE));
}

#ifdef VECTOR
typedef Packet<VECTOR * bytes_of(ELEMENT)> Elements;

FUNCTION const Elements* at(const void* tensor, long long index) { return (const Elements*)((const char*)tensor + index * bytes_of(ELEMENT)); }
FUNCTION Elements* at(void* tensor, long long index) { return (Elements*)((char*)tensor + index * bytes_of(ELEMENT)); }
FUNCTION Elements no_elements()
{
    float zeros[VECTOR] = {};
    return pack<ELEMENT, VECTOR>(zeros);
}

// x, or x + residual rounded to the type of both, which is stored: backward starts from the same values.
FUNCTION Elements load_input(const void* x, const void* residual, void* sum, long long index)
{
    Elements packet = load_once(at(x, index));
#if RESIDUAL
    float values[VECTOR], more[VECTOR];
    unpack<ELEMENT, VECTOR>(packet, values);
    unpack<ELEMENT, VECTOR>(load_once(at(residual, index)), more);
#pragma unroll
    for (int i = 0; i < VECTOR; i++) values[i] += more[i];
    packet = pack<ELEMENT, VECTOR>(values);
    store(at(sum, index), packet);
#endif
    return packet;
}
#endif
