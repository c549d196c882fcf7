using NormKernel.Engine.Displays;

namespace NormKernel.Tests.Engine.Displays;

public sealed class TensorTextTests
{
    [Fact]
    public void A_tensor_shows_shape_type_device_and_a_few_values()
    {
        var tensor = new TorchSharp.torch.Tensor(10, 100);
        var alive = TorchSharp.torch.Tensor.Alive;
        Assert.Equal("Tensor (10, 100), float32, cpu: [0 1 2 3 4 5 …]", PlainText.Of(tensor));
        Assert.Equal(alive, TorchSharp.torch.Tensor.Alive);
    }

    [Fact]
    public void A_small_tensor_shows_all_values() => Assert.Equal("Tensor (2), float32, cpu: [0 1]", PlainText.Of(new TorchSharp.torch.Tensor(2)));

    [Fact]
    public void The_forms_that_a_tensor_itself_offers_are_not_taken() =>
        Assert.Equal("""{"text/plain":"Tensor (2), float32, cpu: [0 1]"}""", MimeBundle.Of(new TorchSharp.torch.Tensor(2)).ToJsonString());

    [Fact]
    public void A_tensor_in_a_list_is_as_short() => Assert.Equal("[Tensor (1), float32, cpu: [0]]", PlainText.Of(new[] { new TorchSharp.torch.Tensor(1) }));
}
