using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SyscallServer.Freestanding.Tests;

/// <summary>Vectors: every member, with constants and with values that are only known when the program runs.</summary>
internal static unsafe partial class Checks
{
    private static void Vectors()
    {
        Add(Vector128.IsHardwareAccelerated, true, true, true);
        for (int round = 0; round < 50; round++)
        {
            Elements<byte>();
            Elements<sbyte>();
            Elements<short>();
            Elements<ushort>();
            Elements<int>();
            Elements<uint>();
            Elements<long>();
            Elements<ulong>();
            Created((byte)Random(), (ushort)Random(), (uint)Random(), Random());
            Shifted((int)(Random() % 64));
        }

        Add(Vector128.Equals(Vector128.Create("0123456789abcdef"u8), Vector128.Create((byte)'7')));
        Add(Vector128.Create((byte)1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16) & Vector128.Create((byte)0x55));
        Add((ulong)FieldEnd("Content-Length: 10\r\nHost: localhost"u8), (ulong)FieldEnd("GET / HTTP/1.1 and more of it\r\n"u8), (ulong)FieldEnd("                "u8), 0);
    }

    /// <summary>What it is for: where the first byte below a blank is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FieldEnd(ReadOnlySpan<byte> text)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        for (int i = 0; i + Vector128<byte>.Count <= text.Length; i += Vector128<byte>.Count)
        {
            uint found = Vector128.LessThan(Vector128.LoadUnsafe(ref start, (nuint)i), Vector128.Create((byte)' ')).ExtractMostSignificantBits();
            if (found != 0)
            {
                return i + System.Numerics.BitOperations.TrailingZeroCount(found);
            }
        }

