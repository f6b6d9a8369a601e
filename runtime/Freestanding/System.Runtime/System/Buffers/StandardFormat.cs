using Internal.Runtime.CompilerHelpers;

namespace System.Buffers;

/// <summary>A format letter and a precision, as Utf8Formatter takes them.</summary>
public readonly struct StandardFormat : IEquatable<StandardFormat>
{
    public const byte NoPrecision = byte.MaxValue;
    public const byte MaxPrecision = 99;

    private readonly byte _symbol;
    private readonly byte _precision;

    public StandardFormat(char symbol, byte precision = NoPrecision)
    {
        if (symbol > byte.MaxValue || (precision > MaxPrecision && precision != NoPrecision))
        {
            ThrowHelpers.ThrowArgumentOutOfRangeException();
        }

        _symbol = (byte)symbol;
        _precision = precision;
    }

    public char Symbol => (char)_symbol;

    public byte Precision => _precision;

    public bool HasPrecision => _precision != NoPrecision;

    public bool IsDefault => _symbol == 0 && _precision == 0;

    public bool Equals(StandardFormat other) => _symbol == other._symbol && _precision == other._precision;

    public override int GetHashCode() => _symbol ^ (_precision << 8);

    public static implicit operator StandardFormat(char symbol) => new(symbol);

    public static bool operator ==(StandardFormat left, StandardFormat right) => left.Equals(right);

    public static bool operator !=(StandardFormat left, StandardFormat right) => !left.Equals(right);
}
