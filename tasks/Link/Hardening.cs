using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// What a program needs besides that lies elsewhere each time (<see cref="HardenedLayout"/>): it starts with <c>start_hardened</c> of the start code, which makes its own stack canary, and adds to each
/// address that stands in memory where the image is. Where those places are, the linker says in a table.
/// </summary>
internal sealed class Hardening
{
    /// <summary>What the program starts with.</summary>
    internal const string EntryPoint = "start_hardened";

    private const string Table = "address_table";
    private const string TableEnd = "address_table_end";
    private const string ImageStart = "image_start";
    private const string AddressesStart = "addresses_start";
    private const string AddressesEnd = "addresses_end";

    /// <summary>What the names of tables of virtual methods begin with. The AOT compiler puts them among the variables, since they have addresses.</summary>
    private const string MethodTablePrefix = "_ZTV";

    private readonly Architecture _architecture;
    private readonly Dictionary<string, Definition> _definitions;
    private readonly HashSet<ElfSection> _methodTables;
    private readonly List<(ElfSection Section, ulong Offset)> _places = [];
    private byte[] _table = [];

    /// <summary>Has the program start with what the start code has for it.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="entryPoint">What it would start with otherwise.</param>
    /// <param name="aliases">Names that mean what another name does.</param>
    /// <param name="definitions">Names that the linker defines.</param>
    internal Hardening(IReadOnlyList<ElfObject> objects, string entryPoint, Dictionary<string, string> aliases, Dictionary<string, Definition> definitions)
    {
        _architecture = objects[0].Architecture;
        _definitions = definitions;
        _methodTables = [.. objects.SelectMany(source => source.Symbols).Where(symbol => symbol.Section is not null && symbol.Name.StartsWith(MethodTablePrefix, StringComparison.Ordinal)).Select(symbol => symbol.Section!)];
        aliases["start_program"] = aliases.GetValueOrDefault(entryPoint, entryPoint);
        aliases["__security_cookie"] = "random_security_cookie";
        foreach (string name in new[] { Table, TableEnd, ImageStart, AddressesStart, AddressesEnd })
        {
            definitions[name] = new Definition(null, 0);
        }
    }

    /// <summary>Whether a section among the variables is never written to once it has its addresses.</summary>
    internal bool IsConstant(ElfSection section) => _methodTables.Contains(section);

    /// <summary>Makes the table, a section of its own, for each address that a section of the program has.</summary>
    /// <exception cref="LinkException">An address stands where the start code cannot change it.</exception>
    internal ElfSection AddTable(IEnumerable<ElfSection> sections, SymbolTable symbols)
    {
        foreach (ElfSection section in sections)
        {
            foreach (ElfRelocation relocation in section.Relocations)
            {
                if (_architecture.Bytes(relocation.Type) is not > 0)
                {
                    continue; // it writes nothing; or it is not known, of which the relocator will tell
                }

                bool isAddress = _architecture.IsAddress(relocation.Type);
                bool isNumber = symbols.Find(relocation.Symbol) is not { Section: not null } && !_definitions.ContainsKey(relocation.Symbol.Name);
                if (isAddress == isNumber)
                {
                    continue; // a distance within the image, or a number: both stay
                }

                if (isNumber || section.IsCode || _architecture.Bytes(relocation.Type) != sizeof(ulong))
                {
                    throw new LinkException($"'{section.File}' has {_architecture.NameOf(relocation.Type)} for '{relocation.Symbol.Name}' in section '{section.Name}', which a program cannot have that lies elsewhere each time. With <SyscallServerLayout>Small</SyscallServerLayout> in the project file it lies where it was linked for.");
                }

                _places.Add((section, relocation.Offset));
            }
        }

        _table = new byte[_places.Count * sizeof(uint)];
        var table = new ElfSection("the linker", ".rodata." + Table, Elf.SHT_PROGBITS, Elf.SHF_ALLOC, sizeof(uint), (ulong)_table.Length, _table);
        _definitions[Table] = new Definition(table, 0);
        _definitions[TableEnd] = new Definition(table, table.Size);
        return table;
    }

    /// <summary>Says where things are, once that is known.</summary>
    internal void Complete(HardenedLayout layout)
    {
        uint[] places = [.. _places.Select(place => (uint)(layout.AddressOf(place.Section) + place.Offset)).Order()];
        for (int index = 0; index < places.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_table.AsSpan(index * sizeof(uint)), places[index]);
        }

        _definitions[ImageStart] = new Definition(null, layout.ImageStart);
        if (layout.Addresses.Size > 0)
        {
            _definitions[AddressesStart] = new Definition(null, layout.Addresses.Address);
            _definitions[AddressesEnd] = new Definition(null, layout.Addresses.End);
        }
    }
}
