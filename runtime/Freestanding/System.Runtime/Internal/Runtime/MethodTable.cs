namespace Internal.Runtime;

/// <summary>
/// The compiler's description of a type, which ILC 11 looks for by name where it compiles a conversion to a class or an interface. What it points to is the
/// compiler's own: nothing here reads it.
/// </summary>
internal struct MethodTable
{
}
