using System;
using System.Runtime.CompilerServices;
using SyscallServer.Language.Library;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>Fields with initial values, and static constructors: those that the compiler lays out, and those that run at the first use.</summary>
internal static unsafe class Initialisers
{
    internal static void Run()
    {
        Line("whole numbers"u8, Numbers.I8 + Numbers.U8 + Numbers.I16 + Numbers.U16, Numbers.I32 + Numbers.U32, Numbers.I64, (long)Numbers.U64);
        Line("native numbers"u8, Numbers.NInt, (long)Numbers.NUInt, Numbers.Char, Numbers.Bool ? 1 : 0);
        Line("single"u8, Numbers.Single);
        Line("double"u8, Numbers.Double);
        Line("enums"u8, (long)Numbers.Weekday, (long)Numbers.Wide);
        Line("a nullable number"u8, Numbers.Maybe.GetValueOrDefault(), Numbers.Maybe.HasValue ? 1 : 0, Numbers.Nothing.HasValue ? 1 : 0);
        Numbers.I32++;
        Line("a number that is changed"u8, Numbers.I32);

        Line("a string"u8, Texts.Text.Length, Texts.Text[1], Texts.ReadOnly.Length, Texts.None is null ? 1 : 0);
        Texts.Text = Texts.ReadOnly;
        Line("a string that is changed"u8, Texts.Text == "read-only" ? 1 : 0, Texts.Text[0]);
        Line("the same string"u8, (object)Texts.Text == (object)Texts.ReadOnly);
        Line("an empty string"u8, Texts.Empty.Length);

        Line("arrays of bytes"u8, Arrays.Two.Length, Arrays.Two[1], Arrays.Eight[7], Arrays.Zeros[15]);
        Line("arrays of numbers"u8, Arrays.Shorts[2], Arrays.Ints[5], Arrays.Longs[1], Arrays.Days.Length);
        Line("an array of floating-point numbers"u8, Arrays.Doubles[2]);
        Line("an array of characters"u8, Arrays.Characters[1], Arrays.Booleans[2] ? 1 : 0, (long)Arrays.Days[1]);
        Line("an array of structs"u8, Arrays.Points[1].X, Arrays.Points[1].Y, Arrays.Points.Length);
        Line("a collection expression"u8, Arrays.Collection[2], Arrays.Collection.Length, Arrays.NoElements.Length);
        Arrays.Ints[5] = -1;
        Arrays.Zeros[15]++;
        Line("an array that is changed"u8, Arrays.Ints[5], Arrays.Zeros[15]);
        long sum = 0;
        foreach (int value in Arrays.Ints)
        {
            sum += value;
        }

        Line("a loop over an array"u8, sum);
        Span<int> part = Arrays.Ints.AsSpan(1, 3);
        part[0] = 99;
        Line("a span of an array"u8, Arrays.Ints[1], part.Length);
        Arrays.Ints = Arrays.Others;
        Line("an array that is replaced"u8, Arrays.Ints.Length, Arrays.Ints[0]);
        Line("length of an array"u8, Arrays.Large.Length, Arrays.Large[8191]);

        Line("a struct"u8, Structs.Made.X, Structs.Made.Y, Structs.Set.Y, Structs.Defaulted.X);
        Line("a nested struct"u8, Structs.Outer.Inner.Y, Structs.Outer.Number);
        Line("a tuple"u8, Structs.Tuple.A, Structs.Tuple.B);
        Line("a readonly struct"u8, Structs.ReadOnly.X);
        Structs.Made.X = 77;
        Line("a struct that is changed"u8, Structs.Made.X);
        Line("instance initialisers"u8, Structs.WithFields.A, Structs.WithFields.B);

        Line("fields of a generic type"u8, Generic<int>.Size, Generic<long>.Size, Generic<long>.Name.Length, GenericTable<byte>.Table[1]);
        Generic<int>.Count++;
        Line("fields of each generic type"u8, Generic<int>.Count, Generic<long>.Count);
        Line("a nested type"u8, Nested.Inner.Value, Nested.Inner.Deeper.Text.Length);
        Line("a struct's static"u8, Point.Origin.X, Point.Created);
        Line("an interface's static"u8, IHolder.Held);
        Line("an automatic property"u8, Properties.Number, Properties.Text.Length);

        Line("order of initial values"u8, Order.A, Order.B, Order.C);
        Line("a value that is called for"u8, Calls.Fibonacci, Calls.Second, Calls.Name.Length);
        Line("a value of another type"u8, Uses.Value, Uses.Length);
        Line("before a static constructor"u8, Trace.Count);
        Line("a static constructor"u8, Constructed.Value, Trace.Count);
        Line("only once"u8, Constructed.Value, Trace.Count);
        Line("at a call"u8, AtCall.Method(), Trace.Count);
        Line("at an instance"u8, new AtInstance(3).Value, Trace.Count);
        Line("in a circle"u8, CircleA.Value, CircleB.Value);
        Line("of a generic type"u8, GenericConstructed<int>.Value, GenericConstructed<long>.Value, Trace.Count);
        Line("a string of a static constructor"u8, ConstructedText.Text.Length, ConstructedText.Other.Length);
        Line("pointers"u8, (long)Pointers.Nowhere, Pointers.Function(20), Pointers.AsNumber != 0 ? 1 : 0, *(byte*)Pointers.ToData);
        Line("volatile"u8, Fields.Volatile);
        Line("a constant"u8, Fields.Constant, Fields.ConstantText.Length);
        Line("an inline array"u8, Fields.Inline[3]);
        Line("of a library"u8, Values.Number, Values.Text.Length, Values.Table[5], Values.ReadOnlyText.Length);
        Line("computed in a library"u8, Computed.Factorial, Computed.Calls);
        Line("no initial value"u8, Unset.Object is null ? 1 : 0, Unset.Number, Unset.Array is null ? 1 : 0);
    }

