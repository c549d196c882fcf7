using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NormKernel.Commands;
using NormKernel.Engine.Packages;
using NormKernel.Notebooks;
using NormKernel.Site.Assets;

namespace NormKernel.Jupyter.Installation;

/// <summary>The file that tells Jupyter how to start a kernel.</summary>
public static class KernelSpec
{
    /// <summary>plotly.js beside the file, which Jupyter servers hand out to pages.</summary>
    public const string PlotlyFile = "plotly.min.js";

    private const string FileName = "kernel.json", Implementation = "NormKernel";

    /// <summary>Whether the folder holds a kernel that this program, or another copy of it, has registered.</summary>
    public static bool IsOurs(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, FileName)))?["metadata"]?["implementation"]?.GetValue<string>() == Implementation;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string folder, string displayName)
    {
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray(DotnetCommand.Host, typeof(KernelSpec).Assembly.Location, JupyterCommand.Name, "{connection_file}"),
            ["display_name"] = displayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["implementation"] = Implementation, ["debugger"] = false },
        };
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, FileName), stream =>
        {
            using (var writer = new Utf8JsonWriter(stream, new() { Indented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                spec.WriteTo(writer);
            stream.WriteByte((byte)'\n');
        });
    }

    /// <summary>Adds plotly.js, so that charts need no network.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WritePlotly(string folder)
    {
        var script = PlotlyScript.Read();
        AtomicFile.Write(Path.Combine(folder, PlotlyFile), stream => stream.Write(script));
    }

    /// <summary>Removes the files, and the folder unless somebody has put something else there.</summary>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    public static void Remove(string folder)
    {
        File.Delete(Path.Combine(folder, PlotlyFile));
        File.Delete(Path.Combine(folder, FileName));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
