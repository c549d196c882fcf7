using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NormKernel.Jupyter.Installation;

namespace NormKernel.Tests.Browser;

/// <summary>The classic Jupyter Notebook with this kernel registered, serving copies of notebooks on the loopback address, and a browser.</summary>
public sealed class ClassicNotebook : IDisposable
{
    private readonly string root = Repository.FindRoot(Path.GetDirectoryName(Fixture.PathOf(""))!)!;
    private readonly string token = Guid.NewGuid().ToString("N");
    private readonly TempFolder jupyter = new();
    private readonly SemaphoreSlim starting = new(1);
    private Process? server;
    private BrowserProcess? browser;
    private int port;

    // Inside the repository, where the kernel finds the libraries that notebooks ask for.
    private string Folder => Path.Combine(root, "artifacts", $"classic-{token[..8]}");

    /// <summary>Opens a notebook: a copy of the committed one of that name, or the text given.</summary>
    public async Task<BrowserPage> Open(string name, string? text = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await starting.WaitAsync(cancellation);
        try
        {
            browser ??= await BrowserProcess.Start(cancellation);
            if (server is null)
                await Start(cancellation);
        }
        finally
        {
            starting.Release();
        }

        var copy = Path.Combine(Folder, "notebooks", name);
        if (text is null)
            File.Copy(Path.Combine(root, "notebooks", name), copy);
        else
            await File.WriteAllTextAsync(copy, text, cancellation);
        var page = await BrowserPage.Open(browser, $"http://127.0.0.1:{port}/notebooks/notebooks/{name}?token={token}", cancellation);
        await page.Until("window.Jupyter?.notebook?.kernel?.is_connected()");
        return page;
    }

    public void Dispose()
    {
        browser?.Dispose();
        if (server is { HasExited: false })
            server.Kill(entireProcessTree: true);
        server?.WaitForExit();
        server?.Dispose();
        starting.Dispose();
        jupyter.Dispose();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private async Task Start(CancellationToken cancellation)
    {
        Assert.SkipUnless(await IsInstalled(cancellation), "the classic Jupyter Notebook, version 6, is not installed here (Debian: jupyter-notebook)");
        Directory.CreateDirectory(Path.Combine(Folder, "notebooks"));
        Directory.CreateDirectory(Path.Combine(Folder, "environment"));
        File.Copy(Path.Combine(root, "environment", "setup.ipynb"), Path.Combine(Folder, "environment", "setup.ipynb"));
        Assert.NotEmpty(new KernelRegistration(jupyter["data"], [jupyter["data"]]).Install().ToList());
        port = FreePort();
        var start = Command("--no-browser", "--allow-root", "--ip=127.0.0.1", $"--port={port}", "--port-retries=0", $"--notebook-dir={Folder}", $"--NotebookApp.token={token}");
        start.Environment["JUPYTER_DATA_DIR"] = jupyter["data"];
        start.Environment["JUPYTER_CONFIG_DIR"] = jupyter["config"];
        start.Environment["JUPYTER_RUNTIME_DIR"] = jupyter["runtime"];
        start.Environment["NORM_OFFLINE"] = "1";
        // Other test programs run beside this one: teams of threads that wait for each other's cores take many times as long.
        start.Environment["OMP_NUM_THREADS"] = "1";
        server = Process.Start(start)!;
        _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var log = server.StandardError.ReadToEndAsync(CancellationToken.None);
        using var client = new HttpClient();
        for (var wait = Stopwatch.StartNew(); ; await Task.Delay(100, cancellation))
        {
            Assert.False(server.HasExited, server.HasExited ? await log : "");
            try
            {
                await client.GetStringAsync($"http://127.0.0.1:{port}/api", cancellation);
                return;
            }
            catch (HttpRequestException) when (wait.Elapsed < TimeSpan.FromSeconds(30))
            {
            }
        }
    }

    // Version 7 is JupyterLab in other clothes.
    private static async Task<bool> IsInstalled(CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(Command("--version"))!;
            var version = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return Regex.IsMatch(version, @"^\s*6\.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static ProcessStartInfo Command(params string[] arguments) =>
        new("jupyter-notebook", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
