using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;

namespace SyscallServer.Internal.Features;

/// <summary>The redirects of files (<see cref="RedirectLine"/>): finds the first line that has the path of a request, and answers with it.</summary>
/// <remarks>
/// A path is hashed once, and looked for at each of its slashes where a line may have all below, and at its end. So what a look costs depends on the path, as far as lines go, and not on how many lines there are. A slash at the end makes no
/// difference, unless a line says so.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RedirectTable
{
    /// <summary>Finds the line for a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="table">The table.</param>
    /// <returns>Where the line lies in the table; 0 where there is none.</returns>
    public static int Find(RequestHead* request, byte* table)
    {
        byte* path = request->Path;
        int length = PathLength(request);
        int longestPrefix = RedirectLine.Number(table + RedirectLine.LongestPrefix, 3) - 1;
        int end = length < RedirectLine.Number(table + RedirectLine.LongestPath, 3) ? length : Math.Min(length, longestPrefix);
        if (*path != '/' || end < 0) // "OPTIONS *" has none
        {
            return 0;
        }

        Search search = new() { Table = table, Request = request, Length = length, Found = int.MaxValue };
        bool hasHost = table[RedirectLine.HasHosts] != '0' && request->HostLength > 0;
        uint hash = RedirectLine.NoHash;
        uint hashOfHost = hasHost ? search.HashOfHost() : 0;
        for (int i = 0; ; i++)
        {
            if (i == length || (path[i] == '/' && i <= longestPrefix))
            {
                search.Look(hash, i, hostLength: 0);
                if (hasHost)
                {
                    search.Look(hashOfHost, i, search.HostLength);
                }
            }

            if (i == end)
            {
                return search.Found == int.MaxValue ? 0 : search.Found;
            }

            hash = RedirectLine.Hash(hash, path[i]);
            hashOfHost = RedirectLine.Hash(hashOfHost, path[i]);
        }
    }

    /// <summary>Whether a line goes before the routes.</summary>
    public static bool IsForced(byte* table, int line) => (Flags(table + line) & RedirectLine.IsForced) != 0;

    /// <summary>Whether a line answers every method, because its status says what becomes of the method.</summary>
    public static bool KeepsMethod(byte* table, int line) => Head(table, line)[RedirectLine.KeepsMethod] != '0';

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="output">Where the response goes, with room for it.</param>
    /// <param name="table">The table.</param>
    /// <param name="line">The line that was found for it.</param>
    /// <returns>See <see cref="CarryingRedirect.Begin"/>.</returns>
    public static int Begin<TApp>(RequestHead* request, Output* output, byte* table, int line)
        where TApp : struct, IApp
    {
        byte* head = Head(table, line);
        byte* entry = table + line;
        byte* template = Template(entry, out int templateLength);
        if ((Flags(entry) & RedirectLine.HasStar) != 0 && !RouteTemplate.Matches(new ReadOnlySpan<byte>(template, templateLength), request->Path, request->PathLength))
        {
            templateLength -= RedirectLine.StarLength; // what is left is nothing, not even a slash
        }

        return CarryingRedirect.Begin<TApp>(
            request,
            output,
            new ReadOnlySpan<byte>(head + RedirectLine.Head, RedirectLine.Number(head + RedirectLine.HeadLength, 3)),
            new ReadOnlySpan<byte>(template, templateLength),
            new ReadOnlySpan<byte>(Target(entry), RedirectLine.Number(entry + RedirectLine.TargetLength, 3)));
    }

    private static int Flags(byte* line) => RedirectLine.Number(line + RedirectLine.Flags, 1);

    private static byte* Head(byte* table, int line) => table + RedirectLine.Number(table + line + RedirectLine.HeadOfLine, 4);

    private static byte* Template(byte* line, out int length)
    {
        length = RedirectLine.Number(line + RedirectLine.TemplateLength, 3);
        return line + RedirectLine.Texts + RedirectLine.Number(line + RedirectLine.HostLength, 2);
    }

    private static byte* Target(byte* line) => Template(line, out int length) + length;

    /// <summary>Bytes of the path without a slash at its end.</summary>
    private static int PathLength(RequestHead* request) => request->PathLength - (request->Path[request->PathLength - 1] == '/' ? 1 : 0);

    /// <summary>A request, and the first line that was found for it so far.</summary>
    private struct Search
    {
        internal byte* Table;
        internal RequestHead* Request;

        /// <summary>Bytes of the path without a slash at its end.</summary>
        internal int Length;

        /// <summary>Bytes of the host without a point at its end.</summary>
        internal int HostLength;

        /// <summary>Where the line lies.</summary>
        internal int Found;

        /// <summary>The hash of the host, in whatever letters it was written.</summary>
        internal uint HashOfHost()
        {
            HostLength = Request->HostLength;
            if (Request->Host[HostLength - 1] == '.')
            {
                HostLength--; // example.com. is example.com (RFC 1034, section 3.1)
            }

            uint hash = RedirectLine.NoHash;
            for (int i = 0; i < HostLength; i++)
            {
                hash = RedirectLine.Hash(hash, (byte)(Request->Host[i] | 0x20));
            }

            return RedirectLine.Hash(hash, 0);
        }

        /// <summary>Looks for lines whose key is a host and the beginning of the path.</summary>
        internal void Look(uint hash, int keyLength, int hostLength)
        {
            uint mask = (1u << RedirectLine.Number(Table + RedirectLine.SlotBits, 1)) - 1;
            for (uint slot = hash & mask; ; slot = (slot + 1) & mask)
            {
                int line = RedirectLine.Number(Table + RedirectLine.Slots + slot * RedirectLine.SlotLength, RedirectLine.SlotLength);
                if (line == 0)
                {
                    return;
                }

                if (HasKey(Table + line, keyLength, hostLength))
                {
                    // From here on all have it, one behind the other.
                    for (; line != 0 && line < Found; line = RedirectLine.Number(Table + line + RedirectLine.Next, 4))
                    {
                        if (HasPath(Table + line, keyLength))
                        {
                            Found = line;
                        }
                    }

                    return;
                }
            }
        }

        private readonly bool HasKey(byte* line, int keyLength, int hostLength)
        {
            if (RedirectLine.Number(line + RedirectLine.KeyLength, 3) != keyLength || RedirectLine.Number(line + RedirectLine.HostLength, 2) != hostLength)
            {
                return false;
            }

            byte* text = line + RedirectLine.Texts;
            for (int i = 0; i < hostLength; i++)
            {
                if (text[i] != (Request->Host[i] | 0x20))
                {
                    return false;
                }
            }

            text += hostLength;
            for (int i = 0; i < keyLength; i++)
            {
                if (text[i] != Request->Path[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a line whose key the path begins with has the path.</summary>
        private readonly bool HasPath(byte* line, int keyLength)
        {
            int flags = Flags(line);
            if ((flags & RedirectLine.HasPieces) == 0)
            {
                return keyLength == Length && (flags & (Length < Request->PathLength ? RedirectLine.WithoutSlash : RedirectLine.WithSlash)) == 0;
            }

            byte* template = Template(line, out int length);
            if ((flags & RedirectLine.HasStar) == 0)
            {
                return RouteTemplate.Matches(new ReadOnlySpan<byte>(template, length), Request->Path, Length);
            }

            return RouteTemplate.Matches(new ReadOnlySpan<byte>(template, length), Request->Path, Request->PathLength)
                || RouteTemplate.Matches(new ReadOnlySpan<byte>(template, length - RedirectLine.StarLength), Request->Path, Length);
        }
    }
}
