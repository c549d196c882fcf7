namespace NormCore;

/// <summary>The stack on which a pickle builds its objects, and the objects it remembers.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> objects = [];
    private readonly Stack<int> marks = new();
    private readonly Dictionary<uint, object?> memo = [];

    public void Push(object? item) => objects.Add(item);

    public object? Pop() => PopLast(1)[0];

    /// <summary>The top object, of the type that is needed.</summary>
    public T Pop<T>()
        where T : class
    {
        var top = Top<T>();
        Pop();
        return top;
    }

    public T Top<T>()
        where T : class => objects.LastOrDefault() as T
            ?? throw new InvalidDataException($"the pickle is damaged: a {typeof(T).Name} is needed where it has {objects.LastOrDefault()?.GetType().Name ?? "nothing"}.");

    public object?[] PopLast(int count)
    {
        if (count > objects.Count) throw new InvalidDataException("the pickle is damaged: it takes more objects than it has.");
        object?[] last = [.. objects.Skip(objects.Count - count)];
        objects.RemoveRange(objects.Count - count, count);
        return last;
    }

    public void Mark() => marks.Push(objects.Count);

    public object?[] PopToMark() => marks.TryPop(out var mark) && mark <= objects.Count
        ? PopLast(objects.Count - mark)
        : throw new InvalidDataException("the pickle is damaged: it closes what it never opened.");

    public void Remember(uint index) => memo[index] = objects.LastOrDefault();

    public void Recall(uint index) => Push(memo.TryGetValue(index, out var item)
        ? item
        : throw new InvalidDataException($"the pickle is damaged: it recalls object {index}, which it never stored."));

    public void Append(object?[] items) => Top<List<object?>>().AddRange(items);

    public void SetItems(object?[] items)
    {
        var dictionary = Top<OrderedDictionary<object, object?>>();
        if (items.Length % 2 != 0) throw new InvalidDataException("the pickle is damaged: a dictionary has a key without a value.");
        for (var i = 0; i < items.Length; i += 2) dictionary[items[i] ?? "None"] = items[i + 1];
    }
}
