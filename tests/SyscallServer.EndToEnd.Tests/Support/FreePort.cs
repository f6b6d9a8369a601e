using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

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

    /// <summary>Ports below those that the kernel gives to clients, and to servers with port 0 (ip(7), ip_local_port_range): nobody takes one of them between the end of a server and the start of the next.</summary>
    internal static int[] ToStay(int count)
    {
        const int first = 20_000, end = 32_000;
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            int port = RandomNumberGenerator.GetInt32(first, end);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                ports.Add(port);
            }
            catch (SocketException)
            {
                // It is taken.
            }
        }

        return [.. ports];
    }
}
