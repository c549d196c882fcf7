namespace NormCore.Checks;

/// <summary>Refuses hyperparameters that cannot mean anything.</summary>
internal static class HyperparameterCheck
{
    /// <summary>eps is finite, also in float32, and not negative; 0 is allowed as long as no variance is 0.</summary>
    public static void Eps(double eps)
    {
        if (!(eps >= 0 && eps <= float.MaxValue))
            throw new ArgumentOutOfRangeException(
                nameof(eps), eps, "eps is added to a variance under a root and must be a finite number >= 0; 1e-5 is usual.");
    }

    /// <summary>momentum is null or in [0, 1].</summary>
    public static void Momentum(double? momentum)
    {
        if (momentum is { } weight && !(weight >= 0 && weight <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(momentum), weight, "momentum is the weight of the NEW batch in a weighted mean and must be in [0, 1], or null for the plain average of all batches.");
    }

    /// <summary>A number is finite in a type; torch converts no other.</summary>
    public static void Finite(double value, TorchSharp.torch.ScalarType type, string name)
    {
        if (!(Math.Abs(value) <= TorchSharp.torch.finfo(type).max))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a number that {type} can hold, at most {TorchSharp.torch.finfo(type).max:g3}.");
    }

    /// <summary>A number is neither infinite nor NaN, also in float32.</summary>
    public static void Finite(double value, string name)
    {
        if (!float.IsFinite((float)value)) throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number.");
    }

    /// <summary>A number of channels or features is at least 1 and small enough to have parameters.</summary>
    public static void Size(long size, string name)
    {
        if (size < 1) throw new ArgumentOutOfRangeException(name, size, $"{name} counts channels or features and must be at least 1.");
        if (size > int.MaxValue)
            throw new ArgumentOutOfRangeException(name, size, $"{name} counts channels or features, of which at most {int.MaxValue} can have parameters.");
    }

    /// <summary>A shape of last axes names at least one, each at least 1 long.</summary>
    public static void NormalizedShape(long[] normalizedShape)
    {
        ArgumentNullException.ThrowIfNull(normalizedShape);
        if (normalizedShape.Length == 0)
            throw new ArgumentException("normalizedShape is empty; it must name at least one axis, the last of the input.", nameof(normalizedShape));
        var features = 1L;
        foreach (var length in normalizedShape)
        {
            Size(length, nameof(normalizedShape));
            features *= length;
            Size(features, nameof(normalizedShape));
        }
    }

    /// <summary>A number is at least some bound; infinity is allowed, NaN is not.</summary>
    public static void AtLeast(double least, double value, string name, string meaning)
    {
        if (!(value >= least)) throw new ArgumentOutOfRangeException(name, value, $"{name} is {meaning} and must be at least {least}.");
    }

    /// <summary>A probability is in [0, 1].</summary>
    public static void Probability(double probability, string name)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(name, probability, $"{name} is a probability and must be in [0, 1].");
    }
}
