using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics;

/// <summary>Sixteen bytes in a register of the processor, as elements of an integer type. What is done with it is in <see cref="Vector128"/>.</summary>
[Intrinsic]
public readonly struct Vector128<T> : IEquatable<Vector128<T>>
{
    // The compiler knows the type by its name and holds it in a register; the fields give it its size.
    private readonly ulong _00;
    private readonly ulong _01;

    public static Vector128<T> Zero
    {
        [Intrinsic]
        get => default;
    }

    public static Vector128<T> AllBitsSet
    {
        [Intrinsic]
        get => Vector128.Create(uint.MaxValue).As<uint, T>();
    }

    public static unsafe int Count
    {
        [Intrinsic]
        get => sizeof(Vector128<T>) / sizeof(T);
    }

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => this.GetElement(index);
    }

    [Intrinsic]
    public static Vector128<T> operator &(Vector128<T> left, Vector128<T> right) => left & right;

    [Intrinsic]
    public static Vector128<T> operator |(Vector128<T> left, Vector128<T> right) => left | right;

    [Intrinsic]
    public static Vector128<T> operator ^(Vector128<T> left, Vector128<T> right) => left ^ right;

    [Intrinsic]
    public static Vector128<T> operator +(Vector128<T> left, Vector128<T> right) => left + right;

    [Intrinsic]
    public static Vector128<T> operator -(Vector128<T> left, Vector128<T> right) => left - right;

    [Intrinsic]
    public static Vector128<T> operator ~(Vector128<T> vector) => ~vector;

    [Intrinsic]
    public static Vector128<T> operator -(Vector128<T> vector) => -vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> operator +(Vector128<T> value) => value;

    /// <remarks>There is no instruction for bytes: of pairs of them, without what came over from the neighbour.</remarks>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector128<T> operator <<(Vector128<T> value, int shiftCount)
        => sizeof(T) == 1
            ? (Vector128.ShiftLeft(value.AsUInt16(), shiftCount & 7).AsByte() & Vector128.Create((byte)(0xFF << (shiftCount & 7)))).As<byte, T>()
            : value << shiftCount;

    /// <remarks>For elements without an instruction: ones from above into those below zero, of which there are none in an unsigned type.</remarks>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> operator >>(Vector128<T> value, int shiftCount)
        => (value >>> shiftCount) | Vector128.AndNot(Vector128.LessThan(value, Zero), AllBitsSet >>> shiftCount);

    [Intrinsic]
    public static Vector128<T> operator >>>(Vector128<T> value, int shiftCount) => value >>> shiftCount;

    [Intrinsic]
    public static bool operator ==(Vector128<T> left, Vector128<T> right) => left == right;

    [Intrinsic]
    public static bool operator !=(Vector128<T> left, Vector128<T> right) => left != right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Vector128<T> other) => this == other;
}
