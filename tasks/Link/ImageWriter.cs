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
        WriteProgramHeaders(image.AsSpan((int)(layout.ProgramHeaders - Layout.ImageStart)));
        WritePart(image, layout.Data, isCode: false);
        return image;
    }

    /// <summary>gABI, "ELF Header".</summary>
    private void WriteHeader(Span<byte> header, ulong entryPoint)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, Elf.Magic);
        header[4] = Elf.ELFCLASS64;
        header[5] = Elf.ELFDATA2LSB;
        header[6] = Elf.EV_CURRENT;
        UInt16(header[16..], Elf.ET_EXEC);
        UInt16(header[18..], architecture.Machine);
        UInt32(header[20..], Elf.EV_CURRENT);
        UInt64(header[Elf.e_entry..], entryPoint);
        UInt64(header[Elf.e_phoff..], layout.ProgramHeaders - Layout.ImageStart);
        UInt16(header[52..], Elf.HeaderBytes);
        UInt16(header[54..], Elf.ProgramHeaderBytes);
        UInt16(header[Elf.e_phnum..], layout.HasVariables ? (ushort)3 : (ushort)2);
    }

    private void WriteProgramHeaders(Span<byte> headers)
    {
        ulong size = layout.ImageEnd - Layout.ImageStart;
        WriteProgramHeader(headers, Elf.PT_LOAD, Elf.PF_R | Elf.PF_X, 0, Layout.ImageStart, size, size, layout.Page);

        // Before Linux 5.8 a program without it has an executable stack.
        WriteProgramHeader(headers[Elf.ProgramHeaderBytes..], Elf.PT_GNU_STACK, Elf.PF_R | Elf.PF_W, 0, 0, 0, 0, 16);
        if (layout.HasVariables)
        {
            WriteProgramHeader(headers[(2 * Elf.ProgramHeaderBytes)..], Elf.PT_LOAD, Elf.PF_R | Elf.PF_W, layout.VariablesOffset, layout.Data.Address, layout.Data.Size, layout.VariablesSize, layout.Page);
        }
    }

    /// <summary>gABI, "Program Header".</summary>
    internal static void WriteProgramHeader(Span<byte> header, uint type, uint flags, ulong offset, ulong address, ulong fileSize, ulong memorySize, ulong alignment)
    {
        UInt32(header, type);
        UInt32(header[4..], flags);
        UInt64(header[8..], offset);
        UInt64(header[16..], address);
        UInt64(header[24..], address);
        UInt64(header[32..], fileSize);
        UInt64(header[40..], memorySize);
        UInt64(header[48..], alignment);
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
