using System.ComponentModel;

// The AOT compiler knows the attribute by this name; the framework has it too, but does not show it.
namespace System.Runtime;

/// <summary>
/// Gives a method a symbol by which the start code of the freestanding host calls it: with nothing around it, where
/// <see cref="InteropServices.UnmanagedCallersOnlyAttribute"/> would tell a runtime of the call.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RuntimeExportAttribute : Attribute
{
    /// <summary>Names the symbol.</summary>
    /// <param name="entry">The symbol.</param>
    public RuntimeExportAttribute(string entry) => Entry = entry;

    /// <summary>The symbol.</summary>
    public string Entry { get; }
}
