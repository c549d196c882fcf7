using System.Runtime.InteropServices;
using NetMQ;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter;

/// <summary>The process of a kernel.</summary>
public static class KernelProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // NetMQ's sockets live on the thread pool, which cells may fill with work that does not end: beyond its minimum the pool
    // takes half a second for each further thread, and an interrupt would come late.
    private const int SpareThreads = 8;

    /// <summary>Serves a front end until it asks for the end, its process has gone, or a cell can be stopped in no other way.</summary>
    /// <exception cref="IOException">The connection file is none, or a port cannot be had.</exception>
    public static int Run(string connectionFile)
    {
        var connection = ConnectionFile.Read(connectionFile);
        ThreadPool.SetMinThreads(Environment.ProcessorCount + SpareThreads, Environment.ProcessorCount + SpareThreads);
        int exitCode;
        using (var kernel = new JupyterKernel(connection, Directory.GetCurrentDirectory()))
        {
            // Ctrl-C in the terminal of a console front end means the cell.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
            {
                signal.Cancel = true;
                kernel.Interrupt();
            });
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                kernel.End();
            });
            ParentWatch.Start(kernel.End);
            exitCode = kernel.Ending.GetAwaiter().GetResult();
            EndInAnyCase();
        }

        NetMQConfig.Cleanup(block: true);
        return exitCode;
    }

    // Native code that does not return can keep a process from ending.
    private static void EndInAnyCase() => new Thread(() =>
    {
        Thread.Sleep(Patience);
        Environment.FailFast(null);
    })
    { IsBackground = true, Name = "end" }.Start();
}
