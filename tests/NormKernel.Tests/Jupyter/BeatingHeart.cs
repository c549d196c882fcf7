using NetMQ;

namespace NormKernel.Tests.Jupyter;

/// <summary>The heartbeat channel: what is sent comes back.</summary>
internal static class BeatingHeart
{
    public static string Answer(KernelClient client, string text)
    {
        client.Heartbeat.SendFrame(text);
        return client.Heartbeat.TryReceiveFrameString(KernelClient.Patience, out var answer) ? answer! : throw new TimeoutException("the heart does not beat");
    }
}
