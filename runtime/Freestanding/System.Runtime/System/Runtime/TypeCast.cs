using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>
/// The casts between classes and interfaces, which ILC 10 looks for by name before it compiles anything. There are no objects to
/// cast, so a call ends the program.
/// </summary>
internal static unsafe class TypeCast
{
    internal static object CheckCastAny(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object CheckCastInterface(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object CheckCastClass(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object CheckCastClassSpecial(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object CheckCastArray(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object IsInstanceOfAny(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object IsInstanceOfInterface(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object IsInstanceOfClass(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static object IsInstanceOfArray(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static bool IsInstanceOfException(void* pTargetType, object obj) => throw Abort.With(Cast);

    internal static void StelemRef(object[] array, nint index, object obj) => throw Abort.With(Cast);

    internal static ref object LdelemaRef(object[] array, nint index, void* elementType) => throw Abort.With(Cast);

    private static ReadOnlySpan<byte> Cast => "casts of objects are not supported\n"u8;
}
