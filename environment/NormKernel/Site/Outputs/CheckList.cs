using System.Net;
using System.Text;
using NormKernel.Notebooks;

namespace NormKernel.Site.Outputs;

/// <summary>Checks as a list: a mark, what is said, the kind and the verdict of a claim, the evidence.</summary>
internal static class CheckList
{
    public static string Html(IEnumerable<Check> checks)
    {
        var html = new StringBuilder("<ul class=\"checks\">\n");
        foreach (var check in checks)
        {
            html.Append(check.Passed ? $"<li{Anchor(check)} class=\"passed\"><span class=\"mark\" role=\"img\" aria-label=\"passed\">✓</span>" : $"<li{Anchor(check)} class=\"failed\"><span class=\"mark\" role=\"img\" aria-label=\"failed\">✗</span>");
            html.Append($"<div><b>{WebUtility.HtmlEncode(check.Statement ?? check.Name)}</b>");
            if (check.Kind is { Length: > 0 } kind)
                html.Append($" <span class=\"kind\">{WebUtility.HtmlEncode(kind)}</span>");
            if (check.Verdict is { Length: > 0 } verdict)
                html.Append($" <span class=\"verdict\">{WebUtility.HtmlEncode(verdict)}</span>");
            if (check.Message.Length > 0)
                html.Append($"<span class=\"message\">{WebUtility.HtmlEncode(check.Message)}{Reference(check)}</span>");
            html.Append("</div></li>\n");
        }

        return html.Append("</ul>\n").ToString();
    }

    // What a link to a claim leads to.
    private static string Anchor(Check check) =>
        check.Statement is null ? "" : $" id=\"{WebUtility.HtmlEncode(check.Name)}\"";

    private static string Reference(Check check) =>
        check.Statement is null ? "" : $" <code>{WebUtility.HtmlEncode(check.Name)}</code>";
}
