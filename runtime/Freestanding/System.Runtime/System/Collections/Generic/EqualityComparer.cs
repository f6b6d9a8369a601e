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

    /// <summary>
    /// Generic values that hold references share their code, and it learns from the comparer which of them it is for. The others have no use for one: it is never looked into, and not null, as a call of a
    /// method wants to have it.
    /// </summary>
    public static EqualityComparer<T> Default
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RuntimeHelpers.IsReferenceOrContainsReferences<T>() && (default(T) is not null || Unsafe.SizeOf<T>() != System.IntPtr.Size) ? s_instance : Unsafe.As<EqualityComparer<T>>("");
    }

    /// <summary>Data of the program, as all initial values that can be computed.</summary>
    private static readonly EqualityComparer<T> s_instance = new();

    public bool Equals(T? x, T? y) => EqualityComparerHelpers.StructOnlyEquals(x, y);

    public int GetHashCode(T obj) => obj is null ? 0 : obj.GetHashCode();
}
