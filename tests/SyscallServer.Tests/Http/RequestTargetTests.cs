extern alias Runtime;

using System;
using System.Linq;
using System.Text;
using Xunit;
using RequestTarget = Runtime::SyscallServer.Internal.Text.RequestTarget;

namespace SyscallServer.Tests.Http;

public unsafe class RequestTargetTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b.c", "/a/b.c")]
    [InlineData("//", "//")]
    [InlineData("//a//b//", "//a//b//")]
    [InlineData("/a%62c", "/abc")]
    [InlineData("/%41%7a%30", "/Az0")]
    [InlineData("/%c3%A4", "/\u00C3\u00A4")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/%25", "/%25")]
    [InlineData("/%2541", "/%2541")]
    [InlineData("/%252f", "/%252f")]
    [InlineData("/a%20b%3Fc%23d%5Ce%7F%01", "/a b?c#d\\e\u007F\u0001")]
    [InlineData("/.", "/")]
    [InlineData("/./", "/")]
    [InlineData("/..", "/")]
    [InlineData("/../", "/")]
    [InlineData("/../..", "/")]
    [InlineData("/../../a", "/a")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/../", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/b/../c", "/a/c")]
    [InlineData("/a/b/../../c", "/c")]
    [InlineData("/a/./b/./c", "/a/b/c")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("//..", "/")]
    [InlineData("///../..", "/")]
    [InlineData("/..//", "//")]
    [InlineData("/.a/..b/c./d../...", "/.a/..b/c./d../...")]
    [InlineData("/%2e", "/")]
    [InlineData("/a/%2E%2e/b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/a/%2e./b", "/b")]
    [InlineData("/a/%2e%2e%2fb", "/a/..%2Fb")]
    [InlineData("/a/..%2f..%2fb", "/a/..%2F..%2Fb")]
    [InlineData("/a/%252e%252e/b", "/a/%252e%252e/b")]
    [InlineData("/a%2F../b", "/a%2F../b")]
    [InlineData("/a%2F/../b", "/b")]
    [InlineData("/mid/content=5/../6", "/mid/6")]
    [InlineData("/a/b/c/./../../g", "/a/g")]
    public void A_path_has_one_normal_form(string path, string expected)
    {
        Assert.Equal(expected, Normalize(path));
        Assert.Equal(expected, Normalize(expected));
        Assert.Equal($"GET {expected} query q host a (KeepAlive)", Reading.Head($"GET {path}?q HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    [Theory]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%4g")]
    [InlineData("/%g4")]
    [InlineData("/%00")]
    [InlineData("/%0D")]
    [InlineData("/%0a")]
    [InlineData("/a/../%")]
    public void A_bad_encoding_is_said_and_nothing_changed(string path) => Assert.Equal("bad " + path, Normalize(path));

    [Fact]
    public void The_normal_form_has_no_dot_segments_and_is_its_own_and_that_of_RFC_3986()
    {
        string[] parts = ["/", "/", ".", "..", "a", "%2e", "%2E", "%2f", "%25", "%41", "b", "%c3%a4"];
        var random = new Random(1);
        for (int i = 0; i < 50_000; i++)
        {
            string path = "/" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            string normal = Normalize(path);
            Assert.StartsWith("/", normal, StringComparison.Ordinal);
            Assert.DoesNotContain(normal.Split('/'), segment => segment is "." or "..");
            Assert.Equal(normal, Normalize(normal));
            string decoded = path.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Replace("%41", "A", StringComparison.Ordinal)
                .Replace("%c3%a4", "\u00C3\u00A4", StringComparison.Ordinal).Replace("%2f", "%2F", StringComparison.Ordinal);
            Assert.True(RemoveDotSegments(decoded) == normal, path);
        }
    }

    /// <summary>The steps of RFC 3986, section 5.2.4, word by word, for a path that begins with a slash.</summary>
    private static string RemoveDotSegments(string input)
    {
        string output = "";
        while (input.Length > 0)
        {
            if (input.StartsWith("/./", StringComparison.Ordinal) || input == "/.")
            {
                input = "/" + input[Math.Min(3, input.Length)..];
            }
            else if (input.StartsWith("/../", StringComparison.Ordinal) || input == "/..")
            {
                input = "/" + input[Math.Min(4, input.Length)..];
                output = output[..Math.Max(0, output.LastIndexOf('/'))];
            }
            else
            {
                int end = input.IndexOf('/', 1);
                end = end < 0 ? input.Length : end;
                output += input[..end];
                input = input[end..];
            }
        }

        return output;
    }

    private static string Normalize(string path)
    {
        using GuardedBuffer buffer = new(path.Length + 1);
        byte* bytes = buffer.AtEnd(Encoding.Latin1.GetBytes(path + ' '));
        return !RequestTarget.IsGood(bytes, path.Length) ? "bad " + Reading.Latin1(bytes, path.Length)
            : Reading.Latin1(bytes, RequestTarget.Normalize(bytes, path.Length));
    }
}
