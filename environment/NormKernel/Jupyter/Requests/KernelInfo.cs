using System.Text.Json.Nodes;
using NormKernel.Jupyter.Wire;

namespace NormKernel.Jupyter.Requests;

/// <summary>What the kernel says of itself.</summary>
public static class KernelInfo
{
    private static readonly string Version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);

    public static JsonObject Reply() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = WireFormat.ProtocolVersion,
        ["implementation"] = "NormKernel",
        ["implementation_version"] = Version,
        ["banner"] = $"NormKernel {Version}: C# on .NET {Environment.Version}",
        ["debugger"] = false,
        ["supported_features"] = new JsonArray(),
        ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C# documentation", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
            ["nbconvert_exporter"] = "script",
        },
    };
}
