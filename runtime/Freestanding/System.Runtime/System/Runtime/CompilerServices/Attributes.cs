namespace System.Runtime.CompilerServices;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class AsyncStateMachineAttribute : Attribute
{
    public AsyncStateMachineAttribute(Type stateMachineType)
    {
    }
}

public sealed class CallerArgumentExpressionAttribute : Attribute
{
    public CallerArgumentExpressionAttribute(string parameterName)
    {
    }
}

public sealed class CallerFilePathAttribute : Attribute
{
}

public sealed class CallerLineNumberAttribute : Attribute
{
}

public sealed class CallerMemberNameAttribute : Attribute
{
}

public sealed class CollectionBuilderAttribute : Attribute
{
    public CollectionBuilderAttribute(Type builderType, string methodName)
    {
    }
}

public sealed class CompilationRelaxationsAttribute : Attribute
{
    public CompilationRelaxationsAttribute(int relaxations)
    {
    }
}

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class CompilerFeatureRequiredAttribute : Attribute
{
    public CompilerFeatureRequiredAttribute(string featureName)
    {
    }

    public bool IsOptional { get; init; }
}

public sealed class CompilerGeneratedAttribute : Attribute
{
}

public sealed class CompilerLoweringPreserveAttribute : Attribute
{
}

public sealed class DisableRuntimeMarshallingAttribute : Attribute
{
}

public sealed class ExtensionAttribute : Attribute
{
}

public sealed class ExtensionMarkerAttribute : Attribute
{
    public ExtensionMarkerAttribute(string name)
    {
    }
}

public sealed class FixedBufferAttribute : Attribute
{
    public FixedBufferAttribute(Type elementType, int length)
    {
    }
}

public sealed class IndexerNameAttribute : Attribute
{
    public IndexerNameAttribute(string indexerName)
    {
    }
}

public sealed class InlineArrayAttribute : Attribute
{
    public InlineArrayAttribute(int length)
    {
    }
}

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class InternalsVisibleToAttribute : Attribute
{
    public InternalsVisibleToAttribute(string assemblyName)
    {
    }
}

internal sealed class IntrinsicAttribute : Attribute
{
}

public sealed class IsByRefLikeAttribute : Attribute
{
}

public sealed class IsReadOnlyAttribute : Attribute
{
}

public sealed class IsUnmanagedAttribute : Attribute
{
}

public sealed class ModuleInitializerAttribute : Attribute
{
}

public sealed class NullableAttribute : Attribute
{
    public NullableAttribute(byte flag)
    {
    }

    public NullableAttribute(byte[] flags)
    {
    }
}

public sealed class NullableContextAttribute : Attribute
{
    public NullableContextAttribute(byte flag)
    {
    }
}

public sealed class NullablePublicOnlyAttribute : Attribute
{
    public NullablePublicOnlyAttribute(bool includesInternals)
    {
    }
}

public sealed class OverloadResolutionPriorityAttribute : Attribute
{
    public OverloadResolutionPriorityAttribute(int priority)
    {
    }
}

public sealed class ParamCollectionAttribute : Attribute
{
}

public sealed class PreserveBaseOverridesAttribute : Attribute
{
}

public sealed class RefSafetyRulesAttribute : Attribute
{
    public RefSafetyRulesAttribute(int version)
    {
    }
}

public sealed class ReferenceAssemblyAttribute : Attribute
{
    public ReferenceAssemblyAttribute()
    {
    }

    public ReferenceAssemblyAttribute(string? description)
    {
    }
}

public sealed class RequiredMemberAttribute : Attribute
{
}

public sealed class RequiresLocationAttribute : Attribute
{
}

public sealed class RuntimeCompatibilityAttribute : Attribute
{
    public bool WrapNonExceptionThrows { get; set; }
}

public sealed class ScopedRefAttribute : Attribute
{
}

public sealed class SkipLocalsInitAttribute : Attribute
{
}

public sealed class SpecialNameAttribute : Attribute
{
}

public sealed class TupleElementNamesAttribute : Attribute
{
    public TupleElementNamesAttribute(string?[] transformNames)
    {
    }
}

[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class TypeForwardedToAttribute : Attribute
{
    public TypeForwardedToAttribute(Type destination)
    {
    }
}

public sealed class TypeForwardedFromAttribute : Attribute
{
    public TypeForwardedFromAttribute(string assemblyFullName)
    {
    }
}

public sealed class UnsafeValueTypeAttribute : Attribute
{
}

[Flags]
public enum MethodImplOptions
{
    Unmanaged = 4,
    NoInlining = 8,
    ForwardRef = 16,
    Synchronized = 32,
    NoOptimization = 64,
    PreserveSig = 128,
    AggressiveInlining = 256,
    AggressiveOptimization = 512,
    InternalCall = 4096,
}

public sealed class MethodImplAttribute : Attribute
{
    public MethodImplAttribute()
    {
    }

    public MethodImplAttribute(MethodImplOptions methodImplOptions)
    {
    }
}

public static class IsConst
{
}

public static class IsExternalInit
{
}

public static class IsVolatile
{
}

public class CallConvCdecl
{
}

public class CallConvFastcall
{
}

public class CallConvMemberFunction
{
}

public class CallConvStdcall
{
}

public class CallConvSuppressGCTransition
{
}

public class CallConvThiscall
{
}
