using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

/// <summary>The first of the extensions for vectors. Its instructions are for floating point, and are not offered here.</summary>
[Intrinsic]
public abstract class Sse : X86Base
{
    internal Sse()
    {
    }

    public static new bool IsSupported => false;

    [Intrinsic]
    public abstract new class X64 : X86Base.X64
    {
        internal X64()
        {
        }

        public static new bool IsSupported => false;
    }
}
