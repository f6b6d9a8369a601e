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

    /// <summary>The first letters of the known names of each length: one bit each.</summary>
    private static ReadOnlySpan<uint> FirstLetters =>
    [
        0, 0, 0, 0,
        1 << ('h' & 31), // host
        1 << ('r' & 31), // range
        1 << ('e' & 31), // expect
        0,
        1 << ('i' & 31), // if-match, if-range
        0,
        1 << ('c' & 31), // connection
        0, 0,
        1 << ('i' & 31), // if-none-match
        1 << ('c' & 31), // content-length
        1 << ('a' & 31), // accept-encoding
        0,
        1 << ('i' & 31) | 1 << ('t' & 31), // if-modified-since, transfer-encoding
        0,
        1 << ('i' & 31), // if-unmodified-since
    ];

    /// <summary>Whether a name may be one that is known: by its length and its first letter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Knows(byte* name, int length)
        => length < FirstLetters.Length && (Unsafe.Add(ref MemoryMarshal.GetReference(FirstLetters), length) >> *name & 1) != 0; // shifts count modulo 32

    /// <summary>The known names in lower case, each behind its length, in the order of <see cref="Flags"/> and of the cases in <see cref="Read"/>.</summary>
    private static byte* Names => Text.Of(
        "\u0004host"u8
        + "\u0006expect"u8
        + "\u000Aconnection"u8
        + "\u000Econtent-length"u8
        + "\u0011transfer-encoding"u8
        + "\u0005range"u8
        + "\u0008if-match"u8
        + "\u0008if-range"u8
        + "\u000Dif-none-match"u8
        + "\u000Faccept-encoding"u8
        + "\u0011if-modified-since"u8
        + "\u0013if-unmodified-since"u8);

    /// <summary>What is noted of those that are read only where they are needed.</summary>
    private static ReadOnlySpan<ushort> Flags =>
    [
        0, 0, 0, 0, 0,
        (ushort)RequestFlags.HasRange,
        (ushort)RequestFlags.HasIfMatch,
        (ushort)RequestFlags.HasIfRange,
        (ushort)RequestFlags.HasIfNoneMatch,
        (ushort)RequestFlags.HasAcceptEncoding,
        (ushort)RequestFlags.HasIfModifiedSince,
        (ushort)RequestFlags.HasIfUnmodifiedSince,
    ];

    /// <summary>A line, whose name is a token and whose value has no byte that none may have.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameLength">Its bytes.</param>
    /// <param name="value">What is behind the colon.</param>
    /// <param name="end">Its end.</param>
    /// <returns>0, or the status that the request gets.</returns>
    internal int Read(byte* name, int nameLength, byte* value, byte* end)
    {
        byte* known = Names;
        for (int index = 0; *known != 0; index++)
        {
            if (*known == nameLength && IsSame(name, known + 1, nameLength))
            {
                switch (index)
                {
                    case 0:
                        return ReadHost(value, end);
                    case 1:
                        return ReadExpect(value, end);
                    case 2:
                        ReadConnection(value, end);
                        return 0;
                    case 3:
                        return ReadContentLength(value, end);
                    case 4:
                        return ReadTransferEncoding(value, end);
                    default:
                        Request->Flags |= (RequestFlags)Unsafe.Add(ref MemoryMarshal.GetReference(Flags), index);
                        return 0;
                }
            }

            known += *known + 1;
        }

        return 0;
    }

    /// <summary>Whether a name is this one, of the same length, which is four at least: four characters at a time.</summary>
    private static bool IsSame(byte* name, byte* known, int length)
    {
        for (int i = 0; (*(uint*)(name + i) | 0x20202020) == *(uint*)(known + i); i = i + 8 <= length ? i + 4 : length - 4)
        {
            if (i == length - 4)
            {
                return true;
            }
        }

        return false;
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
