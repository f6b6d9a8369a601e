using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>What the parser must know of the field lines, one after the other: which fields there are, and what those say that concern every request.</summary>
internal unsafe struct FieldReader
{
    /// <summary>What is known so far.</summary>
    internal readonly Request* Request;

    /// <summary>How many lines there were.</summary>
    internal int Lines;

    private bool _hasHost;
    private bool _keepAlive;
    private bool _close;

    /// <summary>Before the first line.</summary>
    internal FieldReader(Request* request) => Request = request;

    /// <summary>The last letters of the known names of each length: one bit each. (Many names of the same length begin alike.)</summary>
    private static ReadOnlySpan<uint> LastLetters =>
    [
        0, 0, 0, 0,
        1 << ('t' & 31), // host
        1 << ('e' & 31), // range
        1 << ('t' & 31), // expect
        0,
        1 << ('e' & 31) | 1 << ('h' & 31), // if-match, if-range
        0,
        1 << ('n' & 31), // connection
        0, 0,
        1 << ('h' & 31), // if-none-match
        1 << ('h' & 31), // content-length
        1 << ('g' & 31), // accept-encoding
        0,
        1 << ('e' & 31) | 1 << ('g' & 31), // transfer-encoding, if-modified-since
        0,
        1 << ('e' & 31), // if-unmodified-since
    ];

    /// <summary>Whether a name may be one that is known: by its length and its last letter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Knows(byte* name, int length)
        => length < LastLetters.Length && (Unsafe.Add(ref MemoryMarshal.GetReference(LastLetters), length) >> name[length - 1] & 1) != 0; // shifts count modulo 32

    /// <summary>A line, whose name is a token and whose value has no byte that none may have.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameLength">Its bytes.</param>
    /// <param name="value">What is behind the colon.</param>
    /// <param name="end">Its end.</param>
    /// <returns>0, or the status that the request gets.</returns>
    internal int Read(byte* name, int nameLength, byte* value, byte* end)
    {
        // By length, then by words in lower case. (A bit more makes no other character of a token a letter.)
        switch (nameLength)
        {
            case 4:
                if (Word4(name) == 0x74736F68) // host
                {
                    return ReadHost(value, end);
                }

                break;
            case 5:
                if (Word4(name) == 0x676E6172 && (name[4] | 0x20) == 'e') // range
                {
                    Request->Flags |= RequestFlags.HasRange;
                }

                break;
            case 6:
                if (Word4(name) == 0x65707865 && Word4(name + 2) == 0x74636570) // expe, pect
                {
                    return ReadExpect(value, end);
                }

                break;
            case 8:
                if (Word(name) == 0x686374616D2D6669) // if-match
                {
                    Request->Flags |= RequestFlags.HasIfMatch;
                }
                else if (Word(name) == 0x65676E61722D6669) // if-range
                {
                    Request->Flags |= RequestFlags.HasIfRange;
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
                    Request->Flags |= RequestFlags.HasIfNoneMatch;
                }

                break;
            case 14:
                if (Word(name) == 0x2D746E65746E6F63 && Word(name + 6) == 0x6874676E656C2D74) // content-, t-length
                {
                    return ReadContentLength(value, end);
                }

                break;
            case 15:
                if (Word(name) == 0x652D747065636361 && Word(name + 7) == 0x676E69646F636E65) // accept-e, encoding
                {
                    Request->Flags |= RequestFlags.HasAcceptEncoding;
                }

                break;
            case 17:
                if (Word(name + 9) == 0x676E69646F636E65) // encoding
                {
                    if (Word(name) == 0x726566736E617274 && name[8] == '-') // transfer-
                    {
                        return ReadTransferEncoding(value, end);
                    }
                }
                else if (Word(name) == 0x6669646F6D2D6669 && Word(name + 9) == 0x65636E69732D6465 && (name[8] | 0x20) == 'i') // if-modif, i, ed-since
                {
                    Request->Flags |= RequestFlags.HasIfModifiedSince;
                }

                break;
            case 19:
                if (Word(name) == 0x646F6D6E752D6669 && Word(name + 8) == 0x69732D6465696669 && Word(name + 11) == 0x65636E69732D6465) // if-unmod, ified-si, ed-since
                {
                    Request->Flags |= RequestFlags.HasIfUnmodifiedSince;
                }

                break;
        }

        return 0;
    }

