namespace NormLab.Interview;

/// <summary>The answers given so far, in one file on this machine or in memory only.</summary>
public sealed class InterviewHistory
{
    private const string PathVariable = "NORM_INTERVIEW";

    private readonly HistoryFile? file;
    private List<GradedAnswer> answers;

    private InterviewHistory(HistoryFile? file)
    {
        this.file = file;
        answers = file?.Read() ?? [];
    }

    /// <summary>The file, or null for a history in memory.</summary>
    public string? Path => file?.Path;

    /// <summary>The answers, in the order in which they were added.</summary>
    public IReadOnlyList<GradedAnswer> Answers => answers;

    /// <summary>An empty history that ends with the program.</summary>
    public static InterviewHistory InMemory() => new(file: null);

    /// <summary>The history in a file, which need not exist yet.</summary>
    /// <param name="path">The file; null takes the one that NORM_INTERVIEW names, or else NormNotebooks/interview.json in the user's data folder.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of a later version; it is left as it is.</exception>
    /// <exception cref="InvalidOperationException">The user has no data folder, and NORM_INTERVIEW names no file.</exception>
    public static InterviewHistory OnDisk(string? path = null) => new(new HistoryFile(System.IO.Path.GetFullPath(path ?? DefaultPath)));

    /// <summary>Adds an answer, and to the file at once; what another program has added meanwhile stays.</summary>
    /// <exception cref="IOException">The file could not be written; the one there is as it was.</exception>
    /// <exception cref="InvalidDataException">The file has been damaged meanwhile; it is left as it is.</exception>
    public void Add(GradedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        List<GradedAnswer> longer = [.. file?.Read() ?? answers, answer];
        file?.Write(longer);
        answers = longer;
    }

    /// <summary>Forgets every answer and removes the file.</summary>
    /// <exception cref="IOException">The file could not be removed.</exception>
    public void Forget()
    {
        file?.Delete();
        answers = [];
    }

    private static string DefaultPath
    {
        get
        {
            if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } given)
                return given;

            // On Linux this is XDG_DATA_HOME, or .local/share in the home folder.
            var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return folder.Length > 0
                ? System.IO.Path.Combine(folder, "NormNotebooks", "interview.json")
                : throw new InvalidOperationException($"This user has no folder for the data of programs, so the history needs a file of its own: set the environment variable {PathVariable} to its path.");
        }
    }
}
