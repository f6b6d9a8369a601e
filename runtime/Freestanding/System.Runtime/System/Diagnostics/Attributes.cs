namespace System.Diagnostics;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class ConditionalAttribute : Attribute
{
    public ConditionalAttribute(string conditionString)
    {
    }
}

public sealed class DebuggableAttribute : Attribute
{
    [Flags]
    public enum DebuggingModes
    {
        None = 0,
        Default = 1,
        IgnoreSymbolStoreSequencePoints = 2,
        EnableEditAndContinue = 4,
        DisableOptimizations = 256,
    }

    public DebuggableAttribute(DebuggableAttribute.DebuggingModes modes)
    {
    }

    public DebuggableAttribute(bool isJITTrackingEnabled, bool isJITOptimizerDisabled)
    {
    }
}

public sealed class DebuggerBrowsableAttribute : Attribute
{
    public DebuggerBrowsableAttribute(DebuggerBrowsableState state)
    {
    }
}

public sealed class DebuggerDisplayAttribute : Attribute
{
    public DebuggerDisplayAttribute(string? value)
    {
    }

    public string? Name { get; set; }

    public string? Type { get; set; }
}

public sealed class DebuggerHiddenAttribute : Attribute
{
}

public sealed class DebuggerNonUserCodeAttribute : Attribute
{
}

public sealed class DebuggerStepThroughAttribute : Attribute
{
}

public sealed class StackTraceHiddenAttribute : Attribute
{
}

public enum DebuggerBrowsableState
{
    Never = 0,
    Collapsed = 2,
    RootHidden = 3,
}
