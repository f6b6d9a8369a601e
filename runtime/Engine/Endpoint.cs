namespace SyscallServer.Engine;

/// <summary>Where a server listens, in the host's byte order.</summary>
public struct Endpoint
{
    /// <summary>The IPv4 address, most significant number first: 127.0.0.1 is 0x7F000001.</summary>
    public uint Address;

    /// <summary>The TCP port; 0 lets the kernel choose.</summary>
    public ushort Port;
}
