using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Tests.Http;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.Tests.Handlers;

/// <summary>Queries and forms, flush against an unmapped page.</summary>
public class UrlEncodingTests
{
    private static readonly int Iterations = Setting.Number("FUZZ_ITERATIONS") ?? 200_000;

    [Theory]
    [InlineData("a=1&b=2", "a", 0, "1")]
    [InlineData("a=1&b=2", "b", 0, "2")]
    [InlineData("a=1&b=2", "c", 0, null)]
    [InlineData("a=1&b=2", "", 0, null)]
    [InlineData("=1", "", 0, "1")]
    [InlineData("a", "a", 0, "")]
    [InlineData("a&b", "b", 0, "")]
    [InlineData("a=", "a", 0, "")]
    [InlineData("a=b=c", "a", 0, "b=c")]
    [InlineData("&&a=1&&", "a", 0, "1")]
    [InlineData("&&a=1&&", "", 0, null)]
    [InlineData("a=1&a=2&a=3", "a", 2, "3")]
    [InlineData("a=1&a=2&a=3", "a", 3, null)]
    [InlineData("%61%3D=1", "a=", 0, "1")]
    [InlineData("a+b=1", "a b", 0, "1")]
    [InlineData("A=1", "a", 0, null)]
    [InlineData("ab=1", "a", 0, null)]
    [InlineData("a=1", "ab", 0, null)]
    [InlineData("a=%C3%BC+%2b", "a", 0, "\u00FC +")]
    [InlineData("a=%", "a", 0, "%")]
    [InlineData("a=%4", "a", 0, "%4")]
    [InlineData("a=%4&b=1", "a", 0, "%4")]
    [InlineData("a=%4g%g4%%41", "a", 0, "%4g%g4%A")]
    [InlineData("", "a", 0, null)]
    public void A_value_is_found_and_decoded(string pairs, string name, int occurrence, string? expected)
    {
        byte[] destination = new byte[20];
        Assert.Equal(expected is not null, Find(pairs, name, occurrence, destination, out int written));
        Assert.Equal(expected ?? "", Encoding.UTF8.GetString(destination, 0, written));
        Assert.All(destination.Skip(written), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_value_for_which_there_is_no_room_is_not_found()
    {
        Assert.True(Find("a=%61bc", "a", 0, new byte[3], out int written));
        Assert.Equal(3, written);
        Assert.False(Find("a=%61bc", "a", 0, new byte[2], out written));
        Assert.Equal(0, written);
        Assert.True(Find("a=", "a", 0, [], out _));
    }

    [Fact]
    public void Outside_of_forms_a_plus_is_a_plus()
    {
        byte[] destination = new byte[10];
        Assert.True(UrlEncoding.TryDecode("a+%2Fb%"u8, destination, out int written));
        Assert.Equal("a+/b%", Encoding.UTF8.GetString(destination, 0, written));
        Assert.False(UrlEncoding.TryDecode("abc"u8, new byte[2], out written));
        Assert.Equal(0, written);
    }

    /// <summary>Compares with a decoder that takes its time.</summary>
    [Fact]
    public void Fuzz_every_value_of_a_random_text_is_that_of_a_plain_decoder()
    {
        var random = new Random(20261122);
        using var buffer = new GuardedBuffer(64);
        byte[] destination = new byte[64];
        for (int i = 0; i < Iterations; i++)
        {
            string text = new(Enumerable.Range(0, random.Next(24)).Select(_ => "ab%%2641&&==+\u00FFg"[random.Next(14)]).ToArray());
            byte[] bytes = Encoding.Latin1.GetBytes(text);
            List<(string Name, string Value)> pairs = text.Split('&').Where(pair => pair.Length > 0).Select(pair => pair.Split('=', 2)).Select(pair => (Decode(pair[0]), pair.Length > 1 ? Decode(pair[1]) : "")).ToList();
            string name = pairs.Count == 0 || random.Next(4) == 0 ? "a" : pairs[random.Next(pairs.Count)].Name;
            string[] expected = pairs.Where(pair => pair.Name == name).Select(pair => pair.Value).ToArray();
            for (int occurrence = 0; occurrence <= expected.Length; occurrence++)
            {
                bool found = TryGetValue(buffer, bytes, Encoding.Latin1.GetBytes(name), occurrence, destination, out int written);
                Assert.Equal(occurrence < expected.Length ? expected[occurrence] : null, found ? Encoding.Latin1.GetString(destination, 0, written) : null);
            }
        }
    }

    private static string Decode(string text)
    {
        var decoded = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                decoded.Append((char)Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                decoded.Append(text[i] == '+' ? ' ' : text[i]);
            }
        }

        return decoded.ToString();
    }

    private static unsafe bool TryGetValue(GuardedBuffer buffer, byte[] pairs, byte[] name, int occurrence, byte[] destination, out int written)
        => UrlEncoding.TryGetValue(new ReadOnlySpan<byte>(buffer.AtEnd(pairs), pairs.Length), name, destination, out written, occurrence);

    private static bool Find(string pairs, string name, int occurrence, byte[] destination, out int written)
    {
        using var buffer = new GuardedBuffer(100);
        return TryGetValue(buffer, Encoding.UTF8.GetBytes(pairs), Encoding.UTF8.GetBytes(name), occurrence, destination, out written);
    }
}
