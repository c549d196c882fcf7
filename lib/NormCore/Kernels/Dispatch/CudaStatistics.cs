using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>The statistics of one normalization in a GPU's memory, as handles of tensors that it owns.</summary>
/// <param name="All">float32 (4, sets): mean, what rounding took from it, variance, 1/√(σ² + ε); 0 before there are any.</param>
/// <param name="Mean">Where they come from elsewhere: the mean, or 0.</param>
/// <param name="Variance">The variance, or 0.</param>
/// <param name="Sets">How many means there are.</param>
internal readonly record struct CudaStatistics(nint All, nint Mean, nint Variance, nint Sets)
{
    private const int Rows = 4;

    /// <summary>Statistics from elsewhere, as they are now.</summary>
    public static CudaStatistics Of(Tensor mean, Tensor variance) => new(0, NativeTensor.Share(mean.Handle), NativeTensor.Share(variance.Handle), (nint)mean.numel());

    /// <summary>Statistics from elsewhere as all four rows, (4, sets).</summary>
    public static CudaStatistics Of(Tensor all) => new(NativeTensor.Share(all.Handle), 0, 0, (nint)all.shape[1]);

    /// <summary>With memory of its own, which keeps what backward needs whatever becomes of the running statistics.</summary>
    public CudaStatistics Kept(nint like, nint sets)
    {
        if (All != 0) return this;
        var kept = this with { All = DeviceTensor.Empty([Rows, sets], ScalarType.Float32, like), Sets = sets };
        if (Mean == 0) return kept;
        Copy(kept, 0, Mean);
        Copy(kept, 2, Variance);
        return kept;
    }

    /// <summary>A call that reads or writes these.</summary>
    public CudaForward In(in CudaForward call) => All == 0
        ? call with { Mean = Data(Mean), Variance = Data(Variance) }
        : call with { Mean = call.Centered ? Row(0) : 0, Rest = call.Centered && Mean == 0 ? Row(1) : 0, Variance = Row(2), Rstd = Row(3) };

    /// <summary>The same for backward.</summary>
    public CudaBackward In(in CudaBackward call, bool isCentered) =>
        call with { Mean = isCentered ? Row(0) : 0, Rest = isCentered && Mean == 0 ? Row(1) : 0, Rstd = Row(3) };

    /// <summary>The mean and the variance as tensors.</summary>
    public Moments AsMoments(NormCall call)
    {
        var all = AsTensor();
        var shape = call.StatisticsShape();
        return new Moments(all.select(0, 0).view(shape), all.select(0, 2).view(shape), call.Geometry.Count);
    }

    /// <summary>All four rows.</summary>
    public Tensor AsTensor() => NativeTensor.AsTensor(All);

    /// <summary>Lets go of the memory.</summary>
    public void Delete()
    {
        foreach (var tensor in (ReadOnlySpan<nint>)[All, Mean, Variance])
            if (tensor != 0)
                NativeTensor.Delete(tensor);
    }

    private unsafe nint Row(int index) => (nint)((float*)NativeTensor.Data(All) + index * Sets);

    private static unsafe nint Data(nint tensor) => (nint)NativeTensor.Data(tensor);

    private static unsafe void Copy(CudaStatistics to, int row, nint from)
    {
        long length = to.Sets, step = 1;
        using var flat = new OwnedTensor(NativeTensor.AsStrided(from, &length, 1, &step, 1, NativeTensor.Offset(from)));
        using var place = new OwnedTensor(NativeTensor.AsStrided(to.All, &length, 1, &step, 1, row * to.Sets));
        NativeTensor.Copy(place.Handle, flat.Handle, 0);
    }
}
