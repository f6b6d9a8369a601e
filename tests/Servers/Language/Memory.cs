using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, sections 9.7 and 12.8, and chapter 23: references, spans and unsafe code.</summary>
internal static unsafe class Memory
{
    private static int s_field = 3;

    internal static void Run()
    {
        Line("stackalloc"u8, StackAlloc(Of(10)));
        Line("stackalloc of zeros"u8, StackZeros(Of(100)));
        Line("stackalloc in an expression"u8, Sum(stackalloc int[] { 1, 2, 3 }));
        Line("large stackalloc"u8, LargeStack(Of(100000)));
        Line("stackalloc in a loop"u8, StackLoop(Of(10)));
        Line("collection expressions"u8, Sum([Of(4), Of(5), Of(6)]));
        Line("data of a span"u8, Data[2], Data.Length, Words[1]);
        Line("ranges"u8, Ranges());
        Line("indices from the end"u8, FromEnd());
        Line("index as a value"u8, IndexValue(Of(2)));
        Line("ref local"u8, RefLocal());
        Line("ref return"u8, RefReturn());
        Line("ref ternary"u8, RefTernary(Of(true)), RefTernary(Of(false)));
        Line("ref readonly"u8, RefReadOnly(in s_field));
        Line("out and ref arguments"u8, OutAndRef());
        Line("in argument"u8, In(5), In(in s_field));
        Line("scoped"u8, Scoped(stackalloc byte[4]));
        Line("pointers"u8, Pointers());
        Line("pointers to structs"u8, PointerToStruct());
        Line("pointer comparison"u8, PointerComparison());
        Line("pointers of pointers"u8, PointerOfPointer());
        Line("fixed"u8, Fixed());
        Line("address-of a field"u8, AddressOf());
        Line("casts of pointers"u8, Cast());
        Line("reinterpretation"u8, Reinterpret());
        Line("copies that overlap"u8, Overlap());
        Line("comparison of spans"u8, "abc"u8.SequenceEqual("abc"u8) ? 1 : 0, "abc"u8.IndexOf((byte)'c'), "abc"u8.StartsWith("ab"u8) ? 1 : 0);
        Line("slices of slices"u8, Slices());
    }

    private static ReadOnlySpan<byte> Data => [1, 2, 3];

    private static ReadOnlySpan<uint> Words => [0x01020304, 0xFFFFFFFF];

    private static int StackAlloc(int n)
    {
        Span<int> numbers = stackalloc int[n];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        return Sum(numbers);
    }

    private static int StackZeros(int n)
    {
        Span<int> numbers = stackalloc int[n];
        return Sum(numbers) + numbers.Length;
    }

    private static int LargeStack(int n)
    {
        byte* bytes = stackalloc byte[n];
        bytes[0] = 1;
        bytes[n - 1] = 2;
        return bytes[0] + bytes[n - 1] + bytes[n / 2];
    }

    private static int StackLoop(int n)
    {
        int sum = 0;
        Span<byte> outside = stackalloc byte[8];
        for (int i = 0; i < n; i++)
        {
            outside[i % 8]++;
            sum += outside[i % 8];
        }

        return sum;
    }

    private static int Sum(ReadOnlySpan<int> numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    private static int Ranges()
    {
        ReadOnlySpan<byte> s = "0123456789"u8;
        return s[2..5].Length + (s[..3].Length * 10) + (s[7..].Length * 100) + (s[^4..^1][0] * 1000) + s[..].Length;
    }

    private static int FromEnd()
    {
        Span<int> s = stackalloc int[] { 1, 2, 3 };
        s[^1] += 10;
        return s[^1] + s[^3];
    }

    private static int IndexValue(int n)
    {
        ReadOnlySpan<byte> s = "0123456789"u8;
        return s[^n] + s[n];
    }

    private static int RefLocal()
    {
        int a = 1, b = 2;
        ref int r = ref a;
        r = 10;
        r = ref b;
        r = 20;
        return a + b;
    }

    private static ref int Largest(Span<int> numbers)
    {
        ref int largest = ref numbers[0];
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > largest)
            {
                largest = ref numbers[i];
            }
        }

        return ref largest;
    }

    private static int RefReturn()
    {
        Span<int> numbers = stackalloc int[] { 3, 9, 4 };
        Largest(numbers) = 0;
        Largest(numbers)++;
        return numbers[0] + (numbers[1] * 10) + (numbers[2] * 100);
    }

    private static int RefTernary(bool first)
    {
        int a = 1, b = 2;
        (first ? ref a : ref b) = 9;
        return (a * 10) + b;
    }

    private static int RefReadOnly(ref readonly int n) => n + 1;

    private static int OutAndRef()
    {
        int n = 1;
        Change(ref n, out int m);
        Change(ref n, out _);
        return n + m;

        static void Change(ref int a, out int b)
        {
            b = a;
            a += 10;
        }
    }

    private static int In(in int n) => n * 2;

    private static int Scoped(scoped Span<byte> bytes) => bytes.Length;

    private static int Pointers()
    {
        int* numbers = stackalloc int[4];
        for (int* p = numbers; p < numbers + 4; p++)
        {
            *p = (int)(p - numbers) * 3;
        }

        return numbers[3] + *(numbers + 2) + (int)((byte*)(numbers + 1) - (byte*)numbers);
    }

    private struct Node
    {
        public int Value;
        public Node* Next;
    }

    private static int PointerToStruct()
    {
        Node second = new() { Value = 5 };
        Node first = new() { Value = 4, Next = &second };
        Node* p = &first;
        p->Next->Value++;
        return p->Value + (*p->Next).Value + (second.Next == null ? 100 : 0);
    }

    private static int PointerComparison()
    {
        byte* p = (byte*)Of((nint)0x1000);
        byte* q = p + 5;
        return (p < q ? 1 : 0) + (p == q ? 2 : 0) + (q - p == 5 ? 4 : 0) + ((nint)q == 0x1005 ? 8 : 0);
    }

    private static int PointerOfPointer()
    {
        int n = 3;
        int* p = &n;
        int** q = &p;
        **q = 7;
        return n;
    }

    private static int Fixed()
    {
        fixed (byte* p = "fixed"u8)
        {
            return p[4] + p[5];
        }
    }

    private static int AddressOf()
    {
        fixed (int* p = &s_field)
        {
            *p += 1;
        }

        return s_field--;
    }

    private static int Cast()
    {
        long n = 0x0102030405060708;
        byte* bytes = (byte*)&n;
        return bytes[0] + (((short*)bytes)[1] << 8) + *(int*)(bytes + 4);
    }

    private static long Reinterpret()
    {
        double d = 1.5;
        Span<long> words = stackalloc long[] { 1, -1 };
        Span<byte> bytes = MemoryMarshal.AsBytes(words);
        return Unsafe.As<double, long>(ref d) + bytes.Length + bytes[15];
    }

    private static int Overlap()
    {
        Span<byte> s = stackalloc byte[] { 1, 2, 3, 4, 5 };
        s[..4].CopyTo(s[1..]);
        s[2..].CopyTo(s);
        return (s[0] * 10000) + (s[1] * 1000) + (s[2] * 100) + (s[3] * 10) + s[4];
    }

    private static int Slices() => "0123456789"u8[2..][1..^1].Slice(2, 3)[^1];
}
