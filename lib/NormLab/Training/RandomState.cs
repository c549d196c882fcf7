using static TorchSharp.torch;

namespace NormLab.Training;

/// <summary>
/// Torch's global random generator on the CPU, which all threads share: layers draw their first weights from it, and dropout its masks.
/// </summary>
internal static class RandomState
{
    private static readonly Lock Gate = new();

    public static Tensor Read()
    {
        lock (Gate)
            return get_rng_state().DetachFromDisposeScope();
    }

    public static void Write(Tensor state)
    {
        lock (Gate)
            set_rng_state(state);
    }

    /// <summary>Runs a function with the generator newly seeded, and puts its state back.</summary>
    public static T Seeded<T>(int seed, Func<T> function)
    {
        lock (Gate)
        {
            using var before = get_rng_state();
            manual_seed(seed);
            try
            {
                return function();
            }
            finally
            {
                set_rng_state(before);
            }
        }
    }
}
