using System.Diagnostics;
using System.Globalization;
using CudaBenchmark.Cases;
using NormCore.Kernels;

namespace CudaBenchmark.Peers;

/// <summary>PyTorch in a process of its own, which measures a row whenever it is asked to, so that the two can take turns.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process process;

    public TorchPeer(string python, int device)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "cuda_norms.py"), device.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            throw new CudaException($"{python} cannot be started: {absent.Message}.", absent);
        }
        Name = Answer();
    }

    /// <summary>PyTorch with its version.</summary>
    public string Name { get; }

    public TorchTimes Measure(NormCase row, int runs)
    {
        process.StandardInput.WriteLine($"{row.Operation.Replace(' ', '_')} {row.TypeName} {runs} {string.Join(' ', row.Shape)}");
        process.StandardInput.Flush();
        var times = Answer().Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new TorchTimes(times[0], times[1], times[2], times[3]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private string Answer() =>
        process.StandardOutput.ReadLine() ?? throw new CudaException("PyTorch's process ended; does this Python have torch with CUDA? Its own message is above.");
}
