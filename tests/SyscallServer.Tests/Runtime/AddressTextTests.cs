using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>Addresses as the access log writes them.</summary>
public unsafe class AddressTextTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("255.100.10.9")]
    public void An_IPv4_address_is_four_numbers(string text) => Assert.Equal(text, Write(text));

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:db8:0:1:1:1:1:1")] // a single group is not left out (RFC 5952, section 4.2.2)
    [InlineData("2001:0:0:1::1")] // the longest run is (section 4.2.3)
    [InlineData("2001:db8::1:0:0:1")] // of two the first
    [InlineData("1:2:3:4:5:6:7:8")]
    [InlineData("1:2:3:4:5:6::")]
    [InlineData("::3:4:5:6:7:8")]
    [InlineData("fe80::aBcD:0:10:100")]
    [InlineData("64:ff9b::c0a8:1")]
    [InlineData("::ffff:0:1:2:3")]
    [InlineData("1234:5678:9abc:def0:1234:5678:9abc:def0")]
    public void An_IPv6_address_is_as_short_as_it_can_be(string text) => Assert.Equal(text.ToLowerInvariant(), Write(text));

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:0.0.0.0", "0.0.0.0")]
    public void One_that_stands_for_an_IPv4_address_is_written_as_that(string text, string expected) => Assert.Equal(expected, Write(text));

    [Fact]
    public void A_client_of_a_Unix_socket_has_no_address() => Assert.Equal("unix:", Name(AcceptedClient.Of([1, 0])));

    private static string Write(string text) => Name(AcceptedClient.At(text));

    /// <summary>How the log calls a client whose address this is.</summary>
    private static string Name(ClientAddress address)
    {
        byte* text = stackalloc byte[Layout.ClientName];
        return Encoding.ASCII.GetString(text, (int)(address.Write(text) - text));
    }
}
