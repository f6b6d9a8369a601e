namespace System.Runtime.InteropServices;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class DllImportAttribute : Attribute
{
    public DllImportAttribute(string dllName)
    {
    }

    public bool BestFitMapping;

    public CallingConvention CallingConvention;

    public CharSet CharSet;

    public string? EntryPoint;

    public bool ExactSpelling;

    public bool PreserveSig;

    public bool SetLastError;

    public bool ThrowOnUnmappableChar;
}

public sealed class FieldOffsetAttribute : Attribute
{
    public FieldOffsetAttribute(int offset)
    {
    }
}

public sealed class InAttribute : Attribute
{
}

public sealed class MarshalAsAttribute : Attribute
{
    public MarshalAsAttribute(UnmanagedType unmanagedType)
    {
    }
}

public sealed class OptionalAttribute : Attribute
{
}

public sealed class OutAttribute : Attribute
{
}

public sealed class StructLayoutAttribute : Attribute
{
    public StructLayoutAttribute(LayoutKind layoutKind)
    {
    }

    public StructLayoutAttribute(short layoutKind)
    {
    }

    public CharSet CharSet;

    public int Pack;

    public int Size;
}

public sealed class SuppressGCTransitionAttribute : Attribute
{
}

public sealed class UnmanagedCallersOnlyAttribute : Attribute
{
    public Type[]? CallConvs;

    public string? EntryPoint;
}

public sealed class UnmanagedFunctionPointerAttribute : Attribute
{
    public UnmanagedFunctionPointerAttribute(CallingConvention callingConvention)
    {
    }
}

public enum LayoutKind
{
    Sequential = 0,
    Explicit = 2,
    Auto = 3,
}

public enum CharSet
{
    None = 1,
    Ansi = 2,
    Unicode = 3,
    Auto = 4,
}

public enum CallingConvention
{
    Winapi = 1,
    Cdecl = 2,
    StdCall = 3,
    ThisCall = 4,
    FastCall = 5,
}

public enum UnmanagedType
{
    Bool = 2,
    I1 = 3,
    U1 = 4,
    I2 = 5,
    U2 = 6,
    I4 = 7,
    U4 = 8,
    I8 = 9,
    U8 = 10,
    R4 = 11,
    R8 = 12,
    SysInt = 31,
    SysUInt = 32,
}
