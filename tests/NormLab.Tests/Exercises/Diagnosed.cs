using NormLab.Exercises;

namespace NormLab.Tests.Exercises;

/// <summary>Feeds answers to an exercise and compares the names of what it finds.</summary>
internal static class Diagnosed
{
    /// <summary>The exercise calls every answer correct.</summary>
    public static void Correct<TAnswer>(Exercise<TAnswer> exercise, params TAnswer[] answers)
        where TAnswer : Delegate
    {
        foreach (var answer in answers)
            Assert.Equal((Standing.Correct, ""), (exercise.Check(answer).Standing, Names(exercise.Check(answer))));
    }

    /// <summary>The exercise names the mistake of each answer; of several, with " + " between them.</summary>
    public static void As<TAnswer>(Exercise<TAnswer> exercise, params (string Name, TAnswer Answer)[] wrong)
        where TAnswer : Delegate
    {
        foreach (var (name, answer) in wrong)
            Assert.Equal(name, Names(exercise.Check(answer)));
    }

    private static string Names(ExerciseResult result) => string.Join(" + ", result.Findings.Select(finding => finding.Name));
}
