namespace System.Runtime.CompilerServices;

/// <summary>What the AOT compiler lays out before the static fields of a type that has a static constructor to run.</summary>
internal struct StaticClassConstructionContext
{
    /// <summary>The static constructor; 0 once it has run.</summary>
    public nint cctorMethodAddress;
}
