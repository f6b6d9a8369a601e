using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics;

// The AOT compiler puts instructions in place of all these members: each calls itself, which is how it is told that there is
// nothing else to call. Every x86-64 has SSE2, and with it all of Vector128 that is here.

[Intrinsic]
public readonly struct Vector128<T>
{
    private readonly ulong _word0;
    private readonly ulong _word1;

    public static Vector128<T> Zero
    {
        [Intrinsic]
        get => Zero;
    }

    public static Vector128<T> AllBitsSet
    {
        [Intrinsic]
        get => AllBitsSet;
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
    public static bool operator ==(Vector128<T> left, Vector128<T> right) => left == right;

    [Intrinsic]
    public static bool operator !=(Vector128<T> left, Vector128<T> right) => left != right;
}

public static unsafe class Vector128
{
    public static bool IsHardwareAccelerated
    {
        [Intrinsic]
        get => IsHardwareAccelerated;
    }

    [Intrinsic]
    public static Vector128<byte> Create(byte value) => Create(value);

    [Intrinsic]
    public static Vector128<ushort> Create(ushort value) => Create(value);

    [Intrinsic]
    public static Vector128<uint> Create(uint value) => Create(value);

    [Intrinsic]
    public static Vector128<ulong> Create(ulong value) => Create(value);

    [Intrinsic]
    public static Vector128<T> Load<T>(T* source) => Load(source);

    [Intrinsic]
    public static Vector128<T> LoadUnsafe<T>(ref readonly T source) => LoadUnsafe(in source);

    [Intrinsic]
    public static Vector128<T> LoadUnsafe<T>(ref readonly T source, nuint elementOffset) => LoadUnsafe(in source, elementOffset);

    [Intrinsic]
    public static Vector128<T> Equals<T>(Vector128<T> left, Vector128<T> right) => Equals(left, right);

    [Intrinsic]
    public static Vector128<T> BitwiseAnd<T>(Vector128<T> left, Vector128<T> right) => BitwiseAnd(left, right);

    [Intrinsic]
    public static Vector128<T> BitwiseOr<T>(Vector128<T> left, Vector128<T> right) => BitwiseOr(left, right);

    [Intrinsic]
    public static Vector128<T> Xor<T>(Vector128<T> left, Vector128<T> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<T> Add<T>(Vector128<T> left, Vector128<T> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<T> Subtract<T>(Vector128<T> left, Vector128<T> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<T> Min<T>(Vector128<T> left, Vector128<T> right) => Min(left, right);

    [Intrinsic]
    public static Vector128<T> Max<T>(Vector128<T> left, Vector128<T> right) => Max(left, right);

    [Intrinsic]
    public static void Store<T>(this Vector128<T> source, T* destination) => Store(source, destination);

    [Intrinsic]
    public static void StoreUnsafe<T>(this Vector128<T> source, ref T destination) => StoreUnsafe(source, ref destination);

    [Intrinsic]
    public static uint ExtractMostSignificantBits<T>(this Vector128<T> vector) => ExtractMostSignificantBits(vector);

    [Intrinsic]
    public static Vector128<byte> AsByte<T>(this Vector128<T> vector) => AsByte(vector);

    [Intrinsic]
    public static Vector128<sbyte> AsSByte<T>(this Vector128<T> vector) => AsSByte(vector);

    [Intrinsic]
    public static Vector128<ushort> AsUInt16<T>(this Vector128<T> vector) => AsUInt16(vector);

    [Intrinsic]
    public static Vector128<uint> AsUInt32<T>(this Vector128<T> vector) => AsUInt32(vector);

    [Intrinsic]
    public static Vector128<ulong> AsUInt64<T>(this Vector128<T> vector) => AsUInt64(vector);
}

[Intrinsic]
public readonly struct Vector256<T>
{
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    public static Vector256<T> Zero
    {
        [Intrinsic]
        get => Zero;
    }

    public static Vector256<T> AllBitsSet
    {
        [Intrinsic]
        get => AllBitsSet;
    }

    [Intrinsic]
    public static Vector256<T> operator &(Vector256<T> left, Vector256<T> right) => left & right;

    [Intrinsic]
    public static Vector256<T> operator |(Vector256<T> left, Vector256<T> right) => left | right;

    [Intrinsic]
    public static Vector256<T> operator ^(Vector256<T> left, Vector256<T> right) => left ^ right;

    [Intrinsic]
    public static Vector256<T> operator +(Vector256<T> left, Vector256<T> right) => left + right;

    [Intrinsic]
    public static Vector256<T> operator -(Vector256<T> left, Vector256<T> right) => left - right;

    [Intrinsic]
    public static Vector256<T> operator ~(Vector256<T> vector) => ~vector;

    [Intrinsic]
    public static bool operator ==(Vector256<T> left, Vector256<T> right) => left == right;

    [Intrinsic]
    public static bool operator !=(Vector256<T> left, Vector256<T> right) => left != right;
}

public static unsafe class Vector256
{
    public static bool IsHardwareAccelerated
    {
        [Intrinsic]
        get => IsHardwareAccelerated;
    }

    [Intrinsic]
    public static Vector256<byte> Create(byte value) => Create(value);

    [Intrinsic]
    public static Vector256<ushort> Create(ushort value) => Create(value);

    [Intrinsic]
    public static Vector256<uint> Create(uint value) => Create(value);

    [Intrinsic]
    public static Vector256<ulong> Create(ulong value) => Create(value);

    [Intrinsic]
    public static Vector256<T> Load<T>(T* source) => Load(source);

    [Intrinsic]
    public static Vector256<T> LoadUnsafe<T>(ref readonly T source) => LoadUnsafe(in source);

    [Intrinsic]
    public static Vector256<T> LoadUnsafe<T>(ref readonly T source, nuint elementOffset) => LoadUnsafe(in source, elementOffset);

    [Intrinsic]
    public static Vector256<T> Equals<T>(Vector256<T> left, Vector256<T> right) => Equals(left, right);

    [Intrinsic]
    public static Vector256<T> BitwiseAnd<T>(Vector256<T> left, Vector256<T> right) => BitwiseAnd(left, right);

    [Intrinsic]
    public static Vector256<T> BitwiseOr<T>(Vector256<T> left, Vector256<T> right) => BitwiseOr(left, right);

    [Intrinsic]
    public static Vector256<T> Xor<T>(Vector256<T> left, Vector256<T> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<T> Add<T>(Vector256<T> left, Vector256<T> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<T> Subtract<T>(Vector256<T> left, Vector256<T> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<T> Min<T>(Vector256<T> left, Vector256<T> right) => Min(left, right);

    [Intrinsic]
    public static Vector256<T> Max<T>(Vector256<T> left, Vector256<T> right) => Max(left, right);

    [Intrinsic]
    public static void Store<T>(this Vector256<T> source, T* destination) => Store(source, destination);

    [Intrinsic]
    public static void StoreUnsafe<T>(this Vector256<T> source, ref T destination) => StoreUnsafe(source, ref destination);

    [Intrinsic]
    public static uint ExtractMostSignificantBits<T>(this Vector256<T> vector) => ExtractMostSignificantBits(vector);

    [Intrinsic]
    public static Vector256<byte> AsByte<T>(this Vector256<T> vector) => AsByte(vector);

    [Intrinsic]
    public static Vector256<sbyte> AsSByte<T>(this Vector256<T> vector) => AsSByte(vector);

    [Intrinsic]
    public static Vector256<ushort> AsUInt16<T>(this Vector256<T> vector) => AsUInt16(vector);

    [Intrinsic]
    public static Vector256<uint> AsUInt32<T>(this Vector256<T> vector) => AsUInt32(vector);

    [Intrinsic]
    public static Vector256<ulong> AsUInt64<T>(this Vector256<T> vector) => AsUInt64(vector);
}
