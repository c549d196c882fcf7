using System.Runtime.InteropServices;

namespace NormKernel.Engine.Execution;

/// <summary>
/// The signals that a thread blocks. The runtime stops a thread by a signal, to abort it or to collect garbage. An abort leaves
/// the signal's handler by an exception, and then the signal stays blocked: the next loop without calls could not be stopped,
/// and a collection would wait for it for ever.
/// </summary>
internal sealed class SignalMask
{
    // Both systems' sigset_t fit.
    private const int Size = 128;

    private static readonly int Set = OperatingSystem.IsMacOS() ? 3 : 2; // SIG_SETMASK

    private readonly byte[]? signals;

    private SignalMask(byte[]? signals) => this.signals = signals;

    /// <summary>Of a system without signals.</summary>
    public static SignalMask None { get; } = new(null);

    /// <summary>What the calling thread blocks now.</summary>
    public static SignalMask OfThisThread()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            return None;

        var signals = new byte[Size];
        return Exchange(Set, null, signals) == 0 ? new(signals) : None;
    }

    /// <summary>Makes the calling thread block these signals and no others.</summary>
    public void Restore()
    {
        if (signals is not null)
            _ = Exchange(Set, signals, null);
    }

#pragma warning disable SYSLIB1054 // Source-generated imports need unsafe code in all of this project.
    [DllImport("libc", EntryPoint = "pthread_sigmask")]
    private static extern int Exchange(int how, byte[]? signals, byte[]? before);
#pragma warning restore SYSLIB1054
}
