using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>Sections that lie one after the other.</summary>
/// <param name="Address">That of the first.</param>
/// <param name="Size">From there to the end of the last.</param>
/// <param name="Origin">The address less the offset in the file.</param>
/// <param name="Sections">The sections, in their order.</param>
internal sealed record LayoutPart(ulong Address, ulong Size, ulong Origin, IReadOnlyList<ElfSection> Sections)
{
    internal ulong End => Address + Size;
}

/// <summary>
/// The small layout: one segment that is read and executed, with the ELF header, the constants, the code and the program headers one after the other, and where there are variables a second one that is read
/// and written. It has no section headers, for nothing reads them when it is run.
/// </summary>
/// <remarks>
/// The program headers come last, for there are two or three of them. In the file, the variables follow them; in memory they have pages of their own, at the same place in a page.
/// </remarks>
internal sealed class Layout
{
    /// <summary>Where executables for x86-64 and arm64 lie by custom.</summary>
    internal const ulong ImageStart = 0x400000;

    /// <summary>No variable is aligned to more than a vector.</summary>
    private const ulong VariablesAlignment = 16;

    /// <summary>What the AOT compiler has its code in: functions, and the entries for values that lie in an object.</summary>
    private static readonly string[] ManagedCode = ["__managedcode", "__unbox"];

    private readonly Dictionary<ElfSection, ulong> _addresses = [];

    /// <summary>Lays out a program.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="reached">Which sections of them are part of it.</param>
    /// <param name="architecture">What they are for.</param>
    /// <param name="functionAlignment">What the addresses of compiled functions are multiples of, whatever the object says.</param>
    /// <exception cref="LinkException">The program is too large, or wants what the layout does not have.</exception>
    internal Layout(IEnumerable<ElfObject> objects, Reachability reached, Architecture architecture, ulong functionAlignment)
    {
        Page = architecture.LargestPage;
        functionAlignment = Math.Max(functionAlignment, architecture.CodeAlignment);
        ElfSection[] sections = [.. objects.SelectMany(source => source.Sections).Where(reached.Contains)];
        ElfSection[] code = [.. sections.Where(section => section.IsCode)];
        ElfSection[] constants = [.. sections.Where(section => !section.IsCode && !section.IsWritable)];
        ElfSection[] variables = [.. sections.Where(section => section.IsWritable)];
        if (Array.Find(variables, section => section.IsCode || section.Alignment > VariablesAlignment) is { } strange)
        {
            throw new LinkException($"Section '{strange.Name}' of '{strange.File}' is for variables, and holds code or is aligned to {strange.Alignment} bytes, of which {VariablesAlignment} are possible.");
        }

        // Those with the largest alignment first: after the header that costs least.
        Constants = Place(ImageStart + Elf.HeaderBytes, ImageStart, constants.OrderByDescending(section => section.Alignment), section => section.Alignment);
        StartCode = Place(Align(Constants.End, architecture.CodeAlignment), ImageStart, code.Where(section => !ManagedCode.Contains(section.Name)), section => section.Alignment);
        Code = Place(StartCode.End, ImageStart, code.Where(section => ManagedCode.Contains(section.Name)).OrderBy(section => Array.IndexOf(ManagedCode, section.Name)), _ => functionAlignment);
        ImageEnd = ProgramHeaders + (2 * Elf.ProgramHeaderBytes);
        VariablesOffset = Align(ImageEnd + Elf.ProgramHeaderBytes, VariablesAlignment) - ImageStart;
        Data = Place(ImageStart + VariablesOffset + Page, ImageStart + Page, variables.Where(section => !section.HasNoBits), section => section.Alignment);
        Zeros = Place(Data.End, ImageStart + Page, variables.Where(section => section.HasNoBits), section => section.Alignment);
        if (Zeros.End > int.MaxValue)
        {
            throw new LinkException($"The program has {Zeros.End - ImageStart} bytes, and its code reaches no further than {int.MaxValue}.");
        }
    }

    /// <summary>What segments are aligned to.</summary>
    internal ulong Page { get; }

    /// <summary>What is read only, after the ELF header.</summary>
    internal LayoutPart Constants { get; }

    /// <summary>What was written in assembly.</summary>
    internal LayoutPart StartCode { get; }

    /// <summary>What the AOT compiler has written.</summary>
    internal LayoutPart Code { get; }

    /// <summary>Variables with initial values other than zero.</summary>
    internal LayoutPart Data { get; }

    /// <summary>Variables that are zero at first.</summary>
    internal LayoutPart Zeros { get; }

    /// <summary>The address of the program headers.</summary>
    internal ulong ProgramHeaders => Code.End;

    /// <summary>The end of the first segment.</summary>
    internal ulong ImageEnd { get; }

    /// <summary>Where the second segment begins in the file.</summary>
    internal ulong VariablesOffset { get; }

    internal bool HasVariables => VariablesSize > 0;

    /// <summary>The size of the second segment in memory.</summary>
    internal ulong VariablesSize => Zeros.End - Data.Address;

    /// <summary>The size of the file: to the end of what is not zero, of a program whose variables all are to that of the last program header.</summary>
    internal ulong FileSize => Data.Size > 0 ? VariablesOffset + Data.Size : ImageEnd - ImageStart + (HasVariables ? (ulong)Elf.ProgramHeaderBytes : 0);

    /// <summary>The address of a section.</summary>
    internal ulong AddressOf(ElfSection section) => _addresses[section];

    /// <summary>The address of a symbol; null where its section is not part of the program.</summary>
    internal ulong? AddressOf(Definition definition)
        => definition.Section is null ? definition.Value
            : _addresses.TryGetValue(definition.Section, out ulong address) ? address + definition.Value
            : null;

    internal static ulong Align(ulong address, ulong alignment) => (address + alignment - 1) & ~(alignment - 1);

    private LayoutPart Place(ulong start, ulong origin, IEnumerable<ElfSection> sections, Func<ElfSection, ulong> alignment)
    {
        ElfSection[] ordered = [.. sections];
        ulong end = start;
        foreach (ElfSection section in ordered)
        {
            ulong address = Align(end, alignment(section));
            _addresses.Add(section, address);
            end = address + section.Size;
        }

        return new LayoutPart(start, end - start, origin, ordered);
    }
}
