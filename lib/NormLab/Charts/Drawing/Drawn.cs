using System.Collections.Immutable;
using Plotly.NET;

namespace NormLab.Charts.Drawing;

/// <summary>A chart in plotly's terms: what is drawn, and where.</summary>
internal sealed record Drawn(ImmutableArray<Trace> Traces, Layout Layout)
{
    public GenericChart ToPlotly() => GenericChart.setLayout(Layout, GenericChart.ofTraceObjects(false, Microsoft.FSharp.Collections.ListModule.OfSeq(Traces)));
}
