namespace System.Reflection;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class AssemblyCompanyAttribute : Attribute
{
    public AssemblyCompanyAttribute(string company)
    {
    }
}

public sealed class AssemblyConfigurationAttribute : Attribute
{
    public AssemblyConfigurationAttribute(string configuration)
    {
    }
}

public sealed class AssemblyCopyrightAttribute : Attribute
{
    public AssemblyCopyrightAttribute(string copyright)
    {
    }
}

public sealed class AssemblyDescriptionAttribute : Attribute
{
    public AssemblyDescriptionAttribute(string description)
    {
    }
}

public sealed class AssemblyFileVersionAttribute : Attribute
{
    public AssemblyFileVersionAttribute(string version)
    {
    }
}

public sealed class AssemblyInformationalVersionAttribute : Attribute
{
    public AssemblyInformationalVersionAttribute(string informationalVersion)
    {
    }
}

public sealed class AssemblyMetadataAttribute : Attribute
{
    public AssemblyMetadataAttribute(string key, string? value)
    {
    }
}

public sealed class AssemblyProductAttribute : Attribute
{
    public AssemblyProductAttribute(string product)
    {
    }
}

public sealed class AssemblyTitleAttribute : Attribute
{
    public AssemblyTitleAttribute(string title)
    {
    }
}

public sealed class AssemblyTrademarkAttribute : Attribute
{
    public AssemblyTrademarkAttribute(string trademark)
    {
    }
}

public sealed class AssemblyVersionAttribute : Attribute
{
    public AssemblyVersionAttribute(string version)
    {
    }
}

public sealed class DefaultMemberAttribute : Attribute
{
    public DefaultMemberAttribute(string memberName)
    {
    }
}
