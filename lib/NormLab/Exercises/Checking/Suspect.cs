using System.Collections.Immutable;

namespace NormLab.Exercises;

/// <summary>A wrong answer that has a name.</summary>
/// <param name="Misconceptions">What is wrong with it; more than one where mistakes are often made together.</param>
/// <param name="Answer">The wrong answer itself, to compare outputs with.</param>
internal sealed record Suspect<TAnswer>(ImmutableArray<Misconception> Misconceptions, TAnswer Answer)
{
    public Suspect(Misconception misconception, TAnswer answer)
        : this([misconception], answer)
    {
    }
}
