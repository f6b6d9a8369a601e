using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Makes streams of requests, some of them damaged, from known ones.</summary>
internal static class Mutation
{
    /// <summary>What turns up where servers and proxies disagree.</summary>
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\r\n\r\n", "\0", " ", "\t", "\v", ":", ",", ";", "\"", "\\", "#", "?", "/", "//", "/../", "/./", "%", "%2e", "%2F", "%00", "%0d%0a", "*", "@", "+", "-", "0", "\x7f", "\u00ff",
        "HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "http://h", "GET ", "HEAD ", "POST ", "OPTIONS * ",
        "\r\n ", "\r\nContent-Length: 5", "\r\nContent-Length: 0", "\r\nTransfer-Encoding: chunked", "\r\nConnection: close", "\r\nConnection: keep-alive", "\r\nHost: i", "\r\nExpect: 100-continue",
        "\r\nIf-None-Match: *", "\r\nIf-Match: \"x\"", "\r\nAccept-Encoding: gzip, *;q=0", "\r\nX: y", "5\r\n01234\r\n", "0\r\n\r\n", "ffffffffffffffff", "18446744073709551616",
    ];

    /// <summary>One to three requests, each of them left alone or mutated a few times, and a sentinel.</summary>
    internal static string Stream(Random random, IReadOnlyList<string> requests)
    {
        string stream = "";
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            string request = Pick(random, requests);
            for (int mutations = random.Next(0, 4); mutations > 0; mutations--)
            {
                request = Mutated(random, request, requests);
            }

            stream += request;
        }

        return stream + Sentinel.Text(random.Next(Sentinel.Count));
    }

    /// <summary>The stream in up to ten pieces.</summary>
    internal static IEnumerable<byte[]> Split(Random random, byte[] stream)
    {
        int[] places = [.. Enumerable.Range(0, random.Next(1, 10)).Select(_ => random.Next(1, stream.Length)).Append(0).Append(stream.Length).Distinct().Order()];
        return places.Zip(places.Skip(1), (from, to) => stream[from..to]);
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static string Mutated(Random random, string text, IReadOnlyList<string> requests)
    {
        int from = random.Next(text.Length + 1);
        int to = Math.Min(text.Length, from + (random.Next(2) == 0 ? 1 : random.Next(20)));
        string[] lines = text.Split("\r\n");
        int line = random.Next(lines.Length);
        switch (random.Next(9))
        {
            case 0: // another byte
                return text[..from] + (char)random.Next(256) + text[to..];
            case 1: // something more
            case 2:
                return text[..from] + Pick(random, Pieces) + text[from..];
            case 3: // something less
                return text[..from] + text[to..];
            case 4: // twice
                return text[..to] + text[from..];
            case 5: // the letter case
                return text[..from] + (random.Next(2) == 0 ? text[from..to].ToUpperInvariant() : text[from..to].ToLowerInvariant()) + text[to..];
            case 6: // a line twice, or not at all
                return string.Join("\r\n", random.Next(2) == 0 ? [.. lines[..line], .. lines[line..(line + 1)], .. lines[line..]] : (string[])[.. lines[..line], .. lines[(line + 1)..]]);
            case 7: // another number
                int digit = text.AsSpan(from).IndexOfAnyInRange('0', '9');
                return digit < 0 ? text : text[..(from + digit)] + random.Next(10) + text[(from + digit + 1)..];
            default: // another request's second half
                string other = Pick(random, requests);
                return text[..from] + other[random.Next(other.Length)..];
        }
    }
}
