using NormCore.Native;
using static TorchSharp.torch;

namespace NormCore.Tests.Native;

public class NativeTorchTests
{
    [Fact]
    public void Torch_computes_once_the_library_is_loaded()
    {
        NativeTorch.Load();
        NativeTorch.Load();
        using var three = ones(3);
        Assert.Equal(3f, three.sum().item<float>());
    }
}
