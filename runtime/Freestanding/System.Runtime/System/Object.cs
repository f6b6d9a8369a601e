using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>The base of all types. Its only field is the first word of every object: the compiler's description of its type.</summary>
public unsafe class Object
{
    // The AOT compiler looks for it by this name.
    internal IntPtr m_pEEType;

    public Object()
    {
    }

    // The AOT compiler looks for the finalizer's slot here.
    ~Object()
    {
    }

    public virtual bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <summary>Nothing moves an object here, so its address is as good as an identity.</summary>
    public virtual int GetHashCode()
    {
        object self = this;
        return (int)(*(nint*)&self >> 3);
    }

    public virtual string? ToString()
    {
        ThrowHelpers.ThrowNotSupportedException();
        return null;
    }

    public static bool ReferenceEquals(object? objA, object? objB) => objA == objB;
}
