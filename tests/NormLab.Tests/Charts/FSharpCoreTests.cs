using System.Reflection;
using NormLab.Charts;

namespace NormLab.Tests.Charts;

public class FSharpCoreTests
{
    [Fact]
    public void A_newer_FSharp_Core_than_the_host_has_resolves_to_the_one_it_has()
    {
        _ = new Plot("t", "x", "y").ToPlotly();
        var asked = Assembly.Load("FSharp.Core, Version=99.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a");
        Assert.Equal("FSharp.Core", asked.GetName().Name);
    }
}
