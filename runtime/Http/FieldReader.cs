using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>What the parser must know of the field lines, one after the other: which fields there are, and what those say that concern every request.</summary>
internal static unsafe class FieldReader
{
    // What is known of the lines so far, among the flags of the request, of which these are no concern of others.

    private const RequestFlags HasHost = (RequestFlags)0x1000;
    private const RequestFlags SaysKeepAlive = (RequestFlags)0x2000;
    private const RequestFlags SaysClose = (RequestFlags)0x4000;

    /// <summary>The flags that are taken away when the head is complete.</summary>
    internal const RequestFlags Scratch = HasHost | SaysKeepAlive | SaysClose;

    /// <summary>
    /// The last letters but three of the known names of each length: one bit each. None of those that browsers and curl send besides has one of them
    /// at this place, as <c>accept</c> and <c>sec-fetch-site</c> would at others.
    /// </summary>
    private static ReadOnlySpan<uint> Letters =>
    [
        0, 0, 0, 0,
        1 << ('h' & 31), // host
        1 << ('a' & 31), // range
        1 << ('p' & 31), // expect
        0,
        1 << ('a' & 31), // if-match, if-range
        0,
        1 << ('t' & 31), // connection
        0, 0,
        1 << ('a' & 31), // if-none-match
        1 << ('n' & 31), // content-length
        1 << ('d' & 31), // accept-encoding
        0,
        1 << ('d' & 31) | 1 << ('i' & 31), // transfer-encoding, if-modified-since
        0,
        1 << ('i' & 31), // if-unmodified-since
    ];

    /// <summary>Whether a name may be one that is known: by its length and one letter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Knows(byte* name, byte* colon)
    {
        nuint length = (nuint)(colon - name);
        return length < (nuint)Letters.Length && (Unsafe.Add(ref MemoryMarshal.GetReference(Letters), length) >> colon[-4] & 1) != 0; // shifts count modulo 32
    }

    /// <summary>
    /// The known names, by length, each ended by what it is: a number of <see cref="Field"/>.
    /// </summary>
    private static ReadOnlySpan<byte> Names =>
        "host\u0001"u8 +
        "range\u000A"u8 +
        "expect\u0002"u8 +
        "if-match\u0005if-range\u000B"u8 +
        "connection\u0003"u8 +
        "if-none-match\u0006"u8 +
        "content-length\u0004"u8 +
        "accept-encoding\u0009"u8 +
        "transfer-encoding\u000Cif-modified-since\u0007"u8 +
        "if-unmodified-since\u0008"u8;

    /// <summary>Where the names of each length begin in <see cref="Names"/>.</summary>
    private static ReadOnlySpan<byte> Beginnings => [0, 0, 0, 0, 0, 5, 11, 0, 18, 0, 36, 0, 0, 47, 61, 76, 0, 92, 0, 128];

    /// <summary>The known fields. The numbers of those between are the places of their <see cref="RequestFlags"/>: that they are there is all that is to be known of them.</summary>
    private enum Field : byte
    {
        Host = 1,
        Expect,
        Connection,
        ContentLength,
        IfMatch,
        IfRange = 11,
        TransferEncoding,
    }

    /// <summary>A line, whose name is a token and whose value has no byte that none may have.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameLength">Its bytes.</param>
    /// <param name="value">What is behind the colon.</param>
    /// <param name="end">Its end.</param>
    /// <param name="request">What is known so far.</param>
    /// <returns>0, or the status that the request gets.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that the loop over the lines has the registers
    internal static int Read(byte* name, int nameLength, byte* value, byte* end, RequestHead* request)
    {
        // There are two of some lengths. Of the others, the second is the beginning of a longer one, behind which no field's number stands.
        byte* known = CString.Of(Names) + Unsafe.Add(ref MemoryMarshal.GetReference(Beginnings), nameLength);
        if (!AreSame(name, known, nameLength))
        {
            known += nameLength + 1;
            if (!AreSame(name, known, nameLength))
            {
                return 0;
            }
        }

        var field = (Field)known[nameLength];
        if (field is >= Field.IfMatch and <= Field.IfRange)
        {
            request->Flags |= (RequestFlags)(1 << (int)field);
            return 0;
        }

        value = Characters.AfterBlanks(value, end);
        end = Characters.BeforeBlanks(value, end);
        if (field == Field.Host)
        {
            return ReadHost(value, end, request);
        }

        if (field == Field.ContentLength)
        {
            return ReadContentLength(value, end, request);
        }

        if (field == Field.TransferEncoding)
        {
            return ReadTransferEncoding(value, end, request);
        }

        return ReadList(field, value, end, request);
    }

