namespace NormCore.Kernels;

/// <summary>Refuses calls that contradict themselves, before a kernel reads what is not there.</summary>
internal static class CudaCallCheck
{
    public static void Forward(in CudaForward call, DeviceProperties properties)
    {
        Require(CudaNorm.Supports(call.Geometry, call.Element, properties), $"There are no kernels for {call.Geometry} in {call.Element} on {properties.Name} ({properties.Architecture}).");
        Require(call.X != 0 && call.Y != 0, "x and y are needed.");
        Require(call.Residual == 0 || call.Sum != 0, "With a residual there must be a place for the sum, which is what backward starts from.");
        Require(!call.IsGiven || (call.Mean != 0 && call.Variance != 0), "Given statistics are a mean and a variance.");
        Require(call.Geometry.Outer == 1 || (call.RunningMean == 0 && call.RunningVariance == 0), $"Running statistics belong to groups, of which each has {call.Geometry.Outer} sets here: average these first.");
        Require(!call.IsGiven || (call.RunningMean == 0 && call.RunningVariance == 0), "Given statistics are not averaged.");
    }

    public static void Backward(in CudaBackward call, DeviceProperties properties)
    {
        Require(CudaNorm.Supports(call.Geometry, call.Element, properties), $"There are no kernels for {call.Geometry} in {call.Element} on {properties.Name} ({properties.Architecture}).");
        Require(call.Dy != 0 && call.X != 0 && call.Rstd != 0, "dy, x and 1/√(σ² + ε) are needed.");
        Require(call.SumDy == 0 == (call.SumDyXhat == 0), "Sums of all replicas come as two.");
        Require(call.SumDy == 0 || (call.SumCount > 0 && call.Geometry.Parameters == call.Geometry.Groups), "Sums of all replicas are for sets with one γ, and need the number of all elements.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ArgumentException(otherwise);
    }
}
