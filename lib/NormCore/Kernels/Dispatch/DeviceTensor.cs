using static TorchSharp.torch;

namespace NormCore.Kernels;

/// <summary>New tensors beside another, by handles.</summary>
internal static unsafe class DeviceTensor
{
    /// <summary>A tensor on the device of another; its values are not defined.</summary>
    public static nint Empty(ReadOnlySpan<long> shape, ScalarType type, nint beside)
    {
        fixed (long* lengths = shape)
            return NativeTensor.Empty(lengths, shape.Length, (sbyte)type, NativeTensor.DeviceType(beside), NativeTensor.DeviceIndex(beside), 0) is var made && made != 0
                ? made
                : throw NativeNode.LastError();
    }

    /// <summary>Working memory on the device of another tensor, which torch takes back at the end of the scope, in the order of the stream; none for 0 bytes.</summary>
    public static OwnedTensor Bytes(long count, nint beside) => new(count == 0 ? 0 : Empty([count], ScalarType.Byte, beside));
}
