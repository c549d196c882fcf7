namespace NormKernel.Site.Pictures;

/// <summary>A folder that is needed for a while.</summary>
internal static class TemporaryFolder
{
    public static string Create(string parent) => Directory.CreateDirectory(Path.Combine(parent, $"normkernel-{Path.GetRandomFileName()}")).FullName;

    /// <summary>A browser's last helper process may hold a file a moment longer; a folder left in the system's own temporary place harms nobody.</summary>
    public static void Delete(string folder)
    {
        for (var attempt = 0; attempt < 5 && Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
