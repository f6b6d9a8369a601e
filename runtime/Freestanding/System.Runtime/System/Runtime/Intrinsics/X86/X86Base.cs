using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.Intrinsics.X86;

/// <summary>What every x86-64 processor has.</summary>
/// <remarks>Here and in the classes that are derived from it, <c>IsSupported</c> is what the compiler for x86-64 puts in its place: true. What the bodies say is for another processor.</remarks>
[Intrinsic]
public abstract class X86Base
{
    internal X86Base()
    {
    }

    public static bool IsSupported => false;

    /// <summary>What is thrown where there is no such instruction.</summary>
    private protected static Exception NotSupported => Abort.With("not supported\n"u8);

    /// <summary>Throws where there is no such instruction.</summary>
    private protected static void Demand(bool isSupported)
    {
        if (!isSupported)
        {
            throw NotSupported;
        }
    }

    [Intrinsic]
    public abstract class X64
    {
        internal X64()
        {
        }

        public static bool IsSupported => false;
    }
}
