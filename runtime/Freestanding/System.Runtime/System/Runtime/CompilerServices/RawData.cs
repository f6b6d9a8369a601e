namespace System.Runtime.CompilerServices;

/// <summary>An object as the AOT compiler sees it where it passes on a struct that is in one: behind the description of its type come the bytes of its value.</summary>
internal sealed class RawData
{
    // The AOT compiler looks for it by this name, and nobody assigns it.
#pragma warning disable CS0649
    public byte Data;
#pragma warning restore CS0649
}
