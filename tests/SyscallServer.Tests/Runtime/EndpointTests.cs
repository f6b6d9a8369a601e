extern alias Runtime;

using System;
using System.Linq;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;
using Endpoint = Runtime::SyscallServer.Internal.Listening.Endpoint;
using EndpointError = Runtime::SyscallServer.Internal.Listening.EndpointError;
using IPv6Address = Runtime::SyscallServer.Internal.Text.IPv6Address;

namespace SyscallServer.Tests.Runtime;

/// <summary>The texts of endpoints, held against the class library and the C library.</summary>
public partial class EndpointTests
{
    [Theory]
    [InlineData("0.0.0.0:8080")]
    [InlineData("127.0.0.1:0")]
    [InlineData("255.255.255.255:65535")]
    [InlineData("10.0.0.1:00080")]
    [InlineData("[::]:8080")]
    [InlineData("[::1]:0")]
    [InlineData("[2001:DB8::a:1]:443")]
    [InlineData("[1:2:3:4:5:6:7:8]:443")]
    [InlineData("[1::]:443")]
    [InlineData("[::ffff:192.0.2.1]:443")]
    [InlineData("[64:ff9b::192.0.2.33]:443")]
    public void An_address_and_a_port_are_an_endpoint(string text)
    {
        (EndpointError error, byte[] address) = Parse(text);
        Assert.Equal(EndpointError.None, error);
        var expected = IPEndPoint.Parse(text).Serialize();
        Assert.Equal(Enumerable.Range(0, expected.Size).Select(i => expected[i]), address);
    }

    [Theory]
    [InlineData("unix:/run/site.sock")]
    [InlineData("unix:/a")]
    [InlineData("unix:/with space and \u00FCmlaut:80")]
    public void A_path_is_an_endpoint(string text)
    {
        (EndpointError error, byte[] address) = Parse(text);
        Assert.Equal(EndpointError.None, error);
        Assert.Equal([1, 0, .. Encoding.UTF8.GetBytes(text[5..]), 0], address);
    }

    [Fact]
    public void An_abstract_name_is_an_endpoint_that_ends_where_the_name_does()
        => Assert.Equal((EndpointError.None, "\u0001\0\0name"), Parse("unix:@name") is var (error, address) ? (error, Encoding.ASCII.GetString(address)) : default);

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("localhost:8080")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0:")]
    [InlineData("0.0.0.0:http")]
    [InlineData("0.0.0.0:65536")]
    [InlineData("0.0.0.0:99999999999999999999")]
    [InlineData("0.0.0.0:-1")]
    [InlineData("0.0.0.0: 80")]
    [InlineData("0.0.0.0:80 ")]
    [InlineData("0.0.0:80")]
    [InlineData("00.0.0.0:80")]
    [InlineData("0.0.0.256:80")]
    [InlineData("[0.0.0.0]:80")]
    [InlineData("::1:80")]
    [InlineData("[::1]")]
    [InlineData("[::1]80")]
    [InlineData("[::1]x:80")]
    [InlineData("[::1:80")]
    [InlineData("::1]:80")]
    [InlineData("[]:80")]
    [InlineData("[:80")]
    [InlineData("[")]
    [InlineData(":")]
    [InlineData("[fe80::1%eth0]:80")]
    [InlineData("unix:")]
    [InlineData("unix:/")]
    [InlineData("unix:@")]
    [InlineData("unix:site.sock")]
    [InlineData("unix")]
    [InlineData("UNIX:/a")]
    [InlineData("/run/site.sock")]
    [InlineData("http://0.0.0.0:80")]
    public void Anything_else_is_not(string text) => Assert.Equal(EndpointError.Malformed, Parse(text).Error);

    [Fact]
    public void A_path_has_at_most_107_bytes()
    {
        Assert.Equal(110, Parse("unix:/" + new string('p', 106)).Address.Length);
        Assert.Equal(109, Parse("unix:@" + new string('p', 106)).Address.Length);
        Assert.Equal(EndpointError.PathTooLong, Parse("unix:/" + new string('p', 107)).Error);
        Assert.Equal(EndpointError.PathTooLong, Parse("unix:@" + new string('p', 10_000)).Error);
    }

    [Fact]
    public void Every_IPv6_address_that_is_formatted_is_parsed()
    {
        var random = new Random(1);
        byte[] bytes = new byte[16];
        for (int i = 0; i < 20_000; i++)
        {
            // With runs of zeros, which are what is left out.
            random.NextBytes(bytes);
            int from = random.Next(17), to = random.Next(17);
            bytes.AsSpan(Math.Min(from, to)..Math.Max(from, to)).Clear();
            string text = new IPAddress(bytes).ToString();
            Assert.True(TryParse(text, out byte[] address), text);
            Assert.Equal(bytes, address);
        }
    }

    [Fact]
    public void Of_random_texts_those_are_IPv6_addresses_that_the_C_library_takes_for_such()
    {
        string[] pieces = ["0", "1", "12", "fFfF", "12345", "g", ":", ":", ":", ":", "::", "1.2.3.4", "01.2.3.4", "256.1.1.1", "1:2:3:4", "1:2:3:4:5:6:7"];
        var random = new Random(1);
        int addresses = 0;
        byte[] expected = new byte[16];
        for (int i = 0; i < 300_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            bool isAddress = ParseByLibrary(Endpoint.AddressFamilyIPv6, text, expected) == 1;
            Assert.True(isAddress == TryParse(text, out byte[] address), text);
            if (isAddress)
            {
                addresses++;
                Assert.Equal(expected, address);
            }
        }

        Assert.True(addresses > 1000, $"{addresses}");
    }

    [LibraryImport("libc", EntryPoint = "inet_pton", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ParseByLibrary(int family, string text, byte[] address);

    private static unsafe bool TryParse(string text, out byte[] address)
    {
        address = new byte[16];
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"), to = address)
        {
            return IPv6Address.TryParse(bytes, to);
        }
    }

    private static unsafe (EndpointError Error, byte[] Address) Parse(string text)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
        {
            Endpoint endpoint;
            EndpointError error = Endpoint.Parse(bytes, &endpoint);
            return (error, error == EndpointError.None ? new ReadOnlySpan<byte>(&endpoint.Address, endpoint.AddressLength).ToArray() : []);
        }
    }
}
