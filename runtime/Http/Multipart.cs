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
/// nanosecond. As its length comes before it, it is put together first, where it lies behind any head, and then moved to where the head ends.
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

    /// <summary>Where it lies, where the first part comes, and where all ends that is to be sent behind that.</summary>
    private byte* _start;
    private byte* _firstPart;
    private byte* _end;

    /// <summary>Puts it together, without the parts themselves.</summary>
    /// <param name="body">The body.</param>
    /// <param name="to">Where.</param>
    /// <param name="origin">What the parts are counted from: an address, or 0.</param>
    /// <returns>How long it is, with the parts.</returns>
    internal static ulong Write(Multipart* body, byte* to, ulong origin)
    {
        ByteRange* range = &body->Ranges->First;
        ulong length = range->Length;
        body->_start = to;
        to = WriteHead(body, to, range);
        body->_firstPart = to;
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

        body->_end = body->_firstPart;
        return length + (ulong)(body->_firstPart - body->_start + Left(ref body->_end));
    }

    /// <summary>Moves it to behind the head, which lies before it.</summary>
    /// <returns>Where the first part comes.</returns>
    internal static byte* Move(Multipart* body, byte* to)
    {
        body->Ranges->HasLaterParts = true;
        _ = Output.Copy(to, body->_start, (nint)(body->_end - body->_start));
        return to + (body->_firstPart - body->_start);
    }

    /// <summary>Begins a line, and writes the Content-Type of the response.</summary>
    internal static byte* WriteMediaType(Multipart* body, byte* to)
        => Append(Append(to, "\r\nContent-Type: multipart/byteranges; boundary="u8), body->Boundary, body->BoundaryLength);

    private static byte* WriteHead(Multipart* body, byte* to, ByteRange* range)
    {
        to = Append(WriteDelimiter(body, to), "\r\nContent-Type: "u8);
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
