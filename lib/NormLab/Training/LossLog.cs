using System.Collections.Immutable;
using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>The loss of each step. It is read from the device many at a time: reading one makes a GPU wait for its step.</summary>
internal sealed class LossLog : IDisposable
{
    private const int Most = 16;
    private readonly ImmutableArray<double>.Builder losses = ImmutableArray.CreateBuilder<double>();
    private readonly List<Tensor> unread = new(Most);

    public bool Diverged { get; private set; }

    public int Steps { get; private set; }

    /// <summary>The last loss that was read.</summary>
    public double Last => losses[^1];

    public ImmutableArray<double> Losses => losses.ToImmutable();

    public void Add(Tensor loss)
    {
        Steps++;
        unread.Add(loss.detach().DetachFromDisposeScope());
        if (unread.Count == Most)
            Read();
    }

    /// <summary>Reads what is unread. Nothing after the first loss that is no number counts.</summary>
    public void Read()
    {
        if (unread.Count == 0)
            return;
        using (var together = stack(unread))
        {
            foreach (var loss in together.Numbers().TakeWhile(_ => !Diverged))
            {
                losses.Add(loss);
                Diverged = !double.IsFinite(loss);
            }
        }

        Dispose();
    }

    public void Dispose()
    {
        unread.ForEach(loss => loss.Dispose());
        unread.Clear();
    }
}
