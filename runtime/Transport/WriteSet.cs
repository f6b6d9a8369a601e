
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Transport;

/// <summary>The array that writev(2) takes: what was put together, and behind it a body that was not copied (<see cref="Output"/>).</summary>
internal struct WriteSet
{
    internal iovec Bytes;
    internal iovec Body;
}
