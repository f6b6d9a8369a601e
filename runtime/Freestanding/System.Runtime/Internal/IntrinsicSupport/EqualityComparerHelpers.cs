using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.IntrinsicSupport;

/// <summary>
/// Where the AOT compiler looks for the equality of values, by the names below: it replaces the body of <see cref="StructOnlyEquals"/> for each type of values by a call of what
/// that type has. C# has no constraint to say the same.
/// </summary>
internal static class EqualityComparerHelpers
{
    /// <summary>The body is what remains: references, and nullable values that cannot be compared.</summary>
    [Intrinsic]
    internal static bool StructOnlyEquals<T>(T left, T right)
    {
        // A nullable value that holds a reference is larger than one.
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>() || Unsafe.SizeOf<T>() != IntPtr.Size)
        {
            return StructOnlyNormalEquals(left, right);
        }

        object? a = Unsafe.As<T, object?>(ref left), b = Unsafe.As<T, object?>(ref right);
        return a is null ? b is null : a.Equals(b);
    }

    /// <summary>A type of values without an IEquatable of its own. Object.Equals would take an object made of one of them, for which there is no heap: what is called is nowhere, and does not link.</summary>
    private static bool StructOnlyNormalEquals<T>(T left, T right) => Object_Equals_of_a_struct_without_IEquatable();

    [MethodImpl(MethodImplOptions.InternalCall)]
    [RuntimeImport("Object_Equals_of_a_struct_without_IEquatable")]
    private static extern bool Object_Equals_of_a_struct_without_IEquatable();

    private static bool StructOnlyEqualsIEquatable<T>(T x, T y)
        where T : IEquatable<T>
        => x.Equals(y);

    private static bool StructOnlyEqualsNullable<T>(T? x, T? y)
        where T : struct, IEquatable<T>
        => x.HasValue ? y.HasValue && x.GetValueOrDefault().Equals(y.GetValueOrDefault()) : !y.HasValue;

    /// <summary>Replaced for each enum.</summary>
    [Intrinsic]
    private static bool EnumOnlyEquals<T>(T x, T y)
        where T : struct
        => Object_Equals_of_a_struct_without_IEquatable();
}
