using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace Internal.Runtime;

/// <summary>
/// The compiler's description of a type. What it points to is the compiler's own: nothing here reads it. ILC looks for it by name where it lays out an array
/// of structs, for what it writes to compare and hash them when they are boxed; ILC 11 also where it compiles a conversion to a class or an interface.
/// </summary>
internal unsafe struct MethodTable
{
    [Intrinsic]
    internal static MethodTable* Of<T>() => throw Abort.With("reflection is not supported\n"u8);
}
