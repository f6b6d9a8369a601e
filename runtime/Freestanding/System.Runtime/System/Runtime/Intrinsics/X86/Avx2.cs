using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

/// <summary>256-bit instructions (Vector256 loads and stores); ask IsSupported, which the AOT compiler answers from its instruction set option.</summary>
[Intrinsic]
public abstract unsafe class Avx2
{
    internal Avx2()
    {
    }

    public static bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector256<byte> Add(Vector256<byte> left, Vector256<byte> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<byte> Subtract(Vector256<byte> left, Vector256<byte> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<byte> And(Vector256<byte> left, Vector256<byte> right) => And(left, right);

    [Intrinsic]
    public static Vector256<byte> AndNot(Vector256<byte> left, Vector256<byte> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<byte> Or(Vector256<byte> left, Vector256<byte> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<byte> Xor(Vector256<byte> left, Vector256<byte> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<byte> CompareEqual(Vector256<byte> left, Vector256<byte> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<byte> Min(Vector256<byte> left, Vector256<byte> right) => Min(left, right);

    [Intrinsic]
    public static Vector256<byte> Max(Vector256<byte> left, Vector256<byte> right) => Max(left, right);

    [Intrinsic]
    public static int MoveMask(Vector256<byte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector256<byte> SubtractSaturate(Vector256<byte> left, Vector256<byte> right) => SubtractSaturate(left, right);

    [Intrinsic]
    public static Vector256<byte> AddSaturate(Vector256<byte> left, Vector256<byte> right) => AddSaturate(left, right);

    [Intrinsic]
    public static Vector256<sbyte> Add(Vector256<sbyte> left, Vector256<sbyte> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<sbyte> Subtract(Vector256<sbyte> left, Vector256<sbyte> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<sbyte> And(Vector256<sbyte> left, Vector256<sbyte> right) => And(left, right);

    [Intrinsic]
    public static Vector256<sbyte> AndNot(Vector256<sbyte> left, Vector256<sbyte> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<sbyte> Or(Vector256<sbyte> left, Vector256<sbyte> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<sbyte> Xor(Vector256<sbyte> left, Vector256<sbyte> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<sbyte> CompareEqual(Vector256<sbyte> left, Vector256<sbyte> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<sbyte> CompareGreaterThan(Vector256<sbyte> left, Vector256<sbyte> right) => CompareGreaterThan(left, right);

    [Intrinsic]
    public static int MoveMask(Vector256<sbyte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector256<ushort> Add(Vector256<ushort> left, Vector256<ushort> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<ushort> Subtract(Vector256<ushort> left, Vector256<ushort> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<ushort> And(Vector256<ushort> left, Vector256<ushort> right) => And(left, right);

    [Intrinsic]
    public static Vector256<ushort> AndNot(Vector256<ushort> left, Vector256<ushort> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<ushort> Or(Vector256<ushort> left, Vector256<ushort> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<ushort> Xor(Vector256<ushort> left, Vector256<ushort> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<ushort> CompareEqual(Vector256<ushort> left, Vector256<ushort> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<ushort> SubtractSaturate(Vector256<ushort> left, Vector256<ushort> right) => SubtractSaturate(left, right);

    [Intrinsic]
    public static Vector256<ushort> AddSaturate(Vector256<ushort> left, Vector256<ushort> right) => AddSaturate(left, right);

    [Intrinsic]
    public static Vector256<short> Add(Vector256<short> left, Vector256<short> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<short> Subtract(Vector256<short> left, Vector256<short> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<short> And(Vector256<short> left, Vector256<short> right) => And(left, right);

    [Intrinsic]
    public static Vector256<short> AndNot(Vector256<short> left, Vector256<short> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<short> Or(Vector256<short> left, Vector256<short> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<short> Xor(Vector256<short> left, Vector256<short> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<short> CompareEqual(Vector256<short> left, Vector256<short> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<short> CompareGreaterThan(Vector256<short> left, Vector256<short> right) => CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector256<short> Min(Vector256<short> left, Vector256<short> right) => Min(left, right);

    [Intrinsic]
    public static Vector256<short> Max(Vector256<short> left, Vector256<short> right) => Max(left, right);

    [Intrinsic]
    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<uint> Subtract(Vector256<uint> left, Vector256<uint> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<uint> And(Vector256<uint> left, Vector256<uint> right) => And(left, right);

    [Intrinsic]
    public static Vector256<uint> AndNot(Vector256<uint> left, Vector256<uint> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<uint> Or(Vector256<uint> left, Vector256<uint> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<uint> Xor(Vector256<uint> left, Vector256<uint> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<uint> CompareEqual(Vector256<uint> left, Vector256<uint> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<int> Add(Vector256<int> left, Vector256<int> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<int> Subtract(Vector256<int> left, Vector256<int> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<int> And(Vector256<int> left, Vector256<int> right) => And(left, right);

    [Intrinsic]
    public static Vector256<int> AndNot(Vector256<int> left, Vector256<int> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<int> Or(Vector256<int> left, Vector256<int> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<int> Xor(Vector256<int> left, Vector256<int> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<int> CompareEqual(Vector256<int> left, Vector256<int> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<int> CompareGreaterThan(Vector256<int> left, Vector256<int> right) => CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector256<ulong> Add(Vector256<ulong> left, Vector256<ulong> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<ulong> Subtract(Vector256<ulong> left, Vector256<ulong> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<ulong> And(Vector256<ulong> left, Vector256<ulong> right) => And(left, right);

    [Intrinsic]
    public static Vector256<ulong> AndNot(Vector256<ulong> left, Vector256<ulong> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<ulong> Or(Vector256<ulong> left, Vector256<ulong> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<ulong> Xor(Vector256<ulong> left, Vector256<ulong> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<ulong> CompareEqual(Vector256<ulong> left, Vector256<ulong> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector256<long> Add(Vector256<long> left, Vector256<long> right) => Add(left, right);

    [Intrinsic]
    public static Vector256<long> Subtract(Vector256<long> left, Vector256<long> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector256<long> And(Vector256<long> left, Vector256<long> right) => And(left, right);

    [Intrinsic]
    public static Vector256<long> AndNot(Vector256<long> left, Vector256<long> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector256<long> Or(Vector256<long> left, Vector256<long> right) => Or(left, right);

    [Intrinsic]
    public static Vector256<long> Xor(Vector256<long> left, Vector256<long> right) => Xor(left, right);

    [Intrinsic]
    public static Vector256<long> CompareEqual(Vector256<long> left, Vector256<long> right) => CompareEqual(left, right);
}
