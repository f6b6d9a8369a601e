using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.InteropServices;

/// <summary>Known to the AOT compiler only.</summary>
public unsafe interface IDynamicInterfaceCastable
{
    bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented);

    RuntimeTypeHandle GetInterfaceImplementation(RuntimeTypeHandle interfaceType);

    internal static nint GetDynamicInterfaceImplementation(IDynamicInterfaceCastable instance, void* interfaceType, ushort slot)
        => throw Abort.With("casts of objects are not supported\n"u8);
}
