using System.Runtime.CompilerServices;

namespace System;

// The primitive types. Their arithmetic, comparisons and conversions are instructions of the compilers; what is left are the
// limits, and the two interfaces that the searches of MemoryExtensions are written against.

public readonly struct Boolean : IComparable<bool>, IEquatable<bool>
{
    private readonly bool _value;

    public int CompareTo(bool value) => _value == value ? 0 : _value ? 1 : -1;

    public bool Equals(bool obj) => _value == obj;

    public override int GetHashCode() => _value ? 1 : 0;
}

public readonly struct Char : IComparable<char>, IEquatable<char>
{
    public const char MinValue = '\0';
    public const char MaxValue = '\uffff';

    private readonly char _value;

    public int CompareTo(char value) => _value - value;

    public bool Equals(char obj) => _value == obj;

    public override int GetHashCode() => _value | (_value << 16);

    public static bool IsAsciiDigit(char c) => IsBetween(c, '0', '9');

    public static bool IsAsciiLetter(char c) => IsBetween((char)(c | 0x20), 'a', 'z');

    public static bool IsAsciiLetterLower(char c) => IsBetween(c, 'a', 'z');

    public static bool IsAsciiLetterUpper(char c) => IsBetween(c, 'A', 'Z');

    public static bool IsAsciiLetterOrDigit(char c) => IsAsciiLetter(c) || IsAsciiDigit(c);

    public static bool IsAsciiHexDigit(char c) => IsAsciiDigit(c) || IsBetween((char)(c | 0x20), 'a', 'f');

    public static bool IsBetween(char c, char minInclusive, char maxInclusive) => (uint)(c - minInclusive) <= (uint)(maxInclusive - minInclusive);
}

public readonly struct SByte : IComparable<sbyte>, IEquatable<sbyte>
{
    public const sbyte MinValue = -128;
    public const sbyte MaxValue = 127;

    private readonly sbyte _value;

    public int CompareTo(sbyte value) => _value - value;

    public bool Equals(sbyte obj) => _value == obj;

    public override int GetHashCode() => _value;
}

public readonly struct Byte : IComparable<byte>, IEquatable<byte>
{
    public const byte MinValue = 0;
    public const byte MaxValue = 255;

    private readonly byte _value;

    public int CompareTo(byte value) => _value - value;

    public bool Equals(byte obj) => _value == obj;

    public override int GetHashCode() => _value;
}

public readonly struct Int16 : IComparable<short>, IEquatable<short>
{
    public const short MinValue = -32768;
    public const short MaxValue = 32767;

    private readonly short _value;

    public int CompareTo(short value) => _value - value;

    public bool Equals(short obj) => _value == obj;

    public override int GetHashCode() => _value;
}

public readonly struct UInt16 : IComparable<ushort>, IEquatable<ushort>
{
    public const ushort MinValue = 0;
    public const ushort MaxValue = 65535;

    private readonly ushort _value;

    public int CompareTo(ushort value) => _value - value;

    public bool Equals(ushort obj) => _value == obj;

    public override int GetHashCode() => _value;
}

public readonly struct Int32 : IComparable<int>, IEquatable<int>
{
    public const int MinValue = -2147483648;
    public const int MaxValue = 2147483647;

    private readonly int _value;

    public int CompareTo(int value) => _value < value ? -1 : _value > value ? 1 : 0;

    public bool Equals(int obj) => _value == obj;

    public override int GetHashCode() => _value;
}

public readonly struct UInt32 : IComparable<uint>, IEquatable<uint>
{
    public const uint MinValue = 0;
    public const uint MaxValue = 4294967295;

    private readonly uint _value;

    public int CompareTo(uint value) => _value < value ? -1 : _value > value ? 1 : 0;

    public bool Equals(uint obj) => _value == obj;

    public override int GetHashCode() => (int)_value;
}

public readonly struct Int64 : IComparable<long>, IEquatable<long>
{
    public const long MinValue = -9223372036854775808;
    public const long MaxValue = 9223372036854775807;

    private readonly long _value;

    public int CompareTo(long value) => _value < value ? -1 : _value > value ? 1 : 0;

    public bool Equals(long obj) => _value == obj;

    public override int GetHashCode() => (int)_value ^ (int)(_value >> 32);
}