    private static class Numbers
    {
        internal static sbyte I8 = -8;
        internal static byte U8 = 200;
        internal static short I16 = -1600;
        internal static ushort U16 = 60000;
        internal static int I32 = 7;
        internal static uint U32 = 4000000000;
        internal static long I64 = long.MinValue + 5;
        internal static ulong U64 = ulong.MaxValue - 6;
        internal static nint NInt = -5;
        internal static nuint NUInt = 6;
        internal static char Char = 'x';
        internal static bool Bool = true;
        internal static float Single = 1.5f;
        internal static double Double = -2.25e100;
        internal static Day Weekday = Day.Friday;
        internal static Wide Wide = Wide.Large;
        internal static int? Maybe = 5;
        internal static int? Nothing = null;
    }

    private enum Day : byte
    {
        Monday = 1,
        Friday = 5,
        Saturday,
    }

    private enum Wide : long
    {
        Large = 1L << 40,
    }

    private static class Texts
    {
        internal static string Text = "text";
        internal static readonly string ReadOnly = "read-only";
        internal static string Empty = "";
        internal static string? None;
    }

    private static class Arrays
    {
        internal static readonly byte[] Two = { 1, 2 };
        internal static readonly byte[] Eight = { 1, 2, 3, 4, 5, 6, 7, 8 };
        internal static readonly byte[] Zeros = new byte[16];
        internal static short[] Shorts = { -1, -2, -3 };
        internal static int[] Ints = { 1, 2, 3, 4, 5, 6 };
        internal static int[] Others = new[] { 42 };
        internal static long[] Longs = [1L << 40, -1];
        internal static double[] Doubles = { 0.5, 1.5, -2.5 };
        internal static char[] Characters = { 'a', 'b' };
        internal static bool[] Booleans = { true, false, true };
        internal static Day[] Days = { Day.Monday, Day.Saturday };
        internal static Point[] Points = { new(1, 2), new(3, 4) };
        internal static readonly int[] Collection = [7, 8, 9, 10];
        internal static readonly int[] NoElements = new int[0];
        internal static readonly byte[] Large = new byte[8192];
    }

