using System.Net;
using System.Net.Sockets;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>For servers that cannot say which port the kernel chose for them.</summary>
internal static class FreePort
{
    internal static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
