using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>
/// Searches and comparisons in spans, for bytes before all. They are loops over single elements, written for size: what must be
/// fast in a server reads words or vectors itself.
/// </summary>
public static class MemoryExtensions
{
    public static Span<T> AsSpan<T>(this T[]? array) => new(array);

    public static Span<T> AsSpan<T>(this T[]? array, int start, int length) => new(array, start, length);

    // The C# compiler turns the conversion of a string to a span into a call of this, so it cannot be written as one.
    public static ReadOnlySpan<char> AsSpan(this string? text) => text is null ? default : new(ref text._firstChar, text.Length);

    public static ReadOnlySpan<char> AsSpan(this string? text, int start) => AsSpan(text).Slice(start);

    public static ReadOnlySpan<char> AsSpan(this string? text, int start, int length) => AsSpan(text).Slice(start, length);

    /// <summary>References are compared otherwise: one may be null, and has no method that can be looked up by an interface. Which of the two it is, is known when this is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual<T>(T x, T y)
        where T : IEquatable<T>?
        => default(T) is null ? EqualityComparer<T>.Default.Equals(x, y) : x!.Equals(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SequenceEqual<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other)
        where T : IEquatable<T>?
    {
        int length = span.Length;
        if (length != other.Length)
        {
            return false;
        }

        if (RuntimeHelpers.IsBitwiseEquatable<T>())
        {
            // The AOT compiler writes this out where the length is a small constant.
            return SpanHelpers.SequenceEqual(
                ref Unsafe.As<T, byte>(ref span._reference), ref Unsafe.As<T, byte>(ref other._reference), (uint)length * (nuint)Unsafe.SizeOf<T>());
        }

        for (int i = 0; i < length; i++)
        {
            if (!AreEqual(span[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static int SequenceCompareTo<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other)
        where T : IComparable<T>?
    {
        int common = span.Length < other.Length ? span.Length : other.Length;
        for (int i = 0; i < common; i++)
        {
            int order = span[i]!.CompareTo(other[i]);
            if (order != 0)
            {
                return order;
            }
        }

        // As the class library has it: of bytes and characters, which it compares by vectors, the difference.
        return typeof(T) == typeof(byte) || typeof(T) == typeof(char) ? span.Length - other.Length : span.Length.CompareTo(other.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool StartsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
        => value.Length <= span.Length && SequenceEqual(new ReadOnlySpan<T>(ref span._reference, value.Length), value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
        => value.Length <= span.Length
            && SequenceEqual(new ReadOnlySpan<T>(ref Unsafe.Add(ref span._reference, span.Length - value.Length), value.Length), value);

    public static int IndexOf<T>(this ReadOnlySpan<T> span, T value)
        where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (AreEqual(span[i], value))
            {
                return i;
            }
        }

        return -1;
    }

    public static int IndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
    {
        for (int i = 0; i <= span.Length - value.Length; i++)
        {
            if (StartsWith(span.Slice(i), value))
            {
                return i;
            }
        }

        return -1;
    }

    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, T value)
        where T : IEquatable<T>?
    {
        int i = span.Length - 1;
        while (i >= 0 && !AreEqual(span[i], value))
        {
            i--;
        }

        return i;
    }

    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
    {
        int i = span.Length - value.Length;
        while (i >= 0 && !StartsWith(span.Slice(i), value))
        {
            i--;
        }

        return i < 0 ? -1 : i;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1)
        where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (AreEqual(span[i], value0) || AreEqual(span[i], value1))
            {
                return i;
            }
        }

        return -1;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1, T value2)
        where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (AreEqual(span[i], value0) || AreEqual(span[i], value1) || AreEqual(span[i], value2))
            {
                return i;
            }
        }

        return -1;
    }

    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values)
        where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (IndexOf(values, span[i]) >= 0)
            {
                return i;
            }
        }

        return -1;
    }

    public static int IndexOfAnyExcept<T>(this ReadOnlySpan<T> span, T value)
        where T : IEquatable<T>?
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!AreEqual(span[i], value))
            {
                return i;
            }
        }

        return -1;
    }

    public static int IndexOfAnyInRange<T>(this ReadOnlySpan<T> span, T lowInclusive, T highInclusive)
        where T : IComparable<T>
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i].CompareTo(lowInclusive) >= 0 && span[i].CompareTo(highInclusive) <= 0)
            {
                return i;
            }
        }

        return -1;
    }

    public static int IndexOfAnyExceptInRange<T>(this ReadOnlySpan<T> span, T lowInclusive, T highInclusive)
        where T : IComparable<T>
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (span[i].CompareTo(lowInclusive) < 0 || span[i].CompareTo(highInclusive) > 0)
            {
                return i;
            }
        }

        return -1;
    }

    public static bool Contains<T>(this ReadOnlySpan<T> span, T value)
        where T : IEquatable<T>?
        => IndexOf(span, value) >= 0;

    public static int Count<T>(this ReadOnlySpan<T> span, T value)
        where T : IEquatable<T>?
    {
        int count = 0;
        for (int i = 0; i < span.Length; i++)
        {
            if (AreEqual(span[i], value))
            {
                count++;
            }
        }

        return count;
    }

    public static ReadOnlySpan<T> Trim<T>(this ReadOnlySpan<T> span, T trimElement)
        where T : IEquatable<T>?
        => TrimEnd(TrimStart(span, trimElement), trimElement);

    public static ReadOnlySpan<T> TrimStart<T>(this ReadOnlySpan<T> span, T trimElement)
        where T : IEquatable<T>?
    {
        int start = 0;
        while (start < span.Length && AreEqual(span[start], trimElement))
        {
            start++;
        }

        return span.Slice(start);
    }

    public static ReadOnlySpan<T> TrimEnd<T>(this ReadOnlySpan<T> span, T trimElement)
        where T : IEquatable<T>?
    {
        int length = span.Length;
        while (length > 0 && AreEqual(span[length - 1], trimElement))
        {
            length--;
        }

        return span.Slice(0, length);
    }

    public static void Reverse<T>(this Span<T> span)
    {
        for (int low = 0, high = span.Length - 1; low < high; low++, high--)
        {
            T element = span[low];
            span[low] = span[high];
            span[high] = element;
        }
    }

    public static bool Overlaps<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other)
    {
        if (span.IsEmpty || other.IsEmpty)
        {
            return false;
        }

        nuint distance = (nuint)Unsafe.ByteOffset(ref span._reference, ref other._reference);
        return distance < (uint)span.Length * (nuint)Unsafe.SizeOf<T>() || 0 - distance < (uint)other.Length * (nuint)Unsafe.SizeOf<T>();
    }

    public static void CopyTo<T>(this T[]? source, Span<T> destination) => new ReadOnlySpan<T>(source).CopyTo(destination);

    // The same for spans that may be written to: the standard library has each of them twice, and a caller is bound to one.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SequenceEqual<T>(this Span<T> span, ReadOnlySpan<T> other)
        where T : IEquatable<T>?
        => SequenceEqual((ReadOnlySpan<T>)span, other);

    public static int SequenceCompareTo<T>(this Span<T> span, ReadOnlySpan<T> other)
        where T : IComparable<T>?
        => SequenceCompareTo((ReadOnlySpan<T>)span, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool StartsWith<T>(this Span<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
        => StartsWith((ReadOnlySpan<T>)span, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EndsWith<T>(this Span<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
        => EndsWith((ReadOnlySpan<T>)span, value);

    public static int IndexOf<T>(this Span<T> span, T value)
        where T : IEquatable<T>?
        => IndexOf((ReadOnlySpan<T>)span, value);

    public static int IndexOf<T>(this Span<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
        => IndexOf((ReadOnlySpan<T>)span, value);

    public static int LastIndexOf<T>(this Span<T> span, T value)
        where T : IEquatable<T>?
        => LastIndexOf((ReadOnlySpan<T>)span, value);

    public static int LastIndexOf<T>(this Span<T> span, ReadOnlySpan<T> value)
        where T : IEquatable<T>?
        => LastIndexOf((ReadOnlySpan<T>)span, value);

    public static int IndexOfAny<T>(this Span<T> span, T value0, T value1)
        where T : IEquatable<T>?
        => IndexOfAny((ReadOnlySpan<T>)span, value0, value1);

    public static int IndexOfAny<T>(this Span<T> span, T value0, T value1, T value2)
        where T : IEquatable<T>?
        => IndexOfAny((ReadOnlySpan<T>)span, value0, value1, value2);

    public static int IndexOfAny<T>(this Span<T> span, ReadOnlySpan<T> values)
        where T : IEquatable<T>?
        => IndexOfAny((ReadOnlySpan<T>)span, values);

    public static int IndexOfAnyExcept<T>(this Span<T> span, T value)
        where T : IEquatable<T>?
        => IndexOfAnyExcept((ReadOnlySpan<T>)span, value);

    public static int IndexOfAnyInRange<T>(this Span<T> span, T lowInclusive, T highInclusive)
        where T : IComparable<T>
        => IndexOfAnyInRange((ReadOnlySpan<T>)span, lowInclusive, highInclusive);

    public static int IndexOfAnyExceptInRange<T>(this Span<T> span, T lowInclusive, T highInclusive)
        where T : IComparable<T>
        => IndexOfAnyExceptInRange((ReadOnlySpan<T>)span, lowInclusive, highInclusive);

    public static bool Contains<T>(this Span<T> span, T value)
        where T : IEquatable<T>?
        => Contains((ReadOnlySpan<T>)span, value);

    public static int Count<T>(this Span<T> span, T value)
        where T : IEquatable<T>?
        => Count((ReadOnlySpan<T>)span, value);

    public static bool Overlaps<T>(this Span<T> span, ReadOnlySpan<T> other)
        => Overlaps((ReadOnlySpan<T>)span, other);
}
