using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

/// <summary>128-bit instructions that every x86-64 has.</summary>
[Intrinsic]
public abstract unsafe class Sse2
{
    internal Sse2()
    {
    }

    public static bool IsSupported
    {
        [Intrinsic]
        get => IsSupported;
    }

    [Intrinsic]
    public static Vector128<byte> LoadVector128(byte* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(byte* address, Vector128<byte> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<byte> Add(Vector128<byte> left, Vector128<byte> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<byte> Subtract(Vector128<byte> left, Vector128<byte> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<byte> And(Vector128<byte> left, Vector128<byte> right) => And(left, right);

    [Intrinsic]
    public static Vector128<byte> AndNot(Vector128<byte> left, Vector128<byte> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<byte> Or(Vector128<byte> left, Vector128<byte> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<byte> Xor(Vector128<byte> left, Vector128<byte> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<byte> CompareEqual(Vector128<byte> left, Vector128<byte> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<byte> Min(Vector128<byte> left, Vector128<byte> right) => Min(left, right);

    [Intrinsic]
    public static Vector128<byte> Max(Vector128<byte> left, Vector128<byte> right) => Max(left, right);

    [Intrinsic]
    public static int MoveMask(Vector128<byte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector128<byte> SubtractSaturate(Vector128<byte> left, Vector128<byte> right) => SubtractSaturate(left, right);

    [Intrinsic]
    public static Vector128<byte> AddSaturate(Vector128<byte> left, Vector128<byte> right) => AddSaturate(left, right);

    [Intrinsic]
    public static Vector128<sbyte> LoadVector128(sbyte* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(sbyte* address, Vector128<sbyte> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<sbyte> Add(Vector128<sbyte> left, Vector128<sbyte> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<sbyte> Subtract(Vector128<sbyte> left, Vector128<sbyte> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<sbyte> And(Vector128<sbyte> left, Vector128<sbyte> right) => And(left, right);

    [Intrinsic]
    public static Vector128<sbyte> AndNot(Vector128<sbyte> left, Vector128<sbyte> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<sbyte> Or(Vector128<sbyte> left, Vector128<sbyte> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<sbyte> Xor(Vector128<sbyte> left, Vector128<sbyte> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<sbyte> CompareEqual(Vector128<sbyte> left, Vector128<sbyte> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<sbyte> CompareGreaterThan(Vector128<sbyte> left, Vector128<sbyte> right) => CompareGreaterThan(left, right);

    [Intrinsic]
    public static int MoveMask(Vector128<sbyte> value) => MoveMask(value);

    [Intrinsic]
    public static Vector128<ushort> LoadVector128(ushort* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(ushort* address, Vector128<ushort> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<ushort> Add(Vector128<ushort> left, Vector128<ushort> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<ushort> Subtract(Vector128<ushort> left, Vector128<ushort> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<ushort> And(Vector128<ushort> left, Vector128<ushort> right) => And(left, right);

    [Intrinsic]
    public static Vector128<ushort> AndNot(Vector128<ushort> left, Vector128<ushort> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<ushort> Or(Vector128<ushort> left, Vector128<ushort> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<ushort> Xor(Vector128<ushort> left, Vector128<ushort> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<ushort> CompareEqual(Vector128<ushort> left, Vector128<ushort> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<ushort> SubtractSaturate(Vector128<ushort> left, Vector128<ushort> right) => SubtractSaturate(left, right);

    [Intrinsic]
    public static Vector128<ushort> AddSaturate(Vector128<ushort> left, Vector128<ushort> right) => AddSaturate(left, right);

    [Intrinsic]
    public static Vector128<short> LoadVector128(short* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(short* address, Vector128<short> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<short> Add(Vector128<short> left, Vector128<short> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<short> Subtract(Vector128<short> left, Vector128<short> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<short> And(Vector128<short> left, Vector128<short> right) => And(left, right);

    [Intrinsic]
    public static Vector128<short> AndNot(Vector128<short> left, Vector128<short> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<short> Or(Vector128<short> left, Vector128<short> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<short> Xor(Vector128<short> left, Vector128<short> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<short> CompareEqual(Vector128<short> left, Vector128<short> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<short> CompareGreaterThan(Vector128<short> left, Vector128<short> right) => CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector128<short> Min(Vector128<short> left, Vector128<short> right) => Min(left, right);

    [Intrinsic]
    public static Vector128<short> Max(Vector128<short> left, Vector128<short> right) => Max(left, right);

    [Intrinsic]
    public static Vector128<uint> LoadVector128(uint* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(uint* address, Vector128<uint> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<uint> Add(Vector128<uint> left, Vector128<uint> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<uint> Subtract(Vector128<uint> left, Vector128<uint> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<uint> And(Vector128<uint> left, Vector128<uint> right) => And(left, right);

    [Intrinsic]
    public static Vector128<uint> AndNot(Vector128<uint> left, Vector128<uint> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<uint> Or(Vector128<uint> left, Vector128<uint> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<uint> Xor(Vector128<uint> left, Vector128<uint> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<uint> CompareEqual(Vector128<uint> left, Vector128<uint> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<int> LoadVector128(int* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(int* address, Vector128<int> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<int> Add(Vector128<int> left, Vector128<int> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<int> Subtract(Vector128<int> left, Vector128<int> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<int> And(Vector128<int> left, Vector128<int> right) => And(left, right);

    [Intrinsic]
    public static Vector128<int> AndNot(Vector128<int> left, Vector128<int> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<int> Or(Vector128<int> left, Vector128<int> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<int> Xor(Vector128<int> left, Vector128<int> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<int> CompareEqual(Vector128<int> left, Vector128<int> right) => CompareEqual(left, right);

    [Intrinsic]
    public static Vector128<int> CompareGreaterThan(Vector128<int> left, Vector128<int> right) => CompareGreaterThan(left, right);

    [Intrinsic]
    public static Vector128<ulong> LoadVector128(ulong* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(ulong* address, Vector128<ulong> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<ulong> Add(Vector128<ulong> left, Vector128<ulong> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<ulong> Subtract(Vector128<ulong> left, Vector128<ulong> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<ulong> And(Vector128<ulong> left, Vector128<ulong> right) => And(left, right);

    [Intrinsic]
    public static Vector128<ulong> AndNot(Vector128<ulong> left, Vector128<ulong> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<ulong> Or(Vector128<ulong> left, Vector128<ulong> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<ulong> Xor(Vector128<ulong> left, Vector128<ulong> right) => Xor(left, right);

    [Intrinsic]
    public static Vector128<long> LoadVector128(long* address) => LoadVector128(address);

    [Intrinsic]
    public static void Store(long* address, Vector128<long> source) => Store(address, source);

    [Intrinsic]
    public static Vector128<long> Add(Vector128<long> left, Vector128<long> right) => Add(left, right);

    [Intrinsic]
    public static Vector128<long> Subtract(Vector128<long> left, Vector128<long> right) => Subtract(left, right);

    [Intrinsic]
    public static Vector128<long> And(Vector128<long> left, Vector128<long> right) => And(left, right);

    [Intrinsic]
    public static Vector128<long> AndNot(Vector128<long> left, Vector128<long> right) => AndNot(left, right);

    [Intrinsic]
    public static Vector128<long> Or(Vector128<long> left, Vector128<long> right) => Or(left, right);

    [Intrinsic]
    public static Vector128<long> Xor(Vector128<long> left, Vector128<long> right) => Xor(left, right);
}
