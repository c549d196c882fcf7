namespace NormCore;

/// <summary>The part of Python's pickle format, protocol 2, that saved tensors need. It runs nothing: its owner decides what a name stands for.</summary>
/// <param name="pickle">The pickle.</param>
/// <param name="check">Throws for a name that it does not know.</param>
/// <param name="call">What a named function makes of its arguments.</param>
/// <param name="load">What a persistent id, a tuple, stands for.</param>
/// <remarks>
/// None, bool, int, float, str, list, tuple and dict become null, bool, long, double, string, List, array and OrderedDictionary. Every
/// other opcode is refused, among them those that make objects of other classes.
/// </remarks>
internal sealed class Pickle(byte[] pickle, Action<PickledName> check, Func<PickledName, object?[], object> call, Func<object?[], object> load)
{
    private readonly PickleBytes bytes = new(pickle);
    private readonly PickleStack stack = new();

    /// <summary>The one object that the pickle describes.</summary>
    public object? Read()
    {
        byte opcode;
        while ((opcode = bytes.UInt8()) != '.') Step(opcode);
        return stack.Pop();
    }

    private void Step(byte opcode)
    {
        switch (opcode)
        {
            case 0x80: RequireProtocol(bytes.UInt8()); break;
            case (byte)'N': stack.Push(null); break;
            case 0x88: stack.Push(true); break;
            case 0x89: stack.Push(false); break;
            case (byte)'K': stack.Push((long)bytes.UInt8()); break;
            case (byte)'M': stack.Push((long)bytes.UInt16()); break;
            case (byte)'J': stack.Push((long)bytes.Int32()); break;
            case 0x8a: stack.Push(bytes.LongInteger()); break;
            case (byte)'G': stack.Push(bytes.Float64()); break;
            case (byte)'X': stack.Push(bytes.Text()); break;
            case (byte)'}': stack.Push(new OrderedDictionary<object, object?>()); break;
            case (byte)']': stack.Push(new List<object?>()); break;
            case (byte)')': stack.Push(Array.Empty<object?>()); break;
            case (byte)'(': stack.Mark(); break;
            case (byte)'t': stack.Push(stack.PopToMark()); break;
            case 0x85 or 0x86 or 0x87: stack.Push(stack.PopLast(opcode - 0x84)); break;
            case (byte)'q': stack.Remember(bytes.UInt8()); break;
            case (byte)'r': stack.Remember(bytes.UInt32()); break;
            case (byte)'h': stack.Recall(bytes.UInt8()); break;
            case (byte)'j': stack.Recall(bytes.UInt32()); break;
            case (byte)'a': stack.Append(stack.PopLast(1)); break;
            case (byte)'e': stack.Append(stack.PopToMark()); break;
            case (byte)'s': stack.SetItems(stack.PopLast(2)); break;
            case (byte)'u': stack.SetItems(stack.PopToMark()); break;
            case (byte)'c': PushName(); break;
            case (byte)'R': PushCall(); break;
            case (byte)'Q': stack.Push(load(stack.Pop<object?[]>())); break;
            case (byte)'b': DropAttributes(); break;
            default: throw new InvalidDataException($"the pickle uses opcode 0x{opcode:x2}, which no saved state of tensors needs; it is refused, and nothing was run.");
        }
    }

    private static void RequireProtocol(byte protocol)
    {
        if (protocol != 2) throw new InvalidDataException($"the pickle has protocol {protocol}; torch.save writes 2 unless told otherwise, and only that is read.");
    }

    private void PushName()
    {
        var name = new PickledName(bytes.Line(), bytes.Line());
        check(name);
        stack.Push(name);
    }

    private void PushCall()
    {
        var arguments = stack.Pop<object?[]>();
        stack.Push(call(stack.Pop<PickledName>(), arguments));
    }

    /// <summary>PyTorch keeps the versions of layers as an attribute of the ordered dictionary; they are no entries of it.</summary>
    private void DropAttributes()
    {
        stack.Pop();
        stack.Top<OrderedDictionary<object, object?>>();
    }
}
