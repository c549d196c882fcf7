namespace NormLab.Data;

/// <summary>The images that the experiments train on.</summary>
public static class ImageData
{
    /// <summary>The largest training set.</summary>
    public const int MostTrain = 60_000;

    /// <summary>The largest test set.</summary>
    public const int MostTest = 10_000;

    // The same wherever the files lie: it is part of what a notebook shows.
    private const string AtHand = "its files are at hand";
    private const ulong TrainSeed = 1, TestSeed = 2;

    // Of the 60,000 training images, pixels from 0 to 1.
    private static readonly (double Mean, double Deviation) FashionPixels = (0.2860, 0.3530);
    private static readonly (double Mean, double Deviation) GeneratedPixels = (0.3461, 0.2164);

    /// <summary>
    /// Fashion-MNIST from the folder <c>fashion-mnist</c> in NORM_DATA, else from the cache, else downloaded, unless
    /// NORM_OFFLINE is 1; where none of them works, the built-in generated set. <see cref="ImageDataset.Reason"/> says which and why.
    /// </summary>
    /// <param name="train">The number of training images, at most 60,000.</param>
    /// <param name="test">The number of test images, at most 10,000.</param>
    /// <exception cref="InvalidDataException">A file of the dataset is damaged.</exception>
    public static ImageDataset Load(int train = 10_000, int test = 2_000)
    {
        CheckSizes(train, test);
        var (folder, reason) = Find();
        if (folder is null)
            return Generate(train, test, reason);

        var (trainImages, testImages) = FashionMnist.Read(folder);
        return new(FashionMnist.Name, reason, trainImages.First(train), testImages.First(test), FashionMnist.ClassNames, FashionPixels);
    }

    /// <summary>The built-in generated set: ten shapes with distractors and noise, the same bytes on every platform.</summary>
    /// <param name="train">The number of training images, at most 60,000.</param>
    /// <param name="test">The number of test images, at most 10,000.</param>
    public static ImageDataset Generated(int train = 10_000, int test = 2_000)
    {
        CheckSizes(train, test);
        return Generate(train, test, "it was asked for");
    }

    private static ImageDataset Generate(int train, int test, string reason) => new(
        GeneratedImages.Name, reason, GeneratedImages.Make(train, TrainSeed), GeneratedImages.Make(test, TestSeed), GeneratedImages.ClassNames, GeneratedPixels);

    private static (string? Folder, string Reason) Find()
    {
        if (FashionMnist.FindBelow(DataFolders.Given) is { } given)
            return (given, AtHand);
        var absent = DataFolders.Given is null ? "" : "NORM_DATA has no folder fashion-mnist with the four files, ";
        if (FashionMnist.FindBelow(DataFolders.Cache) is { } cached)
            return (cached, AtHand);
        if (DataFolders.IsOffline)
            return (null, $"{absent}NORM_OFFLINE forbids to download Fashion-MNIST");

        try
        {
            return (FashionMnist.Download(DataFolders.Cache), AtHand);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"{error.Message}: the built-in generated images are used instead.");
            return (null, $"{absent}Fashion-MNIST could not be downloaded");
        }
    }

    private static void CheckSizes(int train, int test)
    {
        if (train is < 1 or > MostTrain)
            throw new ArgumentOutOfRangeException(nameof(train), train, $"There are 1 to {MostTrain} training images.");
        if (test is < 1 or > MostTest)
            throw new ArgumentOutOfRangeException(nameof(test), test, $"There are 1 to {MostTest} test images.");
    }
}
