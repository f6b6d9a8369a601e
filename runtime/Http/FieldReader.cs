using System.Runtime.CompilerServices;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>What the parser must know of the field lines, one after the other: which fields there are, and what those say that concern every request.</summary>
internal unsafe struct FieldReader
{
    private bool _hasHost;
    private bool _keepAlive;
    private bool _close;

    /// <summary>Whether a name may be one that is known: by its length and its first letter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Knows(byte* name, int length)
    {
        const uint lengths = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 17 | 1 << 19;
        const uint letters = 1 << ('a' & 31) | 1 << ('c' & 31) | 1 << ('e' & 31) | 1 << ('h' & 31) | 1 << ('i' & 31) | 1 << ('r' & 31) | 1 << ('t' & 31);
        return (lengths >> length & letters >> *name & 1) != 0 && length < 32; // shifts count modulo 32
    }

    /// <summary>A line, whose name is a token and whose value has no byte that none may have.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameLength">Its bytes.</param>
    /// <param name="value">What is behind the colon.</param>
    /// <param name="end">Its end.</param>
    /// <param name="request">What is known so far.</param>
    /// <returns>0, or the status that the request gets.</returns>
    internal int Read(byte* name, int nameLength, byte* value, byte* end, Request* request)
    {
        // By length, then by words in lower case. (A bit more makes no other character of a token a letter.)
        switch (nameLength)
        {
            case 4:
                if (Word4(name) == 0x74736F68) // host
                {
                    return ReadHost(value, end, request);
                }

                break;
            case 5:
                if (Word4(name) == 0x676E6172 && (name[4] | 0x20) == 'e') // range
                {
                    request->Flags |= RequestFlags.HasRange;
                }

                break;
            case 6:
                if (Word4(name) == 0x65707865 && Word4(name + 2) == 0x74636570) // expe, pect
                {
                    return ReadExpect(value, end, request);
                }

                break;
            case 8:
                if (Word(name) == 0x686374616D2D6669) // if-match
                {
                    request->Flags |= RequestFlags.HasIfMatch;
                }
                else if (Word(name) == 0x65676E61722D6669) // if-range
                {
                    request->Flags |= RequestFlags.HasIfRange;
                }

                break;
            case 10:
                if (Word(name) == 0x697463656E6E6F63 && Word4(name + 6) == 0x6E6F6974) // connecti, tion
                {
                    ReadConnection(value, end);
                }

                break;
            case 13:
                if (Word(name) == 0x2D656E6F6E2D6669 && Word(name + 5) == 0x686374616D2D656E) // if-none-, ne-match
                {
                    request->Flags |= RequestFlags.HasIfNoneMatch;
                }

                break;
            case 14:
                if (Word(name) == 0x2D746E65746E6F63 && Word(name + 6) == 0x6874676E656C2D74) // content-, t-length
                {
                    return ReadContentLength(value, end, request);
                }

                break;
            case 15:
                if (Word(name) == 0x652D747065636361 && Word(name + 7) == 0x676E69646F636E65) // accept-e, encoding
                {
                    request->Flags |= RequestFlags.HasAcceptEncoding;
                }

                break;
            case 17:
                if (Word(name + 9) == 0x676E69646F636E65) // encoding
                {
                    if (Word(name) == 0x726566736E617274 && name[8] == '-') // transfer-
                    {
                        return ReadTransferEncoding(value, end, request);
                    }
                }
                else if (Word(name) == 0x6669646F6D2D6669 && Word(name + 9) == 0x65636E69732D6465 && (name[8] | 0x20) == 'i') // if-modif, i, ed-since
                {
                    request->Flags |= RequestFlags.HasIfModifiedSince;
                }

                break;
            case 19:
                if (Word(name) == 0x646F6D6E752D6669 && Word(name + 8) == 0x69732D6465696669 && Word(name + 11) == 0x65636E69732D6465) // if-unmod, ified-si, ed-since
                {
                    request->Flags |= RequestFlags.HasIfUnmodifiedSince;
                }

                break;
        }

        return 0;
    }

