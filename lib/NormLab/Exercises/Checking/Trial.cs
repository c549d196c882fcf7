using System.Collections.Immutable;
using NormLab.Comparisons;
using static TorchSharp.torch;

namespace NormLab.Exercises;

/// <summary>One run of an answer: hands it inputs, takes its outputs, and refuses what is no answer.</summary>
internal sealed class Trial
{
    private readonly List<(string Name, Tensor Live, double[] Before)> given = [];
    private readonly List<Part> parts = [];

    private Trial()
    {
    }

    /// <summary>Runs an answer and returns what it showed.</summary>
    /// <exception cref="RefusedAnswerException">An output is missing, of another type, or an input was changed.</exception>
    public static ImmutableArray<Part> Of<TAnswer>(Action<TAnswer, Trial> observe, TAnswer answer)
    {
        using var scope = NewDisposeScope();
        // An answer that calls no_grad() and keeps it would switch gradients off for the rest of the notebook.
        using var gradient = enable_grad();
        var trial = new Trial();
        observe(answer, trial);
        return [.. trial.parts];
    }

    /// <summary>An input, which the answer must leave as it is.</summary>
    public Tensor Give(string name, Tensor value)
    {
        given.Add((name, value, value.Numbers()));
        return value;
    }

    /// <summary>An output that is a tensor.</summary>
    public void Take(string name, Tensor? output)
    {
        RequireInputs();
        if (output is null)
            throw new RefusedAnswerException($"{name} is null; a tensor is needed.");
        if (output.IsInvalid)
            throw new RefusedAnswerException($"{name} is a disposed tensor. Did its `using` or its DisposeScope end before the return?");
        if (given.Find(input => ReferenceEquals(input.Live, output)) is { Name: { } input })
            throw new RefusedAnswerException($"{name} is the input {input} itself; a tensor of its own is needed.");
        if (output.dtype != ScalarType.Float64)
            throw new RefusedAnswerException($"{name} is {output.dtype} where the inputs are Float64; an answer keeps the type that it is given.");
        var entries = Entries.Of(name, output);
        parts.Add(new(name, entries.Values, entries.Shape));
    }

    /// <summary>An output that is a number.</summary>
    public void Take(string name, double number) => parts.Add(new(name, [number], []));

    /// <summary>Numbers, which may have names.</summary>
    public void Take(string name, double[] numbers, string[]? labels) => parts.Add(new(name, numbers, [numbers.Length], labels));

    /// <summary>Something that should hold, as a sentence without a full stop.</summary>
    public void Fact(string sentence, bool holds) => parts.Add(new(sentence, [holds ? 1 : 0], [], IsFact: true));

    /// <summary>An output that is no tensor, but must be there.</summary>
    public static T There<T>(string name, T? output)
        where T : class => output ?? throw new RefusedAnswerException($"{name} is null.");

    private void RequireInputs()
    {
        foreach (var (name, live, before) in given)
        {
            if (live.IsInvalid)
                throw new RefusedAnswerException($"The input {name} was disposed; it belongs to the caller, who still needs it.");
            if (!live.Numbers().AsSpan().SequenceEqual(before))
                throw new RefusedAnswerException(
                    $"The input {name} was changed in place. Operations that end in _ (add_, sub_, mul_, copy_) write into the tensor that the caller still needs, and so does autograd; return a new one.");
        }
    }
}
