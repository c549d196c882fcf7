using System.Text.Json.Nodes;

namespace NormKernel.Jupyter.Wire;

/// <summary>A message from a front end, its signature checked.</summary>
/// <param name="Identities">The way back: the frames by which the socket finds the sender.</param>
/// <param name="Type">As "execute_request".</param>
/// <param name="Header">The header's bytes, which every answer carries as its parent header.</param>
/// <param name="Content">What is asked; nothing is known yet of its properties.</param>
public sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, string Type, byte[] Header, JsonObject Content);
