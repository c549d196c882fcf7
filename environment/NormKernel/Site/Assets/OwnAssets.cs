namespace NormKernel.Site.Assets;

/// <summary>The site's own style sheet and scripts.</summary>
internal static class OwnAssets
{
    private static readonly string[] Styles = ["colors.css", "layout.css", "text.css", "cells.css", "index.css", "scoreboard.css", "search.css", "print.css"];

    private static readonly string[] Scripts = ["theme.js", "math.js", "search.js", "site.js", "scoreboard.js", "chart-look.js", "chart-controls.js", "plots.js"];

    /// <summary>Each script by its name, and all style sheets as one, in order.</summary>
    public static IEnumerable<(string Name, byte[] Content)> All() =>
        Scripts.Select(name => (name, EmbeddedAsset.Read(name))).Append(("site.css", Styles.SelectMany(EmbeddedAsset.Read).ToArray()));
}
