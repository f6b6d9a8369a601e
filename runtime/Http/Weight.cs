using System.Runtime.CompilerServices;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>The weights in the lists by which a client says what it likes (RFC 9110, section 12.4.2), in thousandths.</summary>
internal static unsafe class Weight
{
    /// <summary>The highest weight, 1.</summary>
    internal const uint Whole = 1000;

    /// <summary>Reads a weight: OWS ";" OWS "q=" qvalue. One that is not well-formed, or another parameter, is more than <see cref="Whole"/>.</summary>
    /// <param name="list">Where it may begin; without a semicolon there, the weight is a whole one.</param>
    /// <param name="end">The end of the value, where a CR is.</param>
    /// <param name="weight">The weight.</param>
    /// <returns>Where it ends.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* Read(byte* list, byte* end, out uint weight)
    {
        weight = Whole;
        if (*list != ';')
        {
            return list;
        }

        list = Characters.AfterBlanks(list + 1, end);
        weight = uint.MaxValue;
        if ((*(ushort*)list | 0x20) == ('q' | '=' << 8))
        {
            list += 2;
            weight = (uint)(*list - '0') * Whole; // more than a whole where it is neither 0 nor 1
            if (weight <= Whole && *++list == '.')
            {
                uint digit;
                list++;
                for (uint unit = Whole / 10; unit != 0 && (digit = (uint)(*list - '0')) <= 9; unit /= 10)
                {
                    weight += digit * unit;
                    list++;
                }
            }
        }

        return Characters.AfterBlanks(list, end);
    }
}
