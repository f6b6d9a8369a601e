using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.CompilerServices;

/// <summary>What C# leaves to the AOT compiler: it replaces the calls, and the bodies here are never reached.</summary>
public static class RuntimeHelpers
{
    public static int OffsetToStringData => 12;

    /// <summary>The data of a collection expression of constants, where it lies in the executable.</summary>
    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle fldHandle)
    {
        ThrowHelpers.ThrowNotSupportedException();
        return default;
    }

    [Intrinsic]
    public static void InitializeArray(Array array, RuntimeFieldHandle fldHandle) => ThrowHelpers.ThrowNotSupportedException();

    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>()
        where T : allows ref struct
        => IsReferenceOrContainsReferences<T>();

    /// <summary>Whether two values are equal exactly when their bytes are.</summary>
    [Intrinsic]
    internal static bool IsBitwiseEquatable<T>() => IsBitwiseEquatable<T>();

    /// <summary>What the compiler of .NET 11 writes before a call of code that generic types share. It is expanded wherever it stands.</summary>
    [Intrinsic]
    internal static unsafe void SetNextCallGenericContext(void* value)
    {
    }
}
