using System;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, chapter 13: statements.</summary>
internal static class Statements
{
    private static long s_trace;

    internal static void Run()
    {
        Line("if"u8, If(Of(5)), If(Of(-5)), If(Of(0)));
        Line("switch"u8, Switch(Of(1)), Switch(Of(4)), Switch(Of(9)));
        Line("switch on a string"u8, SwitchOnString(Of("b")), SwitchOnString(Of("hh")), SwitchOnString(Of("")), SwitchOnString(Of("none")));
        Line("switch on an enum"u8, SwitchOnEnum(Of(Colour.Green)), SwitchOnEnum(Of((Colour)77)));
        Line("goto case"u8, GotoCase(Of(1)), GotoCase(Of(3)));
        Line("goto"u8, Goto(Of(7)));
        Line("while"u8, While(Of(27)));
        Line("do"u8, Do(Of(0)));
        Line("for"u8, For(Of(10)));
        Line("break and continue"u8, BreakAndContinue(Of(20)));
        Line("foreach over a span"u8, ForEachSpan());
        Line("foreach by reference"u8, ForEachRef());
        Line("foreach over a string"u8, ForEachString(Of("abc")));
        Line("foreach over a struct enumerator"u8, ForEachStruct(Of(5)));
        Line("foreach over an extension"u8, ForEachExtension(Of(4)));
        Line("foreach disposes"u8, ForEachDisposes(Of(3)), s_trace);
        Line("using"u8, Using(Of(2)), s_trace);
        Line("using declaration"u8, UsingDeclaration(Of(2)), s_trace);
        Line("using leaves early"u8, UsingLeavesEarly(Of(1)), s_trace);
        Line("finally"u8, Finally(Of(1)), s_trace);
        Line("finally in a loop"u8, FinallyInLoop(Of(5)));
        Line("nested finally"u8, NestedFinally(Of(1)));
        Line("checked statement"u8, Checked(Of(100)));
        Line("unchecked statement"u8, Unchecked(Of(int.MaxValue)));
        Line("local constant"u8, LocalConstant(Of(2)));
        Line("deconstruction"u8, Deconstruction(Of(3)));
        Line("discard"u8, Discard(Of(3)));
        Line("scopes"u8, Scopes(Of(3)));
    }

    private static int If(int n)
    {
        if (n > 0)
        {
            return 1;
        }
        else if (n < 0)
        {
            return -1;
        }

        return 0;
    }

    private static int Switch(int n)
    {
        switch (n)
        {
            case 0:
            case 1:
                return 10;
            case 2 or 3:
                return 20;
            case > 3 and < 6 when n % 2 == 0:
                return 30;
            default:
                return 40;
        }
    }

    private static int SwitchOnString(string s)
    {
        switch (s)
        {
            case "a": return 1;
            case "b": return 2;
            case "c": return 3;
            case "d": return 4;
            case "ee": return 5;
            case "ff": return 6;
            case "gg": return 7;
            case "hh": return 8;
            case "": return 9;
            default: return 0;
        }
    }

    private enum Colour
    {
        Red,
        Green = 5,
    }

    private static int SwitchOnEnum(Colour colour) => colour switch { Colour.Red => 1, Colour.Green => 2, _ => 3 };

    private static int GotoCase(int n)
    {
        int result = 0;
        switch (n)
        {
            case 1:
                result += 1;
                goto case 2;
            case 2:
                result += 2;
                goto default;
            default:
                result += 100;
                break;
        }

        return result;
    }

    private static int Goto(int n)
    {
        int i = 0;
    again:
        if (i * i < n)
        {
            i++;
            goto again;
        }

        return i;
    }

    private static int While(int n)
    {
        int steps = 0;
        while (n != 1)
        {
            n = n % 2 == 0 ? n / 2 : (3 * n) + 1;
            steps++;
        }

        return steps;
    }

    private static int Do(int n)
    {
        int times = 0;
        do
        {
            times++;
        }
        while (times < n);

        return times;
    }

    private static int For(int n)
    {
        int sum = 0;
        for (int i = 0, j = n; i < j; i++, j--)
        {
            sum += i * j;
        }

        return sum;
    }

    private static int BreakAndContinue(int n)
    {
        int sum = 0;
        for (int i = 0; ; i++)
        {
            if (i % 3 == 0)
            {
                continue;
            }

            if (i > n)
            {
                break;
            }

            sum += i;
        }

        return sum;
    }

