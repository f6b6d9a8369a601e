using System;
using System.ComponentModel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Kernel;

/// <summary>
/// What the kernel has of its own in each process, vdso(7): functions that read the clock from memory that it shares, for a tenth of what a system call costs. Where its clock cannot be read so, they make that call themselves.
/// </summary>
/// <remarks>It is an ELF file in memory, of which the auxiliary vector has the address (getauxval(3)), behind the arguments and the environment. There may be none, as under qemu.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static unsafe class Vdso
{
    private const long AT_NULL = 0;
    private const long AT_SYSINFO_EHDR = 33;

    // elf(5)
    private const int PT_LOAD = 1;
    private const int PT_DYNAMIC = 2;
    private const long DT_NULL = 0;
    private const long DT_STRTAB = 5;
    private const long DT_SYMTAB = 6;

#pragma warning disable CS0649 // The kernel has written all of these.
    private struct Elf64_Phdr
    {
        internal int p_type;
        internal int p_flags;
        internal ulong p_offset;
        internal ulong p_vaddr;
        internal fixed ulong Rest[4];
    }

    private struct Elf64_Sym
    {
        internal uint st_name;
        internal byte st_info;
        internal byte st_other;
        internal ushort st_shndx;
        internal ulong st_value;
        internal ulong st_size;
    }
#pragma warning restore CS0649

    private static ReadOnlySpan<byte> ClockName =>
#if ARM64
        "__kernel_clock_gettime\0"u8;
#else
        "__vdso_clock_gettime\0"u8;
#endif

    /// <summary>Its clock_gettime(2), <c>int (int, struct timespec*)</c>; null where there is none.</summary>
    /// <param name="argv">The arguments, as the kernel has left them.</param>
    internal static void* Clock(byte** argv)
    {
        byte* file = Find(argv);
        return file == null ? null : Symbol(file, CString.Of(ClockName));
    }

    /// <summary>Where it is; null where it is not.</summary>
    private static byte* Find(byte** argv)
    {
        long* vector = (long*)argv;
        for (int i = 0; i < 2; i++) // the arguments, the environment
        {
            while (*vector++ != 0)
            {
            }
        }

        for (; *vector != AT_NULL; vector += 2)
        {
            if (*vector == AT_SYSINFO_EHDR)
            {
                return (byte*)vector[1];
            }
        }

        return null;
    }

    /// <summary>The address of a function.</summary>
    private static void* Symbol(byte* file, byte* name)
    {
        byte* dynamic = null;
        byte* start = null; // where address 0 of the file would be
        var header = (Elf64_Phdr*)(file + *(long*)(file + 32)); // e_phoff
        for (int i = *(ushort*)(file + 56); i > 0; i--, header++) // e_phnum
        {
            if (header->p_type == PT_LOAD)
            {
                start = file + header->p_offset - header->p_vaddr;
            }
            else if (header->p_type == PT_DYNAMIC)
            {
                dynamic = file + header->p_offset;
            }
        }

        byte* names = null;
        Elf64_Sym* symbol = null;
        for (long* entry = (long*)dynamic; entry != null && *entry != DT_NULL; entry += 2)
        {
            if (*entry == DT_STRTAB)
            {
                names = start + entry[1];
            }
            else if (*entry == DT_SYMTAB)
            {
                symbol = (Elf64_Sym*)(start + entry[1]);
            }
        }

        // The names lie behind the symbols.
        for (; symbol != null && (byte*)symbol < names; symbol++)
        {
            byte* end = CString.After(names + symbol->st_name, name);
            if (symbol->st_shndx != 0 && end != null && *end == 0)
            {
                // In pointers to functions, bit 1 says to compiled code that a structure of its own lies there. No function of the kernel's begins at such an address.
                byte* function = start + symbol->st_value;
                return ((nint)function & 2) == 0 ? function : null;
            }
        }

        return null;
    }
}
