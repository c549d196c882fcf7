using System.Diagnostics;
using System.Text;

namespace NormKernel.Site.Pictures;

/// <summary>A Chromium-family browser, run without a window on one page of ours, away from the network.</summary>
public sealed class Chromium(string executable)
{
    public const string OverrideVariable = "NORMKERNEL_CHROMIUM";

    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(60);

    // Hundreds of pages on a busy machine take a while.
    private static readonly TimeSpan PrintingTimeOut = TimeSpan.FromMinutes(5);

    public string Executable { get; } = executable;

    /// <summary>The browser that the environment names, or the first one found on PATH and in the usual places; null where there is none.</summary>
    public static Chromium? Find() => ChromiumPlaces.First(Environment.GetEnvironmentVariable(OverrideVariable)) is { } path ? new Chromium(path) : null;

    /// <summary>A new folder, for a while, that the browser can read and write.</summary>
    public string CreateFolder() => TemporaryFolder.Create(ChromiumPlaces.IsSnap(Executable) ? ChromiumPlaces.SnapFolder : Path.GetTempPath());

    /// <summary>Loads a local page and returns its DOM as HTML, after its scripts have come to rest.</summary>
    /// <exception cref="TimeoutException">The browser took longer than a minute.</exception>
    /// <exception cref="IOException">The browser could not be started, or ended with an error.</exception>
    public Task<string> Dom(string page, CancellationToken cancellation) =>
        Run(["--dump-dom", new Uri(page).AbsoluteUri], TimeOut, cancellation);

    /// <summary>Prints a local page as PDF, with bookmarks and without the browser's own header and footer.</summary>
    /// <exception cref="TimeoutException">The browser took longer than five minutes.</exception>
    /// <exception cref="IOException">The browser could not be started, ended with an error, or wrote no file.</exception>
    public async Task Print(string page, string pdf, CancellationToken cancellation)
    {
        string[] options = [$"--print-to-pdf={pdf}", "--no-pdf-header-footer", "--generate-pdf-document-outline", new Uri(page).AbsoluteUri];
        await Run(options, PrintingTimeOut, cancellation);
        if (!File.Exists(pdf))
            throw new IOException($"{Executable} ended without writing the PDF.");
    }

    private async Task<string> Run(IReadOnlyList<string> task, TimeSpan timeOut, CancellationToken cancellation)
    {
        var profile = CreateFolder();
        try
        {
            var start = new ProcessStartInfo(Executable, [.. Options(profile), .. task])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            };
            using var process = Start(start);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(timeOut);
            try
            {
                var errors = process.StandardError.ReadToEndAsync(limit.Token);
                var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 ? output : throw new IOException($"{Executable} ended with exit code {process.ExitCode}: {LastLine(await errors)}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"{Executable} took longer than {timeOut.TotalSeconds} s and was stopped.");
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            TemporaryFolder.Delete(profile);
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new IOException($"{Executable} did not start.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{Executable} did not start: {error.Message}. {OverrideVariable} names the browser to use.", error);
        }
    }

    private static IEnumerable<string> Options(string profile)
    {
        // Root and containers cannot have Chromium's sandbox; the page is our own.
        if (OperatingSystem.IsLinux())
            yield return "--no-sandbox";

        string[] others =
        [
            "--headless", "--disable-gpu", "--enable-unsafe-swiftshader", "--hide-scrollbars", "--force-device-scale-factor=1", "--allow-file-access-from-files",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--disable-default-apps", "--no-default-browser-check", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
            "--virtual-time-budget=60000", $"--user-data-dir={profile}",
        ];
        foreach (var option in others)
            yield return option;
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no message";
}
