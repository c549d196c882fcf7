using static TorchSharp.torch;

namespace NormCore.Tests.Layers;

/// <summary>What a linear layer's weights and data may do without a normalizer behind it taking notice.</summary>
/// <remarks>
/// Ba, Kiros and Hinton 2016, arXiv:1607.06450v1, table 1, and its row for RMS norm in Zhang and Sennrich 2019, arXiv:1910.07467v1,
/// table 1. Factors are positive and ε = 0, else no scale would be exactly free. Rows of W belong to one feature each.
/// </remarks>
public class InvarianceTests
{
    private const string Columns = "weight matrix scaled, weight matrix shifted, weight row scaled, data scaled, data shifted, one sample scaled";

    private static readonly Dictionary<string, string> Table = new()
    {
        ["batch norm"] = "yes no yes yes yes no",
        ["weight norm"] = "yes no yes no no no",
        ["layer norm"] = "yes yes no yes no yes",
        ["RMS norm"] = "yes no no yes no yes",
    };

    public static TheoryData<string, string, bool> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, bool>();
            foreach (var (norm, row) in Table)
                foreach (var (column, answer) in Columns.Split(", ").Zip(row.Split(' ')))
                    cells.Add(norm, column, answer == "yes");
            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_normalizer_takes_no_notice_of_what_the_table_says_it_does_not(string norm, string change, bool invariant)
    {
        using var scope = NewDisposeScope();
        using var random = new RandomLayers(41);
        var (x, w) = (random.Normal(8, 5), random.Normal(6, 5));
        var factors = random.Normal(8, 1).square() + 0.5;
        var (changedX, changedW) = change switch
        {
            "weight matrix scaled" => (x, 2.5 * w),
            "weight matrix shifted" => (x, w + random.Normal(1, 5)), // the same vector on every row
            "weight row scaled" => (x, w * factors[TensorIndex.Slice(0, 6)]),
            "data scaled" => (2.5 * x, w),
            "data shifted" => (x + 1.5, w),
            _ => (x * factors, w),
        };
        var output = Network(norm, random);
        var y = output(x, w);
        var difference = (output(changedX, changedW) - y).norm().item<double>() / y.norm().item<double>();
        // A yes is exact up to some hundred roundings of 2e-16; a no moves a random output by a considerable part of itself.
        Assert.True(invariant ? difference < 1e-10 : difference > 1e-2, $"{difference:g3}");
    }

    /// <summary>The linear layer and what normalizes its output, or its weight, with random γ and β.</summary>
    private static Func<Tensor, Tensor, Tensor> Network(string norm, RandomLayers random)
    {
        if (norm == "weight norm")
        {
            var g = random.Normal(6, 1);
            return (x, w) => x.matmul(WeightNorm.Scale(w, g).t());
        }
        nn.Module<Tensor, Tensor> layer = norm switch
        {
            "batch norm" => new BatchNorm(6, eps: 0, dtype: ScalarType.Float64),
            "layer norm" => new LayerNorm(6, eps: 0, dtype: ScalarType.Float64),
            _ => new RmsNorm(6, eps: 0, dtype: ScalarType.Float64),
        };
        random.Randomized(layer);
        return (x, w) => layer.call(x.matmul(w.t()));
    }
}
