namespace NormKernel.Site.Assets;

/// <summary>A download that may fail: a site can be built without it.</summary>
internal static class FileDownload
{
    // Long enough for a slow line, short enough that a build behind a wall does not seem to hang.
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(10);

    /// <summary>The file's bytes, or null where it cannot be had in time.</summary>
    public static async Task<byte[]?> Get(Uri address, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeOut };
        try
        {
            return await client.GetByteArrayAsync(address, cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
