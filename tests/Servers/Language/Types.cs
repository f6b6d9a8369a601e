using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, chapters 15 to 18: structs, their members, generics and interfaces.</summary>
internal static unsafe class Types
{
    internal static void Run()
    {
        var number = new Number(5);
        Number copy = number;
        copy.Value = 6;
        Line("copies of structs"u8, number.Value, copy.Value);
        Line("methods that change"u8, Changes(number), number.Value);
        Line("default of a struct"u8, default(Number).Value, new Number().Value);
        Line("primary constructor"u8, new Primary(3, 4).Sum);
        Line("constructor that calls another"u8, new Primary(7).Sum);
        Line("object initialiser"u8, new Box { Width = 3, Height = Of(4) }.Area);
        Line("with"u8, (new Box { Width = 3, Height = 4 } with { Height = 10 }).Area);
        Line("required and init"u8, new Needed { Value = Of(9) }.Value);
        Line("properties"u8, Properties());
        Line("indexer"u8, Indexer());
        Line("indexer by range"u8, new Text()[1..^1], new Text()[^2]);
        Line("operators"u8, (new Number(2) + new Number(3)).Value, (-new Number(4)).Value, new Number(5) == new Number(5) ? 1 : 0, new Number(5) > new Number(6) ? 1 : 0);
        Line("compound use of operators"u8, CompoundOperator(Of(4)));
        Line("checked operators"u8, checked(new Number(1) - new Number(2)).Value, unchecked(new Number(1) - new Number(2)).Value);
        Line("true and false"u8, new Truth(Of(5)) ? 1 : 0, new Truth(Of(0)) ? 1 : 0, new Truth(1) && new Truth(0) ? 1 : 0);
        Line("user-defined conversions"u8, (int)new Number(8), ((Number)9).Value, Half(new Number(20)));
        Line("IEquatable"u8, new Number(3).Equals(new Number(3)) ? 1 : 0, new Number(3).Equals(new Number(4)) ? 1 : 0);
        Line("generic method"u8, Larger(Of(3), 4), Larger(Of(-3L), -4L), Larger(Of('a'), 'b'));
        Line("generic struct"u8, new Pair<int, long>(1, 2).Swapped.First, sizeof(Pair<byte, int>));
        Line("constraints to an interface"u8, Area(new Box { Width = 2, Height = 3 }), Area(new Circle(2)));
        Line("default interface member"u8, Describe(new Circle(2)), Describe(new Box { Width = 1, Height = 1 }));
        Line("static abstract"u8, Sum<Seven>(3), Sum<Eight>(2));
        Line("static virtual"u8, Twice<Seven>(), Twice<Eight>());
        Line("operators of an interface"u8, AddAll<Number>([new Number(1), new Number(2), new Number(3)]).Value);
        Line("explicit implementation"u8, Explicit(new Hidden()));
        Line("size of a type argument"u8, Unsafe.SizeOf<Pair<int, int>>(), Unsafe.SizeOf<byte>());
        Line("readonly members"u8, new Box { Width = 5, Height = 6 }.Area);
        Line("layout"u8, sizeof(Overlaid), new Overlaid { Whole = 0x01020304 }.Second, sizeof(Packed));
        Line("fixed buffer"u8, FixedBuffer());
        Line("inline array"u8, Inline());
        Line("tuples"u8, Tuples());
        Line("equality of tuples"u8, (Of(1), Of(2)) == (1, 2) ? 1 : 0, (Of(1), Of(2)) != (1, 3) ? 1 : 0);
        Line("tuple of three"u8, Three().A + Three().B + Three().C);
        Line("nullable structs"u8, Of((Number?)null)?.Value ?? -1, Of((Number?)new Number(4))?.Value ?? -1, Of((Number?)new Number(4)).GetValueOrDefault().Value);
        Line("enum of a type"u8, (int)Of(Level.High), sizeof(Level), Of(Level.High) > Level.Low ? 1 : 0);
        Line("static members of generics"u8, Counter<int>.Next() + Counter<int>.Next(), Counter<long>.Next());
        Line("nested generics"u8, new Outer<int>.Inner<byte>(3, 4).Sum);
        Line("ref struct"u8, new Window([1, 2, 3]).Last);
        Line("ref field"u8, RefField());
        Line("recursive generic"u8, new Same(4).CompareWith(new Same(3)));
    }

    private struct Number : IEquatable<Number>, IAdd<Number>
    {
        public int Value;

        public Number(int value) => Value = value;

        public void Increase() => Value++;

        public readonly bool Equals(Number other) => Value == other.Value;

        public static Number operator +(Number a, Number b) => new(a.Value + b.Value);

        public static Number operator -(Number a) => new(-a.Value);

        public static Number operator -(Number a, Number b) => new(a.Value - b.Value);

        public static Number operator checked -(Number a, Number b) => new(Math.Max(a.Value - b.Value, 0));

        public static Number operator ++(Number a) => new(a.Value + 1);

        public static bool operator ==(Number a, Number b) => a.Value == b.Value;

        public static bool operator !=(Number a, Number b) => a.Value != b.Value;

        public static bool operator >(Number a, Number b) => a.Value > b.Value;

        public static bool operator <(Number a, Number b) => a.Value < b.Value;

        public static explicit operator int(Number a) => a.Value;

        public static implicit operator Number(int a) => new(a);

        public static implicit operator long(Number a) => a.Value;
    }

    private static int Changes(Number n)
    {
        n.Increase();
        n.Increase();
        return n.Value;
    }

    private readonly struct Primary(int a, int b)
    {
        public Primary(int a)
            : this(a, a)
        {
        }

        public int Sum => a + b;
    }

