namespace System.CodeDom.Compiler;

// Marks what a source generator wrote.

public sealed class GeneratedCodeAttribute : Attribute
{
    public GeneratedCodeAttribute(string? tool, string? version)
    {
    }
}
