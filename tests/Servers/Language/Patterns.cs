using System;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, chapter 11: patterns.</summary>
internal static class Patterns
{
    internal static void Run()
    {
        Line("constant pattern"u8, Of(5) is 5 ? 1 : 0, Of('x') is 'x' ? 1 : 0);
        Line("relational pattern"u8, Relational(Of(-1)), Relational(Of(50)), Relational(Of(500)));
        Line("and, or, not"u8, Logic(Of(5)), Logic(Of(15)), Logic(Of(20)));
        Line("var pattern"u8, Of(3) is var n && n > 2 ? n : 0);
        Line("declaration pattern"u8, Of((int?)6) is int m ? m : -1, Of((int?)null) is int k ? k : -1);
        Line("property pattern"u8, Property(new Point(1, 2)), Property(new Point(0, 9)), Property(new Point(5, 5)));
        Line("nested property pattern"u8, new Segment(new(1, 2), new(3, 4)) is { From.X: 1, To: { Y: var y } } ? y : -1);
        Line("positional pattern"u8, Positional(new Point(0, 0)), Positional(new Point(0, 5)), Positional(new Point(5, 0)));
        Line("tuple pattern"u8, Tuple(Of(true), Of(1)), Tuple(Of(false), Of(1)), Tuple(Of(false), Of(2)));
        Line("list pattern"u8, List([]), List([1]), List([1, 2]), List([1, 2, 3]));
        Line("slice pattern"u8, Slice([1, 2, 3, 9]), Slice([5, 9]), Slice([7]));
        Line("list pattern of bytes"u8, Method("GET /"u8), Method("PUT /"u8), Method("G"u8));
        Line("discard pattern"u8, Of(4) switch { 1 => 1, _ => 9 });
        Line("when"u8, When(Of(4)), When(Of(5)), When(Of(-1)));
        Line("parenthesised pattern"u8, Of(7) is (> 1 and < 5) or (> 6 and < 9) ? 1 : 0);
        Line("pattern of an enum"u8, Of(Kind.B) is Kind.A or Kind.B ? 1 : 0);
        Line("is not"u8, Of((int?)null) is not { } ? 1 : 0, Of(3) is not (3 or 4) ? 1 : 0);
        Line("pattern of a pointer-sized number"u8, Of((nint)5) is > 3 ? 1 : 0);
        Line("switch expression of all of bool"u8, Of(true) switch { true => 1, false => 2 });
    }

    private enum Kind
    {
        A,
        B,
    }

    private readonly struct Point(int x, int y)
    {
        public int X => x;

        public int Y => y;

        public void Deconstruct(out int a, out int b) => (a, b) = (x, y);
    }

    private readonly struct Segment(Point from, Point to)
    {
        public Point From => from;

        public Point To => to;
    }

    private static int Relational(int n) => n switch { < 0 => 1, >= 0 and < 100 => 2, _ => 3 };

    private static int Logic(int n) => n is > 0 and not (> 10 and < 18) and not 20 ? 1 : 0;

    private static int Property(Point p) => p switch { { X: 1, Y: 2 } => 1, { X: 0, Y: var y } => y, { } => 7 };

    private static int Positional(Point p) => p switch { (0, 0) => 1, (0, > 3) => 2, (var x, 0) => x * 10, _ => 4 };

    private static int Tuple(bool a, int b) => (a, b) switch { (true, _) => 1, (false, 1) => 2, _ => 3 };

    private static int List(ReadOnlySpan<int> list) => list switch { [] => 0, [var only] => only * 10, [1, 2] => 2, [_, .., var last] => last * 100 };

    private static int Slice(ReadOnlySpan<int> list) => list is [var first, .. var rest, 9] ? (first * 10) + rest.Length : -1;

    private static int Method(ReadOnlySpan<byte> line) => line is [(byte)'G', (byte)'E', (byte)'T', (byte)' ', ..] ? 1 : 0;

    private static int When(int n) => n switch { _ when n < 0 => 1, var m when m % 2 == 0 => m, _ => 3 };
}
