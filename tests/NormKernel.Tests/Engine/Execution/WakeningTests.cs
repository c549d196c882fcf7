using NormKernel.Engine.Execution;
using NormKernel.Engine.Outputs;

namespace NormKernel.Tests.Engine.Execution;

public class WakeningTests
{
    [Fact]
    public void What_is_left_of_an_interrupt_ends_neither_the_end_of_a_cell_nor_what_follows()
    {
        const int Rounds = 1000;
        var thrown = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            using var ready = new ManualResetEventSlim();
            var cell = new Thread(() =>
            {
                try
                {
                    EndWhileBeingStopped(ready, stop.Token);
                }
                catch (ThreadInterruptedException)
                {
                    thrown++;
                }
            });
            cell.Start();
            ready.Wait(CancellationToken.None);
            stop.Cancel();
            cell.Join();
        }

        Assert.Equal(0, thrown);
    }

    // Cancelled from elsewhere, the cell comes to its end while what is to wake it is still being started.
    private static void EndWhileBeingStopped(ManualResetEventSlim ready, CancellationToken stop)
    {
        var wakening = new Wakening(Thread.CurrentThread, new CellOutput(NoOutput.Instance, stop));
        ready.Set();
        Thread.CurrentThread.Interrupt();
        while (!stop.IsCancellationRequested)
            Thread.Yield();
        wakening.End(rest: null);
        Thread.Sleep(0);
    }
}
