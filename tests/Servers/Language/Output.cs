using System;
using System.Runtime.CompilerServices;

namespace SyscallServer.Language.Tests;

/// <summary>A line for each construct: its name, and the numbers that it came to.</summary>
internal static unsafe class Output
{
    /// <summary>A value that the compilers know nothing about.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static T Of<T>(T value) => value;

    internal static void Line(ReadOnlySpan<byte> name, long a)
    {
        byte* line = stackalloc byte[120];
        int length = Append(line, 0, name);
        Program.Write(line, End(line, Append(line, length, a)));
    }

    internal static void Line(ReadOnlySpan<byte> name, long a, long b)
    {
        byte* line = stackalloc byte[120];
        int length = Append(line, 0, name);
        Program.Write(line, End(line, Append(line, Append(line, length, a), b)));
    }

    internal static void Line(ReadOnlySpan<byte> name, long a, long b, long c, long d = 0)
    {
        byte* line = stackalloc byte[160];
        int length = Append(line, 0, name);
        Program.Write(line, End(line, Append(line, Append(line, Append(line, Append(line, length, a), b), c), d)));
    }

    internal static void Line(ReadOnlySpan<byte> name, bool a) => Line(name, a ? 1L : 0);

    internal static void Line(ReadOnlySpan<byte> name, double a) => Line(name, Unsafe.As<double, long>(ref a));

    internal static void Line(ReadOnlySpan<byte> name, float a) => Line(name, Unsafe.As<float, int>(ref a));

    private static int Append(byte* line, int length, ReadOnlySpan<byte> name)
    {
        foreach (byte character in name)
        {
            line[length++] = character;
        }

        return length;
    }

    private static int Append(byte* line, int length, long value)
    {
        byte* digits = stackalloc byte[20];
        int count = 0;
        ulong rest = value < 0 ? 0 - (ulong)value : (ulong)value;
        do
        {
            digits[count++] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest != 0);

        line[length++] = (byte)' ';
        if (value < 0)
        {
            line[length++] = (byte)'-';
        }

        while (count > 0)
        {
            line[length++] = digits[--count];
        }

        return length;
    }

    private static int End(byte* line, int length)
    {
        line[length] = (byte)'\n';
        return length + 1;
    }
}
