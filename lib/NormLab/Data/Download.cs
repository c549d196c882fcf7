using System.Net;
using System.Net.Http.Headers;

namespace NormLab.Data;

/// <summary>Fetches files over HTTP: goes on where an earlier attempt broke off, and keeps nothing whose SHA-256 is wrong.</summary>
/// <param name="addresses">Folders that hold the same files; each is tried until one answers.</param>
/// <param name="connectTimeout">How long a server may take to accept the connection: a machine without a network goes on quickly.</param>
internal sealed class Download(IReadOnlyList<Uri> addresses, TimeSpan connectTimeout)
{
    /// <summary>How long a server may take between two pieces of a file.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    private const long Megabyte = 1 << 20;

    /// <exception cref="HttpRequestException">No address gave the file with its right SHA-256.</exception>
    public void Fetch(DataFile file, string folder)
    {
        var failures = new List<string>();
        foreach (var address in addresses)
        {
            try
            {
                Fetch(new Uri(address, file.Name), file, folder);
                return;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException or InvalidDataException)
            {
                failures.Add($"{address.Host}: {(error is OperationCanceledException ? "no answer in time" : error.Message)}");
            }
        }

        throw new HttpRequestException($"{file.Name} could not be downloaded ({string.Join("; ", failures)})");
    }

    private void Fetch(Uri address, DataFile file, string folder)
    {
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, $"{file.Name}.part");
        using var handler = new SocketsHttpHandler { ConnectTimeout = connectTimeout };
        using var client = new HttpClient(handler) { Timeout = Stall };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var have = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (have > 0)
            request.Headers.Range = new RangeHeaderValue(have, null);

        using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            response.EnsureSuccessStatusCode();
            using var progress = new TransientLine(Console.Out);
            Receive(response, part, $"downloading {file.Name} from {address.Host}", progress);
        }

        Keep(file, part, Path.Combine(folder, file.Name));
    }

    private static void Receive(HttpResponseMessage response, string part, string what, TransientLine progress)
    {
        // A server that ignores the range sends the whole file.
        var mode = response.StatusCode == HttpStatusCode.PartialContent ? FileMode.Append : FileMode.Create;
        using var target = new FileStream(part, mode);
        using var source = response.Content.ReadAsStream();
        var total = target.Position + (response.Content.Headers.ContentLength ?? 0);
        progress.Show(what);
        var buffer = new byte[1 << 16];
        while (true)
        {
            using var stalled = new CancellationTokenSource(Stall);
            var read = source.ReadAsync(buffer, stalled.Token).AsTask().GetAwaiter().GetResult();
            if (read == 0)
                return;
            target.Write(buffer, 0, read);
            if (target.Position / Megabyte != (target.Position - read) / Megabyte)
                progress.Show($"{what}: {target.Position / Megabyte} of {total / Megabyte} MB");
        }
    }

    private static void Keep(DataFile file, string part, string final)
    {
        try
        {
            file.Check(part);
        }
        catch (InvalidDataException)
        {
            // Kept, it would be resumed and be wrong again.
            File.Delete(part);
            throw;
        }

        File.Move(part, final, overwrite: true);
    }
}
