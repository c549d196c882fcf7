using System.Collections.Immutable;

namespace NormLab.Charts.Drawing;

/// <summary>The traces of all frames, of which the slider's steps show those of one.</summary>
internal static class SliderControl
{
    public static Drawn Draw(SliderChart chart)
    {
        var frames = chart.Frames.Select(frame => frame.Chart.Draw()).ToImmutableArray();
        var traces = frames.SelectMany(frame => frame.Traces).ToImmutableArray();
        foreach (var (trace, index) in traces.Select((trace, index) => (trace, index)))
            trace.SetProperty("visible", index < frames[0].Traces.Length);

        var layout = frames[0].Layout;
        var height = (double)layout.GetPropertyValue("height");
        layout.SetProperty("title", Grid.Title(chart.Title));
        layout.SetProperty("height", height + 90);
        layout.SetProperty("sliders", new[] { Control(chart, frames) });
        return new(traces, layout);
    }

    private static DynamicObj.DynamicObj Control(SliderChart chart, ImmutableArray<Drawn> frames) => PlotlyObject.Of(
        ("active", 0),
        ("currentvalue", PlotlyObject.Of(("prefix", $"{chart.Parameter}: "))),
        ("pad", PlotlyObject.Of(("t", 60), ("b", 10))),
        ("steps", frames.Select((frame, index) => Step(chart.Frames[index].Label, frame, Visible(frames, index))).ToArray()));

    private static DynamicObj.DynamicObj Step(string label, Drawn frame, bool[] visible) => PlotlyObject.Of(
        ("label", label),
        ("method", "update"),
        ("args", new[]
        {
            PlotlyObject.Of(("visible", visible)),
            PlotlyObject.Of(("shapes", frame.Layout.GetPropertyValue("shapes")), ("annotations", frame.Layout.GetPropertyValue("annotations"))),
        }));

    private static bool[] Visible(ImmutableArray<Drawn> frames, int shown) =>
        [.. frames.SelectMany((frame, index) => frame.Traces.Select(_ => index == shown))];
}
