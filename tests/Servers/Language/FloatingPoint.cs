using System;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, sections 8.3.7 and 10.3: float and double.</summary>
internal static class FloatingPoint
{
    internal static void Run()
    {
        double d = Of(7.25), e = Of(-2.5), nan = Of(double.NaN), zero = Of(0.0);
        float f = Of(1.1f);
        Line("double addition"u8, d + e);
        Line("double multiplication"u8, d * e);
        Line("double division"u8, d / e);
        Line("double remainder"u8, d % e);
        Line("remainder of far numbers"u8, Of(1e300) % Of(3.7));
        Line("float arithmetic"u8, (f * 3) - (f / 7));
        Line("float remainder"u8, Of(5.5f) % Of(-2.25f));
        Line("negation of zero"u8, -zero);
        Line("division by zero"u8, d / zero);
        Line("zero by zero"u8, double.IsNaN(zero / zero));
        Line("comparisons with NaN"u8, (nan == nan ? 1 : 0) + (nan != nan ? 2 : 0) + (nan < d ? 4 : 0) + (nan > d ? 8 : 0) + (nan >= nan ? 16 : 0) + (!(nan < d) ? 32 : 0), zero == -zero ? 1 : 0);
        Line("infinity"u8, Of(double.MaxValue) * 2);
        Line("double to int"u8, (int)Of(-3.99), (int)Of(3.99), (long)Of(-1e18), (short)Of(300.7));
        Line("double to unsigned"u8, (uint)Of(4e9), (long)(ulong)Of(1.5e19), (byte)Of(200.5), (char)Of(65.9));
        Line("int to double"u8, (double)Of(-123456789));
        Line("unsigned to double"u8, (double)Of(ulong.MaxValue));
        Line("long to float"u8, (float)Of(1234567890123L));
        Line("double to float"u8, (float)Of(0.1));
        Line("float to double"u8, (double)Of(0.1f));
        Line("checked double to int"u8, checked((int)Of(-3.99)), checked((byte)Of(255.9)), checked((long)Of(1e15)), checked((uint)Of(4e9)));
        Line("increment of a double"u8, Increment(Of(1.5)));
        Line("lifted doubles"u8, (Of((double?)1.5) + 1) ?? -1);
        Line("patterns of doubles"u8, Pattern(Of(2.0)), Pattern(Of(double.NaN)), Pattern(Of(-7.5)));
    }

    private static double Increment(double d)
    {
        d++;
        d += 1;
        d /= 3;
        return d;
    }

    private static int Pattern(double d) => d switch { < 0 => 1, 2.0 => 2, double.NaN => 3, _ => 4 };
}
