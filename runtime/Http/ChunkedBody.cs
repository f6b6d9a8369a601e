using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// Reads a chunked body (RFC 9112, section 7.1) in the pieces in which it is received, strictly. It begins as <c>default</c>, and what it
/// judges does not depend on the pieces.
/// </summary>
/// <remarks>
/// Extensions and trailers are checked, bounded, and passed over: no extension is known, and no trailer field may change what a server does.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct ChunkedBody
{
    /// <summary>
    /// How many bytes of size lines may come beyond what the data is worth (<see cref="FreeLineBytes"/>, and two for every byte of data). Without a bound, a client
    /// could send one byte of data in a megabyte of extensions. More is bad (400): it is neither data, which would be 413, nor a field, which would be 431.
    /// </summary>
    private const int MaxExcessBytes = 16 * 1024;

    /// <summary>Bytes that a size line may always have: sixteen digits, CRLF, a short extension.</summary>
    private const int FreeLineBytes = 32;

    /// <summary>What is expected; the names in <see cref="Transitions"/> count from A.</summary>
    private enum State : byte
    {
        Size,
        SizeLineFeed = 'L' - 'A',
        Data,
        DataReturn,
        Trailer = 'P' - 'A',
        LastLineFeed = 'T' - 'A',
        Complete,
    }

    /// <summary>
    /// What is expected next, for each state (a row) and kind of character (a column; see
    /// <see cref="Kind"/>). A dot: the character is bad there.
    /// </summary>
    private static ReadOnlySpan<byte> Transitions =>
        // blank, CR, LF, semicolon, equals sign, quotation mark, backslash, colon, hexadecimal digit, token, other
        "........B.."u8 // A: a size
        + "CL.D....B.."u8 // B: its further digits
        + "C..D......."u8 // C: blanks, behind which an extension must come
        + "D.......EE."u8 // D: the name of an extension
        + "FL.DG...EE."u8 // E: the rest of it
        + "F..DG......"u8 // F: blanks, behind which a value or another extension must come
        + "G....I..HH."u8 // G: a value
        + "CL.D....HH."u8 // H: the rest of a token
        + "I..IIKJIIII"u8 // I: the rest of a quoted string
        + "I..IIIIIIII"u8 // J: what is escaped in it
        + "CL.D......."u8 // K: what follows it
        + "..M........"u8 // L: the LF of a size line
        + "..........."u8 // M: data
        + ".O........."u8 // N: the CR behind data
        + "..A........"u8 // O: its LF
        + ".T......QQ."u8 // P: a trailer, or the end
        + ".......RQQ."u8 // Q: the rest of its name
        + "RS.RRRRRRRR"u8 // R: its value
        + "..P........"u8 // S: its LF
        + "..U........"u8; // T: the LF at the end

    private const int Kinds = 11;

    /// <summary>The first column of those that stand for several characters.</summary>
    private const int HexadecimalDigit = 8;

    private State _state;

    /// <summary>
    /// The field lines that the response to the request has for its path (<see cref="IApp.ChooseFieldSet"/>); 0 before its head is complete. It has nothing to do with the body, but here is room for it: a byte more, and the state of a process
    /// would be longer than what one byte of an instruction reaches.
    /// </summary>
    internal ushort FieldSet;


    /// <summary>Bytes of size lines beyond what is free; then, of trailers.</summary>
    private int _excess;

    /// <summary>The size as far as it is read, then what is left of the chunk.</summary>
    private ulong _size;

    /// <summary>The bytes of all chunks whose size is known.</summary>
    private ulong _total;

    /// <summary>Whether the end of the body was read. What follows belongs to the next request.</summary>
    public readonly bool IsComplete => _state == State.Complete;

    /// <summary>Goes on with what was received: up to the end of a run of data, the end of the body, or the end of the input.</summary>
    /// <param name="input">The bytes, at least one of them.</param>
    /// <param name="length">How many.</param>
    /// <param name="maxBodyBytes">The longest body; a longer one is bad (413).</param>
    /// <param name="maxTrailerBytes">The most bytes of all trailer lines; more are bad (431).</param>
    /// <param name="data">Where data lies in the input; of use only where <paramref name="dataLength"/> is more than 0.</param>
    /// <param name="dataLength">Its bytes; 0 where none were read.</param>
    /// <returns>
    /// How many bytes were consumed, or a negative status, after which nothing more is to be read. Where it is neither all nor the end of the body
    /// (<see cref="IsComplete"/>), there was data, and there may be more in the rest.
    /// </returns>
    public int Read(byte* input, int length, ulong maxBodyBytes, int maxTrailerBytes, out byte* data, out int dataLength)
    {
        dataLength = 0;
        for (data = input; data < input + length && !IsComplete; data++)
        {
            int rest = (int)(input + length - data);
            if (_state == State.Data)
            {
                dataLength = (uint)rest < _size ? rest : (int)_size;
                return (int)(data - input) + Read(data, dataLength, maxBodyBytes, maxTrailerBytes);
            }

            int count = Read(data, 1, maxBodyBytes, maxTrailerBytes);
            if (count < 0)
            {
                return count;
            }
        }

        return (int)(data - input);
    }

    /// <summary>The same for those who want no data: up to the end of the body, or the end of the input.</summary>
    /// <param name="input">The bytes, at least one of them.</param>
    /// <param name="length">How many.</param>
    /// <param name="maxBodyBytes">The longest body; a longer one is bad (413).</param>
    /// <param name="maxTrailerBytes">The most bytes of all trailer lines; more are bad (431).</param>
    /// <returns>How many bytes were consumed, or a negative status, after which nothing more is to be read.</returns>
    public int Read(byte* input, int length, ulong maxBodyBytes, int maxTrailerBytes)
    {
        byte* position = input;
        byte* end = input + length;
        int status = 0;
        while (position < end && !IsComplete)
        {
            State state = _state;
            if (state == State.Data)
            {
                ulong count = (ulong)(end - position);
                if (count >= _size)
                {
                    count = _size;
                    _state = State.DataReturn;
                }

                _size -= count;
                position += count;
                continue;
            }

            byte character = *position++;
            int digit = RequestTarget.Hexadecimal(character);
            int kind = Kind(character, digit);
            int next = kind < 0 ? kind : Unsafe.Add(ref MemoryMarshal.GetReference(Transitions), (int)state * Kinds + kind) - 'A';
            _state = (State)next;
            if (state == State.SizeLineFeed && next >= 0)
            {
                if (!BeginChunk(maxBodyBytes))
                {
                    status = -413;
                    break;
                }

                continue;
            }

            if (next == 1)
            {
                next = _size >> 59 == 0 ? next : -1; // four bits more would not fit
                _size = _size << 4 | (uint)digit;
            }

            if (next < 0)
            {
                status = -400;
                break;
            }

            if (state < State.SizeLineFeed)
            {
                if (++_excess > MaxExcessBytes)
                {
                    status = -400;
                    break;
                }
            }
            else if (state >= State.Trailer && next < (int)State.LastLineFeed && ++_excess > maxTrailerBytes)
            {
                status = -431;
                break;
            }
        }

        return status < 0 ? status : (int)(position - input);
    }

    /// <summary>The line with the size of a chunk is complete: its data comes, or after the last one the trailers.</summary>
    /// <returns>Whether the body is not too long.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool BeginChunk(ulong maxBodyBytes)
    {
        _total += _size;
        if (_total > maxBodyBytes)
        {
            return false;
        }

        long excess = _excess - FreeLineBytes - 2 * (long)_size;
        _excess = excess < 0 ? 0 : (int)excess;
        if (_size == 0)
        {
            _state = State.Trailer;
            _excess = 0;
        }

        return true;
    }

    /// <summary>The kind of a character, as a column of <see cref="Transitions"/>; negative where it is a control, which is bad everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Kind(byte character, int digit)
    {
        if (character == ' ')
        {
            character = (byte)'\t';
        }

        int kind = 0;
        for (byte* special = CString.Of("\t\r\n;=\"\\:"u8); *special != 0 && *special != character; special++)
        {
            kind++;
        }

        if (kind == HexadecimalDigit && digit < 0)
        {
            kind = Characters.IsToken(character) ? HexadecimalDigit + 1 : Characters.IsValue(character) ? HexadecimalDigit + 2 : -1;
        }

        return kind;
    }
}
