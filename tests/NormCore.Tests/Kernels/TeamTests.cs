using NormCore.Kernels;

namespace NormCore.Tests.Kernels;

public class TeamTests
{
    public static TheoryData<string> Teams => ["OpenMP", "thread pool"];

    [Fact]
    public void Linux_has_the_team_of_torch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems' libtorch brings other OpenMP runtimes");
        Assert.True(OpenMPTeam.IsAvailable);
    }

    [Theory]
    [MemberData(nameof(Teams))]
    public void Every_task_runs_once(string team)
    {
        foreach (var tasks in new[] { 0, 1, 2, 3, 100, 5000 })
        {
            var runs = new int[tasks];
            Run(team, new Tasks(task => Interlocked.Increment(ref runs[task])), tasks);
            Assert.All(runs, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [MemberData(nameof(Teams))]
    public void What_a_task_throws_arrives_at_the_caller_and_the_team_works_on(string team)
    {
        var failing = new Tasks(task => { if (task == 7) throw new InvalidOperationException("task 7"); });
        var error = Assert.Throws<InvalidOperationException>(() => Run(team, failing, 100));
        Assert.Equal("task 7", error.Message);
        Assert.Contains(nameof(TeamTests), error.StackTrace);

        var sum = 0;
        Run(team, new Tasks(task => Interlocked.Add(ref sum, task)), 100);
        Assert.Equal(4950, sum);
    }

    [Theory]
    [MemberData(nameof(Teams))]
    public void A_job_within_a_job_runs_on_the_thread_that_asks_for_it(string team)
    {
        var sum = 0;
        Run(team, new Tasks(_ =>
        {
            var thread = Environment.CurrentManagedThreadId;
            Team.Run(
                new Tasks(task =>
                {
                    Assert.Equal(thread, Environment.CurrentManagedThreadId);
                    Interlocked.Add(ref sum, task);
                }),
                10);
        }), 20);
        Assert.Equal(20 * 45, sum);
    }

    [Theory]
    [MemberData(nameof(Teams))]
    public async Task Several_threads_may_call_at_once(string team)
    {
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(
            () =>
            {
                for (var round = 0; round < 200; round++)
                {
                    var sum = 0;
                    Run(team, new Tasks(task => Interlocked.Add(ref sum, task * caller)), 50);
                    Assert.Equal(1225 * caller, sum);
                }
            },
            TestContext.Current.CancellationToken));
        await Task.WhenAll(callers);
    }

    [Fact]
    public void The_number_of_threads_is_the_one_of_torch()
    {
        var before = TorchSharp.torch.get_num_threads();
        try
        {
            TorchSharp.torch.set_num_threads(3);
            Assert.Equal(3, Team.Threads);
        }
        finally
        {
            TorchSharp.torch.set_num_threads(before);
        }
        Assert.Equal(before, Team.Threads);
    }

    private static void Run(string team, Job job, int tasks)
    {
        var work = new SharedWork(job, tasks);
        if (team == "OpenMP") Assert.SkipUnless(OpenMPTeam.TryRun(work, threads: 4), "no OpenMP runtime with GOMP_parallel here");
        else ThreadPoolTeam.Run(work, threads: 4);
        Assert.True(work.IsFinished);
        work.ThrowIfFailed();
    }

    private sealed class Tasks(Action<int> run) : Job
    {
        public override void Run(int task) => run(task);
    }
}
