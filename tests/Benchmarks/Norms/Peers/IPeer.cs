namespace Benchmarks.Norms.Peers;

/// <summary>A library to compare with besides ATen, forward only, in float32.</summary>
internal interface IPeer
{
    string Name { get; }

    /// <summary>Loads the library.</summary>
    /// <returns>Its version and its threads, in words.</returns>
    /// <exception cref="DllNotFoundException">It is not on this machine: the message says what to install.</exception>
    string Load();

    /// <summary>Prepares the operation of a row on that row's input; null where the library has no such operation.</summary>
    PeerForward? Prepare(NormCase row);
}
