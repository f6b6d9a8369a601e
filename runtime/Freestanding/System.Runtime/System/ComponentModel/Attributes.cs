namespace System.ComponentModel;

// Attributes that the C# compiler writes or demands, and those that sources carry. They are never looked at while the program runs, so most keep nothing.

public sealed class EditorBrowsableAttribute : Attribute
{
    public EditorBrowsableAttribute()
    {
    }

    public EditorBrowsableAttribute(EditorBrowsableState state)
    {
    }
}

public enum EditorBrowsableState
{
    Always = 0,
    Never = 1,
    Advanced = 2,
}
