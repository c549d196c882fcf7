namespace NormCore.Kernels;

/// <summary>What went wrong in a backward pass and could not be thrown there.</summary>
internal static class EarlierFailure
{
    [ThreadStatic]
    private static Exception? ofThisThread;

    // Backward of tensors on a GPU runs on threads of torch's own, where no forward comes that could throw.
    private static Exception? ofAnyThread;

    /// <summary>Keeps an error for the next forward: of this thread, or of any.</summary>
    public static void Keep(Exception error, bool forAnyThread)
    {
        if (forAnyThread) Volatile.Write(ref ofAnyThread, error);
        else ofThisThread = error;
    }

    /// <summary>Throws what was kept.</summary>
    /// <exception cref="InvalidOperationException">Something was.</exception>
    public static void Throw()
    {
        var error = ofThisThread;
        ofThisThread = null;
        if (error is null && Volatile.Read(ref ofAnyThread) is not null) error = Interlocked.Exchange(ref ofAnyThread, null);
        if (error is not null)
            throw new InvalidOperationException($"An earlier backward pass through a normalization failed, and its gradients are NaN: {error.Message}", error);
    }
}
