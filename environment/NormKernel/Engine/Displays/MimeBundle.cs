using System.Text.Json.Nodes;

namespace NormKernel.Engine.Displays;

/// <summary>A value in every form that it offers, by mime type.</summary>
public static class MimeBundle
{
    private const string Plain = "text/plain", Html = "text/html", Markdown = "text/markdown", Plotly = "application/vnd.plotly.v1+json", Png = "image/png";

    /// <summary>Never fails: a formatter or ToString that throws is what the bundle then says.</summary>
    public static JsonObject Of(object? value)
    {
        try
        {
            return Forms(value);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ThreadInterruptedException))
        {
            var cause = failure is System.Reflection.TargetInvocationException { InnerException: { } inner } ? inner : failure;
            return new() { [Plain] = $"{TypeName.Of(value!.GetType())} could not be shown: {cause.GetType().Name}: {cause.Message}" };
        }
    }

    private static JsonObject Forms(object? value)
    {
        var bundle = new JsonObject();
        // Tensors offer HTML of their own, which prints all of their values.
        if (value is not null && !TensorText.IsTensor(value))
        {
            foreach (var (mimeType, text) in FormatterSource.Format(value))
                bundle[mimeType] = IsJson(mimeType) ? JsonNode.Parse(text) : text;
            // Front ends prefer HTML to what is better: interactive charts, text that diffs, and pictures that are stored once.
            if (bundle.ContainsKey(Plotly) || bundle.ContainsKey(Markdown) || bundle.ContainsKey(Png))
                bundle.Remove(Html);
            if (bundle.Count == 0 && HtmlMethod.Call(value) is { } html)
                bundle[Html] = html;
            if (bundle.Count > 0)
                bundle.TryAdd(Plain, PlainText.Limit(value.ToString() ?? ""));
        }

        if (bundle.Count == 0 && value is System.Collections.IEnumerable rows && RecordTable.Of(rows) is { } table)
            (bundle[Markdown], bundle[Plain]) = (table, table);
        if (bundle.Count == 0)
            bundle[Plain] = PlainText.Of(value);
        return bundle;
    }

    private static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
