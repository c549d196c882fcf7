namespace TorchSharp;

/// <summary>A tensor by name and shape of its members, as the engine knows tensors; the values are 0, 1, 2, ….</summary>
public static class torch
{
    public enum TensorStringStyle
    {
        Metadata,
        Numpy,
    }

    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class TypeFormatterSourceAttribute : Attribute;

    [TypeFormatterSource]
    public sealed class Tensor : IDisposable
    {
        [ThreadStatic]
        private static int alive;

        public Tensor(params long[] shape)
        {
            this.shape = shape;
            alive++;
        }

        public static int Alive => alive;

        public long[] shape { get; }

        public string dtype { get; } = "Float32";

        public string device { get; } = "cpu";

        private long Count => shape.Aggregate(1L, (product, size) => product * size);

        public Tensor detach() => new(shape);

        public Tensor reshape(params long[] sizes) => sizes is [-1] ? new(Count) : throw new ArgumentException("the fake flattens only", nameof(sizes));

        public Tensor narrow(long dim, long start, long length) => dim == 0 && start == 0 && length <= Count ? new(length) : throw new ArgumentException("the fake takes the head only", nameof(dim));

        public override string ToString() => throw new InvalidOperationException("prints every value");

        public string ToString(TensorStringStyle style, string? format = null, int width = 100, System.Globalization.CultureInfo? culture = null, string newLine = "") =>
            style == TensorStringStyle.Numpy && culture is not null ? $"[{string.Join(' ', Enumerable.Range(0, (int)Count))}]" : throw new NotSupportedException("the fake knows the Numpy style in a given culture only");

        public void Dispose() => alive--;
    }
}
