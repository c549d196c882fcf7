namespace NormKernel.Jupyter.Channels;

/// <summary>The sockets on which a kernel exchanges messages; the heartbeat carries none.</summary>
public enum Channel
{
    /// <summary>Requests that wait for one another: cells, completion, inspection.</summary>
    Shell,

    /// <summary>Requests that do not wait for cells: interrupt, shutdown.</summary>
    Control,

    /// <summary>Questions of a cell to the user.</summary>
    Stdin,

    /// <summary>Broadcasts: outputs and states.</summary>
    IOPub,
}
