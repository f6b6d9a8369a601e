using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.Intrinsics;

/// <summary>
/// What is done with <see cref="Vector128{T}"/>, for elements of the integer types.
/// </summary>
/// <remarks>
/// The AOT compiler knows most of these by name and puts instructions in their place. A method that calls itself says that it must:
/// where a version of the compiler does not know the name, or not for the operands at hand, it makes an end of the program of such a
/// body. So only what every version knows is written that way (a test compiles all of it with each), and what one of them has dropped from
/// its list, such as Load since .NET 9, has a body that says it in C#.
/// </remarks>
public static unsafe class Vector128
{
    public static bool IsHardwareAccelerated
    {
        [Intrinsic]
        get => IsHardwareAccelerated;
    }

    // To make and to take apart.

    [Intrinsic]
    public static Vector128<T> Create<T>(T value) => Create(value);

    [Intrinsic]
    public static Vector128<byte> Create(byte value) => Create(value);

    [Intrinsic]
    public static Vector128<sbyte> Create(sbyte value) => Create(value);

    [Intrinsic]
    public static Vector128<short> Create(short value) => Create(value);

    [Intrinsic]
    public static Vector128<ushort> Create(ushort value) => Create(value);

    [Intrinsic]
    public static Vector128<int> Create(int value) => Create(value);

    [Intrinsic]
    public static Vector128<uint> Create(uint value) => Create(value);

    [Intrinsic]
    public static Vector128<long> Create(long value) => Create(value);

    [Intrinsic]
    public static Vector128<ulong> Create(ulong value) => Create(value);

    [Intrinsic]
    public static Vector128<byte> Create(byte e0, byte e1, byte e2, byte e3, byte e4, byte e5, byte e6, byte e7, byte e8, byte e9, byte e10, byte e11, byte e12, byte e13, byte e14, byte e15)
        => Create(e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13, e14, e15);

    [Intrinsic]
    public static Vector128<sbyte> Create(sbyte e0, sbyte e1, sbyte e2, sbyte e3, sbyte e4, sbyte e5, sbyte e6, sbyte e7, sbyte e8, sbyte e9, sbyte e10, sbyte e11, sbyte e12, sbyte e13, sbyte e14, sbyte e15)
        => Create(e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13, e14, e15);

    [Intrinsic]
    public static Vector128<short> Create(short e0, short e1, short e2, short e3, short e4, short e5, short e6, short e7)
        => Create(e0, e1, e2, e3, e4, e5, e6, e7);

    [Intrinsic]
    public static Vector128<ushort> Create(ushort e0, ushort e1, ushort e2, ushort e3, ushort e4, ushort e5, ushort e6, ushort e7)
        => Create(e0, e1, e2, e3, e4, e5, e6, e7);

    [Intrinsic]
    public static Vector128<int> Create(int e0, int e1, int e2, int e3) => Create(e0, e1, e2, e3);

    [Intrinsic]
    public static Vector128<uint> Create(uint e0, uint e1, uint e2, uint e3) => Create(e0, e1, e2, e3);

    [Intrinsic]
    public static Vector128<long> Create(long e0, long e1) => Create(e0, e1);

    [Intrinsic]
    public static Vector128<ulong> Create(ulong e0, ulong e1) => Create(e0, e1);

    public static Vector128<T> Create<T>(ReadOnlySpan<T> values)
    {
        if (values.Length < Vector128<T>.Count)
        {
            ThrowHelpers.ThrowArgumentOutOfRangeException();
        }

        return LoadUnsafe(ref values._reference);
    }

    /// <summary>The value in the lowest element, zero in the others.</summary>
    [Intrinsic]
    public static Vector128<T> CreateScalar<T>(T value) => CreateScalar(value);

    [Intrinsic]
    public static Vector128<int> CreateScalar(int value) => CreateScalar(value);

    [Intrinsic]
    public static Vector128<uint> CreateScalar(uint value) => CreateScalar(value);

    [Intrinsic]
    public static Vector128<long> CreateScalar(long value) => CreateScalar(value);

    [Intrinsic]
    public static Vector128<ulong> CreateScalar(ulong value) => CreateScalar(value);

    /// <summary>The lowest element.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ToScalar<T>(this Vector128<T> vector) => *(T*)&vector;

