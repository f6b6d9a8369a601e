using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

/// <summary>What every x86-64 processor has.</summary>
[Intrinsic]
public abstract class X86Base
{
    internal X86Base()
    {
    }

    public static bool IsSupported => IsSupported;

    [Intrinsic]
    public abstract class X64
    {
        internal X64()
        {
        }

        public static bool IsSupported => IsSupported;
    }
}
