using System;
using System.Buffers.Binary;

namespace SyscallServer.Tasks.Link;

/// <summary>Writes the file that is run: what <see cref="Layout"/> says, byte for byte.</summary>
internal sealed class ImageWriter(Architecture architecture, Layout layout, Relocator relocator)
{
    /// <summary>Writes the image.</summary>
    /// <param name="entryPoint">The address at which the kernel starts it.</param>
    internal byte[] Write(ulong entryPoint)
    {
        byte[] image = new byte[layout.FileSize];
        WriteHeader(image, entryPoint);
        WritePart(image, layout.Constants, isCode: false);
        WritePart(image, layout.StartCode, isCode: true);
        WritePart(image, layout.Code, isCode: true);
        WritePart(image, layout.Addresses, isCode: false);
        WritePart(image, layout.Data, isCode: false);
        for (int index = 0; index < layout.ProgramHeaders.Count; index++)
        {
            WriteProgramHeader(image.AsSpan((int)(layout.ProgramHeadersAddress - layout.ImageStart) + (index * Elf.ProgramHeaderBytes)), layout.ProgramHeaders[index]);
        }

        return image;
    }

    /// <summary>gABI, "ELF Header".</summary>
    private void WriteHeader(Span<byte> header, ulong entryPoint)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Elf.Magic);
        header[4] = Elf.ELFCLASS64;
        header[5] = Elf.ELFDATA2LSB;
        header[6] = Elf.EV_CURRENT;
        UInt16(header[16..], layout.IsMovable ? Elf.ET_DYN : Elf.ET_EXEC);
        UInt16(header[18..], architecture.Machine);
        UInt32(header[20..], Elf.EV_CURRENT);
        UInt64(header[Elf.e_entry..], entryPoint);
        UInt64(header[Elf.e_phoff..], layout.ProgramHeadersAddress - layout.ImageStart);
        UInt16(header[52..], Elf.HeaderBytes);
        UInt16(header[54..], Elf.ProgramHeaderBytes);
        UInt16(header[Elf.e_phnum..], (ushort)layout.ProgramHeaders.Count);
    }

    /// <summary>gABI, "Program Header".</summary>
    private static void WriteProgramHeader(Span<byte> at, ProgramHeader header)
    {
        UInt32(at, header.Type);
        UInt32(at[4..], header.Flags);
        UInt64(at[8..], header.Offset);
        UInt64(at[16..], header.Address);
        UInt64(at[24..], header.Address);
        UInt64(at[32..], header.FileSize);
        UInt64(at[40..], header.MemorySize);
        UInt64(at[48..], header.Alignment);
    }

    private void WritePart(Span<byte> image, LayoutPart part, bool isCode)
    {
        ulong end = part.Address;
        foreach (ElfSection section in part.Sections)
        {
            ulong address = layout.AddressOf(section);
            if (isCode)
            {
                architecture.FillCode(image[(int)(end - part.Origin)..(int)(address - part.Origin)]);
            }

            Span<byte> content = image.Slice((int)(address - part.Origin), (int)section.Size);
            section.Content.Span.CopyTo(content);
            relocator.Apply(section, content);
            end = address + section.Size;
        }
    }

    private static void UInt16(Span<byte> to, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(to, value);

    private static void UInt32(Span<byte> to, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(to, value);

    private static void UInt64(Span<byte> to, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(to, value);
}
