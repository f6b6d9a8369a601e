using System;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// What lies in an output's buffer before the delimiter of each part of a multipart body but the first: the part that it is of. So the parts lie one behind the other, with what is between them, and whoever has sent
/// one finds the next behind it.
/// </summary>
internal struct LaterPart
{
    /// <summary>Its first byte: the address, or of a file the offset.</summary>
    internal ulong First;

    /// <summary>How many bytes it has; 0 where what follows ends the body.</summary>
    internal ulong Length;

    /// <summary>Bytes of its delimiter and its field lines, which follow.</summary>
    internal nuint HeadLength;
}

/// <summary>
/// The body of a response with several parts: multipart/byteranges (RFC 9110, section 14.6). The boundary is the entity tag, which the content cannot have in it: a hash of it, or the moment of its last change to the
/// nanosecond.
/// </summary>
internal unsafe struct Multipart
{
    /// <summary>The boundary: a token.</summary>
    internal byte* Boundary;

    /// <summary>The media type of each part.</summary>
    internal byte* Type;

    internal nint BoundaryLength;

    internal nint TypeLength;

    /// <summary>Bytes of all that the parts are of.</summary>
    internal ulong Size;

    /// <summary>The parts.</summary>
    internal ByteRanges* Ranges;

    /// <summary>Begins a line, and writes the Content-Type of the response.</summary>
    internal static byte* WriteMediaType(Multipart* body, byte* to)
        => Append(Append(to, "\r\nContent-Type: multipart/byteranges; boundary="u8), body->Boundary, body->BoundaryLength);

    /// <summary>How long the body is.</summary>
    /// <param name="body">The body.</param>
    /// <param name="scratch">Room for a delimiter with its field lines.</param>
    internal static ulong Measure(Multipart* body, byte* scratch)
    {
        ulong length = (ulong)(WriteEnd(body, scratch) - scratch);
        ByteRange* range = &body->Ranges->First;
        for (int i = body->Ranges->Count; i != 0; i--)
        {
            length += (ulong)(WriteHead(body, scratch, range) - scratch) + range->Length;
            range++;
        }

        return length;
    }

    /// <summary>Adds the body to an output: the delimiter of the first part, and what is to be sent behind that. The first part itself is the caller's.</summary>
    /// <param name="body">The body.</param>
    /// <param name="to">Behind the head of the response.</param>
    /// <param name="origin">What the parts are counted from: an address, or 0.</param>
    /// <returns>Where the first part comes.</returns>
    internal static byte* Write(Multipart* body, byte* to, ulong origin)
    {
        ByteRange* range = &body->Ranges->First;
        byte* firstPart = WriteHead(body, to, range);
        body->Type = WriteDelimiter(body, to) + TypeName.Length; // there it is now, and where it was is written over
        to = firstPart;
        for (int i = body->Ranges->Count - 1; i >= 0; i--)
        {
            range++;
            LaterPart* part = (LaterPart*)to;
            byte* head = (byte*)(part + 1);
            to = i == 0 ? WriteEnd(body, head) : WriteHead(body, head, range);
            part->First = origin + range->First;
            part->Length = i == 0 ? 0 : range->Length;
            part->HeadLength = (nuint)(to - head);
        }

        body->Ranges->HasLaterParts = true;
        return firstPart;
    }

    private static ReadOnlySpan<byte> TypeName => "\r\nContent-Type: "u8;

    private static byte* WriteHead(Multipart* body, byte* to, ByteRange* range)
    {
        to = Append(WriteDelimiter(body, to), TypeName);
        to = Append(to, body->Type, body->TypeLength);
        to = WriteContentRange(Append(to, "\r\nContent-Range: bytes "u8), range, body->Size);
        return Append(to, "\r\n\r\n"u8);
    }

    private static byte* WriteEnd(Multipart* body, byte* to) => Append(WriteDelimiter(body, to), "--\r\n"u8);

    private static byte* WriteDelimiter(Multipart* body, byte* to) => Append(Append(to, "\r\n--"u8), body->Boundary, body->BoundaryLength);

    /// <summary>Writes which bytes of how many come (RFC 9110, section 14.4).</summary>
    internal static byte* WriteContentRange(byte* to, ByteRange* range, ulong size)
    {
        to = DecimalNumber.Write(to, range->First);
        *to++ = (byte)'-';
        to = DecimalNumber.Write(to, range->First + range->Length - 1);
        *to++ = (byte)'/';
        return DecimalNumber.Write(to, size);
    }

    private static byte* Append(byte* to, ReadOnlySpan<byte> text) => Append(to, CString.Of(text), text.Length);

    private static byte* Append(byte* to, byte* bytes, nint length)
    {
        for (nint i = 0; i < length; i++)
        {
            to[i] = bytes[i];
        }

        return to + length;
    }

    /// <summary>Bytes of all parts but the first one, with what is between and behind them.</summary>
    /// <param name="position">The first <see cref="LaterPart"/>; when it returns, where they end in the buffer.</param>
    internal static long Left(ref byte* position)
    {
        ulong left = 0;
        ulong length;
        do
        {
            LaterPart* part = (LaterPart*)position;
            length = part->Length;
            left += length + part->HeadLength;
            position = (byte*)(part + 1) + part->HeadLength;
        }
        while (length != 0);
        return (long)left;
    }
}