    /// <summary>What only all lines together say.</summary>
    /// <returns>False where the request is bad (400).</returns>
    internal readonly bool Complete()
    {
        bool http10 = (Request->Flags & RequestFlags.Http10) != 0;
        if (!_close && (!http10 || _keepAlive))
        {
            Request->Flags |= RequestFlags.KeepAlive;
        }

        const RequestFlags both = RequestFlags.Chunked | RequestFlags.HasContentLength; // RFC 9112, section 6.1: smuggling
        return (_hasHost || http10) && (Request->Flags & both) != both;
    }

    /// <summary>RFC 9112, section 3.2: one, and a good one.</summary>
    private int ReadHost(byte* value, byte* end)
    {
        Characters.Trim(ref value, ref end);
        int length = Authority.HostLength(value, end);
        if (length == 0 || _hasHost)
        {
            return 400;
        }

        _hasHost = true;
        if (Request->Host == null)
        {
            Request->Host = value;
            Request->HostLength = length;
        }

        return 0;
    }

    /// <summary>RFC 9110, section 10.1.1: a list.</summary>
    private readonly int ReadExpect(byte* value, byte* end)
    {
        while (Characters.NextMember(ref value, end, out byte* member, out byte* memberEnd))
        {
            if (!Characters.Are(member, memberEnd, Text.Of("100-continue"u8)))
            {
                return 417;
            }

            if ((Request->Flags & RequestFlags.Http10) == 0)
            {
                Request->Flags |= RequestFlags.ExpectsContinue;
            }
        }

        return 0;
    }

    /// <summary>RFC 9110, section 7.6.1: a list. Browsers send it with every request, so its members are looked at by words, as names are.</summary>
    private void ReadConnection(byte* list, byte* end)
    {
        while (list < end)
        {
            if (Characters.IsBlank(*list) || *list == ',')
            {
                list++;
                continue;
            }

            bool keepAlive = end - list >= 10 && Word(list) == 0x696C612D7065656B && Word(list + 2) == 0x6576696C612D7065; // keep-ali, ep-alive
            bool close = end - list >= 5 && Word4(list) == 0x736F6C63 && (list[4] | 0x20) == 'e'; // clos, e
            list += keepAlive ? 10 : close ? 5 : 0;
            while (list < end && Characters.IsBlank(*list))
            {
                list++;
            }

            if (list == end || *list == ',')
            {
                _keepAlive |= keepAlive;
                _close |= close;
            }

            while (list < end && *list != ',')
            {
                list++;
            }
        }
    }

    /// <summary>RFC 9110, section 8.6: 1*DIGIT, also as a list of which all members say the same.</summary>
    private readonly int ReadContentLength(byte* value, byte* end)
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

            if (value == digits || (Request->Flags & RequestFlags.HasContentLength) != 0 && number != Request->ContentLength)
            {
                return 400;
            }

            Request->Flags |= RequestFlags.HasContentLength;
            Request->ContentLength = number;
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
    private readonly int ReadTransferEncoding(byte* value, byte* end)
    {
        Characters.Trim(ref value, ref end);
        if (!Characters.Are(value, end, Text.Of("chunked"u8)) || (Request->Flags & (RequestFlags.Chunked | RequestFlags.Http10)) != 0)
        {
            return 400;
        }

        Request->Flags |= RequestFlags.Chunked;
        return 0;
    }

    private static uint Word4(byte* name) => *(uint*)name | 0x20202020;

    private static ulong Word(byte* name) => *(ulong*)name | 0x2020202020202020;
}