    [Intrinsic]
    public static T GetElement<T>(this Vector128<T> vector, int index)
    {
        if ((uint)index >= (uint)Vector128<T>.Count)
        {
            ThrowHelpers.ThrowArgumentOutOfRangeException();
        }

        return ((T*)&vector)[index];
    }

    [Intrinsic]
    public static Vector128<T> WithElement<T>(this Vector128<T> vector, int index, T value)
    {
        if ((uint)index >= (uint)Vector128<T>.Count)
        {
            ThrowHelpers.ThrowArgumentOutOfRangeException();
        }

        ((T*)&vector)[index] = value;
        return vector;
    }

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TTo> As<TFrom, TTo>(this Vector128<TFrom> vector) => *(Vector128<TTo>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> AsByte<T>(this Vector128<T> vector) => *(Vector128<byte>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> AsSByte<T>(this Vector128<T> vector) => *(Vector128<sbyte>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> AsInt16<T>(this Vector128<T> vector) => *(Vector128<short>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> AsUInt16<T>(this Vector128<T> vector) => *(Vector128<ushort>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> AsInt32<T>(this Vector128<T> vector) => *(Vector128<int>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> AsUInt32<T>(this Vector128<T> vector) => *(Vector128<uint>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> AsInt64<T>(this Vector128<T> vector) => *(Vector128<long>*)&vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> AsUInt64<T>(this Vector128<T> vector) => *(Vector128<ulong>*)&vector;

    // From memory and back.

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load<T>(T* source)
        where T : unmanaged
        => *(Vector128<T>*)source;

    /// <summary>The source must be a multiple of 16.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadAligned<T>(T* source)
        where T : unmanaged
        => *(Vector128<T>*)source;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadUnsafe<T>(ref readonly T source) => *(Vector128<T>*)Unsafe.AsPointer(ref Unsafe.AsRef(in source));

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadUnsafe<T>(ref readonly T source, nuint elementOffset)
        => *(Vector128<T>*)((T*)Unsafe.AsPointer(ref Unsafe.AsRef(in source)) + elementOffset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(this Vector128<T> source, T* destination)
        where T : unmanaged
        => *(Vector128<T>*)destination = source;

    /// <summary>The destination must be a multiple of 16.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAligned<T>(this Vector128<T> source, T* destination)
        where T : unmanaged
        => *(Vector128<T>*)destination = source;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUnsafe<T>(this Vector128<T> source, ref T destination) => *(Vector128<T>*)Unsafe.AsPointer(ref destination) = source;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUnsafe<T>(this Vector128<T> source, ref T destination, nuint elementOffset)
        => *(Vector128<T>*)((T*)Unsafe.AsPointer(ref destination) + elementOffset) = source;

    public static void CopyTo<T>(this Vector128<T> vector, Span<T> destination)
    {
        if (destination.Length < Vector128<T>.Count)
        {
            ThrowHelpers.ThrowArgumentException();
        }

        StoreUnsafe(vector, ref destination._reference);
    }

    public static bool TryCopyTo<T>(this Vector128<T> vector, Span<T> destination)
    {
        if (destination.Length < Vector128<T>.Count)
        {
            return false;
        }

        StoreUnsafe(vector, ref destination._reference);
        return true;
    }

    // Comparisons: all bits of an element are set where it holds, none where it does not.

    [Intrinsic]
    public static Vector128<T> Equals<T>(Vector128<T> left, Vector128<T> right) => Equals(left, right);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EqualsAll<T>(Vector128<T> left, Vector128<T> right) => left == right;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool EqualsAny<T>(Vector128<T> left, Vector128<T> right) => Equals(left, right) != Vector128<T>.Zero;

    [Intrinsic]
    public static Vector128<T> LessThan<T>(Vector128<T> left, Vector128<T> right) => LessThan(left, right);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanAll<T>(Vector128<T> left, Vector128<T> right) => LessThan(left, right) == Vector128<T>.AllBitsSet;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanAny<T>(Vector128<T> left, Vector128<T> right) => LessThan(left, right) != Vector128<T>.Zero;

    [Intrinsic]
    public static Vector128<T> GreaterThan<T>(Vector128<T> left, Vector128<T> right) => GreaterThan(left, right);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanAll<T>(Vector128<T> left, Vector128<T> right) => GreaterThan(left, right) == Vector128<T>.AllBitsSet;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanAny<T>(Vector128<T> left, Vector128<T> right) => GreaterThan(left, right) != Vector128<T>.Zero;

    [Intrinsic]
    public static Vector128<T> LessThanOrEqual<T>(Vector128<T> left, Vector128<T> right) => LessThanOrEqual(left, right);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanOrEqualAll<T>(Vector128<T> left, Vector128<T> right) => LessThanOrEqual(left, right) == Vector128<T>.AllBitsSet;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LessThanOrEqualAny<T>(Vector128<T> left, Vector128<T> right) => LessThanOrEqual(left, right) != Vector128<T>.Zero;

    [Intrinsic]
    public static Vector128<T> GreaterThanOrEqual<T>(Vector128<T> left, Vector128<T> right) => GreaterThanOrEqual(left, right);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanOrEqualAll<T>(Vector128<T> left, Vector128<T> right) => GreaterThanOrEqual(left, right) == Vector128<T>.AllBitsSet;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool GreaterThanOrEqualAny<T>(Vector128<T> left, Vector128<T> right) => GreaterThanOrEqual(left, right) != Vector128<T>.Zero;

    /// <summary>The highest bit of each element; that of the first is the lowest bit of the result.</summary>
    /// <remarks>x86-64 has no instruction for elements of two bytes: they become bytes of the same sign.</remarks>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ExtractMostSignificantBits<T>(this Vector128<T> vector)
        => sizeof(T) == 2 && Sse2.IsSupported
            ? (uint)Sse2.MoveMask(Sse2.PackSignedSaturate(vector.AsInt16(), Vector128<short>.Zero))
            : ExtractMostSignificantBits(vector);

    // Arithmetic.

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add<T>(Vector128<T> left, Vector128<T> right) => left + right;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract<T>(Vector128<T> left, Vector128<T> right) => left - right;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> BitwiseAnd<T>(Vector128<T> left, Vector128<T> right) => left & right;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> BitwiseOr<T>(Vector128<T> left, Vector128<T> right) => left | right;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Xor<T>(Vector128<T> left, Vector128<T> right) => left ^ right;

    /// <summary>Without the bits of the right one.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AndNot<T>(Vector128<T> left, Vector128<T> right) => left & ~right;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> OnesComplement<T>(Vector128<T> vector) => ~vector;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Negate<T>(Vector128<T> vector) => -vector;

    /// <summary>Bit by bit: the left one where the condition has it, otherwise the right one.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ConditionalSelect<T>(Vector128<T> condition, Vector128<T> left, Vector128<T> right)
        => (left & condition) | (right & ~condition);

    [Intrinsic]
    public static Vector128<T> Min<T>(Vector128<T> left, Vector128<T> right) => Min(left, right);

    [Intrinsic]
    public static Vector128<T> Max<T>(Vector128<T> left, Vector128<T> right) => Max(left, right);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ShiftLeft(Vector128<byte> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> ShiftLeft(Vector128<sbyte> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftLeft(Vector128<short> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftLeft(Vector128<ushort> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftLeft(Vector128<int> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftLeft(Vector128<uint> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ShiftLeft(Vector128<long> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ShiftLeft(Vector128<ulong> vector, int shiftCount) => vector << shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> ShiftRightArithmetic(Vector128<sbyte> vector, int shiftCount) => vector >> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftRightArithmetic(Vector128<short> vector, int shiftCount) => vector >> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRightArithmetic(Vector128<int> vector, int shiftCount) => vector >> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ShiftRightArithmetic(Vector128<long> vector, int shiftCount) => vector >> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ShiftRightLogical(Vector128<byte> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> ShiftRightLogical(Vector128<sbyte> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ShiftRightLogical(Vector128<short> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ushort> ShiftRightLogical(Vector128<ushort> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftRightLogical(Vector128<int> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> ShiftRightLogical(Vector128<uint> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> ShiftRightLogical(Vector128<long> vector, int shiftCount) => vector >>> shiftCount;

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<ulong> ShiftRightLogical(Vector128<ulong> vector, int shiftCount) => vector >>> shiftCount;
}
