using NormKernel.Jupyter;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Tests.Jupyter;

/// <summary>A kernel in this process and a front end that has heard its welcome.</summary>
public sealed class RunningKernel : IDisposable
{
    private readonly TempFolder folder = new();

    public RunningKernel()
    {
        Kernel = new JupyterKernel(Connection, folder.Path);
        Client = new KernelClient(Connection);
        Client.AwaitWelcome();
    }

    public ConnectionFile Connection { get; } = KernelClient.FreeConnection();

    public JupyterKernel Kernel { get; }

    public KernelClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        Kernel.Dispose();
        folder.Dispose();
    }
}
