using NormCore.Kernels;
using static TorchSharp.torch;

namespace NormCore.Tests.Kernels;

/// <summary>What must not depend on other sets, or on threads.</summary>
[Collection(nameof(Alone))]
public class IsolationTests
{
    /// <summary>Each way of going over memory, in one tile and in many.</summary>
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 1, 3, 4, 1, 40 }, { 1, 300, 5, 1, 300 }, { 2, 100, 70, 1, 49 }, { 4, 1, 3, 2, 50 }, { 30, 1, 8, 3, 900 },
        { 9, 1, 1, 33, 1 }, { 900, 1, 1, 700, 1 }, { 1, 40, 9, 1, 1 }, { 1, 2000, 90, 1, 1 }, { 1, 300, 3000, 1, 1 }, { 1, 90, 70, 1, 3 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Not_a_number_and_infinity_stay_within_their_set(int outer, int samples, int groups, int channels, int run)
    {
        var problem = Problem.Random(new Geometry(outer, samples, groups, channels, run), ScalarType.Float32, 1);
        var clean = FusedSolver.Solve(problem);
        var sets = problem.Places().Select(place => place.Set).ToArray();
        foreach (var (value, mean) in ((double, double)[])[(double.NaN, double.NaN), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NegativeInfinity)])
        {
            double[] x = [.. problem.X];
            var spoiled = x.Length / 2;
            x[spoiled] = value;
            var solution = FusedSolver.Solve(problem with { X = x });
            Assert.Equal(mean, solution.Mean[sets[spoiled]]);
            Assert.Equal(double.NaN, solution.Variance[sets[spoiled]]);
            for (var i = 0; i < x.Length; i++)
            {
                Assert.Equal(sets[i] == sets[spoiled] ? double.NaN : clean.Y[i], solution.Y[i]);
                Assert.Equal(sets[i] == sets[spoiled] ? double.NaN : clean.Dx[i], solution.Dx[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Any_number_of_threads_gives_the_same_bits(int outer, int samples, int groups, int channels, int run)
    {
        var problem = Problem.Random(new Geometry(outer, samples, groups, channels, run), ScalarType.Float32, 1);
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            var expected = FusedSolver.Solve(problem);
            foreach (var threads in (int[])[2, 4, 8])
            {
                set_num_threads(threads);
                var solution = FusedSolver.Solve(problem);
                Assert.Equal(expected.Mean, solution.Mean);
                Assert.Equal(expected.Variance, solution.Variance);
                Assert.Equal(expected.Y, solution.Y);
                Assert.Equal(expected.Dx, solution.Dx);
                Assert.Equal(expected.Dgamma, solution.Dgamma);
                Assert.Equal(expected.Dbeta, solution.Dbeta);
            }
        }
        finally
        {
            set_num_threads(before);
        }
    }
}

/// <summary>The number of torch's threads is the same for all tests of a process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
