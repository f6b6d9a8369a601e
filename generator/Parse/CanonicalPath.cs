using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>The form to which the engine brings the path of a request before it looks for a route, by the engine's own code.</summary>
internal static class CanonicalPath
{
    /// <summary>Decodes a path and removes its dot segments.</summary>
    /// <param name="target">The path as it stands in a request line: begins with a slash, no query.</param>
    /// <returns>Null where a request with it is bad.</returns>
    internal static unsafe byte[]? Of(byte[] target)
    {
        byte[] path = [.. target, 0];
        fixed (byte* start = path)
        {
            return RequestTarget.IsGood(start, target.Length) ? path.AsSpan(0, RequestTarget.Normalize(start, target.Length)).ToArray() : null;
        }
    }

    /// <summary>The same of a path as a user writes it; null where it is none.</summary>
    internal static byte[]? OfText(string path) => path.StartsWith("/", StringComparison.Ordinal) && Grammar.IndexOfLoneSurrogate(path) < 0 ? Of(Encoding.ASCII.GetBytes(Grammar.ToUri(path))) : null;

    /// <summary>The other way: how a request line has such a path. What is no <c>pchar</c> or slash is percent-encoded (RFC 3986, section 3.3).</summary>
    internal static string Encode(IEnumerable<byte> path)
        => string.Concat(path.Select(letter => letter < 0x80 && (char.IsLetterOrDigit((char)letter) || "/-._~!$&'()*+,;=:@".IndexOf((char)letter) >= 0) ? $"{(char)letter}" : $"%{letter:X2}"));
}
