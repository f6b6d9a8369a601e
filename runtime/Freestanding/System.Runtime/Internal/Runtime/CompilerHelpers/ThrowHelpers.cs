using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>What compiled code calls when a rule is broken. The AOT compiler knows these by name.</summary>
internal static class ThrowHelpers
{
    internal static void ThrowIndexOutOfRangeException() => throw Abort.With("index out of range\n"u8);

    internal static void ThrowNullReferenceException() => throw Abort.With("null reference\n"u8);

    internal static void ThrowOverflowException() => throw Abort.With("arithmetic overflow\n"u8);

    internal static void ThrowDivideByZeroException() => throw Abort.With("division by zero\n"u8);

    internal static void ThrowArgumentException() => throw Abort.With("argument not allowed\n"u8);

    internal static void ThrowArgumentOutOfRangeException() => throw Abort.With("argument out of range\n"u8);

    internal static void ThrowInvalidOperationException() => throw Abort.With("no value\n"u8);

    internal static void ThrowArrayTypeMismatchException() => throw Abort.With("array of another type\n"u8);

    internal static void ThrowPlatformNotSupportedException() => throw Abort.With("not supported\n"u8);

    internal static void ThrowNotSupportedException() => throw Abort.With("not supported\n"u8);

    internal static void ThrowNotImplementedException() => throw Abort.With("not supported\n"u8);

    // The AOT compiler calls these in place of code that it could not compile, or was told to leave out.

    internal static void ThrowInvalidProgramException(int id) => throw Abort.With(CompiledAway);

    internal static void ThrowInvalidProgramExceptionWithArgument(int id, string methodName) => throw Abort.With(CompiledAway);

    internal static void ThrowTypeLoadException(int id, string className, string typeName) => throw Abort.With(CompiledAway);

    internal static void ThrowTypeLoadExceptionWithArgument(int id, string className, string typeName, string messageArg) => throw Abort.With(CompiledAway);

    internal static void ThrowBadImageFormatException(int id) => throw Abort.With(CompiledAway);

    internal static void ThrowMissingMethodException(int id, string methodName) => throw Abort.With(CompiledAway);

    internal static void ThrowMissingFieldException(int id, string fieldName) => throw Abort.With(CompiledAway);

    internal static void ThrowMarshalDirectiveException(int id) => throw Abort.With(CompiledAway);

    internal static void ThrowAmbiguousMatchException(int id) => throw Abort.With(CompiledAway);

    internal static void ThrowFileNotFoundException(int id, string fileName) => throw Abort.With(CompiledAway);

    internal static void ThrowFeatureBodyRemoved() => throw Abort.With(CompiledAway);

    internal static void ThrowInstanceBodyRemoved() => throw Abort.With(CompiledAway);

    internal static void ThrowUnavailableType() => throw Abort.With(CompiledAway);

    internal static void ThrowBodyRemoved() => throw Abort.With(CompiledAway);

    private static ReadOnlySpan<byte> CompiledAway => "a method that was compiled away was called\n"u8;
}