    internal struct Point(int x, int y)
    {
        public int X = x;
        public int Y = y;
        public static readonly Point Origin = new(-1, -1);
        public static int Created = 3;
    }

    private struct Pair
    {
        public Point Inner;
        public long Number;
    }

    private struct Initialised()
    {
        public int A = 5;
        public long B = 6;
    }

    private static class Structs
    {
        internal static Point Made = new(5, 6);
        internal static Point Set = new() { X = 1, Y = 9 };
        internal static Point Defaulted = default;
        internal static Pair Outer = new() { Inner = new(3, 8), Number = 11 };
        internal static (int A, long B) Tuple = (12, 13);
        internal static readonly Point ReadOnly = new(14, 15);
        internal static Initialised WithFields = new();
    }

    private static class Generic<T>
    {
        internal static int Size = Unsafe.SizeOf<T>();
        internal static string Name = "generic";
        internal static int Count = 10;
    }

    private static class GenericTable<T>
    {
        internal static readonly byte[] Table = [4, 5];
    }

    private static class Nested
    {
        internal static class Inner
        {
            internal static int Value = 17;

            internal static class Deeper
            {
                internal static readonly string Text = "deep";
            }
        }
    }

    private interface IHolder
    {
        internal static int Held = 18;
    }

    private static class Properties
    {
        internal static int Number { get; set; } = 19;

        internal static string Text { get; } = "property";
    }

    private static class Order
    {
        internal static int A = B + 1;
        internal static int B = 5;
        internal static int C = A + B;
    }

    private static class Calls
    {
        internal static int Fibonacci = Number(10);
        internal static int Second = Fibonacci * 2;
        internal static string Name = "calls";
    }

    private static class Uses
    {
        internal static int Value = Calls.Fibonacci + Numbers.U8;
        internal static int Length = Texts.ReadOnly.Length;
    }

    private static class Trace
    {
        internal static int Count;
    }

    private static class Constructed
    {
        internal static int Value;

        static Constructed()
        {
            Trace.Count++;
            Value = Of(21);
        }
    }

    private static class AtCall
    {
        static AtCall() => Trace.Count += 10;

        internal static int Method() => Trace.Count;
    }

    private struct AtInstance
    {
        internal int Value;

        static AtInstance() => Trace.Count += 100;

        internal AtInstance(int value) => Value = value + Trace.Count;
    }

    private static class CircleA
    {
        internal static int Value = CircleB.Value + Of(1);
    }

    private static class CircleB
    {
        internal static int Value = CircleA.Value + Of(10);
    }

    private static class GenericConstructed<T>
    {
        internal static int Value;

        static GenericConstructed()
        {
            Trace.Count += 1000;
            Value = Unsafe.SizeOf<T>();
        }
    }

    private static class ConstructedText
    {
        internal static string Text;
        internal static string Other = "other";

        static ConstructedText()
        {
            Text = Of(1) == 1 ? "chosen" : "not";
        }
    }

    private static class Pointers
    {
        internal static byte* Nowhere = (byte*)0x1234;
        internal static delegate*<int, int> Function = &Number;
        internal static nint AsNumber = (nint)(delegate*<int, int>)&Number;
        internal static void* ToData = Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetReference("data"u8));
    }

    private static class Fields
    {
        internal static volatile int Volatile = 22;
        internal const int Constant = 23;
        internal const string ConstantText = "constant" + "text";
        internal static Four Inline = Filled();

        private static Four Filled()
        {
            Four four = default;
            four[3] = 24;
            return four;
        }
    }

    [InlineArray(4)]
    private struct Four
    {
        private int _element;
    }

    private static class Unset
    {
        internal static object? Object;
        internal static int Number;
        internal static int[]? Array;
    }

    private static int Number(int n) => n < 2 ? n : Number(n - 1) + Number(n - 2);
}
