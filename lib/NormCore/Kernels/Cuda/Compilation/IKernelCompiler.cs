namespace NormCore.Kernels;

/// <summary>Makes of a source what a driver loads.</summary>
internal interface IKernelCompiler
{
    /// <summary>The compiler with its version, for the keys of caches.</summary>
    string Name { get; }

    /// <summary>Compiles one translation unit.</summary>
    /// <param name="source">All of it: there are no headers.</param>
    /// <param name="architecture">For which device: sm_90.</param>
    /// <param name="defines">Macros, NAME or NAME=VALUE.</param>
    /// <exception cref="CudaException">The compiler refuses; the message has its log.</exception>
    byte[] Compile(string source, string architecture, IReadOnlyList<string> defines);
}
