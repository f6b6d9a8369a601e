using System;
using System.Buffers.Binary;
using System.Globalization;

namespace SyscallServer.Tasks.Link;

/// <summary>x86-64: System V psABI, chapter 4.4, "Relocation". Those for tables of addresses (GOT), shared libraries and thread-local variables do not occur without a C library.</summary>
internal sealed class X64Architecture : Architecture
{
    private const uint R_X86_64_NONE = 0;
    private const uint R_X86_64_64 = 1;
    private const uint R_X86_64_PC32 = 2;
    private const uint R_X86_64_PLT32 = 4; // of a function in the same image: what PC32 is
    private const uint R_X86_64_32 = 10;
    private const uint R_X86_64_32S = 11;
    private const uint R_X86_64_PC64 = 24;

    internal override string Name => "x64";

    internal override ushort Machine => Elf.EM_X86_64;

    internal override ulong LargestPage => 0x1000;

    internal override ulong CodeAlignment => 1;

    /// <summary>nop of one, two and three bytes: Intel SDM, volume 2B, "NOP".</summary>
    private static readonly byte[][] Nops = [[0x90], [0x66, 0x90], [0x0F, 0x1F, 0x00]];

    internal override void FillCode(Span<byte> gap)
    {
        while (gap.Length > 0)
        {
            byte[] nop = Nops[Math.Min(gap.Length, Nops.Length) - 1];
            nop.CopyTo(gap);
            gap = gap[nop.Length..];
        }
    }

    internal override int? Bytes(uint type) => type switch
    {
        R_X86_64_NONE => 0,
        R_X86_64_PC32 or R_X86_64_PLT32 or R_X86_64_32 or R_X86_64_32S => sizeof(uint),
        R_X86_64_64 or R_X86_64_PC64 => sizeof(ulong),
        _ => null,
    };

    internal override bool IsAddress(uint type) => type is R_X86_64_64 or R_X86_64_32 or R_X86_64_32S;

    internal override long Value(uint type, long target, long at) => type is R_X86_64_PC32 or R_X86_64_PLT32 or R_X86_64_PC64 ? target - at : target;

    internal override bool TryWrite(Span<byte> place, uint type, long value)
    {
        switch (type)
        {
            case R_X86_64_64 or R_X86_64_PC64:
                BinaryPrimitives.WriteInt64LittleEndian(place, value);
                return true;
            case R_X86_64_32:
                BinaryPrimitives.WriteUInt32LittleEndian(place, (uint)value);
                return value == (uint)value;
            default:
                BinaryPrimitives.WriteInt32LittleEndian(place, (int)value);
                return value == (int)value;
        }
    }

    internal override string NameOf(uint type) => type switch
    {
        R_X86_64_NONE => nameof(R_X86_64_NONE),
        R_X86_64_64 => nameof(R_X86_64_64),
        R_X86_64_PC32 => nameof(R_X86_64_PC32),
        R_X86_64_PLT32 => nameof(R_X86_64_PLT32),
        R_X86_64_32 => nameof(R_X86_64_32),
        R_X86_64_32S => nameof(R_X86_64_32S),
        R_X86_64_PC64 => nameof(R_X86_64_PC64),
        _ => type.ToString(CultureInfo.InvariantCulture),
    };
}
