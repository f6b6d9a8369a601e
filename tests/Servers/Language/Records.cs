using System;
using System.Collections.Generic;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>What the compiler writes into record structs, and the equality of other values.</summary>
internal static class Records
{
    internal static void Run()
    {
        var point = new Point(Of(1), 2);
        Line("equality of records"u8, point == new Point(1, 2) ? 1 : 0, point != new Point(1, 3) ? 1 : 0, point.Equals(new Point(2, 2)) ? 1 : 0);
        Line("hash of a record"u8, point.GetHashCode(), default(Point).GetHashCode());
        Line("deconstruction of a record"u8, point is (var x, var y) ? x + y : 0);
        Line("copy of a record"u8, (point with { Y = 9 }).Y);
        Line("a record of all numbers"u8, All(1) == All(1) ? 1 : 0, All(1) == All(2) ? 1 : 0, All(1).GetHashCode());
        Line("a record of floating-point numbers"u8, new Real(double.NaN, float.NaN) == new Real(double.NaN, float.NaN) ? 1 : 0, new Real(0.0, 0f) == new Real(-0.0, -0f) ? 1 : 0, new Real(0.0, float.NaN).GetHashCode() == new Real(-0.0, -float.NaN).GetHashCode() ? 1 : 0);
        Line("a record of enums"u8, new Kinds(Small.B, Large.B) == new Kinds(Small.B, Large.B) ? 1 : 0, new Kinds(Small.B, Large.A) == new Kinds(Small.B, Large.B) ? 1 : 0, new Kinds(Small.B, Large.B).GetHashCode());
        Line("a record of nullable numbers"u8, new Maybe(1) == new Maybe(1) ? 1 : 0, new Maybe(null) == new Maybe(null) ? 1 : 0, new Maybe(0) == new Maybe(null) ? 1 : 0, new Maybe(7).GetHashCode());
        Line("a record of strings"u8, new Text(Of("a")) == new Text("a") ? 1 : 0, new Text("a") == new Text("b") ? 1 : 0, new Text(null) == new Text("") ? 1 : 0, new Text(null) == new Text(null) ? 1 : 0);
        Line("a record of records"u8, new Line2(point, new(3, 4)) == new Line2(new(1, 2), new(3, 4)) ? 1 : 0, new Line2(point, point) == new Line2(point, new(3, 4)) ? 1 : 0, new Line2(point, point).GetHashCode());
        Line("a record of what compares itself"u8, new Holder<LastDigit>(new(1)) == new Holder<LastDigit>(new(11)) ? 1 : 0, new Holder<LastDigit>(new(1)).GetHashCode());
        Line("a record of an array"u8, new Holder<byte[]>(Table) == new Holder<byte[]>(Table) ? 1 : 0, new Holder<byte[]>(Table) == new Holder<byte[]>(Other) ? 1 : 0);
        Line("a record of a tuple"u8, new Holder<(int, string)>((1, "a")) == new Holder<(int, string)>((Of(1), Of("a"))) ? 1 : 0, new Holder<(int, string)>((1, "a")) == new Holder<(int, string)>((1, "b")) ? 1 : 0);
        Line("a record without anything"u8, default(Nothing) == default(Nothing) ? 1 : 0, default(Nothing).GetHashCode());
        Line("a record with its own equality"u8, new Own(1, 2) == new Own(1, 3) ? 1 : 0, new Own(1, 2).GetHashCode(), new Own(1, 2).ToString().Length);
        Line("a record as an IEquatable"u8, Same(point, new Point(1, 2)) ? 1 : 0, Same(point, new Point(1, 3)) ? 1 : 0);
        Line("Equals of tuples"u8, (1, Of(2)).Equals((1, 2)) ? 1 : 0, (1, 2.5, Of('c')).Equals((1, 2.5, 'd')) ? 1 : 0, (1, 2, 3, Of(4L)).Equals((1, 2, 3, 4)) ? 1 : 0);
        Line("hash of equal tuples"u8, (1, Of(2)).GetHashCode() == (1, 2).GetHashCode() ? 1 : 0);
        Line("EqualityComparer"u8, Equal(Of(1), 1) ? 1 : 0, Equal(Of("a"), "b") ? 1 : 0, EqualityComparer<int?>.Default.Equals(Of((int?)null), null) ? 1 : 0, EqualityComparer<long>.Default.GetHashCode(0x100000005));
        Line("hash of numbers"u8, Of(-0.0).GetHashCode(), Of(double.NaN).GetHashCode(), Of(-float.NaN).GetHashCode(), Of((int?)null).GetHashCode() + Of((int?)5).GetHashCode());
    }

    private static readonly byte[] Table = [1, 2];
    private static readonly byte[] Other = [1, 2];

    private record struct Point(int X, int Y);

    private readonly record struct Numbers(byte A, sbyte B, short C, ushort D, uint E, long F, ulong G, char H, bool I, nint J, nuint K);

    private static Numbers All(int n) => new((byte)n, (sbyte)-n, (short)-n, (ushort)n, (uint)n, -n, (ulong)n, (char)n, n == 1, -n, (nuint)n);

    private record struct Real(double A, float B);

    private enum Small : byte
    {
        A,
        B = 200,
    }

    private enum Large : long
    {
        A,
        B = long.MinValue + 5,
    }

    private record struct Kinds(Small A, Large B);

    private record struct Maybe(int? A);

    private record struct Text(string? A);

    private record struct Line2(Point From, Point To);

    private record struct Holder<T>(T Value);

    private readonly struct LastDigit(int n) : IEquatable<LastDigit>
    {
        private readonly int _n = n;

        public bool Equals(LastDigit other) => _n % 10 == other._n % 10;

        public override int GetHashCode() => _n % 10;
    }

    private record struct Nothing;

    private record struct Own(int A, int B)
    {
        public readonly bool Equals(Own other) => A == other.A;

        public override readonly int GetHashCode() => A + 100;

        public override readonly string ToString() => "own";
    }

    private static bool Same<T>(T a, T b)
        where T : IEquatable<T>
        => a.Equals(b);

    private static bool Equal<T>(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);
}
