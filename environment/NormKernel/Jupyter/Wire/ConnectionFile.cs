using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NormKernel.Jupyter.Wire;

/// <summary>What a front end writes for the kernel that it starts: where to listen, and the key that messages are signed with.</summary>
public sealed record ConnectionFile(
    [property: JsonPropertyName("ip")] string Ip,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("shell_port")] int ShellPort,
    [property: JsonPropertyName("control_port")] int ControlPort,
    [property: JsonPropertyName("stdin_port")] int StdinPort,
    [property: JsonPropertyName("iopub_port")] int IOPubPort,
    [property: JsonPropertyName("hb_port")] int HeartbeatPort,
    [property: JsonPropertyName("transport")] string Transport = "tcp",
    [property: JsonPropertyName("signature_scheme")] string SignatureScheme = "hmac-sha256")
{
    private static readonly JsonSerializerOptions Options = new() { RespectRequiredConstructorParameters = true };

    /// <exception cref="IOException">The file cannot be read, or asks for what this kernel does not do.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllBytes(path), Options) ?? throw new JsonException("it is empty");
            return file.Problem() is { } problem ? throw new IOException($"{path}: {problem}") : file;
        }
        catch (Exception problem) when (problem is JsonException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} is not a Jupyter connection file: {problem.Message}", problem);
        }
    }

    private string? Problem()
    {
        if (Transport != "tcp")
            return $"the transport is '{Transport}'; this kernel speaks tcp only";
        if (SignatureScheme != "hmac-sha256")
            return $"messages are to be signed by '{SignatureScheme}'; this kernel knows hmac-sha256 only";
        if (Ip != "localhost" && !(IPAddress.TryParse(Ip, out var address) && IPAddress.IsLoopback(address)))
            return $"the address is '{Ip}'; whoever reaches a kernel can run code, so this one listens on this machine's loopback addresses only, such as 127.0.0.1";

        return null;
    }
}
