using System;
using System.Net;
using SyscallServer.Internal.Kernel;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>What accept(2) says of a client.</summary>
internal static unsafe class AcceptedClient
{
    /// <param name="address">An IPv4 or IPv6 address.</param>
    internal static ClientAddress At(string address)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        return Of(bytes.Length == 4 ? [2, 0, 0, 1, .. bytes] : [10, 0, 0, 1, 0, 0, 0, 0, .. bytes]); // family, port, of IPv6 the flow
    }

    /// <param name="socketAddress">The bytes of a struct sockaddr.</param>
    internal static ClientAddress Of(byte[] socketAddress)
    {
        AcceptKernel.Address = socketAddress;
        ClientAddress accepted;
        Assert.Equal(7, ClientAddress.Accept<AcceptKernel>(&accepted, 3));
        return accepted;
    }

    private readonly struct AcceptKernel : IKernel
    {
        [ThreadStatic]
        internal static byte[]? Address;

        public static nint accept(int sockfd, void* addr, uint* addrlen)
        {
            Address.CopyTo(new Span<byte>(addr, (int)*addrlen));
            *addrlen = (uint)Address!.Length;
            return 7;
        }
    }
}
