using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

/// <summary>Instructions on sixteen bytes of integers, which every x86-64 processor has.</summary>
/// <remarks>A method that calls itself stands for its instruction: the compiler knows it by name, and that it is supported. The compiler for another processor knows neither.</remarks>
[Intrinsic]
public abstract unsafe class Sse2 : Sse
{
    internal Sse2()
    {
    }

    public static new bool IsSupported => false;

    // From memory and back. The aligned ones want a multiple of 16.

    public static Vector128<byte> LoadVector128(byte* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<sbyte> LoadVector128(sbyte* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<short> LoadVector128(short* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<ushort> LoadVector128(ushort* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<int> LoadVector128(int* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<uint> LoadVector128(uint* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<long> LoadVector128(long* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<ulong> LoadVector128(ulong* address) => IsSupported ? LoadVector128(address) : throw NotSupported;

    public static Vector128<byte> LoadAlignedVector128(byte* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<sbyte> LoadAlignedVector128(sbyte* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<short> LoadAlignedVector128(short* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<ushort> LoadAlignedVector128(ushort* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<int> LoadAlignedVector128(int* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<uint> LoadAlignedVector128(uint* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<long> LoadAlignedVector128(long* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static Vector128<ulong> LoadAlignedVector128(ulong* address) => IsSupported ? LoadAlignedVector128(address) : throw NotSupported;

    public static void Store(byte* address, Vector128<byte> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(sbyte* address, Vector128<sbyte> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(short* address, Vector128<short> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(ushort* address, Vector128<ushort> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(int* address, Vector128<int> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(uint* address, Vector128<uint> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(long* address, Vector128<long> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void Store(ulong* address, Vector128<ulong> source)
    {
        Demand(IsSupported);
        Store(address, source);
    }

    public static void StoreAligned(byte* address, Vector128<byte> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(sbyte* address, Vector128<sbyte> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(short* address, Vector128<short> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(ushort* address, Vector128<ushort> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(int* address, Vector128<int> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(uint* address, Vector128<uint> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(long* address, Vector128<long> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    public static void StoreAligned(ulong* address, Vector128<ulong> source)
    {
        Demand(IsSupported);
        StoreAligned(address, source);
    }

    // Comparisons: all bits of an element are set where it holds. The unsigned have none but for equality.

    public static Vector128<byte> CompareEqual(Vector128<byte> left, Vector128<byte> right) => IsSupported ? CompareEqual(left, right) : throw NotSupported;

    public static Vector128<sbyte> CompareEqual(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? CompareEqual(left, right) : throw NotSupported;

    public static Vector128<short> CompareEqual(Vector128<short> left, Vector128<short> right) => IsSupported ? CompareEqual(left, right) : throw NotSupported;

    public static Vector128<ushort> CompareEqual(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? CompareEqual(left, right) : throw NotSupported;

    public static Vector128<int> CompareEqual(Vector128<int> left, Vector128<int> right) => IsSupported ? CompareEqual(left, right) : throw NotSupported;

    public static Vector128<uint> CompareEqual(Vector128<uint> left, Vector128<uint> right) => IsSupported ? CompareEqual(left, right) : throw NotSupported;

    public static Vector128<sbyte> CompareGreaterThan(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? CompareGreaterThan(left, right) : throw NotSupported;

    public static Vector128<short> CompareGreaterThan(Vector128<short> left, Vector128<short> right) => IsSupported ? CompareGreaterThan(left, right) : throw NotSupported;

    public static Vector128<int> CompareGreaterThan(Vector128<int> left, Vector128<int> right) => IsSupported ? CompareGreaterThan(left, right) : throw NotSupported;

    public static Vector128<sbyte> CompareLessThan(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? CompareLessThan(left, right) : throw NotSupported;

    public static Vector128<short> CompareLessThan(Vector128<short> left, Vector128<short> right) => IsSupported ? CompareLessThan(left, right) : throw NotSupported;

    public static Vector128<int> CompareLessThan(Vector128<int> left, Vector128<int> right) => IsSupported ? CompareLessThan(left, right) : throw NotSupported;

    // The highest bit of each byte.

    public static int MoveMask(Vector128<byte> value) => IsSupported ? MoveMask(value) : throw NotSupported;

    public static int MoveMask(Vector128<sbyte> value) => IsSupported ? MoveMask(value) : throw NotSupported;

    // The smaller and the larger.

    public static Vector128<byte> Max(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Max(left, right) : throw NotSupported;

    public static Vector128<short> Max(Vector128<short> left, Vector128<short> right) => IsSupported ? Max(left, right) : throw NotSupported;

    public static Vector128<byte> Min(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Min(left, right) : throw NotSupported;

    public static Vector128<short> Min(Vector128<short> left, Vector128<short> right) => IsSupported ? Min(left, right) : throw NotSupported;

    // Bits.

    public static Vector128<byte> And(Vector128<byte> left, Vector128<byte> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<sbyte> And(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<short> And(Vector128<short> left, Vector128<short> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<ushort> And(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<int> And(Vector128<int> left, Vector128<int> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<uint> And(Vector128<uint> left, Vector128<uint> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<long> And(Vector128<long> left, Vector128<long> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<ulong> And(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? And(left, right) : throw NotSupported;

    public static Vector128<byte> AndNot(Vector128<byte> left, Vector128<byte> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<sbyte> AndNot(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<short> AndNot(Vector128<short> left, Vector128<short> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<ushort> AndNot(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<int> AndNot(Vector128<int> left, Vector128<int> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<uint> AndNot(Vector128<uint> left, Vector128<uint> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<long> AndNot(Vector128<long> left, Vector128<long> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<ulong> AndNot(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? AndNot(left, right) : throw NotSupported;

    public static Vector128<byte> Or(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<sbyte> Or(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<short> Or(Vector128<short> left, Vector128<short> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<ushort> Or(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<int> Or(Vector128<int> left, Vector128<int> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<uint> Or(Vector128<uint> left, Vector128<uint> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<long> Or(Vector128<long> left, Vector128<long> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<ulong> Or(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? Or(left, right) : throw NotSupported;

    public static Vector128<byte> Xor(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<sbyte> Xor(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<short> Xor(Vector128<short> left, Vector128<short> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<ushort> Xor(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<int> Xor(Vector128<int> left, Vector128<int> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<uint> Xor(Vector128<uint> left, Vector128<uint> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<long> Xor(Vector128<long> left, Vector128<long> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    public static Vector128<ulong> Xor(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? Xor(left, right) : throw NotSupported;

    // Arithmetic; saturating stops at the limits of the type.

    public static Vector128<byte> Add(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<sbyte> Add(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<short> Add(Vector128<short> left, Vector128<short> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<ushort> Add(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<int> Add(Vector128<int> left, Vector128<int> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<uint> Add(Vector128<uint> left, Vector128<uint> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<long> Add(Vector128<long> left, Vector128<long> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<ulong> Add(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? Add(left, right) : throw NotSupported;

    public static Vector128<byte> AddSaturate(Vector128<byte> left, Vector128<byte> right) => IsSupported ? AddSaturate(left, right) : throw NotSupported;

    public static Vector128<sbyte> AddSaturate(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? AddSaturate(left, right) : throw NotSupported;

    public static Vector128<short> AddSaturate(Vector128<short> left, Vector128<short> right) => IsSupported ? AddSaturate(left, right) : throw NotSupported;

    public static Vector128<ushort> AddSaturate(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? AddSaturate(left, right) : throw NotSupported;

    public static Vector128<byte> Subtract(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<sbyte> Subtract(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<short> Subtract(Vector128<short> left, Vector128<short> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<ushort> Subtract(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<int> Subtract(Vector128<int> left, Vector128<int> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<uint> Subtract(Vector128<uint> left, Vector128<uint> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<long> Subtract(Vector128<long> left, Vector128<long> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<ulong> Subtract(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? Subtract(left, right) : throw NotSupported;

    public static Vector128<byte> SubtractSaturate(Vector128<byte> left, Vector128<byte> right) => IsSupported ? SubtractSaturate(left, right) : throw NotSupported;

    public static Vector128<sbyte> SubtractSaturate(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? SubtractSaturate(left, right) : throw NotSupported;

    public static Vector128<short> SubtractSaturate(Vector128<short> left, Vector128<short> right) => IsSupported ? SubtractSaturate(left, right) : throw NotSupported;

    public static Vector128<ushort> SubtractSaturate(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? SubtractSaturate(left, right) : throw NotSupported;

    public static Vector128<byte> Average(Vector128<byte> left, Vector128<byte> right) => IsSupported ? Average(left, right) : throw NotSupported;

    public static Vector128<ushort> Average(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? Average(left, right) : throw NotSupported;

    public static Vector128<short> MultiplyLow(Vector128<short> left, Vector128<short> right) => IsSupported ? MultiplyLow(left, right) : throw NotSupported;

    public static Vector128<ushort> MultiplyLow(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? MultiplyLow(left, right) : throw NotSupported;

    public static Vector128<short> MultiplyHigh(Vector128<short> left, Vector128<short> right) => IsSupported ? MultiplyHigh(left, right) : throw NotSupported;

    public static Vector128<ushort> MultiplyHigh(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? MultiplyHigh(left, right) : throw NotSupported;

    public static Vector128<int> MultiplyAddAdjacent(Vector128<short> left, Vector128<short> right) => IsSupported ? MultiplyAddAdjacent(left, right) : throw NotSupported;

    public static Vector128<ushort> SumAbsoluteDifferences(Vector128<byte> left, Vector128<byte> right) => IsSupported ? SumAbsoluteDifferences(left, right) : throw NotSupported;

    public static Vector128<ulong> Multiply(Vector128<uint> left, Vector128<uint> right) => IsSupported ? Multiply(left, right) : throw NotSupported;

    // Shifts, by a number that need not be a constant.

    public static Vector128<short> ShiftLeftLogical(Vector128<short> value, byte count) => IsSupported ? ShiftLeftLogical(value, count) : throw NotSupported;

    public static Vector128<ushort> ShiftLeftLogical(Vector128<ushort> value, byte count) => IsSupported ? ShiftLeftLogical(value, count) : throw NotSupported;

    public static Vector128<int> ShiftLeftLogical(Vector128<int> value, byte count) => IsSupported ? ShiftLeftLogical(value, count) : throw NotSupported;

    public static Vector128<uint> ShiftLeftLogical(Vector128<uint> value, byte count) => IsSupported ? ShiftLeftLogical(value, count) : throw NotSupported;

    public static Vector128<long> ShiftLeftLogical(Vector128<long> value, byte count) => IsSupported ? ShiftLeftLogical(value, count) : throw NotSupported;

    public static Vector128<ulong> ShiftLeftLogical(Vector128<ulong> value, byte count) => IsSupported ? ShiftLeftLogical(value, count) : throw NotSupported;

    public static Vector128<short> ShiftRightLogical(Vector128<short> value, byte count) => IsSupported ? ShiftRightLogical(value, count) : throw NotSupported;

    public static Vector128<ushort> ShiftRightLogical(Vector128<ushort> value, byte count) => IsSupported ? ShiftRightLogical(value, count) : throw NotSupported;

    public static Vector128<int> ShiftRightLogical(Vector128<int> value, byte count) => IsSupported ? ShiftRightLogical(value, count) : throw NotSupported;

    public static Vector128<uint> ShiftRightLogical(Vector128<uint> value, byte count) => IsSupported ? ShiftRightLogical(value, count) : throw NotSupported;

    public static Vector128<long> ShiftRightLogical(Vector128<long> value, byte count) => IsSupported ? ShiftRightLogical(value, count) : throw NotSupported;

    public static Vector128<ulong> ShiftRightLogical(Vector128<ulong> value, byte count) => IsSupported ? ShiftRightLogical(value, count) : throw NotSupported;

    public static Vector128<short> ShiftRightArithmetic(Vector128<short> value, byte count) => IsSupported ? ShiftRightArithmetic(value, count) : throw NotSupported;

    public static Vector128<int> ShiftRightArithmetic(Vector128<int> value, byte count) => IsSupported ? ShiftRightArithmetic(value, count) : throw NotSupported;

    public static Vector128<byte> ShiftLeftLogical128BitLane(Vector128<byte> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<sbyte> ShiftLeftLogical128BitLane(Vector128<sbyte> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<short> ShiftLeftLogical128BitLane(Vector128<short> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<ushort> ShiftLeftLogical128BitLane(Vector128<ushort> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<int> ShiftLeftLogical128BitLane(Vector128<int> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<uint> ShiftLeftLogical128BitLane(Vector128<uint> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<long> ShiftLeftLogical128BitLane(Vector128<long> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<ulong> ShiftLeftLogical128BitLane(Vector128<ulong> value, byte numBytes) => IsSupported ? ShiftLeftLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<byte> ShiftRightLogical128BitLane(Vector128<byte> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<sbyte> ShiftRightLogical128BitLane(Vector128<sbyte> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<short> ShiftRightLogical128BitLane(Vector128<short> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<ushort> ShiftRightLogical128BitLane(Vector128<ushort> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<int> ShiftRightLogical128BitLane(Vector128<int> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<uint> ShiftRightLogical128BitLane(Vector128<uint> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<long> ShiftRightLogical128BitLane(Vector128<long> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    public static Vector128<ulong> ShiftRightLogical128BitLane(Vector128<ulong> value, byte numBytes) => IsSupported ? ShiftRightLogical128BitLane(value, numBytes) : throw NotSupported;

    // Elements moved.

    public static Vector128<byte> UnpackHigh(Vector128<byte> left, Vector128<byte> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<sbyte> UnpackHigh(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<short> UnpackHigh(Vector128<short> left, Vector128<short> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<ushort> UnpackHigh(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<int> UnpackHigh(Vector128<int> left, Vector128<int> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<uint> UnpackHigh(Vector128<uint> left, Vector128<uint> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<long> UnpackHigh(Vector128<long> left, Vector128<long> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<ulong> UnpackHigh(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? UnpackHigh(left, right) : throw NotSupported;

    public static Vector128<byte> UnpackLow(Vector128<byte> left, Vector128<byte> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<sbyte> UnpackLow(Vector128<sbyte> left, Vector128<sbyte> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<short> UnpackLow(Vector128<short> left, Vector128<short> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<ushort> UnpackLow(Vector128<ushort> left, Vector128<ushort> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<int> UnpackLow(Vector128<int> left, Vector128<int> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<uint> UnpackLow(Vector128<uint> left, Vector128<uint> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<long> UnpackLow(Vector128<long> left, Vector128<long> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<ulong> UnpackLow(Vector128<ulong> left, Vector128<ulong> right) => IsSupported ? UnpackLow(left, right) : throw NotSupported;

    public static Vector128<sbyte> PackSignedSaturate(Vector128<short> left, Vector128<short> right) => IsSupported ? PackSignedSaturate(left, right) : throw NotSupported;

    public static Vector128<short> PackSignedSaturate(Vector128<int> left, Vector128<int> right) => IsSupported ? PackSignedSaturate(left, right) : throw NotSupported;

    public static Vector128<byte> PackUnsignedSaturate(Vector128<short> left, Vector128<short> right) => IsSupported ? PackUnsignedSaturate(left, right) : throw NotSupported;

    public static Vector128<int> Shuffle(Vector128<int> value, byte control) => IsSupported ? Shuffle(value, control) : throw NotSupported;

    public static Vector128<uint> Shuffle(Vector128<uint> value, byte control) => IsSupported ? Shuffle(value, control) : throw NotSupported;

    // The lowest element.

    public static int ConvertToInt32(Vector128<int> value) => IsSupported ? ConvertToInt32(value) : throw NotSupported;

    public static uint ConvertToUInt32(Vector128<uint> value) => IsSupported ? ConvertToUInt32(value) : throw NotSupported;

    public static Vector128<int> ConvertScalarToVector128Int32(int value) => IsSupported ? ConvertScalarToVector128Int32(value) : throw NotSupported;

    public static Vector128<uint> ConvertScalarToVector128UInt32(uint value) => IsSupported ? ConvertScalarToVector128UInt32(value) : throw NotSupported;

    [Intrinsic]
    public abstract new class X64 : Sse.X64
    {
        internal X64()
        {
        }

        public static new bool IsSupported => false;

        public static long ConvertToInt64(Vector128<long> value) => IsSupported ? ConvertToInt64(value) : throw NotSupported;

        public static ulong ConvertToUInt64(Vector128<ulong> value) => IsSupported ? ConvertToUInt64(value) : throw NotSupported;

        public static Vector128<long> ConvertScalarToVector128Int64(long value) => IsSupported ? ConvertScalarToVector128Int64(value) : throw NotSupported;

        public static Vector128<ulong> ConvertScalarToVector128UInt64(ulong value) => IsSupported ? ConvertScalarToVector128UInt64(value) : throw NotSupported;
    }
}
