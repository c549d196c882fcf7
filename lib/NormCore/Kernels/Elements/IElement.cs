using System.Numerics;

namespace NormCore.Kernels;

/// <summary>How a number lies in memory (<typeparamref name="TElement"/>) and in which type it is computed with (<typeparamref name="T"/>: float or double).</summary>
internal unsafe interface IElement<TElement, T>
    where TElement : unmanaged, IElement<TElement, T>
    where T : unmanaged
{
    /// <summary>One element.</summary>
    static abstract double Read(TElement* from);

    /// <summary>Rounds to the nearest, ties to even.</summary>
    static abstract void Write(double value, TElement* to);

    /// <summary>As many elements as a vector of T has lanes.</summary>
    static abstract Vector<T> Load(TElement* from);

    /// <summary>The inverse of Load; rounds as Write does.</summary>
    static abstract void Store(Vector<T> value, TElement* to);

    /// <summary>A store past the caches; <paramref name="to"/> must be aligned to the size of what is stored.</summary>
    static abstract void Stream(Vector<T> value, TElement* to);
}
