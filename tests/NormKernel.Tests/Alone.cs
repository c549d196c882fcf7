namespace NormKernel.Tests;

/// <summary>Tests that need the machine for themselves: they wait for answers within seconds, or keep it busy for minutes.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public static class Alone;