public readonly struct UInt64 : IComparable<ulong>, IEquatable<ulong>
{
    public const ulong MinValue = 0;
    public const ulong MaxValue = 18446744073709551615;

    private readonly ulong _value;

    public int CompareTo(ulong value) => _value < value ? -1 : _value > value ? 1 : 0;

    public bool Equals(ulong obj) => _value == obj;

    public override int GetHashCode() => (int)_value ^ (int)(_value >> 32);
}

public readonly unsafe struct IntPtr : IComparable<nint>, IEquatable<nint>
{
    public static readonly nint Zero;

    private readonly nint _value;

    public IntPtr(int value) => _value = value;

    public IntPtr(long value) => _value = (nint)value;

    public IntPtr(void* value) => _value = (nint)value;

    public static int Size => sizeof(nint);

    public static nint MinValue => unchecked((nint)(-9223372036854775808));

    public static nint MaxValue => unchecked((nint)(9223372036854775807));

    public int CompareTo(nint value) => _value < value ? -1 : _value > value ? 1 : 0;

    public bool Equals(nint other) => _value == other;

    public override int GetHashCode() => (int)_value ^ (int)(_value >> 32);

    public int ToInt32() => checked((int)_value);

    public long ToInt64() => (long)_value;

    public void* ToPointer() => (void*)_value;
}

public readonly unsafe struct UIntPtr : IComparable<nuint>, IEquatable<nuint>
{
    public static readonly nuint Zero;

    private readonly nuint _value;

    public UIntPtr(uint value) => _value = value;

    public UIntPtr(ulong value) => _value = (nuint)value;

    public UIntPtr(void* value) => _value = (nuint)value;

    public static int Size => sizeof(nuint);

    public static nuint MinValue => unchecked((nuint)(0));

    public static nuint MaxValue => unchecked((nuint)(18446744073709551615));

    public int CompareTo(nuint value) => _value < value ? -1 : _value > value ? 1 : 0;

    public bool Equals(nuint other) => _value == other;

    public override int GetHashCode() => (int)_value ^ (int)(_value >> 32);

    public uint ToUInt32() => checked((uint)_value);

    public ulong ToUInt64() => (ulong)_value;

    public void* ToPointer() => (void*)_value;
}

public readonly struct Single : IComparable<float>, IEquatable<float>
{
    public const float MinValue = -3.40282346638528859e+38F;
    public const float MaxValue = 3.40282346638528859e+38F;
    public const float Epsilon = 1.4e-45F;
    public const float NaN = 0F / 0F;
    public const float PositiveInfinity = 1F / 0F;
    public const float NegativeInfinity = -1F / 0F;

    private readonly float _value;

    public static bool IsNaN(float f) => !(f <= 0 || f > 0);

    public int CompareTo(float value)
        => _value < value ? -1 : _value > value ? 1 : _value == value ? 0 : !IsNaN(_value) ? 1 : IsNaN(value) ? 0 : -1;

    public bool Equals(float obj) => _value == obj || (IsNaN(_value) && IsNaN(obj));

    public override int GetHashCode()
    {
        float value = _value;
        int bits = Unsafe.As<float, int>(ref value);

        // Equal numbers have equal hashes: both zeros, and all that are no number.
        return value == 0 || IsNaN(value) ? bits & 0x7F800000 : bits;
    }
}

public readonly struct Double : IComparable<double>, IEquatable<double>
{
    public const double MinValue = -1.7976931348623157E+308;
    public const double MaxValue = 1.7976931348623157E+308;
    public const double Epsilon = 4.9406564584124654E-324;
    public const double NaN = 0D / 0D;
    public const double PositiveInfinity = 1D / 0D;
    public const double NegativeInfinity = -1D / 0D;

    private readonly double _value;

    public static bool IsNaN(double d) => !(d <= 0 || d > 0);

    public int CompareTo(double value)
        => _value < value ? -1 : _value > value ? 1 : _value == value ? 0 : !IsNaN(_value) ? 1 : IsNaN(value) ? 0 : -1;

    public bool Equals(double obj) => _value == obj || (IsNaN(_value) && IsNaN(obj));

    public override int GetHashCode()
    {
        double value = _value;
        long bits = Unsafe.As<double, long>(ref value);
        if (value == 0 || IsNaN(value))
        {
            // Equal numbers have equal hashes: both zeros, and all that are no number.
            bits &= 0x7FF0000000000000;
        }

        return (int)bits ^ (int)(bits >> 32);
    }
}
