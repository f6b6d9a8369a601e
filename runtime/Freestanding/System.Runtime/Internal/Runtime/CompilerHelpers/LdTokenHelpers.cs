using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>
/// What the AOT compiler looks for where IL loads a token, also where it then makes a constant span of it. There is no reflection
/// to use one for, so a call ends the program; of a type there is its description, for <see cref="Arguments"/>.
/// </summary>
internal static unsafe class LdTokenHelpers
{
    internal static RuntimeTypeHandle GetRuntimeTypeHandle(IntPtr pEEType) => *(RuntimeTypeHandle*)&pEEType;

    internal static RuntimeMethodHandle GetRuntimeMethodHandle(IntPtr pHandleSignature) => throw Abort.With(Reflection);

    internal static RuntimeFieldHandle GetRuntimeFieldHandle(IntPtr pHandleSignature) => throw Abort.With(Reflection);

    internal static Type GetRuntimeType(IntPtr pEEType) => throw Abort.With(Reflection);

    private static ReadOnlySpan<byte> Reflection => "reflection is not supported\n"u8;
}
