using System.Collections;
using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace NormCore;

/// <summary>A place in which a module holds another: a field, or an element of a list, an array or a dictionary in a field.</summary>
/// <param name="Name">The field, with the element.</param>
/// <param name="Type">What the place can hold.</param>
/// <param name="Put">Puts a module there.</param>
internal sealed record Holder(string Name, Type Type, Action<nn.Module> Put)
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly FieldInfo Submodules = typeof(nn.Module).GetField("_internal_submodules", Declared)
        ?? throw new MissingFieldException("TorchSharp.torch.nn.Module has no field _internal_submodules in this version.");

    /// <summary>All places in which the owner holds the child, which it registered under a name.</summary>
    public static List<Holder> Of(nn.Module owner, string name, nn.Module child)
    {
        List<Holder> holders = [];
        // nn.Module itself holds only the registrations.
        for (var type = owner.GetType(); type != typeof(nn.Module); type = type.BaseType!)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ModuleDict<>)) holders.Add(InModuleDict(owner, type, name));
            foreach (var field in type.GetFields(Declared)) holders.AddRange(In(field, owner, child));
        }
        return holders;
    }

    /// <summary>How the owner's registration under a name is changed; null where it keeps none, as a Sequential, which has its list.</summary>
    public static Action<nn.Module>? Registration(nn.Module owner, string name, nn.Module child)
    {
        var registered = (OrderedDict<string, nn.Module>)Submodules.GetValue(owner)!;
        return registered.TryGetValue(name, out var module) && ReferenceEquals(module, child) ? other => registered[name] = other : null;
    }

    private static IEnumerable<Holder> In(FieldInfo field, nn.Module owner, nn.Module child) => field.GetValue(owner) switch
    {
        nn.Module module when ReferenceEquals(module, child) => [new Holder(Text(field), field.FieldType, other => field.SetValue(owner, other))],
        // What is no list of references has no modules, and an array of numbers may be long.
        IList list when ElementType(list, typeof(IList<>)) is { IsValueType: false } type =>
            from index in Enumerable.Range(0, list.Count)
            where ReferenceEquals(list[index], child)
            select new Holder($"{Text(field)}[{index}]", type, other => list[index] = other),
        IDictionary dictionary when ElementType(dictionary, typeof(IDictionary<,>)) is { IsValueType: false } type =>
            from key in dictionary.Keys.Cast<object>()
            where ReferenceEquals(dictionary[key], child)
            select new Holder($"{Text(field)}[{key}]", type, other => dictionary[key] = other),
        _ => [],
    };

    // Its order is kept in a list of pairs, which its indexer changes with the dictionary.
    private static Holder InModuleDict(nn.Module owner, Type type, string key) =>
        new($"[{key}]", type.GetGenericArguments()[0], other => type.GetProperty("Item", [typeof(string)])!.SetValue(owner, other, [key]));

    private static Type? ElementType(object collection, Type definition) => collection.GetType().GetInterfaces()
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == definition)?.GetGenericArguments()[^1];

    /// <summary>The name of the field, or of the property that it belongs to.</summary>
    private static string Text(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
}
