namespace System;

/// <summary>For the operand of typeof in attributes.</summary>
public abstract unsafe class Type
{
    /// <summary>There is no object for a type: what this library itself asks of one is its description, and that is what travels as one.</summary>
    internal RuntimeTypeHandle TypeHandle
    {
        get
        {
            Type self = this;
            return *(RuntimeTypeHandle*)&self;
        }
    }

    public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => *(Type*)&handle;
}

/// <summary>Known to the AOT compiler only.</summary>
internal abstract class RuntimeType : Type
{
}

public struct RuntimeTypeHandle
{
    private IntPtr _value;

    /// <summary>Where ILC 11 looks for what earlier ones look for in LdTokenHelpers.</summary>
    internal static RuntimeTypeHandle GetRuntimeTypeHandleFromMethodTable(IntPtr methodTable) => new() { _value = methodTable };
}

public struct RuntimeMethodHandle
{
    private IntPtr _value;
}

public struct RuntimeFieldHandle
{
    private IntPtr _value;
}
