using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>Where a symbol is.</summary>
/// <param name="Section">The section that it lies in; null where it is a number.</param>
/// <param name="Value">The offset in the section, or the number.</param>
internal readonly record struct Definition(ElfSection? Section, ulong Value);

/// <summary>What each name means, over all objects (gABI, "Symbol Table": global symbols take precedence over weak ones).</summary>
internal sealed class SymbolTable
{
    private readonly Dictionary<string, (ElfSymbol Symbol, string File)> _globals = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _aliases;
    private readonly IReadOnlyDictionary<string, Definition> _definitions;

    /// <summary>Collects the symbols of the objects.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="aliases">Names that mean what another name does, whether they are defined or not.</param>
    /// <param name="definitions">Names that the linker itself defines.</param>
    /// <exception cref="LinkException">A name is defined twice.</exception>
    internal SymbolTable(IEnumerable<ElfObject> objects, IReadOnlyDictionary<string, string> aliases, IReadOnlyDictionary<string, Definition> definitions)
    {
        _aliases = aliases;
        _definitions = definitions;
        foreach (ElfObject source in objects)
        {
            foreach (ElfSymbol symbol in source.Symbols.Where(symbol => symbol.IsDefined && symbol.Binding != Elf.STB_LOCAL))
            {
                Add(symbol, source.File);
            }
        }
    }

    /// <summary>Where what a relocation names is; null where nothing defines it.</summary>
    internal Definition? Find(ElfSymbol symbol)
        => symbol.Binding == Elf.STB_LOCAL && symbol.IsDefined ? new Definition(symbol.Section, symbol.Value)
            : symbol.Name.Length > 0 ? Find(symbol.Name)
            : symbol.IsDefined ? new Definition(symbol.Section, symbol.Value) : new Definition(null, 0);

    /// <summary>Where a name is defined; null where it is not.</summary>
    internal Definition? Find(string name)
    {
        name = _aliases.GetValueOrDefault(name, name);
        return _definitions.TryGetValue(name, out Definition definition) ? definition
            : _globals.TryGetValue(name, out var found) ? new Definition(found.Symbol.Section, found.Symbol.Value)
            : null;
    }

    private void Add(ElfSymbol symbol, string file)
    {
        if (!_globals.TryGetValue(symbol.Name, out var other) || (other.Symbol.Binding == Elf.STB_WEAK && symbol.Binding != Elf.STB_WEAK))
        {
            _globals[symbol.Name] = (symbol, file);
        }
        else if (other.Symbol.Binding != Elf.STB_WEAK && symbol.Binding != Elf.STB_WEAK)
        {
            throw new LinkException($"'{symbol.Name}' is defined twice: in '{other.File}' and in '{file}'.");
        }
    }
}