    private interface IShape
    {
        int Area { get; }

        int Corners => 4;
    }

    private struct Box : IShape
    {
        public int Width;

        public int Height { get; set; }

        public readonly int Area => Width * Height;

        public readonly int Corners => 4;
    }

    private readonly struct Circle(int radius) : IShape
    {
        public int Area => 3 * radius * radius;

        public int Corners => 0;
    }

    private struct Needed
    {
        public required int Value { get; init; }
    }

    private static int s_property;

    private static int Property
    {
        get => s_property;
        set => s_property = value * 2;
    }

    private static int Properties()
    {
        Property = 4;
        Property += 1;
        return Property++ + Property;
    }

    private struct Cells
    {
        private long _bits;

        public int this[int i]
        {
            readonly get => (int)(_bits >> (i * 8)) & 255;
            set => _bits = (_bits & ~(255L << (i * 8))) | ((long)value << (i * 8));
        }

        public readonly int this[int x, int y] => this[x] * this[y];
    }

    private static int Indexer()
    {
        Cells cells = default;
        cells[1] = 5;
        cells[3] = 7;
        cells[1] += 2;
        cells[3]++;
        return cells[1, 3];
    }

    private readonly struct Text
    {
        public int Length => 10;

        public int Slice(int start, int length) => (start * 100) + length;

        public int this[int i] => i;
    }

    private static int CompoundOperator(int n)
    {
        Number number = n;
        number += 3;
        number++;
        return number.Value;
    }

    private readonly struct Truth(int n)
    {
        private readonly int _n = n;

        public static bool operator true(Truth t) => t._n != 0;

        public static bool operator false(Truth t) => t._n == 0;

        public static Truth operator &(Truth a, Truth b) => new(a._n & b._n);
    }

    private static long Half(long n) => n / 2;

    private static T Larger<T>(T a, T b)
        where T : IComparable<T>
        => a.CompareTo(b) >= 0 ? a : b;

    private readonly struct Pair<TFirst, TSecond>(TFirst first, TSecond second)
    {
        public TFirst First { get; } = first;

        public TSecond Second { get; } = second;

        public Pair<TSecond, TFirst> Swapped => new(Second, First);
    }

    private static int Area<T>(T shape)
        where T : struct, IShape
        => shape.Area;

    private static int Describe<T>(T shape)
        where T : struct, IShape
        => (shape.Corners * 100) + shape.Area;

    private interface IAmount
    {
        static abstract int Value { get; }

        static virtual int Times => 2;
    }

    private struct Seven : IAmount
    {
        public static int Value => 7;
    }

    private struct Eight : IAmount
    {
        public static int Value => 8;

        public static int Times => 3;
    }

    private static int Sum<T>(int times)
        where T : IAmount
        => T.Value * times;

    private static int Twice<T>()
        where T : IAmount
        => T.Value * T.Times;

    private interface IAdd<T>
        where T : IAdd<T>
    {
        static abstract T operator +(T a, T b);
    }

    private static T AddAll<T>(ReadOnlySpan<T> items)
        where T : struct, IAdd<T>
    {
        T sum = default;
        foreach (T item in items)
        {
            sum += item;
        }

        return sum;
    }

    private interface IHidden
    {
        int Value();
    }

    private readonly struct Hidden : IHidden
    {
        int IHidden.Value() => 12;
    }

    private static int Explicit<T>(T hidden)
        where T : IHidden
        => hidden.Value();

    [StructLayout(LayoutKind.Explicit)]
    private struct Overlaid
    {
        [FieldOffset(0)]
        public uint Whole;

        [FieldOffset(1)]
        public byte Second;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte A;
        public long B;
    }

    private struct Buffer
    {
        public fixed int Items[4];
    }

    private static int FixedBuffer()
    {
        Buffer buffer = default;
        for (int i = 0; i < 4; i++)
        {
            buffer.Items[i] = i * i;
        }

        return buffer.Items[3] + sizeof(Buffer);
    }

    [InlineArray(5)]
    private struct Five
    {
        private int _element;
    }

    private static int Inline()
    {
        Five five = default;
        five[2] = 7;
        Span<int> span = five;
        span[4] = 9;
        int sum = 0;
        foreach (int i in five)
        {
            sum += i;
        }

        return sum + span.Length;
    }

    private static int Tuples()
    {
        (int Low, int High) range = (1, 9);
        range.High++;
        (int, int) unnamed = range;
        return unnamed.Item1 + range.High;
    }

    private static (int A, int B, int C) Three() => (1, 2, 3);

    private enum Level : short
    {
        Low = -5,
        High = 300,
    }

    private static class Counter<T>
    {
        private static int s_count;

        internal static int Next() => ++s_count;
    }

    private static class Outer<T>
        where T : unmanaged
    {
        internal readonly struct Inner<TInner>(T a, TInner b)
            where TInner : unmanaged
        {
            public int Sum => sizeof(T) + sizeof(TInner);
        }
    }

    private readonly ref struct Window(ReadOnlySpan<int> items)
    {
        private readonly ReadOnlySpan<int> _items = items;

        public int Last => _items[^1];
    }

    private ref struct Reference(ref int target)
    {
        public ref int Target = ref target;
    }

    private static int RefField()
    {
        int n = 5;
        var reference = new Reference(ref n);
        reference.Target += 10;
        return n;
    }

    private interface IOrdered<TSelf>
        where TSelf : IOrdered<TSelf>
    {
        int Key { get; }

        int CompareWith(TSelf other);
    }

    private readonly struct Same(int key) : IOrdered<Same>
    {
        public int Key => key;

        public int CompareWith(Same other) => key - other.Key;
    }
}
