using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace System;

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2> : IEquatable<(T1, T2)>
{
    public T1 Item1;
    public T2 Item2;

    public ValueTuple(T1 item1, T2 item2)
    {
        Item1 = item1;
        Item2 = item2;
    }

    public readonly bool Equals((T1, T2) other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2);

    public override readonly int GetHashCode()
        => (EqualityComparer<T1>.Default.GetHashCode(Item1!) * 31)
            + EqualityComparer<T2>.Default.GetHashCode(Item2!);
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3> : IEquatable<(T1, T2, T3)>
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;

    public ValueTuple(T1 item1, T2 item2, T3 item3)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
    }

    public readonly bool Equals((T1, T2, T3) other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3);

    public override readonly int GetHashCode()
        => (((EqualityComparer<T1>.Default.GetHashCode(Item1!) * 31)
            + EqualityComparer<T2>.Default.GetHashCode(Item2!)) * 31)
            + EqualityComparer<T3>.Default.GetHashCode(Item3!);
}

[StructLayout(LayoutKind.Auto)]
public struct ValueTuple<T1, T2, T3, T4> : IEquatable<(T1, T2, T3, T4)>
{
    public T1 Item1;
    public T2 Item2;
    public T3 Item3;
    public T4 Item4;

    public ValueTuple(T1 item1, T2 item2, T3 item3, T4 item4)
    {
        Item1 = item1;
        Item2 = item2;
        Item3 = item3;
        Item4 = item4;
    }

    public readonly bool Equals((T1, T2, T3, T4) other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3)
            && EqualityComparer<T4>.Default.Equals(Item4, other.Item4);

    public override readonly int GetHashCode()
        => (((((EqualityComparer<T1>.Default.GetHashCode(Item1!) * 31)
            + EqualityComparer<T2>.Default.GetHashCode(Item2!)) * 31)
            + EqualityComparer<T3>.Default.GetHashCode(Item3!)) * 31)
            + EqualityComparer<T4>.Default.GetHashCode(Item4!);
}
