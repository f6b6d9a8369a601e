namespace System;

/// <summary>An array that the AOT compiler laid out in the executable; none is made while the program runs.</summary>
public abstract class Array
{
    internal int _numComponents; // then 4 bytes of padding, then the elements

    private protected Array()
    {
    }

    public int Length => _numComponents;
}

/// <summary>Where the AOT compiler looks for the members of a one-dimensional array.</summary>
internal abstract class Array<T> : Array
{
}

/// <summary>The layout of a one-dimensional array, to find its first element.</summary>
internal sealed class RawArrayData
{
    internal uint Length;
    internal uint Padding;
    internal byte Data;
}
