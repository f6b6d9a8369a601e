using System;
using System.Buffers.Binary;
using System.Globalization;

namespace SyscallServer.Tasks.Link;

/// <summary>arm64: ELF for the Arm 64-bit Architecture (AAELF64), chapter "Relocation". Those here are the ones that the AOT compilers and our start code have; others are named in an error.</summary>
internal sealed class Arm64Architecture : Architecture
{
    private const uint R_AARCH64_NONE = 0;
    private const uint R_AARCH64_ABS64 = 257;
    private const uint R_AARCH64_ABS32 = 258;
    private const uint R_AARCH64_PREL32 = 261;
    private const uint R_AARCH64_ADR_PREL_PG_HI21 = 275;
    private const uint R_AARCH64_ADD_ABS_LO12_NC = 277;
    private const uint R_AARCH64_JUMP26 = 282;
    private const uint R_AARCH64_CALL26 = 283;
    private const uint R_AARCH64_LDST64_ABS_LO12_NC = 286; // ILC 11

    /// <summary>What ADRP counts in, whatever pages the kernel has.</summary>
    private const long AddressPage = 0x1000;

    internal override string Name => "arm64";

    internal override ushort Machine => Elf.EM_AARCH64;

    /// <summary>Kernels for arm64 have pages of 4, 16 or 64 KiB.</summary>
    internal override ulong LargestPage => 0x10000;

    internal override ulong CodeAlignment => sizeof(uint);

    /// <summary>Zeros, which are an instruction that is undefined for good (UDF): Arm ARM, C6.2, "UDF".</summary>
    internal override void FillCode(Span<byte> gap) => gap.Clear();

    internal override int? Bytes(uint type) => type switch
    {
        R_AARCH64_NONE => 0,
        R_AARCH64_ABS64 => sizeof(ulong),
        R_AARCH64_ABS32 or R_AARCH64_PREL32 or R_AARCH64_ADR_PREL_PG_HI21 or R_AARCH64_ADD_ABS_LO12_NC or R_AARCH64_JUMP26 or R_AARCH64_CALL26 or R_AARCH64_LDST64_ABS_LO12_NC => sizeof(uint),
        _ => null,
    };

    /// <summary>The lower twelve bits of an address stay, for no page is smaller.</summary>
    internal override bool IsAddress(uint type) => type is R_AARCH64_ABS64 or R_AARCH64_ABS32;

    internal override long Value(uint type, long target, long at) => type switch
    {
        R_AARCH64_PREL32 or R_AARCH64_JUMP26 or R_AARCH64_CALL26 => target - at,
        R_AARCH64_ADR_PREL_PG_HI21 => (target & -AddressPage) - (at & -AddressPage),
        _ => target,
    };

    internal override bool TryWrite(Span<byte> place, uint type, long value)
    {
        switch (type)
        {
            case R_AARCH64_ABS64:
                BinaryPrimitives.WriteInt64LittleEndian(place, value);
                return true;
            case R_AARCH64_ABS32 or R_AARCH64_PREL32:
                // AAELF64, 5.7.5: from -2^31 to 2^32 - 1. No address is negative, and no distance beyond 2^31 is meant by those who read it with its sign.
                BinaryPrimitives.WriteInt32LittleEndian(place, (int)value);
                return type == R_AARCH64_PREL32 ? value == (int)value : value == (uint)value;
            case R_AARCH64_ADR_PREL_PG_HI21:
                // The page's two lowest bits are bits 29 and 30, the others bits 5 to 23.
                long page = value / AddressPage;
                return TryInsert(place, (((uint)page & 3) << 29) | ((((uint)page >> 2) & 0x7FFFF) << 5), 0x60FFFFE0, IsSigned(page, 21));
            case R_AARCH64_ADD_ABS_LO12_NC:
                return TryInsert(place, ((uint)value & 0xFFF) << 10, 0x3FFC00, fits: true);
            case R_AARCH64_LDST64_ABS_LO12_NC:
                // The instruction counts in units of what it loads.
                return TryInsert(place, (((uint)value & 0xFFF) / sizeof(ulong)) << 10, 0x3FFC00, value % sizeof(ulong) == 0);
            default:
                // A branch: bits 0 to 25, in instructions.
                return TryInsert(place, (uint)(value / sizeof(uint)) & 0x3FFFFFF, 0x3FFFFFF, value % sizeof(uint) == 0 && IsSigned(value / sizeof(uint), 26));
        }
    }

    internal override string NameOf(uint type) => type switch
    {
        R_AARCH64_NONE => nameof(R_AARCH64_NONE),
        R_AARCH64_ABS64 => nameof(R_AARCH64_ABS64),
        R_AARCH64_ABS32 => nameof(R_AARCH64_ABS32),
        R_AARCH64_PREL32 => nameof(R_AARCH64_PREL32),
        R_AARCH64_ADR_PREL_PG_HI21 => nameof(R_AARCH64_ADR_PREL_PG_HI21),
        R_AARCH64_ADD_ABS_LO12_NC => nameof(R_AARCH64_ADD_ABS_LO12_NC),
        R_AARCH64_JUMP26 => nameof(R_AARCH64_JUMP26),
        R_AARCH64_CALL26 => nameof(R_AARCH64_CALL26),
        R_AARCH64_LDST64_ABS_LO12_NC => nameof(R_AARCH64_LDST64_ABS_LO12_NC),
        _ => type.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Writes bits of an instruction.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="bits">The bits, at their place.</param>
    /// <param name="mask">All bits of that place.</param>
    /// <param name="fits">Whether the value is one that the place can hold.</param>
    private static bool TryInsert(Span<byte> instruction, uint bits, uint mask, bool fits)
    {
        uint old = BinaryPrimitives.ReadUInt32LittleEndian(instruction);
        BinaryPrimitives.WriteUInt32LittleEndian(instruction, (old & ~mask) | bits);
        return fits;
    }

    private static bool IsSigned(long value, int bits) => value >= -(1L << (bits - 1)) && value < 1L << (bits - 1);
}
