using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>The array that writev(2) takes: what was put together, and behind it a body that was not copied (<see cref="Http.Output"/>).</summary>
internal struct WriteSet
{
    internal iovec Bytes;
    internal iovec Body;
}
