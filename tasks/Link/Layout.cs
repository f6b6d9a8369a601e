using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>Where everything of a program lies, in memory and in the file. The image has no section headers, for nothing reads them when it is run.</summary>
internal abstract class Layout
{
    /// <summary>No variable is aligned to more than a vector.</summary>
    private protected const ulong VariablesAlignment = 16;

    /// <summary>What the AOT compiler has its code in: functions, and the entries for values that lie in an object.</summary>
    private static readonly string[] ManagedCode = ["__managedcode", "__unbox"];

    private readonly Dictionary<ElfSection, ulong> _addresses = [];
    private readonly Architecture _architecture;
    private readonly ulong _functionAlignment;

    /// <summary>Looks at what is to be laid out.</summary>
    /// <param name="sections">The sections of the program, in the order of the objects.</param>
    /// <param name="architecture">What they are for.</param>
    /// <param name="functionAlignment">What the addresses of compiled functions are multiples of, whatever the object says.</param>
    /// <exception cref="LinkException">The program wants what no layout has.</exception>
    private protected Layout(IReadOnlyList<ElfSection> sections, Architecture architecture, ulong functionAlignment)
    {
        _architecture = architecture;
        _functionAlignment = Math.Max(functionAlignment, architecture.CodeAlignment);
        AllCode = [.. sections.Where(section => section.IsCode)];
        AllConstants = [.. sections.Where(section => !section.IsCode && !section.IsWritable)];
        AllVariables = [.. sections.Where(section => section.IsWritable)];
        if (AllVariables.FirstOrDefault(section => section.IsCode || section.Alignment > VariablesAlignment) is { } strange)
        {
            throw new LinkException($"Section '{strange.Name}' of '{strange.File}' is for variables, and holds code or is aligned to {strange.Alignment} bytes, of which {VariablesAlignment} are possible.");
        }
    }

    /// <summary>The address of the first byte of the file.</summary>
    internal abstract ulong ImageStart { get; }

    /// <summary>Whether the kernel may put the image elsewhere.</summary>
    internal abstract bool IsMovable { get; }

    /// <summary>What is read only, after the ELF header.</summary>
    internal LayoutPart Constants { get; private protected init; } = null!;

    /// <summary>What was written in assembly.</summary>
    internal LayoutPart StartCode { get; private protected init; } = null!;

    /// <summary>What the AOT compiler has written.</summary>
    internal LayoutPart Code { get; private protected init; } = null!;

    /// <summary>What is read only once the start code has written addresses to it.</summary>
    internal LayoutPart Addresses { get; private protected init; } = null!;

    /// <summary>Variables with initial values other than zero.</summary>
    internal LayoutPart Data { get; private protected init; } = null!;

    /// <summary>Variables that are zero at first. Nothing lies behind them.</summary>
    internal LayoutPart Zeros { get; private protected init; } = null!;

    /// <summary>The program headers, in their order.</summary>
    internal IReadOnlyList<ProgramHeader> ProgramHeaders { get; private protected init; } = [];

    /// <summary>The address of the program headers.</summary>
    internal ulong ProgramHeadersAddress { get; private protected init; }

    /// <summary>The end of what is executed.</summary>
    internal ulong ImageEnd { get; private protected init; }

    /// <summary>The size of the file.</summary>
    internal ulong FileSize { get; private protected init; }

    /// <summary>What segments are aligned to.</summary>
    private protected ulong Page => _architecture.LargestPage;

    private protected IReadOnlyList<ElfSection> AllCode { get; }

    private protected IReadOnlyList<ElfSection> AllConstants { get; }

    private protected IReadOnlyList<ElfSection> AllVariables { get; }

    /// <summary>The address of a section.</summary>
    internal ulong AddressOf(ElfSection section) => _addresses[section];

    /// <summary>The address of a symbol; null where its section is not part of the program.</summary>
    internal ulong? AddressOf(Definition definition)
        => definition.Section is null ? definition.Value
            : _addresses.TryGetValue(definition.Section, out ulong address) ? address + definition.Value
            : null;

    internal static ulong Align(ulong address, ulong alignment) => (address + alignment - 1) & ~(alignment - 1);

    /// <summary>Those with the largest alignment first: after a header that costs least.</summary>
    private protected LayoutPart PlaceConstants(ulong start, ulong origin, IEnumerable<ElfSection> constants)
        => Place(start, origin, constants.OrderByDescending(section => section.Alignment), section => section.Alignment);

    private protected LayoutPart PlaceStartCode(ulong start, ulong origin)
        => Place(Align(start, _architecture.CodeAlignment), origin, AllCode.Where(section => !ManagedCode.Contains(section.Name)), section => section.Alignment);

    private protected LayoutPart PlaceCode()
        => Place(StartCode.End, StartCode.Origin, AllCode.Where(section => ManagedCode.Contains(section.Name)).OrderBy(section => Array.IndexOf(ManagedCode, section.Name)), _ => _functionAlignment);

    private protected LayoutPart PlaceData(ulong start, ulong origin, IEnumerable<ElfSection> variables)
        => Place(start, origin, variables.Where(section => !section.HasNoBits), section => section.Alignment);

    private protected LayoutPart PlaceZeros()
        => Place(Data.End, Data.Origin, AllVariables.Where(section => section.HasNoBits), section => section.Alignment);

    /// <exception cref="LinkException">The program is too large.</exception>
    private protected void CheckSize()
    {
        if (Zeros.End > int.MaxValue)
        {
            throw new LinkException($"The program has {Zeros.End - ImageStart} bytes, and its code reaches no further than {int.MaxValue}.");
        }
    }

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
