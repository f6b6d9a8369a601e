namespace System.Runtime;

/// <summary>Gives a method the symbol that compiled code calls it by.</summary>
public sealed class RuntimeExportAttribute : Attribute
{
    public RuntimeExportAttribute(string entry)
    {
    }
}

/// <summary>Known to the AOT compiler only.</summary>
public sealed class RuntimeImportAttribute : Attribute
{
    public RuntimeImportAttribute(string entry)
    {
    }

    public RuntimeImportAttribute(string dllName, string entry)
    {
    }
}
