namespace System.Diagnostics.CodeAnalysis;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class AllowNullAttribute : Attribute
{
}

public sealed class DisallowNullAttribute : Attribute
{
}

public sealed class DoesNotReturnAttribute : Attribute
{
}

public sealed class DoesNotReturnIfAttribute : Attribute
{
    public DoesNotReturnIfAttribute(bool parameterValue)
    {
    }
}

public sealed class DynamicDependencyAttribute : Attribute
{
    public DynamicDependencyAttribute(string memberSignature)
    {
    }
}

public sealed class DynamicallyAccessedMembersAttribute : Attribute
{
    public DynamicallyAccessedMembersAttribute(DynamicallyAccessedMemberTypes memberTypes)
    {
    }
}

public sealed class ExcludeFromCodeCoverageAttribute : Attribute
{
    public string? Justification { get; set; }
}

public sealed class ExperimentalAttribute : Attribute
{
    public ExperimentalAttribute(string diagnosticId)
    {
    }

    public string? UrlFormat { get; set; }
}

public sealed class FeatureGuardAttribute : Attribute
{
    public FeatureGuardAttribute(Type featureType)
    {
    }
}

public sealed class FeatureSwitchDefinitionAttribute : Attribute
{
    public FeatureSwitchDefinitionAttribute(string switchName)
    {
    }
}

public sealed class MaybeNullAttribute : Attribute
{
}

public sealed class MaybeNullWhenAttribute : Attribute
{
    public MaybeNullWhenAttribute(bool returnValue)
    {
    }
}

public sealed class MemberNotNullAttribute : Attribute
{
    public MemberNotNullAttribute(string member)
    {
    }

    public MemberNotNullAttribute(params string[] members)
    {
    }
}

public sealed class MemberNotNullWhenAttribute : Attribute
{
    public MemberNotNullWhenAttribute(bool returnValue, string member)
    {
    }

    public MemberNotNullWhenAttribute(bool returnValue, params string[] members)
    {
    }
}

public sealed class NotNullAttribute : Attribute
{
}

public sealed class NotNullIfNotNullAttribute : Attribute
{
    public NotNullIfNotNullAttribute(string parameterName)
    {
    }
}

public sealed class NotNullWhenAttribute : Attribute
{
    public NotNullWhenAttribute(bool returnValue)
    {
    }
}

public sealed class RequiresAssemblyFilesAttribute : Attribute
{
    public RequiresAssemblyFilesAttribute()
    {
    }

    public RequiresAssemblyFilesAttribute(string message)
    {
    }
}

public sealed class RequiresDynamicCodeAttribute : Attribute
{
    public RequiresDynamicCodeAttribute(string message)
    {
    }

    public string? Url { get; set; }
}

public sealed class RequiresUnreferencedCodeAttribute : Attribute
{
    public RequiresUnreferencedCodeAttribute(string message)
    {
    }

    public string? Url { get; set; }
}

public sealed class SetsRequiredMembersAttribute : Attribute
{
}

public sealed class StringSyntaxAttribute : Attribute
{
    public StringSyntaxAttribute(string syntax)
    {
    }
}

public sealed class SuppressMessageAttribute : Attribute
{
    public SuppressMessageAttribute(string category, string checkId)
    {
    }

    public string? Justification { get; set; }

    public string? MessageId { get; set; }

    public string? Scope { get; set; }

    public string? Target { get; set; }
}

public sealed class UnconditionalSuppressMessageAttribute : Attribute
{
    public UnconditionalSuppressMessageAttribute(string category, string checkId)
    {
    }

    public string? Justification { get; set; }

    public string? MessageId { get; set; }

    public string? Scope { get; set; }

    public string? Target { get; set; }
}

public sealed class UnscopedRefAttribute : Attribute
{
}

[Flags]
public enum DynamicallyAccessedMemberTypes
{
    All = -1,
    None = 0,
}
