namespace NormCore.Tests.Distributed;

/// <summary>Replicas that end with the test, and that a mistake cannot keep waiting.</summary>
internal static class OnReplicas
{
    public static IReadOnlyList<T> Run<T>(int count, Func<ReplicaGroup, T> body) =>
        Replicas.Run(count, body, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public static void Run(int count, Action<ReplicaGroup> body) =>
        Replicas.Run(count, body, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
}
