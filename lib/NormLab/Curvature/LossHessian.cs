using NormLab.Data;
using static TorchSharp.torch;

namespace NormLab.Curvature;

/// <summary>
/// The second derivative of a network's loss on fixed data with respect to its weights, as an operator: H v without H, by
/// differentiating ⟨∇L, v⟩.
/// <code>
/// using var hessian = new LossHessian(network, (output, labels) => nn.functional.cross_entropy(output, labels), images, NetworkMode.Training);
/// TopCurvature.Of(hessian, count: 10, steps: 40, generator)
/// </code>
/// </summary>
/// <remarks>
/// Pearlmutter (1994), Fast exact multiplication by the Hessian. Vectors are flat, (P), the parameters that require gradients one after
/// the other. Modes and gradients of the network stay as they are; its buffers, such as running statistics, are back once the operator is
/// disposed. The weights must not move while it is used.
/// </remarks>
public sealed class LossHessian : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly Func<Tensor, Tensor, Tensor> loss;
    private readonly NetworkMode mode;
    private readonly ImageSet data;
    private readonly int pieceSize;
    private readonly Tensor[] parameters;
    private readonly KeptBuffers buffers;
    private readonly Tensor? graph;

    /// <summary>Takes the loss and its gradient, with the graph that every product goes through.</summary>
    /// <param name="network">Any network.</param>
    /// <param name="loss">The loss from output and labels, a scalar; with micro-batches a mean over samples.</param>
    /// <param name="data">What the loss is taken on. With batch norm in training mode this is the batch.</param>
    /// <param name="mode">Which function of the weights.</param>
    /// <param name="microBatch">The samples that go through the network at once, to save memory; null for all. Refused where samples see each other.</param>
    /// <exception cref="ArgumentException">Nothing to differentiate by, or micro-batches where the output of a sample depends on the others.</exception>
    public LossHessian(nn.Module<Tensor, Tensor> network, Func<Tensor, Tensor, Tensor> loss, ImageSet data, NetworkMode mode, int? microBatch = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        (this.network, this.loss, this.data, this.mode) = (network, loss, data, mode);
        pieceSize = Math.Min(microBatch ?? data.Count, data.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceSize, 1, nameof(microBatch));
        parameters = [.. network.parameters().Where(parameter => parameter.requires_grad)];
        if (parameters.Length == 0)
            throw new ArgumentException("The network has no parameter that requires a gradient: there is nothing to differentiate by.", nameof(network));
        Size = parameters.Sum(parameter => parameter.numel());
        if (pieceSize < data.Count)
            SampleIndependence.Require(network, data.Images, pieceSize, mode);
        buffers = new KeptBuffers(network);

        using var scope = NewDisposeScope();
        var gradient = zeros(Size, parameters[0].dtype, parameters[0].device);
        foreach (var piece in data.Chunks(pieceSize))
        {
            var (value, slope) = Differentiated(piece);
            Loss += value.item<double>() * piece.Count / data.Count;
            gradient = gradient + slope.detach() * ((double)piece.Count / data.Count);
            graph = pieceSize == data.Count ? slope.DetachFromDisposeScope() : null;
        }

        Gradient = gradient.detach().DetachFromDisposeScope();
    }

    /// <summary>P, the number of weights.</summary>
    public long Size { get; }

    /// <summary>L.</summary>
    public double Loss { get; }

    /// <summary>∇L, (P).</summary>
    public Tensor Gradient { get; }

    /// <summary>H v.</summary>
    /// <param name="direction">v, (P), in the type of the weights and on their device.</param>
    /// <returns>(P); the caller disposes it.</returns>
    public Tensor Times(Tensor direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        if (direction.dim() != 1 || direction.numel() != Size)
            throw new ArgumentException($"The direction has shape ({string.Join(", ", direction.shape)}); the network has {Size} weights, so ({Size}) is needed.", nameof(direction));
        using var scope = NewDisposeScope();
        if (graph is not null)
            return Along(graph, direction).MoveToOuterDisposeScope();
        var sum = data.Chunks(pieceSize).Aggregate(zeros_like(direction), (sum, piece) =>
            sum + Along(Differentiated(piece).Slope, direction) * ((double)piece.Count / data.Count));
        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>Releases the graph and brings back the buffers.</summary>
    public void Dispose()
    {
        graph?.Dispose();
        buffers.Dispose();
        Gradient.Dispose();
    }

    private (Tensor Value, Tensor Slope) Differentiated(ImageSet piece)
    {
        using var inMode = new InMode(network, mode);
        using var learning = enable_grad();
        var value = loss(network.call(piece.Images), piece.Labels);
        return (value.to(ScalarType.Float64), Flat(autograd.grad([value], parameters, retain_graph: true, create_graph: true, allow_unused: true)));
    }

    // A gradient without a graph is constant: the loss is linear in the weights.
    private Tensor Along(Tensor gradient, Tensor direction) => !gradient.requires_grad ? zeros_like(direction)
        : Flat(autograd.grad([gradient.dot(direction)], parameters, retain_graph: true, allow_unused: true)).detach();

    private Tensor Flat(IList<Tensor> pieces) =>
        cat([.. pieces.Select((piece, i) => piece is null || piece.IsInvalid ? zeros_like(parameters[i]).flatten() : piece.flatten())]);
}
