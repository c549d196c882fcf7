using System.Runtime.Loader;

namespace NormKernel.Site.Assets;

/// <summary>plotly.js, which the Plotly.NET package carries as a resource: the only copy that needs no network.</summary>
internal static class PlotlyScript
{
    private const string Resource = "Plotly.NET.plotly-2.28.0.min.js";

    public static byte[] Read()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "assets", "Plotly.NET.dll");
        if (!File.Exists(library))
            throw new FileNotFoundException($"plotly.js is read out of {library}, which the build puts there; it is missing. Build NormKernel again.", library);

        // A context of its own, so that this copy never meets the one that a notebook loads.
        var context = new AssemblyLoadContext("plotly.js", isCollectible: true);
        try
        {
            using var stream = context.LoadFromAssemblyPath(library).GetManifestResourceStream(Resource)
                ?? throw new InvalidOperationException($"{library} holds no {Resource}: it is another version of Plotly.NET than this program was written for.");
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
        finally
        {
            context.Unload();
        }
    }
}
