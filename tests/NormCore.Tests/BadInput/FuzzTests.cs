using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NormCore.Tests.BadInput;

/// <summary>Whatever the arguments, a call ends in a result or in an exception that says which argument is wrong.</summary>
/// <remarks>A call that ends the process needs no assertion.</remarks>
public class FuzzTests
{
    private const int Calls = 10_000;
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("FSEED") ?? "2015");

    [Fact]
    public void Ten_thousand_calls_with_good_and_bad_arguments_end_in_results_or_managed_exceptions()
    {
        using var scope = NewDisposeScope();
        manual_seed(Seed);
        var random = new Random(Seed);
        var arguments = new Arguments(random);
        // Calls of layers are what matters most, and only some of them get past the checks.
        var members = PublicMembers.All.SelectMany(member => Enumerable.Repeat(member, member.Name == "forward" ? 8 : 1)).ToArray();
        var failures = new SortedDictionary<string, string>();
        var succeeded = new HashSet<MethodBase>();
        for (var call = 0; call < Calls; call++)
        {
            using var inner = NewDisposeScope();
            var member = members[random.Next(members.Length)];
            var instance = member.IsStatic || member.IsConstructor ? null : arguments.Instance(member.DeclaringType!);
            if (!member.IsStatic && !member.IsConstructor && instance is null) continue;
            object?[] values = [.. member.GetParameters().Select(parameter => arguments.Of(parameter.ParameterType))];
            var given = string.Join(", ", member.GetParameters().Zip(values, (parameter, value) => $"{parameter.Name}: {Describe(value)}"));
            try
            {
                Finish(member is ConstructorInfo constructor ? constructor.Invoke(values) : member.Invoke(instance, values));
                succeeded.Add(member);
            }
            catch (TargetInvocationException thrown) when (IsAnAnswer(thrown.InnerException))
            {
            }
            catch (Exception thrown)
            {
                var error = (thrown as TargetInvocationException)?.InnerException ?? thrown;
                failures.TryAdd(
                    $"{PublicMembers.Text(member)} threw {error.GetType().Name}",
                    $"in call {call} of seed {Seed} on {Describe(instance)} with ({given}): {error.Message.Split('\n')[0]} {error.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("NormCore.", StringComparison.Ordinal))}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures.Select(failure => $"{failure.Key} {failure.Value}")));
        Assert.Empty(members.Distinct().Where(member => member.Name == "forward").Except(succeeded).Select(PublicMembers.Text));
    }

    /// <summary>Goes through a sequence and backward through a result, both of which may fail only now.</summary>
    private static void Finish(object? result)
    {
        try
        {
            if (result is IEnumerable sequence and not string and not Tensor)
                foreach (var _ in sequence.Cast<object?>().Take(100))
                {
                }
            if (result is Tensor { IsInvalid: false, requires_grad: true } y && y.is_floating_point()) y.sum().backward();
        }
        catch (Exception error)
        {
            throw new TargetInvocationException(error);
        }
    }

    /// <summary>
    /// Bad arguments and objects in a state that forbids the call; what becomes of missing files, cancelled tokens and short waits; and
    /// what TorchSharp's own layers say to an input, where a model of them is called.
    /// </summary>
    private static bool IsAnAnswer(Exception? exception) =>
        exception is ArgumentException or InvalidOperationException or IOException or OperationCanceledException or TimeoutException
        || (exception is ExternalException && exception.StackTrace!.Contains("TorchSharp.Modules.", StringComparison.Ordinal));

    private static string Describe(object? value) => value switch
    {
        null => "null",
        Tensor { IsInvalid: true } => "a disposed tensor",
        Tensor tensor => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}] on {tensor.device_type}",
        Array array => $"[{string.Join(", ", array.Cast<object?>().Select(Describe))}]",
        ValueType or string => $"{value}",
        _ => value.GetType().Name,
    };
}
