using System.Text.Json.Nodes;
using NormKernel.Notebooks;

namespace NormKernel.Running;

/// <summary>What a code cell shows of its last run.</summary>
public static class CellState
{
    /// <summary>No outputs, no execution count: the cell has not run.</summary>
    public static void Clear(Cell cell)
    {
        cell.Outputs = [];
        cell.ExecutionCount = null;
    }

    /// <summary>Keeps the outputs but shows that they are of another run.</summary>
    public static void ForgetCount(Cell cell)
    {
        cell.ExecutionCount = null;
        foreach (var result in cell.Outputs.OfType<JsonObject>().Where(output => output.ContainsKey("execution_count")))
            result["execution_count"] = null;
    }
}
