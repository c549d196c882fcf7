using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NormKernel.Jupyter;

/// <summary>Tells when the process that started this kernel has gone, which then nobody would ever end.</summary>
public static class ParentWatch
{
    /// <summary>Set by Jupyter's launchers to their process id.</summary>
    public const string Variable = "JPY_PARENT_PID";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Calls <paramref name="gone"/> once the parent has ended; does nothing where the variable names none.</summary>
    public static void Start(Action gone)
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 1)
            return;

        var thread = new Thread(() =>
        {
            while (IsThere(id))
                Thread.Sleep(Interval);
            gone();
        })
        { IsBackground = true, Name = "parent watch" };
        thread.Start();
    }

    private static bool IsThere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            return true; // another user's: there, but not to be looked at
        }
    }
}
