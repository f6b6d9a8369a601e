using System.Runtime.CompilerServices;

namespace System;

/// <summary>For the operand of typeof in attributes.</summary>
public abstract class Type
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
