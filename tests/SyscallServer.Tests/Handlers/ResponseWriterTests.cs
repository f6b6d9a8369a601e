using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using SyscallServer.Internal.Features;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.Tests.Handlers;

/// <summary>What each way to write makes of its argument.</summary>
public class ResponseWriterTests
{
    private delegate void Writing(ref ResponseWriter response);

    private static readonly int Iterations = Setting.Number("FUZZ_ITERATIONS") ?? 50_000;

    private static unsafe byte[] Bytes(Writing write, int capacity = 1000)
    {
        byte[] memory = new byte[capacity];
        byte[] fields = new byte[100];
        fixed (byte* body = memory)
        fixed (byte* lines = fields)
        {
            var writer = new ResponseWriter(lines, fields.Length, body, capacity);
            write(ref writer);
            Assert.Equal(ResponseMistake.None, writer.Mistake);
            return memory[..writer.Length];
        }
    }

    private static string Text(Writing write) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(write));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(-1)]
    [InlineData(1234567890123456789)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Numbers_are_decimal(long number)
    {
        Assert.Equal($"{number}", Text((ref ResponseWriter response) => response.Write(number)));
        Assert.Equal($"{(ulong)number}", Text((ref ResponseWriter response) => response.Write((ulong)number)));
    }

    [Theory]
    [InlineData(0, 1, "0")]
    [InlineData(0, 2, "00")]
    [InlineData(0xAB, 1, "ab")]
    [InlineData(0xAB, 3, "0ab")]
    [InlineData(0x10, 0, "10")]
    [InlineData(ulong.MaxValue, 16, "ffffffffffffffff")]
    [InlineData(1, 16, "0000000000000001")]
    public void Or_hexadecimal(ulong number, int digits, string expected) => Assert.Equal(expected, Text((ref ResponseWriter response) => response.WriteHex(number, digits)));

    [Theory]
    [InlineData("")]
    [InlineData("a\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF")]
    [InlineData("\uD800")]
    [InlineData("\uDC00x\uD83D")]
    [InlineData("\uD83D\uD83D\uDE00\uDE00")]
    public void Text_is_UTF_8(string text)
    {
        Assert.Equal(Encoding.UTF8.GetBytes(text), Bytes((ref ResponseWriter response) => response.Write(text)));
        Assert.Equal(Encoding.UTF8.GetBytes(new string('\uFFFD', 1) + "\u20AC"), Bytes((ref ResponseWriter response) =>
        {
            response.Write('\uD800');
            response.Write('\u20AC');
        }));
    }

    [Fact]
    public void HTML_is_escaped()
    {
        Assert.Equal("&lt;a href=&#34;x&#39;&#34;&gt;&amp;\u00FC\0", Text((ref ResponseWriter response) => response.WriteHtml("<a href=\"x'\">&\u00FC\0"u8)));
        Assert.Equal("<&>\"'", WebUtility.HtmlDecode(Text((ref ResponseWriter response) => response.WriteHtml("<&>\"'"u8))));
    }

    [Fact]
    public void Fuzz_any_bytes_become_a_string_of_JSON_that_says_the_same()
    {
        var random = new Random(20261122);
        byte[] interesting = [.. "\"\\/\n\r\t\0\u001F\u007Fab<"u8, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xE0, 0xA0, 0x9F, 0xED, 0xEF, 0xF0, 0x90, 0xF4, 0x8F, 0xF5, 0xFF];
        for (int i = 0; i < Iterations; i++)
        {
            byte[] text = Enumerable.Range(0, random.Next(8)).Select(_ => interesting[random.Next(interesting.Length)]).ToArray();
            string json = Text((ref ResponseWriter response) => response.WriteJson(text));
            string read = JsonSerializer.Deserialize<string>(json)!;

            // Of a character that is cut off .NET makes one U+FFFD, and this of each of its bytes.
            Assert.Equal(Encoding.UTF8.GetString(text).Replace("\uFFFD", "", StringComparison.Ordinal), read.Replace("\uFFFD", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public unsafe void Nothing_is_written_behind_the_room_there_is()
    {
        byte[] memory = new byte[20];
        byte[] fields = new byte[20];
        fixed (byte* body = memory)
        fixed (byte* lines = fields)
        {
            for (int capacity = 0; capacity < 10; capacity++)
            {
                Array.Clear(memory);
                Array.Clear(fields);
                var writer = new ResponseWriter(lines, capacity, body, capacity);
                writer.Write("abc"u8);
                writer.Write("d\u20AC");
                writer.Write(-100);
                writer.WriteHex(0x1234);
                writer.WriteHtml("<"u8);
                writer.WriteJson("\"\u0001"u8);
                writer.AddHeader("a"u8, "bcdefghijk"u8);
                Assert.InRange(writer.Length, 0, capacity);
                Assert.NotEqual(ResponseMistake.None, writer.Mistake);
                Assert.All(memory[capacity..], value => Assert.Equal(0, value));
                Assert.All(fields, value => Assert.Equal(0, value));
                Assert.Equal(capacity - writer.Length, writer.GetSpan().Length);
            }
        }
    }
}
