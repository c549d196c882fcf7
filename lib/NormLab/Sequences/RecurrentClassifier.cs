using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NormLab.Sequences;

/// <summary>
/// A recurrent network that reads a sequence and names its class: h ← tanh(norm(W h) + norm(V x) + b), then a linear map of the last h of
/// each sequence. The two terms are normalized apart, as in Cooijmans et al. 2016, arXiv:1603.09025v5, eq. 6.
/// </summary>
/// <remarks>W starts orthogonal, the other weights normal with variance 1/fan-in, biases at zero.</remarks>
public sealed class RecurrentClassifier : nn.Module<Tensor, Tensor>
{
    private readonly bool seesPadding;
    private readonly Linear state, input, head;
    private readonly Parameter bias;
    private readonly nn.Module<Tensor, int, Tensor>? stateNorm, inputNorm;

    /// <summary>A network with the weights of its seed, whatever normalizes.</summary>
    /// <param name="norm">Makes what normalizes (N, D) at a step; null for none.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="inputs">W, the entries of a row without its mark.</param>
    /// <param name="width">D.</param>
    /// <param name="classes">K.</param>
    /// <param name="seesPadding">Whether sequences that have ended go on through their padding and so into the statistics of the batch; what they say is unchanged.</param>
    public RecurrentClassifier(Func<nn.Module<Tensor, int, Tensor>>? norm, int seed, int inputs, int width = 48, int classes = 10, bool seesPadding = false)
        : base(nameof(RecurrentClassifier))
    {
        this.seesPadding = seesPadding;
        (state, input, head) = (nn.Linear(width, width, hasBias: false), nn.Linear(inputs, width, hasBias: false), nn.Linear(width, classes));
        bias = nn.Parameter(zeros(width));
        bias.DetachFromDisposeScope();
        (stateNorm, inputNorm) = (norm?.Invoke(), norm?.Invoke());
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var generator = new Generator((ulong)seed);
        state.weight!.copy_(linalg.qr(randn([width, width], generator: generator)).Q);
        input.weight!.copy_(randn([width, inputs], generator: generator) / Math.Sqrt(inputs));
        head.weight!.copy_(randn([classes, width], generator: generator) / Math.Sqrt(width));
        head.bias!.zero_();
        RegisterComponents();
    }

    /// <summary>Gets the number of each step and h (N, D) after it, and gives the h to go on with: for looking at it, or adding a zero whose gradient is that of h.</summary>
    public Func<int, Tensor, Tensor>? AfterStep { get; set; }

    /// <summary>Reads sequences.</summary>
    /// <param name="x">(N, T, W + 1), the last entry of a row 1 where it counts and 0 where it is padding.</param>
    /// <returns>Logits (N, K).</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var entries = x.shape[2] - 1;
        var (rows, counts) = (x.narrow(2, 0, entries), x.select(2, entries)); // (N, T, W), (N, T)
        var running = zeros([x.shape[0], state.weight!.shape[0]], x.dtype, x.device); // (N, D)
        var last = running;
        for (var t = 0; t < x.shape[1]; t++)
        {
            var counted = counts.select(1, t).unsqueeze(1) > 0; // (N, 1)
            running = seesPadding ? Step(running, rows.select(1, t), t) : StepOfSome(running, rows.select(1, t), t, counted);
            running = AfterStep?.Invoke(t, running) ?? running;
            last = where(counted, running, last);
        }

        return head.call(last).MoveToOuterDisposeScope();
    }

    private Tensor Step(Tensor h, Tensor row, int t)
    {
        var (fromState, fromInput) = (state.call(h), input.call(row));
        return ((stateNorm?.call(fromState, t) ?? fromState) + (inputNorm?.call(fromInput, t) ?? fromInput) + bias).tanh(); // (N, D)
    }

    private Tensor StepOfSome(Tensor h, Tensor row, int t, Tensor counted)
    {
        var some = counted.squeeze(1).nonzero().squeeze(1); // (n)
        return some.shape[0] == h.shape[0] ? Step(h, row, t)
            : some.shape[0] == 0 ? h
            : h.index_copy(0, some, Step(h.index_select(0, some), row.index_select(0, some), t));
    }
}
