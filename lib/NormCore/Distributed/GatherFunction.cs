using static TorchSharp.torch;

namespace NormCore;

/// <summary><see cref="ReplicaGroup.AllGather"/> as a node of the autograd graph.</summary>
internal sealed class GatherFunction : autograd.SingleTensorFunction<GatherFunction>
{
    public override string Name => nameof(GatherFunction);

    // An exception here would leave a node that TorchSharp never frees, so the exchange is over when it is called.
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var gathering = (Gathering)vars[1];
        ctx.save_data(nameof(Gathering), gathering);
        ctx.set_materialize_grads(false);
        return gathering.Result;
    }

    // An exception here would end the process.
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        var gathering = (Gathering)ctx.get_data(nameof(Gathering));
        // A loss that does not depend on what was gathered has no gradient, but the other members wait for one.
        using var own = gradient.IsInvalid ? gathering.NoGradient() : gradient;
        return [gathering.Group.Backward(own), null!];
    }

    /// <summary>What a group gathered; an object, so that TorchSharp does not take the tensor for a second input.</summary>
    internal sealed class Gathering(ReplicaGroup group, Tensor result)
    {
        private readonly (long[] Shape, ScalarType Type, Device Device) kind = (result.shape, result.dtype, result.device);

        public ReplicaGroup Group => group;

        public Tensor Result => result;

        public Tensor NoGradient() => zeros(kind.Shape, kind.Type, kind.Device);
    }
}