    /// <summary>Whether a name is a known one of the same length, by words that overlap.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool AreSame(byte* name, byte* known, int length)
    {
        // Without the bit that tells small letters from capital ones: no two characters of a token differ in it alone but letters.
        ulong difference;
        if (length < sizeof(ulong))
        {
            int last = length - sizeof(uint);
            difference = *(uint*)name ^ *(uint*)known | *(uint*)(name + last) ^ *(uint*)(known + last);
        }
        else
        {
            int middle = length / 2 - sizeof(uint);
            int last = length - sizeof(ulong);
            difference = *(ulong*)name ^ *(ulong*)known | *(ulong*)(name + middle) ^ *(ulong*)(known + middle) | *(ulong*)(name + last) ^ *(ulong*)(known + last);
        }

        return (difference & 0xDFDFDFDFDFDFDFDF) == 0;
    }

    /// <summary>What only all lines together say.</summary>
    /// <returns>False where the request is bad (400).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Complete(RequestHead* request)
    {
        RequestFlags flags = request->Flags;
        bool http10 = (flags & RequestFlags.Http10) != 0;
        if ((flags & SaysClose) == 0 && (!http10 || (flags & SaysKeepAlive) != 0))
        {
            request->Flags |= RequestFlags.KeepAlive;
        }

        const RequestFlags both = RequestFlags.Chunked | RequestFlags.HasContentLength; // RFC 9112, section 6.1: smuggling
        return (flags & (HasHost | RequestFlags.Http10)) != 0 && (flags & both) != both;
    }

    /// <summary>RFC 9112, section 3.2: one, and a good one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadHost(byte* value, byte* end, RequestHead* request)
    {
        int length = Authority.HostLength(value, Scan.Label(value, end), end);
        if (length == 0 || (request->Flags & HasHost) != 0)
        {
            return 400;
        }

        request->Flags |= HasHost;
        if (request->Host == null)
        {
            request->Host = value;
            request->HostLength = length;
        }

        return 0;
    }

    /// <summary>Two lists: Connection (RFC 9110, section 7.6.1), which browsers send with every request, and Expect (section 10.1.1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadList(Field field, byte* list, byte* end, RequestHead* request)
    {
        byte* keepAlive = CString.Of("keep-alive"u8);
        RequestFlags said = RequestFlags.None;
        if (field == Field.Connection && end - list == 10 && AreSame(list, keepAlive, 10)) // all that browsers say there
        {
            said = SaysKeepAlive;
        }
        else
        {
            while (Characters.NextMember(ref list, end, out byte* member, out byte* memberEnd))
            {
                if (field == Field.Expect)
                {
                    if (!Characters.Are(member, memberEnd, CString.Of("100-continue"u8)))
                    {
                        return 417;
                    }

                    // HTTP/1.0 knows no response before the response.
                    said = (request->Flags & RequestFlags.Http10) == 0 ? RequestFlags.ExpectsContinue : RequestFlags.None;
                }
                else if (Characters.Are(member, memberEnd, CString.Of("close"u8)))
                {
                    said |= SaysClose;
                }
                else if (Characters.Are(member, memberEnd, keepAlive))
                {
                    said |= SaysKeepAlive;
                }
            }
        }

        request->Flags |= said;
        return 0;
    }

    /// <summary>RFC 9110, section 8.6: 1*DIGIT, also as a list of which all members say the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadContentLength(byte* value, byte* end, RequestHead* request)
    {
        while (true)
        {
            value = Characters.AfterBlanks(value, end);
            byte* digits = value;
            ulong number = 0;
            for (; value < end && (uint)(*value - '0') <= 9; value++)
            {
                bool isTooLarge = number > long.MaxValue / 10;
                number = number * 10 + (uint)(*value - '0');
                if (isTooLarge || (long)number < 0)
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
            value = Characters.AfterBlanks(value, end);
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadTransferEncoding(byte* value, byte* end, RequestHead* request)
    {
        if (!Characters.Are(value, end, CString.Of("chunked"u8)) || (request->Flags & (RequestFlags.Chunked | RequestFlags.Http10)) != 0)
        {
            return 400;
        }

        request->Flags |= RequestFlags.Chunked;
        return 0;
    }
}
