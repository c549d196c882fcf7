namespace NormCore.Tests.Conformance.Format;

public class GoldenSuiteTests
{
    [Fact]
    public void The_manifest_lists_as_many_cases_as_it_says_and_every_file_is_as_long_as_it_says()
    {
        foreach (var golden in GoldenSuite.Cases.Values)
        {
            var length = new FileInfo(Path.Combine(GoldenSuite.Folder, golden.File)).Length;
            Assert.True(length >= golden.Tensors.Max(t => t.Offset + t.Nbytes), golden.Id);
        }
    }

    [Theory]
    [InlineData("bn_train_f16_nchw", "x")]
    [InlineData("bn_train_bf16_nchw", "x")]
    [InlineData("bn_train_nchw_f32", "x")]
    public void Stored_inputs_have_the_mean_that_the_case_gives(string id, string name)
    {
        var golden = GoldenSuite.Cases[id];
        using var x = golden.Get(name);
        using var mean = x.to(TorchSharp.torch.ScalarType.Float64).mean([0, 2, 3]);
        using var expected = golden.Get("batch_mean");
        Assert.True(mean.allclose(expected, rtol: 1e-12, atol: 1e-12));
    }
}