        return -1;
    }

    private static void Elements<T>()
        where T : unmanaged, IEquatable<T>
    {
        // Elements that are often equal.
        Span<T> elements = stackalloc T[3 * Vector128<T>.Count];
        Span<byte> bytes = MemoryMarshal.AsBytes(elements);
        Random(bytes);
        if ((Random() & 1) != 0)
        {
            elements[..Vector128<T>.Count].CopyTo(elements[Vector128<T>.Count..]);
            bytes[(int)(Random() & 31)] ^= (byte)(Random() & 0x81);
        }

        fixed (T* p = elements)
        {
            Vector128<T> a = Vector128.Load(p);
            Vector128<T> b = Vector128.LoadUnsafe(ref elements[0], (nuint)Vector128<T>.Count);
            int index = (int)(Random() % (uint)Vector128<T>.Count);
            Add((ulong)Vector128<T>.Count, a.ExtractMostSignificantBits(), a == b ? 1UL : 0, a != b ? 1UL : 0);
            Add(a.Equals(b), a.Equals(Vector128.LoadUnsafe(in elements[0])), a.ToScalar().Equals(elements[0]), a.GetElement(index).Equals(a[index]));
            Add(Vector128<T>.Zero);
            Add(Vector128<T>.AllBitsSet);
            Add(Vector128.Create(elements[1]));
            Add(Vector128.Create((ReadOnlySpan<T>)elements));
            Add(Vector128.CreateScalar(elements[1]));
            Add(a.WithElement(index, elements[^1]).WithElement(0, elements[^2]));
            Add(a & b);
            Add(a | b);
            Add(a ^ b);
            Add(~a);
            Add(a + b);
            Add(a - b);
            Add(-a);
            Add(+a);
            Add(a << (index + 3));
            Add(a >> (index + 3));
            Add(a >>> (index + 3));
            Add(a << 3);
            Add(a >> 3);
            Add(a >>> 3);
            Add(Vector128.Add(a, b));
            Add(Vector128.Subtract(a, b));
            Add(Vector128.BitwiseAnd(a, b));
            Add(Vector128.BitwiseOr(a, b));
            Add(Vector128.Xor(a, b));
            Add(Vector128.AndNot(a, b));
            Add(Vector128.OnesComplement(a));
            Add(Vector128.Negate(a));
            Add(Vector128.ConditionalSelect(a, b, ~b));
            Add(Vector128.Min(a, b));
            Add(Vector128.Max(a, b));
            Add(Vector128.Equals(a, b));
            Add(Vector128.LessThan(a, b));
            Add(Vector128.GreaterThan(a, b));
            Add(Vector128.LessThanOrEqual(a, b));
            Add(Vector128.GreaterThanOrEqual(a, b));
            Add(Vector128.EqualsAll(a, b), Vector128.LessThanAll(a, b), Vector128.GreaterThanAll(a, b), Vector128.LessThanOrEqualAll(a, b));
            Add(Vector128.EqualsAny(a, b), Vector128.LessThanAny(a, b), Vector128.GreaterThanAny(a, b), Vector128.LessThanOrEqualAny(a, b));
            Add(Vector128.GreaterThanOrEqualAll(a, b), Vector128.GreaterThanOrEqualAny(a, b), Vector128.EqualsAll(a, a), Vector128.GreaterThanOrEqualAll(a, Vector128.Min(a, b)));
            Add(a.As<T, uint>());
            Add(a.AsByte());
            Add(a.AsSByte());
            Add(a.AsInt16());
            Add(a.AsUInt16());
            Add(a.AsInt32());
            Add(a.AsUInt32());
            Add(a.AsInt64());
            Add(a.AsUInt64());

            a.Store(p + 1);
            Add(bytes);
            b.StoreUnsafe(ref elements[2]);
            Add(bytes);
            a.StoreUnsafe(ref elements[0], 2);
            Add(bytes);
            b.CopyTo(elements[(elements.Length - Vector128<T>.Count)..]);
            Add(a.TryCopyTo(elements[..1]), a.TryCopyTo(elements), true, false);
            Add(bytes);
            T* aligned = (T*)(((nint)p + 15) & -16);
            (a ^ b).StoreAligned(aligned);
            Add(Vector128.LoadAligned(aligned));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Created(byte b, ushort w, uint d, ulong q)
    {
        Add(Vector128.Create(b));
        Add(Vector128.Create((sbyte)b));
        Add(Vector128.Create((short)w));
        Add(Vector128.Create(w));
        Add(Vector128.Create((int)d));
        Add(Vector128.Create(d));
        Add(Vector128.Create((long)q));
        Add(Vector128.Create(q));
        Add(Vector128.Create(b, 1, 2, (byte)(b + 3), 4, 5, (byte)(b + 6), 7, 8, (byte)(b + 9), 10, 11, (byte)(b + 12), 13, 14, (byte)(b + 15)));
        Add(Vector128.Create((sbyte)b, 1, 2, (sbyte)((sbyte)b + 3), 4, 5, (sbyte)((sbyte)b + 6), 7, 8, (sbyte)((sbyte)b + 9), 10, 11, (sbyte)((sbyte)b + 12), 13, 14, (sbyte)((sbyte)b + 15)));
        Add(Vector128.Create((short)w, 1, 2, (short)((short)w + 3), 4, 5, (short)((short)w + 6), 7));
        Add(Vector128.Create(w, 1, 2, (ushort)(w + 3), 4, 5, (ushort)(w + 6), 7));
        Add(Vector128.Create((int)d, 1, 2, (int)((int)d + 3)));
        Add(Vector128.Create(d, 1, 2, (uint)(d + 3)));
        Add(Vector128.Create((long)q, 1));
        Add(Vector128.Create(q, 1));
        Add(Vector128.CreateScalar((int)d));
        Add(Vector128.CreateScalar(d));
        Add(Vector128.CreateScalar((long)q));
        Add(Vector128.CreateScalar(q));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Shifted(int count)
    {
        Vector128<ulong> v = Vector128.Create(Random(), Random());
        Add(Vector128.ShiftLeft(v.AsByte(), count));
        Add(Vector128.ShiftLeft(v.AsSByte(), count));
        Add(Vector128.ShiftLeft(v.AsInt16(), count));
        Add(Vector128.ShiftLeft(v.AsUInt16(), count));
        Add(Vector128.ShiftLeft(v.AsInt32(), count));
        Add(Vector128.ShiftLeft(v.AsUInt32(), count));
        Add(Vector128.ShiftLeft(v.AsInt64(), count));
        Add(Vector128.ShiftLeft(v.AsUInt64(), count));
        Add(Vector128.ShiftRightArithmetic(v.AsSByte(), count));
        Add(Vector128.ShiftRightArithmetic(v.AsInt16(), count));
        Add(Vector128.ShiftRightArithmetic(v.AsInt32(), count));
        Add(Vector128.ShiftRightArithmetic(v.AsInt64(), count));
        Add(Vector128.ShiftRightLogical(v.AsByte(), count));
        Add(Vector128.ShiftRightLogical(v.AsSByte(), count));
        Add(Vector128.ShiftRightLogical(v.AsInt16(), count));
        Add(Vector128.ShiftRightLogical(v.AsUInt16(), count));
        Add(Vector128.ShiftRightLogical(v.AsInt32(), count));
        Add(Vector128.ShiftRightLogical(v.AsUInt32(), count));
        Add(Vector128.ShiftRightLogical(v.AsInt64(), count));
        Add(Vector128.ShiftRightLogical(v.AsUInt64(), count));
        Add(Vector128.ShiftLeft(v.AsByte(), 5));
        Add(Vector128.ShiftLeft(v.AsSByte(), 5));
        Add(Vector128.ShiftLeft(v.AsInt16(), 5));
        Add(Vector128.ShiftLeft(v.AsUInt16(), 5));
        Add(Vector128.ShiftLeft(v.AsInt32(), 5));
        Add(Vector128.ShiftLeft(v.AsUInt32(), 5));
        Add(Vector128.ShiftLeft(v.AsInt64(), 5));
        Add(Vector128.ShiftLeft(v.AsUInt64(), 5));
    }

    /// <summary>Those of x86-64, which another processor refuses.</summary>
    private static void VectorInstructions()
    {
        Add(true, Sse2.IsSupported && Sse2.X64.IsSupported, Sse.IsSupported && Sse.X64.IsSupported, X86Base.IsSupported && X86Base.X64.IsSupported);
        for (int round = 0; round < 50; round++)
        {
            Instructions(Vector128.Create(Random(), Random()), Vector128.Create(Random(), Random()), (byte)(Random() % 70));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Instructions(Vector128<ulong> x, Vector128<ulong> y, byte count)
    {
        byte* buffer = stackalloc byte[80];
        byte* aligned = (byte*)(((nint)buffer + 15) & -16);
        Sse2.Store((byte*)(buffer + 3), x.AsByte());
        Sse2.StoreAligned((byte*)(aligned + 32), Sse2.LoadVector128((byte*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((byte*)(aligned + 32)));
        Sse2.Store((sbyte*)(buffer + 3), x.AsSByte());
        Sse2.StoreAligned((sbyte*)(aligned + 32), Sse2.LoadVector128((sbyte*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((sbyte*)(aligned + 32)));
        Sse2.Store((short*)(buffer + 3), x.AsInt16());
        Sse2.StoreAligned((short*)(aligned + 32), Sse2.LoadVector128((short*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((short*)(aligned + 32)));
        Sse2.Store((ushort*)(buffer + 3), x.AsUInt16());
        Sse2.StoreAligned((ushort*)(aligned + 32), Sse2.LoadVector128((ushort*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((ushort*)(aligned + 32)));
        Sse2.Store((int*)(buffer + 3), x.AsInt32());
        Sse2.StoreAligned((int*)(aligned + 32), Sse2.LoadVector128((int*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((int*)(aligned + 32)));
        Sse2.Store((uint*)(buffer + 3), x.AsUInt32());
        Sse2.StoreAligned((uint*)(aligned + 32), Sse2.LoadVector128((uint*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((uint*)(aligned + 32)));
        Sse2.Store((long*)(buffer + 3), x.AsInt64());
        Sse2.StoreAligned((long*)(aligned + 32), Sse2.LoadVector128((long*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((long*)(aligned + 32)));
        Sse2.Store((ulong*)(buffer + 3), x.AsUInt64());
        Sse2.StoreAligned((ulong*)(aligned + 32), Sse2.LoadVector128((ulong*)(buffer + 3)));
        Add(Sse2.LoadAlignedVector128((ulong*)(aligned + 32)));
        Add(Sse2.CompareEqual(x.AsByte(), y.AsByte()));
        Add(Sse2.CompareEqual(x.AsSByte(), y.AsSByte()));
        Add(Sse2.CompareEqual(x.AsInt16(), y.AsInt16()));
        Add(Sse2.CompareEqual(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.CompareEqual(x.AsInt32(), y.AsInt32()));
        Add(Sse2.CompareEqual(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.CompareGreaterThan(x.AsSByte(), y.AsSByte()));
        Add(Sse2.CompareGreaterThan(x.AsInt16(), y.AsInt16()));
        Add(Sse2.CompareGreaterThan(x.AsInt32(), y.AsInt32()));
        Add(Sse2.CompareLessThan(x.AsSByte(), y.AsSByte()));
        Add(Sse2.CompareLessThan(x.AsInt16(), y.AsInt16()));
        Add(Sse2.CompareLessThan(x.AsInt32(), y.AsInt32()));
        Add(Sse2.Max(x.AsByte(), y.AsByte()));
        Add(Sse2.Max(x.AsInt16(), y.AsInt16()));
        Add(Sse2.Min(x.AsByte(), y.AsByte()));
        Add(Sse2.Min(x.AsInt16(), y.AsInt16()));
        Add(Sse2.And(x.AsByte(), y.AsByte()));
        Add(Sse2.And(x.AsSByte(), y.AsSByte()));
        Add(Sse2.And(x.AsInt16(), y.AsInt16()));
        Add(Sse2.And(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.And(x.AsInt32(), y.AsInt32()));
        Add(Sse2.And(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.And(x.AsInt64(), y.AsInt64()));
        Add(Sse2.And(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.AndNot(x.AsByte(), y.AsByte()));
        Add(Sse2.AndNot(x.AsSByte(), y.AsSByte()));
        Add(Sse2.AndNot(x.AsInt16(), y.AsInt16()));
        Add(Sse2.AndNot(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.AndNot(x.AsInt32(), y.AsInt32()));
        Add(Sse2.AndNot(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.AndNot(x.AsInt64(), y.AsInt64()));
        Add(Sse2.AndNot(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.Or(x.AsByte(), y.AsByte()));
        Add(Sse2.Or(x.AsSByte(), y.AsSByte()));
        Add(Sse2.Or(x.AsInt16(), y.AsInt16()));
        Add(Sse2.Or(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.Or(x.AsInt32(), y.AsInt32()));
        Add(Sse2.Or(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.Or(x.AsInt64(), y.AsInt64()));
        Add(Sse2.Or(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.Xor(x.AsByte(), y.AsByte()));
        Add(Sse2.Xor(x.AsSByte(), y.AsSByte()));
        Add(Sse2.Xor(x.AsInt16(), y.AsInt16()));
        Add(Sse2.Xor(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.Xor(x.AsInt32(), y.AsInt32()));
        Add(Sse2.Xor(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.Xor(x.AsInt64(), y.AsInt64()));
        Add(Sse2.Xor(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.Add(x.AsByte(), y.AsByte()));
        Add(Sse2.Add(x.AsSByte(), y.AsSByte()));
        Add(Sse2.Add(x.AsInt16(), y.AsInt16()));
        Add(Sse2.Add(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.Add(x.AsInt32(), y.AsInt32()));
        Add(Sse2.Add(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.Add(x.AsInt64(), y.AsInt64()));
        Add(Sse2.Add(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.AddSaturate(x.AsByte(), y.AsByte()));
        Add(Sse2.AddSaturate(x.AsSByte(), y.AsSByte()));
        Add(Sse2.AddSaturate(x.AsInt16(), y.AsInt16()));
        Add(Sse2.AddSaturate(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.Subtract(x.AsByte(), y.AsByte()));
        Add(Sse2.Subtract(x.AsSByte(), y.AsSByte()));
        Add(Sse2.Subtract(x.AsInt16(), y.AsInt16()));
        Add(Sse2.Subtract(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.Subtract(x.AsInt32(), y.AsInt32()));
        Add(Sse2.Subtract(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.Subtract(x.AsInt64(), y.AsInt64()));
        Add(Sse2.Subtract(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.SubtractSaturate(x.AsByte(), y.AsByte()));
        Add(Sse2.SubtractSaturate(x.AsSByte(), y.AsSByte()));
        Add(Sse2.SubtractSaturate(x.AsInt16(), y.AsInt16()));
        Add(Sse2.SubtractSaturate(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.Average(x.AsByte(), y.AsByte()));
        Add(Sse2.Average(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.MultiplyLow(x.AsInt16(), y.AsInt16()));
        Add(Sse2.MultiplyLow(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.MultiplyHigh(x.AsInt16(), y.AsInt16()));
        Add(Sse2.MultiplyHigh(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.MultiplyAddAdjacent(x.AsInt16(), y.AsInt16()));
        Add(Sse2.SumAbsoluteDifferences(x.AsByte(), y.AsByte()));
        Add(Sse2.Multiply(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.UnpackHigh(x.AsByte(), y.AsByte()));
        Add(Sse2.UnpackHigh(x.AsSByte(), y.AsSByte()));
        Add(Sse2.UnpackHigh(x.AsInt16(), y.AsInt16()));
        Add(Sse2.UnpackHigh(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.UnpackHigh(x.AsInt32(), y.AsInt32()));
        Add(Sse2.UnpackHigh(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.UnpackHigh(x.AsInt64(), y.AsInt64()));
        Add(Sse2.UnpackHigh(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.UnpackLow(x.AsByte(), y.AsByte()));
        Add(Sse2.UnpackLow(x.AsSByte(), y.AsSByte()));
        Add(Sse2.UnpackLow(x.AsInt16(), y.AsInt16()));
        Add(Sse2.UnpackLow(x.AsUInt16(), y.AsUInt16()));
        Add(Sse2.UnpackLow(x.AsInt32(), y.AsInt32()));
        Add(Sse2.UnpackLow(x.AsUInt32(), y.AsUInt32()));
        Add(Sse2.UnpackLow(x.AsInt64(), y.AsInt64()));
        Add(Sse2.UnpackLow(x.AsUInt64(), y.AsUInt64()));
        Add(Sse2.PackSignedSaturate(x.AsInt16(), y.AsInt16()));
        Add(Sse2.PackSignedSaturate(x.AsInt32(), y.AsInt32()));
        Add(Sse2.PackUnsignedSaturate(x.AsInt16(), y.AsInt16()));
        Add(Sse2.ShiftLeftLogical(x.AsInt16(), 5));
        Add(Sse2.ShiftLeftLogical(x.AsInt16(), count));
        Add(Sse2.ShiftLeftLogical(x.AsUInt16(), 5));
        Add(Sse2.ShiftLeftLogical(x.AsUInt16(), count));
        Add(Sse2.ShiftLeftLogical(x.AsInt32(), 5));
        Add(Sse2.ShiftLeftLogical(x.AsInt32(), count));
        Add(Sse2.ShiftLeftLogical(x.AsUInt32(), 5));
        Add(Sse2.ShiftLeftLogical(x.AsUInt32(), count));
        Add(Sse2.ShiftLeftLogical(x.AsInt64(), 5));
        Add(Sse2.ShiftLeftLogical(x.AsInt64(), count));
        Add(Sse2.ShiftLeftLogical(x.AsUInt64(), 5));
        Add(Sse2.ShiftLeftLogical(x.AsUInt64(), count));
        Add(Sse2.ShiftRightLogical(x.AsInt16(), 5));
        Add(Sse2.ShiftRightLogical(x.AsInt16(), count));
        Add(Sse2.ShiftRightLogical(x.AsUInt16(), 5));
        Add(Sse2.ShiftRightLogical(x.AsUInt16(), count));
        Add(Sse2.ShiftRightLogical(x.AsInt32(), 5));
        Add(Sse2.ShiftRightLogical(x.AsInt32(), count));
        Add(Sse2.ShiftRightLogical(x.AsUInt32(), 5));
        Add(Sse2.ShiftRightLogical(x.AsUInt32(), count));
        Add(Sse2.ShiftRightLogical(x.AsInt64(), 5));
        Add(Sse2.ShiftRightLogical(x.AsInt64(), count));
        Add(Sse2.ShiftRightLogical(x.AsUInt64(), 5));
        Add(Sse2.ShiftRightLogical(x.AsUInt64(), count));
        Add(Sse2.ShiftRightArithmetic(x.AsInt16(), 5));
        Add(Sse2.ShiftRightArithmetic(x.AsInt16(), count));
        Add(Sse2.ShiftRightArithmetic(x.AsInt32(), 5));
        Add(Sse2.ShiftRightArithmetic(x.AsInt32(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsByte(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsByte(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsSByte(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsSByte(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsInt16(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsInt16(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsUInt16(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsUInt16(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsInt32(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsInt32(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsUInt32(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsUInt32(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsInt64(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsInt64(), count));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsUInt64(), 5));
        Add(Sse2.ShiftLeftLogical128BitLane(x.AsUInt64(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsByte(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsByte(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsSByte(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsSByte(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsInt16(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsInt16(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsUInt16(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsUInt16(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsInt32(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsInt32(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsUInt32(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsUInt32(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsInt64(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsInt64(), count));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsUInt64(), 5));
        Add(Sse2.ShiftRightLogical128BitLane(x.AsUInt64(), count));
        Add(Sse2.Shuffle(x.AsInt32(), 0x4E));
        Add(Sse2.Shuffle(x.AsInt32(), count));
        Add(Sse2.Shuffle(x.AsUInt32(), 0x4E));
        Add(Sse2.Shuffle(x.AsUInt32(), count));
        Add((ulong)Sse2.MoveMask(x.AsByte()), (ulong)Sse2.MoveMask(y.AsSByte()), (ulong)Sse2.ConvertToInt32(x.AsInt32()), Sse2.ConvertToUInt32(x.AsUInt32()));
        Add((ulong)Sse2.X64.ConvertToInt64(x.AsInt64()), Sse2.X64.ConvertToUInt64(x), 0, 0);
        Add(Sse2.ConvertScalarToVector128Int32(count));
        Add(Sse2.ConvertScalarToVector128UInt32(count));
        Add(Sse2.X64.ConvertScalarToVector128Int64(count));
        Add(Sse2.X64.ConvertScalarToVector128UInt64(count));
    }

    private static void Add<T>(Vector128<T> vector) => Add(vector.AsUInt64()[0], vector.AsUInt64()[1], 0, 0);
}
