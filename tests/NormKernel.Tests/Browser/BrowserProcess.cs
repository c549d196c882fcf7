using System.Diagnostics;
using NormKernel.Site.Pictures;

namespace NormKernel.Tests.Browser;

/// <summary>A headless browser that a test drives. It reaches this machine's loopback address and no other.</summary>
public sealed class BrowserProcess : IDisposable
{
    private readonly string profile;
    private readonly Process process;

    private BrowserProcess(string profile, Process process) => (this.profile, this.process) = (profile, process);

    public required DevTools Tools { get; init; }

    /// <summary>Starts the browser that is installed here; a test that finds none is skipped.</summary>
    public static async Task<BrowserProcess> Start(CancellationToken cancellation)
    {
        var browser = Chromium.Find();
        Assert.SkipWhen(browser is null, "no Chromium, Chrome or Edge is installed here to open pages with");
        var profile = browser.CreateFolder();
        string[] options =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-dev-shm-usage", "--force-device-scale-factor=1", "--window-size=1280,1000",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-default-apps",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0", "--remote-allow-origins=*", $"--user-data-dir={profile}", "about:blank",
        ];
        var process = System.Diagnostics.Process.Start(new ProcessStartInfo(browser.Executable, options) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            return new(profile, process) { Tools = await DevTools.Connect(await Address(profile, cancellation), cancellation) };
        }
        catch
        {
            new BrowserProcess(profile, process) { Tools = null! }.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Tools?.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        TemporaryFolder.Delete(profile);
    }

    // The browser chooses its port and writes it, and the path, into a file of its profile.
    private static async Task<Uri> Address(string profile, CancellationToken cancellation)
    {
        var file = Path.Combine(profile, "DevToolsActivePort");
        for (var wait = Stopwatch.StartNew(); wait.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(50, cancellation))
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file, cancellation) is [var port, var path, ..])
                return new($"ws://127.0.0.1:{port}{path}");
        }

        throw new TimeoutException("The browser did not say within 30 s where it listens.");
    }
}
