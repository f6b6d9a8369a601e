namespace System.Runtime.CompilerServices;

/// <summary>What the compiler may use, and the two questions that tell an ahead-of-time compiled program from a JIT's.</summary>
public static class RuntimeFeature
{
    public const string ByRefFields = nameof(ByRefFields);
    public const string ByRefLikeGenerics = nameof(ByRefLikeGenerics);
    public const string CovariantReturnsOfClasses = nameof(CovariantReturnsOfClasses);
    public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);
    public const string NumericIntPtr = nameof(NumericIntPtr);
    public const string PortablePdb = nameof(PortablePdb);
    public const string UnmanagedSignatureCallingConvention = nameof(UnmanagedSignatureCallingConvention);
    public const string VirtualStaticsInInterfaces = nameof(VirtualStaticsInInterfaces);

    public static bool IsDynamicCodeSupported => false;

    public static bool IsDynamicCodeCompiled => false;
}
