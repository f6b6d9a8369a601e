using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using SyscallServer.Internal.Text;
using SyscallServer.Tests.Http;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>SHA-256 and Base64 of credentials, beside those of the class library.</summary>
public unsafe class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void The_digests_of_FIPS_180_are_right(string message, string digest) => Assert.Equal(digest, Convert.ToHexStringLower(Hash(Encoding.ASCII.GetBytes(message))));

    [Fact]
    public void A_message_of_any_length_has_the_digest_that_the_class_library_says()
    {
        var random = new Random(1);
        foreach (int length in Enumerable.Range(0, 600).Concat([1000, 4095, 4096, 65_537]))
        {
            byte[] message = new byte[length];
            random.NextBytes(message);
            Assert.Equal(SHA256.HashData(message), Hash(message));
        }
    }

    [Fact]
    public void Base64_is_what_the_class_library_makes_of_bytes()
    {
        var random = new Random(1);
        for (int length = 1; length < 300; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.Equal(bytes, Decode(Convert.ToBase64String(bytes)));
        }

        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(all, Decode(Convert.ToBase64String(all)));
    }

    [Fact]
    public void A_byte_that_is_no_digit_makes_it_malformed()
    {
        string digits = new([.. Enumerable.Range(0, 256).Select(value => (char)value).Where(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '/')]);
        Assert.Equal(64, digits.Length);
        for (int value = 0; value < 256; value++)
        {
            for (int place = 0; place < 4; place++)
            {
                char[] text = ['A', 'A', 'A', 'A'];
                text[place] = (char)value;
                bool isPadding = value == '=' && place == 3;
                Assert.Equal(digits.Contains((char)value, StringComparison.Ordinal) || isPadding, Decode(new string(text)) is not null);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AA")]
    [InlineData("AAA")]
    [InlineData("AAAAA")]
    [InlineData("====")]
    [InlineData("A===")]
    [InlineData("AA=A")]
    [InlineData("AA==AAAA")]
    [InlineData("AAA=AAAA")]
    [InlineData("AAA A")]
    public void Half_a_group_or_padding_elsewhere_makes_it_malformed(string text) => Assert.Null(Decode(text));

    /// <summary>The message ends before memory that is not there.</summary>
    private static byte[] Hash(byte[] message)
    {
        using var guarded = new GuardedBuffer(message.Length);
        byte[] digest = new byte[Sha256.Size];
        fixed (byte* to = digest)
        {
            Sha256.Hash(guarded.AtEnd(message), message.Length, to);
        }

        return digest;
    }

    private static byte[]? Decode(string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        using var from = new GuardedBuffer(bytes.Length);
        using var to = new GuardedBuffer((bytes.Length / 4 * 3) + 1);
        byte* decoded = to.AtEnd(new byte[(bytes.Length / 4 * 3) + 1]);
        int length = Base64.Decode(from.AtEnd(bytes), bytes.Length, decoded);
        return length < 0 ? null : new ReadOnlySpan<byte>(decoded, length).ToArray();
    }
}
