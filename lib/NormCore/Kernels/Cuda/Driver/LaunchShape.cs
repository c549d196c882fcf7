namespace NormCore.Kernels;

/// <summary>How many blocks and threads run a kernel.</summary>
/// <param name="GridX">Blocks along x; a multiple of <paramref name="Cluster"/>.</param>
/// <param name="GridY">Blocks along y.</param>
/// <param name="Block">Threads of a block.</param>
/// <param name="Cluster">Blocks along x that can read each other's shared memory; 1 for none.</param>
/// <param name="SharedBytes">Dynamic shared memory of a block.</param>
internal readonly record struct LaunchShape(int GridX, int GridY, int Block, int Cluster, int SharedBytes);
