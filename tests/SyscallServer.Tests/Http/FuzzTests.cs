extern alias Runtime;
extern alias Scalar;
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;
using RequestParser = Runtime::SyscallServer.Internal.Http.RequestParser;
using ScalarRequest = Scalar::SyscallServer.Internal.Http.RequestHead;
using ScalarRequestParser = Scalar::SyscallServer.Internal.Http.RequestParser;
using ScalarScan = Scalar::SyscallServer.Internal.Text.Scan;
using Scan = Runtime::SyscallServer.Internal.Text.Scan;

namespace SyscallServer.Tests.Http;

using Request = Runtime::SyscallServer.Internal.Http.RequestHead;

/// <summary>
/// Requests that nobody thought of: good and bad ones, cut, mixed and spoilt at random. <c>FUZZ_ITERATIONS=100000000</c> in the environment goes on for hours.
/// </summary>
public unsafe class FuzzTests
{
    private static readonly int Iterations = Setting.Number("FUZZ_ITERATIONS") ?? 100_000;

    private static readonly string[] Good =
    [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a/../b%20c?d=e HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        "POST http://[::1]:80/a HTTP/1.1\r\nHost: a.example:8080\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\" ; c = d\r\nhello\r\n00a\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade\r\n\r\n",
        "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /assets/index.js HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\r\n"
            + "Accept: text/html,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nIf-None-Match: \"abc\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            + "Range: bytes=0-1\r\nIf-Range: \"abc\"\r\nIf-Match: *\r\nIf-Unmodified-Since: Sun Nov  6 08:49:37 1994\r\nCookie: a=b; c=d\r\n\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "\r\n", "\r", "\n", "\r\n\r\n", " ", "\t", ":", ",", ";", "=", "\"", "\\", "/", "..", "/./", "%2e", "%2F", "%", "%00", "?", "#", "*", "@", "[", "]", "::", "\0", "\u007F", "\u0080", "\u00FF",
        "HTTP/1.1", "HTTP/1.0", "http://", "Host:", "Host: b\r\n", "Content-Length:", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Connection:", "close", "keep-alive",
        "Expect: x\r\n", "0", "5", "9223372036854775807", "FFFFFFFFFFFFFFFF", "chunked", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "X: y\r\n", " folded\r\n", "GET ",
    ];

    [Fact]
    public void Whatever_comes_has_one_verdict_at_one_place_with_vectors_and_without()
    {
        byte[][] corpus = [.. MalformedRequests.Read(Repository.Path("tests", "Http", "malformed.txt")).Select(each => each.Bytes).Where(bytes => bytes.Length < 1000), .. Good.Select(Encoding.Latin1.GetBytes)];
        byte[][] pieces = [.. Pieces.Select(Encoding.Latin1.GetBytes)];
        using GuardedBuffer buffer = Reading.NewBuffer();
        var verdicts = new Dictionary<int, int>();
        for (int seed = 0; seed < Iterations; seed++)
        {
            var random = new Random(seed);
            byte[] request = Mutate(corpus, pieces, random);
            int verdict = Reading.Read(buffer.AtEnd(request), request.Length);
            verdicts[Math.Min(verdict, 1)] = verdicts.GetValueOrDefault(Math.Min(verdict, 1)) + 1;

            // Some prefix, and the one before the first with a verdict.
            int first = FirstVerdict(buffer, request);
            foreach (int length in (int[])[random.Next(1, request.Length + 1), first - 1, first])
            {
                if (length > 0 && length <= request.Length)
                {
                    int expected = length < first ? 0 : verdict;
                    Assert.True(Reading.Read(buffer.AtEnd(request.AsSpan(0, length)), length) == expected, $"seed {seed}, {length} bytes");
                    Assert.True(Reading.Read(buffer.AtStart(request.AsSpan(0, length)), length) == expected, $"seed {seed}, {length} bytes");
                }
            }

            AssertSame(buffer, request, seed);
        }

        // That it is not all the same.
        Assert.True(Iterations < 10_000 || ((int[])[1, 0, -400, -413, -417, -501, -505]).All(verdicts.ContainsKey), string.Join(' ', verdicts));
    }