    private static int ForEachSpan()
    {
        ReadOnlySpan<int> numbers = [3, 5, 7];
        int sum = 0;
        foreach (int number in numbers)
        {
            sum = (sum * 10) + number;
        }

        return sum;
    }

    private static int ForEachRef()
    {
        Span<int> numbers = stackalloc int[] { 1, 2, 3 };
        foreach (ref int number in numbers)
        {
            number *= 2;
        }

        return numbers[0] + (10 * numbers[1]) + (100 * numbers[2]);
    }

    private static int ForEachString(string s)
    {
        int sum = 0;
        foreach (char c in s)
        {
            sum = (sum * 31) + c;
        }

        return sum;
    }

    private readonly struct Countdown(int from)
    {
        public Enumerator GetEnumerator() => new(from);

        internal struct Enumerator(int from)
        {
            private int _next = from + 1;

            public readonly int Current => _next;

            public bool MoveNext() => --_next > 0;
        }
    }

    private static int ForEachStruct(int n)
    {
        int result = 0;
        foreach (int i in new Countdown(n))
        {
            result = (result * 10) + i;
        }

        return result;
    }

    private static Countdown.Enumerator GetEnumerator(this int n) => new Countdown(n).GetEnumerator();

    private static int ForEachExtension(int n)
    {
        int result = 0;
        foreach (int i in n)
        {
            result += i;
        }

        return result;
    }

    private ref struct Disposing(int count)
    {
        private int _left = count;

        public readonly int Current => _left;

        public readonly Disposing GetEnumerator() => this;

        public bool MoveNext() => _left-- > 0;

        public readonly void Dispose() => s_trace += 1000;
    }

    private static int ForEachDisposes(int n)
    {
        int result = 0;
        foreach (int i in new Disposing(n))
        {
            result += i;
            if (i == 1)
            {
                break;
            }
        }

        return result;
    }

    private readonly struct Resource(int number) : IDisposable
    {
        public int Number => number;

        public void Dispose() => s_trace = (s_trace * 10) + number;
    }

    private static long Using(int n)
    {
        s_trace = 0;
        using (var outer = new Resource(n))
        using (var inner = new Resource(n + 1))
        {
            return s_trace + outer.Number + inner.Number;
        }
    }

    private static long UsingDeclaration(int n)
    {
        s_trace = 0;
        using var first = new Resource(n);
        using Resource second = new(n + 2);
        return s_trace;
    }

    private static int UsingLeavesEarly(int n)
    {
        s_trace = 0;
        for (int i = 0; i < 3; i++)
        {
            using var resource = new Resource(i + 1);
            if (i == n)
            {
                return i;
            }
        }

        return -1;
    }

    private static long Finally(int n)
    {
        s_trace = 5;
        try
        {
            return s_trace + n;
        }
        finally
        {
            s_trace++;
        }
    }

    private static int FinallyInLoop(int n)
    {
        int result = 0;
        for (int i = 0; i < n; i++)
        {
            try
            {
                if (i == 1)
                {
                    continue;
                }

                if (i == 3)
                {
                    break;
                }

                result += 1;
            }
            finally
            {
                result += 10;
            }
        }

        return result;
    }

    private static int NestedFinally(int n)
    {
        int result = 0;
        try
        {
            try
            {
                result += n;
            }
            finally
            {
                result *= 10;
            }

            result += 2;
        }
        finally
        {
            result *= 10;
        }

        return result;
    }

    private static int Checked(int n)
    {
        checked
        {
            return (byte)(n + 100) + (n * 1000);
        }
    }

    private static int Unchecked(int n)
    {
        unchecked
        {
            return n + 2;
        }
    }

    private static int LocalConstant(int n)
    {
        const int Factor = 21;
        const string Text = "text" + "more";
        return (Factor * n) + Text.Length;
    }

    private static int Deconstruction(int n)
    {
        (int a, (int b, int c)) = (n, (n + 1, n + 2));
        (a, b) = (b, a);
        return (a * 100) + (b * 10) + c;
    }

    private static int Discard(int n)
    {
        (_, int b) = (n, n * 2);
        _ = n + b;
        return b;
    }

    private static int Scopes(int n)
    {
        int sum = 0;
        {
            int inner = n;
            sum += inner;
        }

        {
            int inner = 2 * n;
            sum += inner;
        }

        return sum;
    }
}
