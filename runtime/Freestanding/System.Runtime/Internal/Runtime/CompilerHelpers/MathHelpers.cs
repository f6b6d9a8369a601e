using System;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>Where ILC 8 looks for checked conversions of floating-point numbers; later ones look in Math.</summary>
internal static class MathHelpers
{
    internal static int Dbl2IntOvf(double value) => Math.ConvertToInt32Checked(value);

    internal static uint Dbl2UIntOvf(double value) => Math.ConvertToUInt32Checked(value);

    internal static long Dbl2LngOvf(double value) => Math.ConvertToInt64Checked(value);

    internal static ulong Dbl2ULngOvf(double value) => Math.ConvertToUInt64Checked(value);
}
