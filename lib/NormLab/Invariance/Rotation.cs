using NormLab.Training;
using static TorchSharp.torch;

namespace NormLab.Invariance;

/// <summary>How far weights turn in a step of training, and how long they are.</summary>
public static class Rotation
{
    /// <summary>The angle between two vectors in radians; accurate also where it is small: 2 atan2(‖u − v‖, ‖u + v‖) of the unit vectors.</summary>
    /// <param name="u">Any shape.</param>
    /// <param name="v">The same shape.</param>
    public static double Angle(Tensor u, Tensor v)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Unit(u), Unit(v));
        return 2 * Math.Atan2((a - b).norm().Numbers()[0], (a + b).norm().Numbers()[0]);

        static Tensor Unit(Tensor w)
        {
            var wide = w.detach().to(ScalarType.Float64);
            return wide / wide.norm();
        }
    }

    /// <summary>Records "angle of NAME" and "length of NAME" (before the step) for parameters. Made anew for each run.</summary>
    /// <param name="weights">Which parameters, by name.</param>
    /// <param name="at">Which steps.</param>
    public static StepObserver Observer(Func<string, bool> weights, Func<int, bool> at)
    {
        var before = new Dictionary<string, Tensor>();
        return new("rotation", at)
        {
            BeforeUpdate = step =>
            {
                foreach (var (name, weight) in Chosen(step))
                    before[name] = weight.detach().clone().DetachFromDisposeScope();
            },
            AfterUpdate = step =>
            {
                foreach (var (name, weight) in Chosen(step))
                {
                    using var old = before[name];
                    step.Record($"angle of {name}", Angle(old, weight));
                    step.Record($"length of {name}", old.norm().Numbers()[0]);
                }
            },
        };

        IEnumerable<(string Name, Tensor Weight)> Chosen(TrainingStep step) =>
            step.Network.named_parameters().Where(pair => weights(pair.name)).Select(pair => (pair.name, (Tensor)pair.parameter));
    }
}