    [Fact]
    public void Scans_stop_at_the_same_byte_with_vectors_and_without()
    {
        using GuardedBuffer buffer = new(4096);
        var random = new Random(1);
        byte[] bytes = new byte[100];
        for (int i = 0; i < Iterations; i++)
        {
            // Letters mostly, so that a scan gets far; and each byte at each place.
            Array.Fill(bytes, (byte)'a');
            for (int changes = random.Next(4); changes >= 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(changes == 0 ? i : random.Next(2) == 0 ? random.Next(256) : "/.%?\t-\r:"[random.Next(8)]);
            }

            int length = random.Next(16, bytes.Length + 1);
            byte* input = buffer.AtEnd(bytes.AsSpan(0, length));
            byte* end = input + length;
            Assert.Equal((nint)ScalarScan.Token(input, end), (nint)Scan.Token(input, end));
            Assert.Equal((nint)ScalarScan.RegisteredName(input, end), (nint)Scan.RegisteredName(input, end));
            int offset = random.Next(length + 1);
            Assert.Equal((nint)ScalarScan.Value(input + offset, end), (nint)Scan.Value(input + offset, end));
            byte* expected = ScalarScan.Target(input, end, out byte* expectedMark);
            Assert.Equal((nint)expected, (nint)Scan.Target(input, end, out byte* mark));
            Assert.Equal((nint)expectedMark, (nint)(mark < expected ? mark : null));
            byte* name = Scan.Name(input, end, out byte* value);
            Assert.Equal((nint)ScalarScan.Token(input, end), (nint)Scan.Token(name, end));
            Assert.InRange((nint)value, (nint)input, (nint)name);
            byte* label = Scan.Label(input + offset, end);
            Assert.Equal((nint)ScalarScan.RegisteredName(input + offset, end), (nint)Scan.RegisteredName(label, end));
        }
    }

    /// <summary>The shortest prefix with a verdict; one byte more than there are where there is none.</summary>
    private static int FirstVerdict(GuardedBuffer buffer, byte[] request)
    {
        int good = 0, bad = request.Length + 1;
        while (bad - good > 1)
        {
            int length = (good + bad) / 2;
            bool isGood = Reading.Read(buffer.AtEnd(request.AsSpan(0, length)), length) == 0;
            (good, bad) = isGood ? (length, bad) : (good, length);
        }

        return bad;
    }

    /// <summary>That both parsers find the same, at the same places.</summary>
    private static void AssertSame(GuardedBuffer buffer, byte[] bytes, int seed)
    {
        byte* input = buffer.AtEnd(bytes);
        Request request;
        int verdict = RequestParser.Parse(input, bytes.Length, Reading.MaxTargetBytes, Reading.MaxHeaderBytes, &request);
        string path = verdict > 0 ? Reading.Latin1(request.Path, request.PathLength) : "";
        input = buffer.AtEnd(bytes);
        ScalarRequest other;
        int otherVerdict = ScalarRequestParser.Parse(input, bytes.Length, Reading.MaxTargetBytes, Reading.MaxHeaderBytes, &other);
        Assert.True(verdict == otherVerdict, $"seed {seed}: {verdict} with vectors, {otherVerdict} without");
        if (verdict > 0)
        {
            Assert.Equal(Reading.Latin1(other.Path, other.PathLength), path);
            Assert.True(
                (int)request.Method == (int)other.Method && (int)request.Flags == (int)other.Flags && request.Query == other.Query && request.QueryLength == other.QueryLength
                && request.Host == other.Host && request.HostLength == other.HostLength && request.Fields == other.Fields && request.FieldsLength == other.FieldsLength
                && request.ContentLength == other.ContentLength,
                $"seed {seed}");
        }
    }

    private static byte[] Mutate(byte[][] corpus, byte[][] pieces, Random random)
    {
        List<byte> bytes = [.. corpus[random.Next(corpus.Length)]];
        if (random.Next(4) == 0)
        {
            // The beginning of one and the end of another.
            byte[] other = corpus[random.Next(corpus.Length)];
            bytes = [.. bytes.Take(random.Next(bytes.Count + 1)), .. other.Skip(random.Next(other.Length))];
        }

        for (int changes = random.Next(4); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0:
                    bytes.InsertRange(at, pieces[random.Next(pieces.Length)]);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(8)));
                    break;
                case 2 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, random.Next(40))));
                    break;
            }
        }

        return bytes.Count == 0 ? [(byte)'G'] : [.. bytes];
    }
}
