extern alias Runtime;

using System;
using System.Globalization;
using System.Net;
using System.Text;
using Xunit;
using IPv4Address = Runtime::SyscallServer.Internal.Text.IPv4Address;

namespace SyscallServer.Tests.Runtime;

public class IPv4AddressTests
{
    private static unsafe bool TryParse(string text, out uint address)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
        {
            return IPv4Address.TryParse(bytes, out address);
        }
    }

    [Theory]
    [InlineData("0.0.0.0", 0x00000000u)]
    [InlineData("127.0.0.1", 0x7F000001u)]
    [InlineData("255.255.255.255", 0xFFFFFFFFu)]
    [InlineData("1.20.199.250", 0x0114C7FAu)]
    public void Four_decimal_numbers_are_an_address(string text, uint expected)
    {
        Assert.True(TryParse(text, out uint address));
        Assert.Equal(expected, address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.")]
    [InlineData(".1.2.3")]
    [InlineData("1..2.3")]
    [InlineData("1.2.3.4.")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4294967297")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.00")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1.2.3.-4")]
    [InlineData("0x1.2.3.4")]
    [InlineData("localhost")]
    [InlineData("::1")]
    [InlineData("1.2.3.4\n")]
    [InlineData("1.2.3.\u0664")]
    public void Anything_else_is_not(string text) => Assert.False(TryParse(text, out _));

    [Fact]
    public void Every_address_that_is_formatted_is_parsed()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            uint expected = (uint)random.NextInt64(0, 1L << 32);
            string text = new IPAddress(BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)expected))).ToString();
            Assert.True(TryParse(text, out uint address), text);
            Assert.Equal(expected.ToString("X8", CultureInfo.InvariantCulture), address.ToString("X8", CultureInfo.InvariantCulture));
        }
    }
}
