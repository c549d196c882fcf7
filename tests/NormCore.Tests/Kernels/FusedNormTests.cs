using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

public class FusedNormTests
{
    private const int Longest = 257;

    public static TheoryData<ScalarType, ScalarType> Types => new()
    {
        { ScalarType.Float32, ScalarType.Float32 },
        { ScalarType.Float64, ScalarType.Float64 },
        { ScalarType.BFloat16, ScalarType.BFloat16 },
        { ScalarType.Float16, ScalarType.Float16 },
        { ScalarType.BFloat16, ScalarType.Float32 },
        { ScalarType.Float16, ScalarType.Float32 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Layer_norm_and_RMS_norm_of_every_length(ScalarType type, ScalarType parameters)
    {
        for (nint n = 0; n <= Longest; n++)
            foreach (var centered in (bool[])[true, false])
                Check(Problem.Random(new Geometry(5, 1, 1, n, 1), type, (int)n, parameterType: parameters) with { Centered = centered, Offset = (int)n % 5 });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Batch_norm_over_runs_of_every_length(ScalarType type, ScalarType parameters)
    {
        for (nint n = 0; n <= Longest; n++)
            Check(Problem.Random(new Geometry(1, 3, 3, 1, n), type, (int)n, parameterType: parameters) with { Offset = (int)n % 7 });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Group_norm_over_runs_of_every_length(ScalarType type, ScalarType parameters)
    {
        for (nint n = 0; n <= Longest; n++)
            Check(Problem.Random(new Geometry(2, 1, 2, 3, n), type, (int)n, parameterType: parameters) with { Offset = (int)n % 3 });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Batch_norm_of_every_number_of_samples_and_channels(ScalarType type, ScalarType parameters)
    {
        for (nint n = 0; n <= Longest; n++)
        {
            Check(Problem.Random(new Geometry(1, n, 5, 1, 1), type, (int)n, parameterType: parameters) with { Offset = (int)n % 5 });
            Check(Problem.Random(new Geometry(1, 6, n, 1, 1), type, (int)n, parameterType: parameters) with { Offset = (int)n % 3 });
        }
    }

    /// <summary>Shapes that are cut into several tiles, chunks and blocks, each way of going over memory.</summary>
    public static TheoryData<int, int, int, int, int> Large => new()
    {
        { 1, 9, 20, 1, 1000 }, { 1, 700, 2, 1, 99 }, { 1, 40, 1, 1, 9001 }, { 3, 30, 40, 1, 49 },
        { 30, 1, 8, 3, 130 }, { 40, 1, 3, 1, 2500 }, { 2, 1, 3, 2, 17001 }, { 9, 1, 5, 400, 7 },
        { 1300, 1, 1, 129, 1 }, { 11, 1, 1, 20000, 1 }, { 1, 3000, 70, 1, 1 }, { 1, 600, 300, 1, 1 }, { 2, 200, 1500, 1, 1 }, { 1, 530, 60, 1, 4 },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public void Large_shapes(int outer, int samples, int groups, int channels, int run)
    {
        var geometry = new Geometry(outer, samples, groups, channels, run);
        var problem = Problem.Random(geometry, ScalarType.Float32, run);
        Check(problem);
        Check(problem with { Centered = false });
        Check(Given(problem));
        Check(Problem.Random(geometry, ScalarType.BFloat16, run, parameterType: ScalarType.Float32));
    }

    [Fact]
    public void Results_stored_past_the_caches_are_the_same()
    {
        foreach (var geometry in (Geometry[])[new(1, 6, 10, 1, 36001), new(7, 1, 33, 3, 3067), new(2100, 1, 1, 1024, 1), new(1, 2100, 1024, 1, 1), new(1, 2100, 1001, 1, 1)])
        {
            var problem = Problem.Random(geometry, ScalarType.Float32, 1);
            AssertSame(FusedSolver.Solve(problem), FusedSolver.Solve(problem, outputOffset: 3));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Statistics_from_elsewhere_are_constants(ScalarType type, ScalarType parameters)
    {
        foreach (var geometry in (Geometry[])[new(1, 3, 4, 1, 37), new(1, 5, 19, 1, 1), new(3, 1, 1, 21, 1), new(2, 1, 3, 2, 40), new(1, 3, 5, 1, 4)])
            Check(Given(Problem.Random(geometry, type, 7, parameterType: parameters)));
    }

    [Fact]
    public void What_is_not_there_or_not_wanted_changes_nothing_else()
    {
        foreach (var geometry in (Geometry[])[new(1, 3, 4, 1, 37), new(1, 5, 19, 1, 1), new(3, 1, 1, 21, 1), new(2, 1, 3, 2, 40), new(1, 3, 5, 1, 4), new(1, 40, 1, 1, 9001), new(1, 900, 70, 1, 1)])
        {
            var problem = Problem.Random(geometry, ScalarType.Float32, 1);
            var all = FusedSolver.Solve(problem);
            Assert.Equal(all.Dx, FusedSolver.Solve(problem, wantsParameters: false).Dx);
            Assert.Equal(all.Dgamma, FusedSolver.Solve(problem, wantsX: false).Dgamma);
            Array.Fill(problem.Gamma, 1);
            Array.Fill(problem.Beta, 0);
            AssertSame(FusedSolver.Solve(problem), FusedSolver.Solve(problem, hasParameters: false));
        }
    }

    /// <summary>Of N samples, C groups and runs of R.</summary>
    public static TheoryData<int, int, int> EveryWay => new() { { 1, 2, 300 }, { 40, 3, 300 }, { 1, 3, 5 }, { 1, 1, 20000 }, { 90, 37, 1 }, { 900, 37, 1 } };

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void A_mean_of_a_million_and_a_deviation_of_a_hundredth_keep_their_digits(int samples, int groups, int run)
    {
        foreach (var geometry in Ways(samples, groups, run))
            Check(Problem.Random(geometry, ScalarType.Float32, 3, mean: 1e6, deviation: 1e-2));
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void First_elements_far_from_all_others_keep_their_digits(int samples, int groups, int run)
    {
        foreach (var geometry in Ways(samples, groups, run))
        {
            var problem = Problem.Random(geometry, ScalarType.Float32, 3, mean: 1e4, deviation: 1);
            var first = geometry.Elements / Math.Max(4, geometry.Samples);
            for (nint i = 0; i < first; i++) problem.X[i] = 0;
            Check(problem);
        }
    }

    [Theory]
    [InlineData(1e25, 1e25)]
    [InlineData(1e-24, 1e-24)]
    [InlineData(0, 1e30)]
    public void Squares_out_of_the_range_of_float_are_no_matter(double mean, double deviation)
    {
        foreach (var geometry in (Geometry[])[.. Ways(1, 2, 300), .. Ways(40, 3, 50), .. Ways(90, 37, 1)])
            foreach (var centered in (bool[])[true, false])
                Check(Problem.Random(geometry, ScalarType.Float32, 5, mean, deviation) with { Centered = centered, Eps = 0 });
    }

    [Fact]
    public void Constant_sets_have_no_variance_and_give_beta()
    {
        foreach (var geometry in (Geometry[])[.. Ways(1, 2, 300), .. Ways(40, 3, 50), .. Ways(90, 37, 1)])
        {
            var problem = Problem.Random(geometry, ScalarType.Float32, 5);
            Array.Fill(problem.X, (float)0.1);
            var solution = FusedSolver.Solve(problem);
            Assert.All(solution.Variance, v => Assert.Equal(0, v));
            Assert.Equal(problem.Places().Select(place => problem.Beta[place.Parameter]), solution.Y);
        }
    }

    private static IEnumerable<Geometry> Ways(nint samples, nint groups, nint run) =>
        samples > 1 ? [new(1, samples, groups, 1, run), new(2, samples, groups, 1, run)] : [new(3, 1, groups, 1, run), new(3, 1, groups, run, 1), new(2, 1, groups, 2, run)];

    private static Problem Given(Problem problem)
    {
        var random = new Random(11);
        double[] Draw(double from) => [.. Enumerable.Range(0, (int)problem.Geometry.Sets).Select(_ => from + random.NextDouble())];
        return problem with { Given = (Draw(0), Draw(1)) };
    }

    private static void Check(Problem problem)
    {
        var plain = new PlainSolver(problem);
        plain.Check(FusedSolver.Solve(problem, outputOffset: problem.Offset));
        var (mean, variance) = problem.Given ?? FusedSolver.Statistics(problem);
        plain.CheckStatistics(mean, variance);
    }

    private static void AssertSame(Solution one, Solution other)
    {
        Assert.Equal(one.Y, other.Y);
        Assert.Equal(one.Dx, other.Dx);
        Assert.Equal(one.Dgamma, other.Dgamma);
    }
}
