using static TorchSharp.torch;

namespace NormCore.Tests.Documentation;

public class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    public static TheoryData<string> Layers =>
        [.. typeof(BatchNorm).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(nn.Module))).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_table_has_a_row_for_every_layer(string layer) => Assert.Contains($"\n| `{layer}` |", Readme, StringComparison.Ordinal);
}
