using System.Linq.Expressions;
using System.Reflection;
using static TorchSharp.torch;

namespace NormCore.Tests.BadInput;

/// <summary>Arguments of any type, some that make sense and some that do not, from one seeded generator.</summary>
/// <remarks>Sensible sizes and shapes agree on four channels, so that calls get past the checks.</remarks>
internal sealed class Arguments(Random random)
{
    private const double Nonsense = 0.15;
    private const int Depth = 4;

    private static readonly Type[] Modules =
        [.. typeof(BatchNorm).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(nn.Module)) && !type.IsAbstract)];

    public object? Of(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return random.Next(3) == 0 ? null : Of(underlying, depth);
        if (Sensible(type) is { } simple) return simple;
        if (!type.IsValueType && random.NextDouble() < Nonsense / 2) return null;
        if (type == typeof(Tensor)) return Tensor();
        if (type.IsAssignableTo(typeof(Delegate))) return Returning(type);
        if (type.IsArray) return List(type.GetElementType()!, depth);
        if (type.IsGenericType && type.IsInterface && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(element.MakeArrayType())) return List(element, depth);
        if (type.IsAssignableTo(typeof(nn.Module))) return Module(type, depth);
        return Constructed(type, depth);
    }

    /// <summary>An instance to call a member on, or null where none could be made.</summary>
    public object? Instance(Type type)
    {
        for (var attempt = 0; attempt < 5; attempt++)
            if (Constructed(type, depth: 1) is { } instance)
                return instance;
        return null;
    }

    private object? Sensible(Type type)
    {
        if (type.IsEnum) return Pick(Enum.GetValues(type).Cast<object>().Append(Enum.ToObject(type, 99)));
        if (type == typeof(bool)) return random.Next(2) == 0;
        if (type == typeof(int)) return Either([1, 2, 4], [0, -1, int.MinValue, int.MaxValue]);
        if (type == typeof(long)) return Either([4, 4, 4, 2, 1], [0L, -3, long.MinValue, long.MaxValue, 1L << 40]);
        if (type == typeof(ulong)) return (ulong)random.NextInt64();
        if (type == typeof(float)) return (float)Either([1e-5, 0.1, 0.5], [0, -1, double.NaN, double.PositiveInfinity, 1e30]);
        if (type == typeof(double)) return Either([1e-5, 0.1, 0.5, 1, 2], [0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300]);
        if (type == typeof(string)) return Either(["weight", "no such thing"], ["", "\0"]);
        if (type == typeof(TimeSpan)) return Either([TimeSpan.FromSeconds(1)], [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue]);
        if (type == typeof(Device)) return Either([CPU], [META]);
        if (type == typeof(Generator)) return new Generator((ulong)random.Next());
        if (type == typeof(CancellationToken)) return new CancellationToken(canceled: random.NextDouble() < Nonsense);
        return type == typeof(object) ? "anything" : null;
    }

    private Tensor Tensor()
    {
        long[] shape = Either<long[]>([[4, 4], [2, 4, 3], [2, 4, 2, 3], [4]], [[], [3], [0, 4], [2, 4, 0], [2, 3, 5], [1, 4], [2, 4, 1, 1, 2, 1]]);
        var tensor = Either([ScalarType.Float32], [ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Bool, ScalarType.ComplexFloat32]) switch
        {
            ScalarType.ComplexFloat32 => zeros(shape, ScalarType.ComplexFloat32),
            var type when random.NextDouble() < Nonsense / 3 => empty(shape, type, META),
            var type when random.NextDouble() < Nonsense / 3 => full(shape, Pick<double>([0, 1e30, double.NaN, double.PositiveInfinity])).to(type),
            var type => randn(shape).to(type),
        };
        if (tensor.is_floating_point() && random.Next(3) == 0) tensor.requires_grad_();
        if (random.NextDouble() < Nonsense / 3) tensor.Dispose();
        return tensor;
    }

    private nn.Module? Module(Type type, int depth)
    {
        var candidates = Modules.Where(candidate => candidate.IsAssignableTo(type)).ToArray();
        if (candidates.Length > 0 && random.Next(2) == 0) return (nn.Module?)Constructed(Pick(candidates), depth);
        nn.Module[] others =
            [nn.Linear(4, 4), nn.Conv1d(4, 4, 3), nn.Conv2d(4, 4, 3), nn.BatchNorm1d(4), nn.BatchNorm2d(4), nn.LayerNorm(4), nn.GroupNorm(2, 4), nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))];
        return Pick(others.Where(other => other.GetType().IsAssignableTo(type)).DefaultIfEmpty(null!));
    }

    private object? Constructed(Type type, int depth)
    {
        MethodBase[] creators = depth > Depth ? [] :
            [.. type.IsAbstract ? [] : type.GetConstructors(), .. type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == type && !method.IsSpecialName)];
        if (creators.Length == 0) return type.IsValueType ? Activator.CreateInstance(type) : null;
        var creator = Pick(creators);
        object?[] values = [.. creator.GetParameters().Select(parameter => Of(parameter.ParameterType, depth + 1))];
        try
        {
            var instance = creator is ConstructorInfo constructor ? constructor.Invoke(values) : creator.Invoke(null, values);
            if (instance is nn.Module module) Prepare(module);
            return instance;
        }
        catch (TargetInvocationException)
        {
            return null; // They are called for their own sake as well.
        }
    }

    private void Prepare(nn.Module module)
    {
        module.train(random.Next(2) == 0);
        if (random.NextDouble() < Nonsense / 3) module.Dispose();
    }

    private Array List(Type element, int depth)
    {
        var array = Array.CreateInstance(element, Pick([1, 1, 2, 3, 0]));
        for (var i = 0; i < array.Length; i++) array.SetValue(Of(element, depth + 1), i);
        return array;
    }

    private static Delegate Returning(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        return Expression.Lambda(type, Expression.Default(invoke.ReturnType), invoke.GetParameters().Select(parameter => Expression.Parameter(parameter.ParameterType))).Compile();
    }

    private T Either<T>(T[] sensible, T[] nonsense) => Pick(random.NextDouble() < Nonsense ? nonsense : sensible);

    private T Pick<T>(IEnumerable<T> values)
    {
        var array = values.ToArray();
        return array[random.Next(array.Length)];
    }
}
