namespace System.Runtime.Versioning;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class RequiresPreviewFeaturesAttribute : Attribute
{
    public RequiresPreviewFeaturesAttribute()
    {
    }

    public RequiresPreviewFeaturesAttribute(string? message)
    {
    }
}

public sealed class SupportedOSPlatformAttribute : Attribute
{
    public SupportedOSPlatformAttribute(string platformName)
    {
    }
}

public sealed class TargetFrameworkAttribute : Attribute
{
    public TargetFrameworkAttribute(string frameworkName)
    {
    }

    public string? FrameworkDisplayName { get; set; }
}

public sealed class TargetPlatformAttribute : Attribute
{
    public TargetPlatformAttribute(string platformName)
    {
    }
}

public sealed class UnsupportedOSPlatformAttribute : Attribute
{
    public UnsupportedOSPlatformAttribute(string platformName)
    {
    }
}
