using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SyscallServer.Engine;

namespace SyscallServer.Http;

/// <summary>
/// Reads a chunked body (RFC 9112, section 7.1) in the pieces in which it is received, strictly. It begins as <c>default</c>, and what it
/// judges does not depend on the pieces.
/// </summary>
/// <remarks>
/// Extensions and trailers are checked, bounded, and passed over: no extension is known, and no trailer field may change what a server does.
/// </remarks>
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
        // control, blank, CR, LF, semicolon, equals sign, quotation mark, backslash, colon, hexadecimal digit, token, other
        ".........B.."u8 // A: a size
        + ".CL.D....B.."u8 // B: its further digits
        + ".C..D......."u8 // C: blanks, behind which an extension must come
        + ".D.......EE."u8 // D: the name of an extension
        + ".FL.DG...EE."u8 // E: the rest of it
        + ".F..DG......"u8 // F: blanks, behind which a value or another extension must come
        + ".G....I..HH."u8 // G: a value
        + ".CL.D....HH."u8 // H: the rest of a token
        + ".I..IIKJIIII"u8 // I: the rest of a quoted string
        + ".I..IIIIIIII"u8 // J: what is escaped in it
        + ".CL.D......."u8 // K: what follows it
        + "...M........"u8 // L: the LF of a size line
        + "............"u8 // M: data
        + "..O........."u8 // N: the CR behind data
        + "...A........"u8 // O: its LF
        + "..T......QQ."u8 // P: a trailer, or the end
        + "........RQQ."u8 // Q: the rest of its name
        + ".RS.RRRRRRRR"u8 // R: its value
        + "...P........"u8 // S: its LF
        + "...U........"u8; // T: the LF at the end

    private const int Kinds = 12;

    private State _state;

    /// <summary>Bytes of size lines beyond what is free; then, of trailers.</summary>
    private int _excess;

    /// <summary>The size as far as it is read, then what is left of the chunk.</summary>
    private long _size;

    /// <summary>The bytes of all chunks whose size is known.</summary>
    private long _total;

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
    public int Read(byte* input, int length, int maxBodyBytes, int maxTrailerBytes, out byte* data, out int dataLength)
    {
        data = null;
        dataLength = 0;
        byte* position = input;
        byte* end = input + length;
        for (; position < end && _state != State.Complete; position++)
        {
            if (_state == State.Data)
            {
                data = position;
                dataLength = end - position < _size ? (int)(end - position) : (int)_size;
                _size -= dataLength;
                if (_size == 0)
                {
                    _state = State.DataReturn;
                }

                return (int)(position - input) + dataLength;
            }

            int status = Next(*position, maxBodyBytes, maxTrailerBytes);
            if (status != 0)
            {
                return -status;
            }
        }

        return (int)(position - input);
    }

    /// <summary>The same for those who want no data.</summary>
    public int Read(byte* input, int length, int maxBodyBytes, int maxTrailerBytes) => Read(input, length, maxBodyBytes, maxTrailerBytes, out _, out _);

    /// <summary>One byte that is not data.</summary>
    /// <returns>0, or the status that the request gets.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(byte character, int maxBodyBytes, int maxTrailerBytes)
    {
        int kind = Kind(character);
        State state = _state;
        int next = Unsafe.Add(ref MemoryMarshal.GetReference(Transitions), (int)state * Kinds + kind) - 'A';
        if (next < 0)
        {
            return 400;
        }

        _state = (State)next;
        if (state == State.SizeLineFeed)
        {
            if (_size > maxBodyBytes - _total)
            {
                return 413;
            }

            _total += _size;
            long excess = _excess - FreeLineBytes - 2 * _size;
            _excess = _size == 0 || excess < 0 ? 0 : (int)excess;
            _state = _size == 0 ? State.Trailer : State.Data;
            return 0;
        }

        if (state < State.SizeLineFeed)
        {
            if (next <= 1)
            {
                if (_size > long.MaxValue >> 4)
                {
                    return 400;
                }

                _size = _size << 4 | (uint)RequestTarget.Hexadecimal(character);
            }

            return ++_excess <= MaxExcessBytes ? 0 : 400;
        }

        return state < State.Trailer || _state >= State.LastLineFeed || ++_excess <= maxTrailerBytes ? 0 : 431;
    }

    /// <summary>The kind of a character, as a column of <see cref="Transitions"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Kind(byte character)
    {
        if (Characters.IsToken(character))
        {
            return RequestTarget.Hexadecimal(character) >= 0 ? 9 : 10;
        }

        byte* special = Text.Of("\t\r\n;=\"\\:"u8);
        for (int i = 0; special[i] != 0; i++)
        {
            if (special[i] == character)
            {
                return i + 1;
            }
        }

        return character == ' ' ? 1 : Characters.IsValue(character) ? 11 : 0;
    }
}
