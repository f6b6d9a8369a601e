using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Parse;

/// <summary>The form to which the engine brings the path of a request before it looks for a route.</summary>
internal static class CanonicalPath
{
    /// <summary>Decodes a path and removes its dot segments.</summary>
    /// <param name="target">The path as it stands in a request line: begins with a slash, no query.</param>
    /// <returns>Null where a request with it is bad.</returns>
    internal static byte[]? Of(byte[] target)
    {
        var decoded = new List<byte>(target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            if (target[i] != '%')
            {
                decoded.Add(target[i]);
                continue;
            }

            if (i + 2 >= target.Length || Digit(target[i + 1]) is not (>= 0 and int high) || Digit(target[i + 2]) is not (>= 0 and int low))
            {
                return null;
            }

            byte value = (byte)(high << 4 | low);
            if (value is 0 or (byte)'\r' or (byte)'\n')
            {
                return null;
            }

            if (value is (byte)'/' or (byte)'%')
            {
                decoded.AddRange([(byte)'%', (byte)'2', value == '/' ? (byte)'F' : (byte)'5']);
            }
            else
            {
                decoded.Add(value);
            }

            i += 2;
        }

        return WithoutDotSegments(decoded);
    }

    /// <summary>RFC 3986, section 5.2.4.</summary>
    private static byte[] WithoutDotSegments(List<byte> path)
    {
        var segments = new List<byte[]>();
        int start = 1;
        for (int i = 1; i <= path.Count; i++)
        {
            if (i < path.Count && path[i] != '/')
            {
                continue;
            }

            byte[] segment = path.GetRange(start, i - start).ToArray();
            bool isLast = i == path.Count;
            start = i + 1;
            if (segment.Length is 1 or 2 && segment.All(character => character == '.'))
            {
                if (segment.Length == 2 && segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }

                if (isLast)
                {
                    segments.Add([]);
                }
            }
            else
            {
                segments.Add(segment);
            }
        }

        return segments.SelectMany(segment => new[] { (byte)'/' }.Concat(segment)).ToArray();
    }

    internal static int Digit(int character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'A' and <= 'F' => character - 'A' + 10,
        >= 'a' and <= 'f' => character - 'a' + 10,
        _ => -1,
    };
}
