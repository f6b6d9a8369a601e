using System;
using System.Runtime.CompilerServices;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, section 15.6: methods, local functions, extensions and pointers to functions.</summary>
internal static unsafe class Functions
{
    internal static void Run()
    {
        Line("recursion"u8, Ackermann(Of(2), Of(3)));
        Line("local function"u8, Local(Of(4)));
        Line("local function that captures"u8, Captures(Of(4)));
        Line("static local function"u8, StaticLocal(Of(4)));
        Line("recursive local function"u8, RecursiveLocal(Of(10)));
        Line("generic local function"u8, GenericLocal(Of(3)));
        Line("extension method"u8, Of(5).Doubled(), Of(5).Doubled().Doubled());
        Line("extension method by reference"u8, ByReference());
        Line("optional arguments"u8, Optional(1), Optional(1, 5), Optional(1, c: 9));
        Line("named arguments"u8, Optional(c: 1, a: 2, b: 3));
        Line("overloads"u8, Overload(1), Overload(1L), Overload('a'), Overload((byte)1));
        Line("params span"u8, Params(), Params(1), Params(1, 2, 3));
        Line("pointer to a function"u8, Pointer(Of(1)), Pointer(Of(2)));
        Line("table of functions"u8, Table(Of(0), 6), Table(Of(1), 6));
        Line("pointer to a generic function"u8, GenericPointer());
        Line("unmanaged pointer"u8, Unmanaged(Of(20)));
        Line("caller information"u8, CallerName().Length);
        Line("expression bodies"u8, Expression(3));
        Line("return of a struct"u8, Large(Of(3)).D);
        Line("many arguments"u8, Many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        Line("mixed arguments"u8, (long)Mixed(1, 2.5, 3, 4.5f, 5, 6.5));
        Line("tail call"u8, Tail(Of(1000), 0));
        Line("mutual recursion"u8, IsEven(Of(101)) ? 1 : 0, IsEven(Of(100)) ? 1 : 0);
        Line("throw that is not reached"u8, Guarded(Of(1)));
        Line("partial method"u8, Partial.Value());
        Line("unsafe local function"u8, UnsafeLocal());
        Line("operator in a lambda-less sort"u8, Sorted([3, 1, 2]));
    }

    private static int Ackermann(int m, int n) => m == 0 ? n + 1 : n == 0 ? Ackermann(m - 1, 1) : Ackermann(m - 1, Ackermann(m, n - 1));

    private static int Local(int n)
    {
        return Square(n) + Square(n + 1);

        int Square(int x) => x * x;
    }

    private static int Captures(int n)
    {
        int total = 0;
        for (int i = 0; i < n; i++)
        {
            Add(i);
        }

        return total;

        void Add(int x)
        {
            total += x * n;
        }
    }

    private static int StaticLocal(int n)
    {
        return Cube(n);

        static int Cube(int x) => x * x * x;
    }

    private static int RecursiveLocal(int n)
    {
        return Fibonacci(n);

        int Fibonacci(int x) => x < 2 ? x : Fibonacci(x - 1) + Fibonacci(x - 2);
    }

    private static int GenericLocal(int n)
    {
        return Pick(n, 9) + (int)Pick((long)n, 1L);

        T Pick<T>(T a, T b) => n > 2 ? a : b;
    }

    private static int Doubled(this int n) => n * 2;

    private static void Grow(this ref int n) => n += 7;

    private static int ByReference()
    {
        int n = 1;
        n.Grow();
        n.Grow();
        return n;
    }

    private static int Optional(int a, int b = 2, int c = 3) => (a * 100) + (b * 10) + c;

    private static int Overload(int n) => 1;

    private static int Overload(long n) => 2;

    private static int Overload(char n) => 3;

    private static int Overload(byte n) => 4;

    private static int Params(params ReadOnlySpan<int> numbers)
    {
        int sum = numbers.Length * 100;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    private static int One() => 1;

    private static int Two() => 2;

    private static int Pointer(int which)
    {
        delegate*<int> f = which == 1 ? &One : &Two;
        return f();
    }

    private static int Negate(int n) => -n;

    private static int Table(int which, int n)
    {
        delegate*<int, int>* table = stackalloc delegate*<int, int>[2];
        table[0] = &Negate;
        table[1] = &Doubled;
        return table[which](n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Size<T>() => Unsafe.SizeOf<T>();

    private static int GenericPointer()
    {
        delegate*<int> f = &Size<long>;
        delegate*<int> g = &Size<byte>;
        return (f() * 10) + g();
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static int FromC(int n) => n + 1;

    private static int Unmanaged(int n)
    {
        delegate* unmanaged<int, int> f = &FromC;
        return f(n);
    }

    private static string CallerName([CallerMemberName] string name = "") => name;

    private static int Expression(int n) => n switch { 3 => 30, _ => 0 };

    private struct Four
    {
        public long A;
        public long B;
        public long C;
        public long D;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Four Large(int n) => new() { A = n, D = n * 4 };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Many(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j) => a - b + c - d + e - f + g - h + i - (j * 10);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Mixed(int a, double b, long c, float d, byte e, double f) => (a * b) + (c * d) + (e * f);

    private static int Tail(int n, int sum) => n == 0 ? sum : Tail(n - 1, sum + n);

    private static bool IsEven(int n) => n == 0 || IsOdd(n - 1);

    private static bool IsOdd(int n) => n != 0 && IsEven(n - 1);

    private static int Guarded(int n)
    {
        if (n < 0)
        {
            return -1;
        }

        return n + 1;
    }

    private static int UnsafeLocal()
    {
        int n = 4;
        Set(&n);
        return n;

        static void Set(int* p) => *p = 44;
    }

    private static int Sorted(Span<int> numbers)
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            for (int j = i; j > 0 && numbers[j] < numbers[j - 1]; j--)
            {
                (numbers[j], numbers[j - 1]) = (numbers[j - 1], numbers[j]);
            }
        }

        return (numbers[0] * 100) + (numbers[1] * 10) + numbers[2];
    }

    private static partial class Partial
    {
        internal static partial int Value();
    }

    private static partial class Partial
    {
        internal static partial int Value() => 31;
    }
}