    /// <summary>What only all lines together say.</summary>
    /// <returns>False where the request is bad (400).</returns>
    internal readonly bool Complete(Request* request)
    {
        bool http10 = (request->Flags & RequestFlags.Http10) != 0;
        if (!_close && (!http10 || _keepAlive))
        {
            request->Flags |= RequestFlags.KeepAlive;
        }

        const RequestFlags both = RequestFlags.Chunked | RequestFlags.HasContentLength; // RFC 9112, section 6.1: smuggling
        return (_hasHost || http10) && (request->Flags & both) != both;
    }

    /// <summary>RFC 9112, section 3.2: one, and a good one.</summary>
    private int ReadHost(byte* value, byte* end, Request* request)
    {
        Characters.Trim(ref value, ref end);
        int length = Authority.HostLength(value, end);
        if (length == 0 || _hasHost)
        {
            return 400;
        }

        _hasHost = true;
        if (request->Host == null)
        {
            request->Host = value;
            request->HostLength = length;
        }

        return 0;
    }

    /// <summary>RFC 9110, section 10.1.1: a list.</summary>
    private static int ReadExpect(byte* value, byte* end, Request* request)
    {
        while (Characters.NextMember(ref value, end, out byte* member, out byte* memberEnd))
        {
            if (!Characters.Are(member, memberEnd, Text.Of("100-continue"u8)))
            {
                return 417;
            }

            if ((request->Flags & RequestFlags.Http10) == 0)
            {
                request->Flags |= RequestFlags.ExpectsContinue;
            }
        }

        return 0;
    }

    /// <summary>RFC 9110, section 7.6.1: a list.</summary>
    private void ReadConnection(byte* value, byte* end)
    {
        while (Characters.NextMember(ref value, end, out byte* member, out byte* memberEnd))
        {
            _keepAlive |= Characters.Are(member, memberEnd, Text.Of("keep-alive"u8));
            _close |= Characters.Are(member, memberEnd, Text.Of("close"u8));
        }
    }

    /// <summary>RFC 9110, section 8.6: 1*DIGIT, also as a list of which all members say the same.</summary>
    private static int ReadContentLength(byte* value, byte* end, Request* request)
    {
        while (true)
        {
            Characters.Trim(ref value, ref end);
            byte* digits = value;
            ulong number = 0;
            for (; value < end && (uint)(*value - '0') <= 9; value++)
            {
                if (number > long.MaxValue / 10)
                {
                    return 400;
                }

                number = number * 10 + (uint)(*value - '0');
                if (number > long.MaxValue)
                {
                    return 400;
                }
            }

            if (value == digits || (request->Flags & RequestFlags.HasContentLength) != 0 && number != request->ContentLength)
            {
                return 400;
            }

            request->Flags |= RequestFlags.HasContentLength;
            request->ContentLength = number;
            Characters.Trim(ref value, ref end);
            if (value == end)
            {
                return 0;
            }

            if (*value++ != ',')
            {
                return 400;
            }
        }
    }

    /// <summary>RFC 9112, section 6.1: of the codings there are, this server knows chunked, and so each other way to end a body is bad.</summary>
    private static int ReadTransferEncoding(byte* value, byte* end, Request* request)
    {
        Characters.Trim(ref value, ref end);
        if (!Characters.Are(value, end, Text.Of("chunked"u8)) || (request->Flags & (RequestFlags.Chunked | RequestFlags.Http10)) != 0)
        {
            return 400;
        }

        request->Flags |= RequestFlags.Chunked;
        return 0;
    }

    private static uint Word4(byte* name) => *(uint*)name | 0x20202020;

    private static ulong Word(byte* name) => *(ulong*)name | 0x2020202020202020;
}
