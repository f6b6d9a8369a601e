using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace SyscallServer.Internal.Text;

/// <summary>SHA-256 (FIPS 180-4), of a message that is all there.</summary>
internal static unsafe class Sha256
{
    /// <summary>Bytes of a digest.</summary>
    internal const int Size = 32;

    private const int BlockSize = 64;
    private const int LengthSize = sizeof(ulong);
    private const int Rounds = 64;

    /// <summary>A block of a message. Structures, for the compiler guards an array on the stack.</summary>
    [StructLayout(LayoutKind.Sequential, Size = BlockSize)]
    private struct Block
    {
        internal byte First;
    }

    /// <summary>The message schedule: a word for each round.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Rounds * sizeof(uint))]
    private struct Schedule
    {
        internal uint First;
    }

    /// <summary>The first 32 bits of the fractional parts of the square roots of the first 8 primes (section 5.3.3).</summary>
    private static ReadOnlySpan<uint> InitialState =>
        [0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes (section 4.2.2).</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <summary>Computes the digest of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="digest">Where its <see cref="Size"/> bytes go, which begin at a multiple of four.</param>
    internal static void Hash(byte* message, int length, byte* digest)
    {
        var state = (uint*)digest;
        for (int i = 0; i < Size / sizeof(uint); i++)
        {
            state[i] = InitialState[i];
        }

        byte* end = message + length;
        for (; end - message >= BlockSize; message += BlockSize)
        {
            Compress(state, message);
        }

        // What is left, a bit that is set, zeros, and at the end of a block the length in bits (section 5.1.1).
        Block last;
        var block = (byte*)&last;
        var rest = (nint)(end - message);
        for (nint i = 0; i < BlockSize; i++)
        {
            block[i] = i < rest ? message[i] : i == rest ? (byte)0x80 : (byte)0;
        }

        if (rest >= BlockSize - LengthSize)
        {
            Compress(state, block);
            last = default;
        }

        *(ulong*)(block + BlockSize - LengthSize) = BinaryPrimitives.ReverseEndianness((ulong)length << 3);
        Compress(state, block);
        for (int i = 0; i < Size / sizeof(uint); i++)
        {
            state[i] = BinaryPrimitives.ReverseEndianness(state[i]);
        }
    }

    /// <summary>Adds a block to the state (section 6.2.2).</summary>
    private static void Compress(uint* state, byte* block)
    {
        Schedule schedule;
        var words = (uint*)&schedule;
        for (nint i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReverseEndianness(((uint*)block)[i]);
        }

        for (nint i = 16; i < Rounds; i++)
        {
            uint x = words[i - 15];
            uint y = words[i - 2];
            words[i] = words[i - 16] + words[i - 7]
                + (BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ x >> 3)
                + (BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ y >> 10);
        }

        fixed (uint* constants = Constants)
        {
            uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
            for (nint i = 0; i < Rounds; i++)
            {
                uint one = h + constants[i] + words[i] + (g ^ e & (f ^ g))
                    + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));
                uint two = (a & b | c & (a | b))
                    + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22));
                h = g;
                g = f;
                f = e;
                e = d + one;
                d = c;
                c = b;
                b = a;
                a = one + two;
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
            state[5] += f;
            state[6] += g;
            state[7] += h;
        }
    }
}
