namespace NormLab.Data;

/// <summary>Fashion-MNIST: Xiao, Rasul and Vollgraf (2017), arXiv:1708.07747v2; MIT licence.</summary>
internal static class FashionMnist
{
    public const string Name = "Fashion-MNIST";

    private const string Folder = "fashion-mnist";

    // The two places that its README names. The second has no https; the SHA-256 protects either way.
    private static readonly Uri[] Addresses =
    [
        new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
    ];

    private static readonly DataFile TrainImages = new("train-images-idx3-ubyte.gz", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84");
    private static readonly DataFile TrainLabels = new("train-labels-idx1-ubyte.gz", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845");
    private static readonly DataFile TestImages = new("t10k-images-idx3-ubyte.gz", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073");
    private static readonly DataFile TestLabels = new("t10k-labels-idx1-ubyte.gz", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");

    public static readonly string[] ClassNames =
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    public static DataFile[] Files => [TrainImages, TrainLabels, TestImages, TestLabels];

    /// <summary>The folder below <paramref name="root"/> that holds all four files, or null.</summary>
    public static string? FindBelow(string? root)
    {
        var folder = root is null ? null : Path.Combine(root, Folder);
        return folder is not null && Array.TrueForAll(Files, file => file.IsIn(folder)) ? folder : null;
    }

    /// <summary>Fetches what is missing below <paramref name="root"/> and returns the folder.</summary>
    public static string Download(string root)
    {
        var folder = Path.Combine(root, Folder);
        var download = new Download(Addresses, TimeSpan.FromSeconds(4));
        foreach (var file in Files.Where(file => !file.IsIn(folder)))
            download.Fetch(file, folder);
        return folder;
    }

    /// <exception cref="InvalidDataException">A file has the wrong SHA-256.</exception>
    public static (RawImages Train, RawImages Test) Read(string folder) =>
        (Read(folder, TrainImages, TrainLabels), Read(folder, TestImages, TestLabels));

    private static RawImages Read(string folder, DataFile images, DataFile labels)
    {
        return new(Values(images), Values(labels));

        byte[] Values(DataFile file)
        {
            var path = Path.Combine(folder, file.Name);
            file.Check(path);
            return IdxFile.Read(path).Values;
        }
    }
}
