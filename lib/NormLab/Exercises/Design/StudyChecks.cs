namespace NormLab.Exercises;

/// <summary>What a sound study has, found by trying its layers and its statistic.</summary>
internal static class StudyChecks
{
    /// <summary>Refuses a study of which something is missing.</summary>
    /// <exception cref="RefusedAnswerException">There are no two arms, or one is incomplete.</exception>
    public static void Require(Study study)
    {
        if (study.Arms is not { Length: >= 2 } || study.Arms.Any(arm => arm is null))
            throw new RefusedAnswerException("The study has fewer than two arms; a comparison needs two at least.");
        Trial.There("The statistic", study.Statistic);
        foreach (var arm in study.Arms)
        {
            Trial.There($"The layer of the arm '{arm.Name}'", arm.Layer);
            if (arm.Seeds is not { Length: > 0 } || arm.Rates is not { Length: > 0 } || arm.BatchSize is < 4 or > 4096)
                throw new RefusedAnswerException($"The arm '{arm.Name}' needs seeds, learning rates and a batch size from 4 to 4096.");
        }
    }

    /// <summary>Sentences that hold for a sound study.</summary>
    public static IEnumerable<(string Sentence, bool Holds)> Of(Study study)
    {
        var probes = study.Arms.Select(arm => (Arm: arm, Probe: LayerProbe.Of(arm))).ToArray();
        var pairs = from a in probes from b in probes where a.Arm.BatchSize == b.Arm.BatchSize select (A: a.Probe, B: b.Probe);
        var (first, arms) = (study.Arms[0], study.Arms);
        yield return ("two arms differ in the noise of the batch alone", pairs.Any(pair => NoiseAlone(pair.A, pair.B)));
        yield return ("two arms differ in the normalization alone", pairs.Any(pair => NormalizationAlone(pair.A, pair.B)));
        yield return ("all arms train with the same batch size", arms.All(arm => arm.BatchSize == first.BatchSize));
        yield return ("there are at least five seeds", arms.All(arm => arm.Seeds.Distinct().Count() >= Claims.Claim.FewestSeeds));
        yield return ("all arms run on the same seeds", arms.All(arm => arm.Seeds.Order().SequenceEqual(first.Seeds.Order())));
        yield return ("all arms try the same learning rates", arms.All(arm => arm.Rates.Order().SequenceEqual(first.Rates.Order())));
        yield return ("there are at least three learning rates to choose from", arms.All(arm => arm.Rates.Distinct().Count() >= 3));
        yield return ("the training loss alone decides", study.Statistic(1, 5).Equals(study.Statistic(1, 9)) && !study.Statistic(1, 5).Equals(study.Statistic(2, 5)));
    }

    private static bool NoiseAlone(LayerProbe quiet, LayerProbe noisy) =>
        quiet.Normalizes && noisy.Normalizes && quiet.SameMeanAs(noisy) && noisy.Noise > 1.5 * quiet.Noise && noisy.Noise > 0.05;

    // A twentieth of the signal, and a quarter of the larger noise, count as equal.
    private static bool NormalizationAlone(LayerProbe with, LayerProbe without) =>
        with.Normalizes && !without.Normalizes && Math.Abs(with.Noise - without.Noise) < 0.05 + 0.25 * Math.Min(with.Noise, without.Noise);
}
