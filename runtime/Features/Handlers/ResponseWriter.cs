using System;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Text;

namespace SyscallServer;

/// <summary>
/// Where a handler puts its response: status, field lines and body, in memory of fixed size. Whatever is written is copied, in any order, and sent when the handler has returned, with a
/// Content-Length. What would not fit, or could not be sent (a field with a line break in it), makes it a 500 (Internal Server Error), of which standard error has a line; the handler
/// need not look.
/// </summary>
/// <remarks>
/// The lines that frame a response are the server's own: Content-Length, Transfer-Encoding, Connection, Date. To HEAD only the head is sent; with 204 and 304 there is no body, and what was written is left out.
/// </remarks>
/// <seealso cref="GetAttribute"/>
public unsafe ref struct ResponseWriter
{
    private readonly byte* _fields;
    private readonly byte* _body;
    private readonly int _fieldsCapacity;
    private readonly int _capacity;

    internal ResponseWriter(byte* fields, int fieldsCapacity, byte* body, int capacity)
    {
        _fields = fields;
        _fieldsCapacity = fieldsCapacity;
        _body = body;
        _capacity = capacity;
        Status = 200;
    }

    /// <summary>The status code, 200 (the default) to 599 (RFC 9110, section 15).</summary>
    public int Status { get; set; }

    /// <summary>The value of Content-Type, where there is a body. The default is <c>text/plain; charset=utf-8</c>.</summary>
    public ReadOnlySpan<byte> ContentType { get; set; }

    /// <summary>Bytes of the body so far.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of the field lines so far.</summary>
    internal int FieldsLength { get; private set; }

    /// <summary>Why the response cannot be sent.</summary>
    internal ResponseMistake Mistake { get; private set; }

    /// <summary>Adds a field line (RFC 9110, section 5).</summary>
    /// <param name="name">The name: a token. None of Content-Length, Content-Type (<see cref="ContentType"/>), Transfer-Encoding, Connection, Date.</param>
    /// <param name="value">The value: no control characters but HTAB.</param>
    public void AddHeader(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        // CRLF before it, colon and blank within.
        if (name.Length + value.Length + 4 > _fieldsCapacity - FieldsLength)
        {
            Mistake = ResponseMistake.FieldsTooLong;
        }
        else if (!IsName(name) || !IsValue(value))
        {
            Mistake = ResponseMistake.BadField;
        }
        else
        {
            byte* to = _fields + FieldsLength;
            *(ushort*)to = 0x0A0D; // CRLF
            to = Copy(to + 2, name);
            *(ushort*)to = ':' | ' ' << 8;
            to = Copy(to + 2, value);
            FieldsLength = (int)(to - _fields);
        }
    }

    /// <summary>
    /// Forgets what was written of the body, also that it had no room. Field lines stay, and so does what was wrong with one: the response is a 500 all the same.
    /// </summary>
    public void Clear()
    {
        Length = 0;
        if (Mistake == ResponseMistake.TooLong)
        {
            Mistake = ResponseMistake.None;
        }
    }

    /// <summary>Adds bytes to the body.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (HasRoom(bytes.Length))
        {
            _ = Copy(_body + Length, bytes);
            Length += bytes.Length;
        }
    }

    /// <summary>Adds text to the body, as UTF-8. Half a surrogate pair becomes U+FFFD.</summary>
    public void Write(scoped ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int character = text[i];
            if ((uint)(character - 0xD800) < 0x800)
            {
                bool isPair = character < 0xDC00 && i + 1 < text.Length && (uint)(text[i + 1] - 0xDC00) < 0x400;
                character = isPair ? (character - 0xD800 << 10) + (text[++i] - 0xDC00) + 0x10000 : 0xFFFD;
            }

            WriteCharacter(character);
        }
    }

    /// <summary>Adds a character to the body, as UTF-8. Half a surrogate pair becomes U+FFFD.</summary>
    public void Write(char character) => WriteCharacter((uint)(character - 0xD800) < 0x800 ? 0xFFFD : character);

    /// <summary>Adds a number to the body, in decimal digits.</summary>
    public void Write(long number)
    {
        if (number < 0)
        {
            WriteByte((byte)'-');
        }

        Write(number < 0 ? (ulong)-number : (ulong)number);
    }

    /// <inheritdoc cref="Write(long)"/>
    public void Write(ulong number)
    {
        int digits = 1;
        for (ulong rest = number / 10; rest != 0; rest /= 10)
        {
            digits++;
        }

        if (HasRoom(digits))
        {
            Length += digits;
            byte* to = _body + Length;
            do
            {
                ulong quotient = number / 10;
                *--to = (byte)('0' + (number - quotient * 10));
                number = quotient;
            }
            while (number != 0);
        }
    }

    /// <summary>Adds a number to the body, in hexadecimal digits, of which letters are small.</summary>
    /// <param name="number">The number.</param>
    /// <param name="digits">How many digits there are at least, with zeros in front: 1 to 16.</param>
    public void WriteHex(ulong number, int digits = 1)
    {
        int shift = 64;
        do
        {
            shift -= 4;
            if (number >> shift != 0 || shift < digits * 4 || shift == 0)
            {
                int digit = (int)(number >> shift) & 15;
                WriteByte((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
            }
        }
        while (shift != 0);
    }

    /// <summary>
    /// Adds text to the body that means the same in HTML, within an element or a quoted value of an attribute: <c>&amp;</c>, <c>&lt;</c>, <c>&gt;</c> and both quotation marks are escaped.
    /// </summary>
    public void WriteHtml(scoped ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'&':
                    Write("&amp;"u8);
                    break;
                case (byte)'<':
                    Write("&lt;"u8);
                    break;
                case (byte)'>':
                    Write("&gt;"u8);
                    break;
                case (byte)'"':
                    Write("&#34;"u8);
                    break;
                case (byte)'\'':
                    Write("&#39;"u8);
                    break;
                default:
                    WriteByte(text[i]);
                    break;
            }
        }
    }

    /// <summary>Adds a string of JSON to the body (RFC 8259, section 7), with its quotation marks. What is no UTF-8 becomes U+FFFD, for such a text would be no JSON.</summary>
    public void WriteJson(scoped ReadOnlySpan<byte> text)
    {
        WriteByte((byte)'"');
        for (int i = 0; i < text.Length;)
        {
            byte character = text[i];
            if (character >= 0x80)
            {
                int length = SequenceLength(text.Slice(i));
                Write(length == 0 ? "\uFFFD"u8 : text.Slice(i, length));
                i += length == 0 ? 1 : length;
                continue;
            }

            if (character < 0x20)
            {
                Write("\\u00"u8);
                WriteHex(character, 2);
            }
            else
            {
                if (character is (byte)'"' or (byte)'\\')
                {
                    WriteByte((byte)'\\');
                }

                WriteByte(character);
            }

            i++;
        }

        WriteByte((byte)'"');
    }

    /// <summary>The room that is left for the body, to be written to directly: then <see cref="Advance"/> says how much of it was.</summary>
    public readonly Span<byte> GetSpan() => new(_body + Length, _capacity - Length);

    /// <summary>Adds bytes to the body that were written to the beginning of <see cref="GetSpan"/>.</summary>
    /// <param name="count">How many. More than there is room for, or less than none, is a mistake, as if they did not fit.</param>
    public void Advance(int count)
    {
        if (count < 0 || count > _capacity - Length)
        {
            BodyIsTooLong();
        }
        else
        {
            Length += count;
        }
    }

    /// <summary>Adds a character that is no surrogate.</summary>
    private void WriteCharacter(int character)
    {
        if (character < 0x80)
        {
            WriteByte((byte)character);
        }
        else if (character < 0x800)
        {
            WriteByte((byte)(0xC0 | character >> 6));
            WriteByte((byte)(0x80 | character & 0x3F));
        }
        else
        {
            if (character < 0x10000)
            {
                WriteByte((byte)(0xE0 | character >> 12));
            }
            else
            {
                WriteByte((byte)(0xF0 | character >> 18));
                WriteByte((byte)(0x80 | character >> 12 & 0x3F));
            }

            WriteByte((byte)(0x80 | character >> 6 & 0x3F));
            WriteByte((byte)(0x80 | character & 0x3F));
        }
    }

    private void WriteByte(byte value)
    {
        if (HasRoom(1))
        {
            _body[Length++] = value;
        }
    }

    private bool HasRoom(int bytes)
    {
        bool hasRoom = bytes <= _capacity - Length;
        if (!hasRoom)
        {
            BodyIsTooLong();
        }

        return hasRoom;
    }

    /// <summary>Notes what <see cref="Clear"/> takes back, so not over a mistake that it does not.</summary>
    private void BodyIsTooLong()
    {
        if (Mistake == ResponseMistake.None)
        {
            Mistake = ResponseMistake.TooLong;
        }
    }

    /// <summary>The bytes of the character at the beginning of a text, of which the first is no ASCII (RFC 3629, section 4); 0 where there is none.</summary>
    private static int SequenceLength(ReadOnlySpan<byte> text)
    {
        int first = text[0];
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length > text.Length)
        {
            return 0;
        }

        // The second byte says whether it is a surrogate, too great, or longer than it need be.
        for (int i = 1; i < length; i++)
        {
            int least = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int greatest = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (text[i] < least || text[i] > greatest)
            {
                return 0;
            }
        }

        return length;
    }

    /// <summary>The names of fields that are not a handler's to write, in lower case, each ended by a NUL.</summary>
    private static ReadOnlySpan<byte> OwnFields => "content-length\0content-type\0transfer-encoding\0connection\0date\0"u8;

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        byte* own = CString.Of(OwnFields);
        byte* end = own + OwnFields.Length;
        for (; own < end; own = CString.End(own) + 1)
        {
            int same = 0;
            while (same < name.Length && Request.ToLower(name[same]) == own[same])
            {
                same++;
            }

            if (same == name.Length && own[same] == 0)
            {
                return false;
            }
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (!Characters.IsToken(name[i]))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    /// <summary>Whether text can be the value of a field: with a line break in it, it would be more than that.</summary>
    internal static bool IsValue(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (!Characters.IsValue(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte* Copy(byte* to, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* from = bytes)
        {
            Buffer.MemoryCopy(from, to, bytes.Length, bytes.Length);
        }

        return to + bytes.Length;
    }
}
