using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>A string literal, which the AOT compiler lays out in the executable, or an argument of the program. No other is made while the program runs.</summary>
public sealed class String : IEquatable<string?>
{
    internal readonly int _stringLength;
    internal char _firstChar;

    public int Length
    {
        [Intrinsic]
        get => _stringLength;
    }

    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_stringLength)
            {
                ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            return Unsafe.Add(ref _firstChar, index);
        }
    }

    public ref readonly char GetPinnableReference() => ref _firstChar;

    public static bool IsNullOrEmpty(string? value) => value is null || value.Length == 0;

    public bool Equals(string? value) => Equals(this, value);

    public override bool Equals(object? obj) => obj is string value && Equals(this, value);

    /// <summary>FNV-1a of the characters. (.NET has another one in each process, so nobody can count on a value.)</summary>
    public override int GetHashCode()
    {
        uint hash = 2166136261;
        for (int i = 0; i < _stringLength; i++)
        {
            hash = (hash ^ this[i]) * 16777619;
        }

        return (int)hash;
    }

    public override string ToString() => this;

    public static bool Equals(string? a, string? b)
        => (object?)a == (object?)b || (a is not null && b is not null && MemoryExtensions.SequenceEqual<char>(a, b));

    public static bool operator ==(string? a, string? b) => Equals(a, b);

    public static bool operator !=(string? a, string? b) => !Equals(a, b);

    public static implicit operator ReadOnlySpan<char>(string? value)
        => value is null ? default : new ReadOnlySpan<char>(ref value._firstChar, value._stringLength);
}
