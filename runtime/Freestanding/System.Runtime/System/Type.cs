namespace System;

/// <summary>For the operand of typeof in attributes.</summary>
public abstract class Type
{
}

/// <summary>Known to the AOT compiler only.</summary>
internal abstract class RuntimeType : Type
{
}

public struct RuntimeTypeHandle
{
    private IntPtr _value;
}

public struct RuntimeMethodHandle
{
    private IntPtr _value;
}

public struct RuntimeFieldHandle
{
    private IntPtr _value;
}
