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

    private enum State : byte
    {
        /// <summary>Before the first digit of a size.</summary>
        Size,

        /// <summary>Behind a digit of it.</summary>
        SizeDigits,

        /// <summary>Blanks, behind which an extension must come.</summary>
        BeforeSemicolon,

        /// <summary>Behind the semicolon.</summary>
        BeforeExtensionName,

        ExtensionName,

        /// <summary>Blanks behind the name: a value or another extension must come.</summary>
        BehindExtensionName,

        /// <summary>Behind the equals sign.</summary>
        BeforeExtensionValue,

        ExtensionToken,

        ExtensionQuoted,

        /// <summary>Behind a backslash in quotes.</summary>
        ExtensionEscape,

        /// <summary>Behind the closing quotation mark.</summary>
        BehindExtensionValue,

        /// <summary>Behind the CR of a size line.</summary>
        SizeLineFeed,

        Data,

        /// <summary>Behind the data: CR.</summary>
        DataReturn,

        DataLineFeed,

        /// <summary>Where a trailer begins, or the end.</summary>
        Trailer,

        TrailerName,

        TrailerValue,

        TrailerLineFeed,

        LastLineFeed,

        Complete,
    }

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
    private int Next(byte character, int maxBodyBytes, int maxTrailerBytes)
    {
        bool isBlank = Characters.IsBlank(character);
        bool isToken = Characters.IsToken(character);
        State next = State.Complete; // where it goes on; this one for: nowhere
        switch (_state)
        {
            case State.Size:
            case State.SizeDigits:
                int digit = RequestTarget.Hexadecimal(character);
                if (digit >= 0)
                {
                    if (_size > long.MaxValue >> 4)
                    {
                        return 400;
                    }

                    _size = _size << 4 | (uint)digit;
                    next = State.SizeDigits;
                }
                else if (_state == State.SizeDigits)
                {
                    next = BehindValue(character);
                }

                break;
            case State.BeforeSemicolon:
                next = isBlank || character == ';' ? BehindValue(character) : next;
                break;
            case State.BeforeExtensionName:
                next = isBlank ? _state : isToken ? State.ExtensionName : next;
                break;
            case State.ExtensionName:
                next = isToken ? _state : isBlank ? State.BehindExtensionName : character == '=' ? State.BeforeExtensionValue : BehindValue(character);
                break;
            case State.BehindExtensionName:
                next = isBlank ? _state : character == '=' ? State.BeforeExtensionValue : character == ';' ? State.BeforeExtensionName : next;
                break;
            case State.BeforeExtensionValue:
                next = isBlank ? _state : isToken ? State.ExtensionToken : character == '"' ? State.ExtensionQuoted : next;
                break;
            case State.ExtensionToken:
                next = isToken ? _state : BehindValue(character);
                break;
            case State.ExtensionQuoted:
                // RFC 9110, section 5.6.4
                next = character == '"' ? State.BehindExtensionValue : character == '\\' ? State.ExtensionEscape : Characters.IsValue(character) ? _state : next;
                break;
            case State.ExtensionEscape:
                next = Characters.IsValue(character) ? State.ExtensionQuoted : next;
                break;
            case State.BehindExtensionValue:
                next = BehindValue(character);
                break;
            case State.SizeLineFeed:
                if (character != '\n')
                {
                    return 400;
                }

                if (_size > maxBodyBytes - _total)
                {
                    return 413;
                }

                _total += _size;
                long excess = _excess - FreeLineBytes - 2 * _size;
                _excess = _size == 0 || excess < 0 ? 0 : (int)excess;
                _state = _size == 0 ? State.Trailer : State.Data;
                return 0;
            case State.DataReturn:
                next = character == '\r' ? State.DataLineFeed : next;
                break;
            case State.DataLineFeed:
                next = character == '\n' ? State.Size : next;
                break;
            case State.Trailer:
                next = character == '\r' ? State.LastLineFeed : isToken ? State.TrailerName : next;
                break;
            case State.TrailerName:
                next = isToken ? _state : character == ':' ? State.TrailerValue : next;
                break;
            case State.TrailerValue:
                next = character == '\r' ? State.TrailerLineFeed : Characters.IsValue(character) ? _state : next;
                break;
            case State.TrailerLineFeed:
                next = character == '\n' ? State.Trailer : next;
                break;
            case State.LastLineFeed:
                _state = State.Complete;
                return character == '\n' ? 0 : 400;
        }

        if (next == State.Complete)
        {
            return 400;
        }

        if (_state is > State.SizeLineFeed and < State.Trailer || next == State.LastLineFeed)
        {
            _state = next;
            return 0;
        }

        bool isTrailer = _state >= State.Trailer;
        _state = next;
        return ++_excess <= (isTrailer ? maxTrailerBytes : MaxExcessBytes) ? 0 : isTrailer ? 431 : 400;
    }

    /// <summary>Where it goes on behind a size, the name of an extension or its value, when they end.</summary>
    private static State BehindValue(byte character) => character switch
    {
        (byte)'\r' => State.SizeLineFeed,
        (byte)';' => State.BeforeExtensionName,
        (byte)' ' or (byte)'\t' => State.BeforeSemicolon,
        _ => State.Complete,
    };
}
