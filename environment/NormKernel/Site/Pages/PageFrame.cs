using System.Net;
using NormKernel.Site.Assets;

namespace NormKernel.Site.Pages;

/// <summary>What every page of the site has: head, top bar, help, search, scripts.</summary>
internal sealed record PageFrame(string SiteTitle, KatexAssets Katex)
{
    private const string ChartScripts = """
        <script defer src="assets/plotly.min.js"></script>
        <script defer src="assets/chart-look.js"></script>
        <script defer src="assets/chart-controls.js"></script>
        <script defer src="assets/plots.js"></script>
        """;

    /// <summary>A whole page. <paramref name="navigation"/> stands beside the content on wide screens.</summary>
    public string Html(string title, string description, string navigation, string content, bool charts) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="generator" content="{SiteFolder.Generator}">
        <meta name="description" content="{WebUtility.HtmlEncode(description)}">
        <meta name="color-scheme" content="light dark">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <link rel="icon" href="data:,">
        <script src="assets/theme.js"></script>
        <link rel="stylesheet" href="{Katex.Address}/katex.min.css">
        <link rel="stylesheet" href="assets/site.css">
        <script defer src="{Katex.Address}/katex.min.js"></script>
        <script defer src="assets/math.js"></script>
        <script defer src="assets/search.js"></script>
        <script defer src="assets/site.js"></script>
        {(charts ? ChartScripts : "")}
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="bar">
        <a class="home" href="index.html">{WebUtility.HtmlEncode(SiteTitle)}</a>
        <div class="tools">
        <button type="button" data-action="search">Search</button>
        <button type="button" data-action="code" aria-pressed="true">Code</button>
        <button type="button" data-action="theme" aria-label="Switch between light and dark">◐</button>
        <button type="button" data-action="help" aria-label="Keyboard shortcuts">?</button>
        </div>
        </header>
        <div class="page">
        {navigation}
        <main id="content" tabindex="-1">
        {content}
        </main>
        </div>
        <dialog id="help" aria-labelledby="help-title">
        <h2 id="help-title">Keyboard</h2>
        <dl>
        <dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous section</dd>
        <dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next, previous notebook</dd>
        <dt><kbd>/</kbd></dt><dd>search all notebooks</dd>
        <dt><kbd>c</kbd></dt><dd>show or hide the code</dd>
        <dt><kbd>t</kbd></dt><dd>light or dark</dd>
        <dt><kbd>?</kbd></dt><dd>this help</dd>
        <dt><kbd>Tab</kbd></dt><dd>reaches links, code, and the sliders and menus of charts; arrow keys move them</dd>
        </dl>
        <form method="dialog"><button>Close</button></form>
        </dialog>
        <dialog id="search" aria-label="Search">
        <input type="search" placeholder="Search all notebooks" aria-label="Words to search for" autocomplete="off" spellcheck="false">
        <p role="status"></p>
        <ol></ol>
        <form method="dialog"><button>Close</button></form>
        </dialog>
        </body>
        </html>

        """;
}
