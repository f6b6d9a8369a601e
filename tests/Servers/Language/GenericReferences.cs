using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>Generic structs and methods over references, whose code several types share, and what tuples are laid out like.</summary>
internal static class GenericReferences
{
    internal static void Run()
    {
        Line("hash of a tuple with a string"u8, ("a", Of(1)).GetHashCode() == (Of("a"), 1).GetHashCode() ? 1 : 0, HashOf(("a", 1)) == ("a", 1).GetHashCode() ? 1 : 0);
        Line("hash of a nullable tuple"u8, Of<(string, int)?>(("a", 1)).GetHashCode() == ("a", 1).GetHashCode() ? 1 : 0, Of<(string, int)?>(null).GetHashCode());
        Line("hash of a record with a tuple"u8, new WithTuple((Of("a"), 1), 2).GetHashCode() == new WithTuple(("a", 1), 2).GetHashCode() ? 1 : 0);
        Line("hash of a generic record with a tuple"u8, new Holder<(int, string)>((1, Of("a"))).GetHashCode() == new Holder<(int, string)>((1, "a")).GetHashCode() ? 1 : 0);
        Line("hash of a record with a generic struct"u8, new WithStruct(new(Of("abc"))).GetHashCode() == new WithStruct(new("abc")).GetHashCode() ? 1 : 0);
        Line("EqualityComparer of a generic struct"u8, EqualityComparer<Sized<string>>.Default.GetHashCode(new(Of("abc"))), EqualityComparer<Sized<string>>.Default.Equals(new("abc"), new(Of("abd"))) ? 1 : 0);
        ReadOnlySpan<(string, int)> tuples = [("a", 1), ("b", 2), ("c", 3)];
        Line("a tuple among tuples"u8, tuples.IndexOf((Of("b"), 2)), tuples.IndexOf(("b", 3)), tuples.Contains(("c", 3)) ? 1 : 0);
        ReadOnlySpan<string?> strings = ["a", Of("bb"), null, "bb"];
        Line("a string among strings"u8, strings.IndexOf(Of("bb")), strings.LastIndexOf("bb"), strings.IndexOf((string?)null), strings.Contains("c") ? 1 : 0);
        Line("strings among strings"u8, strings.IndexOfAny("x", "bb"), strings.IndexOf(["bb", null]), strings.StartsWith(["a", "bb"]) ? 1 : 0, strings.SequenceEqual(strings) ? 1 : 0);
        Line("type of a generic parameter"u8, new Sized<string>(Of("abc")).Kind(), new Sized<string?>(null).Kind(), new Sized<int>(4).Kind());
        var sized = new Sized<string>("abcd");
        Line("constraint with a generic struct"u8, LengthOf(ref sized), LengthOf(ref Unsafe.AsRef(in Static<string>.Default)));
        Line("statics of a generic type"u8, Static<string>.Size, Static<int>.Size);
        Line("layout of a tuple"u8, Unsafe.SizeOf<(byte, long, byte)>(), Unsafe.SizeOf<(byte, int?)>(), Unsafe.SizeOf<(byte, short, byte, int)>());
        (byte, long, byte) tuple = default;
        Line("places in a tuple"u8, Distance(ref tuple.Item1, ref Unsafe.As<long, byte>(ref tuple.Item2)), Distance(ref tuple.Item1, ref tuple.Item3));
        Line("order of spans"u8, "ab"u8.SequenceCompareTo("abcd"u8), Order([1, 2, 3], [1]), Order([1], [1, 2, 3]), Order([1, 5], [1, 2]));
    }

    private record struct WithTuple((string, int) Name, int Number);

    private record struct Holder<T>(T Value);

    private record struct WithStruct(Sized<string> Value);

    private interface IHasLength
    {
        int Length();
    }

    private struct Sized<T>(T value) : IHasLength, IEquatable<Sized<T>>
    {
        private readonly T _value = value;

        public readonly int Length() => _value is string text ? text.Length : _value is int number ? number : 0;

        public readonly int Kind() => _value is string text ? text.Length : _value is null ? -1 : -2;

        public readonly bool Equals(Sized<T> other) => Length() == other.Length();

        public override readonly bool Equals(object? other) => false;

        public override readonly int GetHashCode() => Length();
    }

    private static class Static<T>
    {
        internal static readonly Sized<T> Default = new(default!);
        internal static readonly int Size = Default.Length() + 1;
    }

    private static int HashOf<T>(T value)
        where T : struct => value.GetHashCode();

    private static int LengthOf<T>(ref T value)
        where T : IHasLength => value.Length();

    private static int Distance(ref byte from, ref byte to) => (int)Unsafe.ByteOffset(ref from, ref to);

    private static int Order(ReadOnlySpan<int> a, ReadOnlySpan<int> b) => a.SequenceCompareTo(b);
}
