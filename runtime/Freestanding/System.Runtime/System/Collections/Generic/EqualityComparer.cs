using System.Runtime.CompilerServices;
using Internal.IntrinsicSupport;

namespace System.Collections.Generic;

/// <summary>
/// The equality that a type has of its own, which the C# compiler writes into record structs. With the class library there is an object for each type, which is
/// called by way of its method table; here there is none, for which of the methods is meant is known when the program is compiled.
/// </summary>
public sealed class EqualityComparer<T>
{
    private EqualityComparer()
    {
    }

    /// <summary>Never looked into, and not null, as a call of a method wants to have it.</summary>
    public static EqualityComparer<T> Default
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.As<EqualityComparer<T>>("");
    }

    public bool Equals(T? x, T? y) => EqualityComparerHelpers.StructOnlyEquals(x, y);

    public int GetHashCode(T obj) => obj is null ? 0 : obj.GetHashCode();
}
