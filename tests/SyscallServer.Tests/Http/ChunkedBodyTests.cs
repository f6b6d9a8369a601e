extern alias Runtime;

using System;
using System.Linq;
using System.Text;
using Runtime::SyscallServer.Internal.Http;
using Xunit;

namespace SyscallServer.Tests.Http;

public unsafe class ChunkedBodyTests
{
    private const int MaxBodyBytes = 100;
    private const int MaxTrailerBytes = 50;

    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n", "hello, world")]
    [InlineData("a\r\n0123456789\r\n00A\r\n0123456789\r\n000\r\n\r\n", "01234567890123456789")]
    [InlineData("00000000000000000000000000000005\r\nhello\r\n00000\r\n\r\n", "hello")]
    [InlineData("2\r\n\r\n\r\n0\r\n\r\n", "\r\n")]
    [InlineData("5;a\r\nhello\r\n0;b\r\n\r\n", "hello")]
    [InlineData("5;a=b\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=\"b\"\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=\"\"\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5 ; a = b ;\tc\t=\t\"d\" ;e\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=\"\\\"\\\\;b\t\u00FF\";c=!#$%&'*+-.^_`|~\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=\"0\"\r\nhello\r\n0;a = \"b\" ; c\r\n\r\n", "hello")]
    [InlineData("0\r\nX: y\r\nEmpty:\r\nTabs:\ta\tb\t\r\nHigh: \u00FF\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n", "hello")]
    [InlineData("64\r\n0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\r\n0\r\n\r\n", "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public void A_good_body_has_its_data_however_it_is_split(string text, string expected)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        byte[] more = [.. bytes, .. "GET /"u8];
        for (int piece = 1; piece <= more.Length; piece++)
        {
            Assert.Equal((bytes.Length, expected), Read(more, piece));
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(0, Read(bytes[..length], length).Result);
        }
    }

    [Theory]
    [InlineData("65\r\n", 413)]
    [InlineData("64\r\n0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\r\n1\r\n", 413)]
    [InlineData("7FFFFFFFFFFFFFFF\r\n", 413)]
    [InlineData("8000000000000000", 400)]
    [InlineData("00000000000000000008000000000000000", 400)]
    [InlineData("0\r\nX: 012345678901234567890123456789012345678901234567", 431)]
    [InlineData("0\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r\nA:\r", 431)]
    [InlineData("5;\r", 400)]
    [InlineData("5 \r", 400)]
    [InlineData("5;a=\r", 400)]
    [InlineData("5;a=b \r", 400)]
    [InlineData("5;a=\"\u007F", 400)]
    [InlineData("5;a=\"\\\u0001", 400)]
    [InlineData("5\r\nhellox", 400)]
    [InlineData("5\r\nhello\n", 400)]
    [InlineData("5\n", 400)]
    [InlineData("0\r\n\r\r", 400)]
    [InlineData("0\r\nX\r", 400)]
    [InlineData("0\r\nX: a\r\n ", 400)]
    public void A_bad_one_is_bad_at_its_last_byte_however_it_is_split(string text, int status)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        for (int piece = 1; piece <= bytes.Length; piece++)
        {
            Assert.Equal(-status, Read(bytes, piece).Result);
            Assert.Equal(0, Read(bytes[..^1], piece).Result);
        }
    }

    [Fact]
    public void Trailers_may_be_as_long_as_the_limit()
        => Assert.Equal(53 + 2, Read(Encoding.ASCII.GetBytes("0\r\nX: " + new string('a', 45) + "\r\n\r\n"), 1000).Result);

    [Fact]
    public void Short_extensions_are_served_in_as_many_chunks_as_there_may_be()
    {
        // As with aws-chunked: 85 bytes of signature for each chunk of data.
        string chunk = "400;chunk-signature=" + new string('0', 64) + "\r\n" + new string('x', 0x400) + "\r\n";
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(chunk, 1000)) + "0\r\n\r\n");
        Assert.Equal(bytes.Length, Read(bytes, 4096, maxBodyBytes: 1000 * 0x400).Result);
        byte[] single = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1;a=01234567890123456789\r\nx\r\n", 5000)) + "0\r\n\r\n");
        Assert.Equal(single.Length, Read(single, 4096, maxBodyBytes: 5000).Result);
    }

    [Fact]
    public void Extensions_that_outweigh_the_data_are_not()
    {
        byte[] bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1;a=" + new string('0', 100) + "\r\nx\r\n", 5000)));
        Assert.Equal(-400, Read(bytes, 4096, maxBodyBytes: 5000).Result);
    }

    /// <summary>The length of the body, 0 or a negative status; and the data.</summary>
    private static (int Result, string Data) Read(byte[] bytes, int piece, ulong maxBodyBytes = MaxBodyBytes)
    {
        using GuardedBuffer buffer = new(piece);
        ChunkedBody body = default, blind = default;
        var data = new StringBuilder();
        for (int consumed = 0; consumed < bytes.Length;)
        {
            byte[] part = bytes[consumed..Math.Min(bytes.Length, consumed + piece)];
            byte* input = buffer.AtEnd(part);
            int count = body.Read(input, part.Length, maxBodyBytes, MaxTrailerBytes, out byte* run, out int runLength);
            Assert.Equal(count, blind.Read(input, count < 0 ? part.Length : count, maxBodyBytes, MaxTrailerBytes)); // it does not stop behind data
            if (count < 0)
            {
                return (count, "");
            }

            Assert.InRange(count, 1, part.Length);
            data.Append(Reading.Latin1(run, runLength));
            consumed += count;
            if (body.IsComplete)
            {
                return (consumed, data.ToString());
            }
        }

        return (0, data.ToString());
    }
}
