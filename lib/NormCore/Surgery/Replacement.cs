using static TorchSharp.torch;

namespace NormCore;

/// <summary>Replaces modules of a model by others, in place.</summary>
/// <remarks>
/// A module stands in a Sequential, a ModuleList, a ModuleDict, or in the fields of a module that registered them; lists, arrays and
/// dictionaries in fields are searched too. TorchSharp has no public way to exchange one (register_module refuses a name it has), so
/// fields are set by reflection, private ones and TorchSharp's own among them. A module that is used twice is replaced once and stays
/// shared. What is replaced is neither changed nor disposed; hooks on it and optimizers of its parameters do not follow.
/// </remarks>
public static class Replacement
{
    /// <summary>Asks for each module of the model by what to replace it, the containers before what they hold, and then replaces.</summary>
    /// <param name="model">The model. Nothing of it changes when an error is thrown.</param>
    /// <param name="replacement">Gets the path of a module, "" for the model itself, and the module; gives another or null to leave it.</param>
    /// <returns>The model, or what replaces it.</returns>
    /// <exception cref="InvalidOperationException">
    /// A replacement fails, does not fit the type of the field that should hold it, or the module is held where it cannot be found.
    /// </exception>
    public static TModel Replace<TModel>(TModel model, Func<string, nn.Module, nn.Module?> replacement)
        where TModel : nn.Module
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(replacement);
        if (Ask(replacement, "", model) is { } whole)
            return whole as TModel ?? throw new InvalidOperationException($"The model is to be replaced by a {TypeText.Of(whole.GetType())}, which is no {TypeText.Of(typeof(TModel))}.");
        var plan = new Plan(replacement);
        plan.Visit(model, "");
        foreach (var change in plan.Changes) change();
        return model;
    }

    /// <summary>Replaces each module of one type: Replacement.Each(model, (BatchNorm layer) => Conversion.ToGroupNorm(layer, 8)).</summary>
    /// <inheritdoc cref="Replace{TModel}"/>
    public static TModel Each<TModel, TLayer>(TModel model, Func<TLayer, nn.Module?> replacement)
        where TModel : nn.Module
        where TLayer : nn.Module
    {
        ArgumentNullException.ThrowIfNull(replacement);
        return Replace(model, (_, module) => module is TLayer layer ? replacement(layer) : null);
    }

    private static nn.Module? Ask(Func<string, nn.Module, nn.Module?> replacement, string path, nn.Module module)
    {
        try
        {
            var answer = replacement(path, module);
            return ReferenceEquals(answer, module) ? null : answer;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new InvalidOperationException($"'{path}', a {TypeText.Of(module.GetType())}, cannot be replaced; the model is unchanged. {e.Message}", e);
        }
    }

    /// <summary>All changes of a model, decided and checked before the first is made.</summary>
    private sealed class Plan(Func<string, nn.Module, nn.Module?> replacement)
    {
        private readonly Dictionary<nn.Module, nn.Module?> decided = new(ReferenceEqualityComparer.Instance);

        public List<Action> Changes { get; } = [];

        public void Visit(nn.Module owner, string path)
        {
            foreach (var (name, child) in owner.named_children().ToArray())
            {
                var childPath = ModuleTree.Join(path, name);
                if (!decided.TryGetValue(child, out var other))
                {
                    decided[child] = other = Ask(replacement, childPath, child);
                    if (other is null) Visit(child, childPath);
                }
                if (other is not null) Add(owner, name, childPath, child, other);
            }
        }

        private void Add(nn.Module owner, string name, string path, nn.Module child, nn.Module other)
        {
            var holders = Holder.Of(owner, name, child);
            if (holders.Count == 0)
                throw new InvalidOperationException(
                    $"'{path}' is registered by a {TypeText.Of(owner.GetType())}, which holds it in no field, list, array or dictionary of its own, so its use cannot be replaced. The model is unchanged.");
            foreach (var holder in holders)
            {
                if (!holder.Type.IsInstanceOfType(other))
                    throw new InvalidOperationException(
                        $"'{path}' is held by {holder.Name} of {TypeText.Of(owner.GetType())}, a {TypeText.Of(holder.Type)}, which cannot hold a {TypeText.Of(other.GetType())}. Declare it as nn.Module<Tensor, Tensor>. The model is unchanged.");
                Changes.Add(() => holder.Put(other));
            }
            if (Holder.Registration(owner, name, child) is { } register) Changes.Add(() => register(other));
        }
    }
}
