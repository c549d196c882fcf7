namespace NormKernel.Notebooks;

/// <summary>Replaces a file as a whole: whatever goes wrong, either the old file or the complete new one is there.</summary>
public static class AtomicFile
{
    /// <exception cref="IOException">It could not be written; the message says which file and why, and the old one is intact.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            Replace(TargetOfLinks(path), write);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            var outcome = File.Exists(path) ? "the file there is as it was before" : "nothing was written";
            throw new IOException($"could not write {path}: {problem.Message.TrimEnd('.')}; {outcome}", problem);
        }
    }

    private static void Replace(string path, Action<Stream> write)
    {
        // Renaming over a write-protected file works on Unix and would defeat its protection.
        if (File.Exists(path) && File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            throw new UnauthorizedAccessException("the file is write-protected");

        // In the same folder, because a rename is atomic only within one file system.
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            KeepPermissions(path, temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            DeleteLeftover(temporary);
        }
    }

    private static string TargetOfLinks(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    private static void KeepPermissions(string path, string temporary)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path))
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
    }

    /// <summary>Only after a failure is there something to delete, and then that failure is the one to report.</summary>
    private static void DeleteLeftover(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }
}
