using System.Collections.Generic;

namespace SyscallServer.Tasks.Link;

/// <summary>A symbol that is used and not defined, and the place that uses it.</summary>
internal readonly record struct UndefinedSymbol(string Name, ElfSection Section, ulong Offset);

/// <summary>What a program consists of: the section of its entry point, and each that a relocation of one of them leads to.</summary>
internal sealed class Reachability
{
    private readonly HashSet<ElfSection> _sections = [];
    private readonly List<UndefinedSymbol> _undefined = [];
    private readonly HashSet<(ElfSection Section, string Name)> _named = [];

    private Reachability()
    {
    }

    /// <summary>What is used and not defined, once for each section that uses it.</summary>
    internal IReadOnlyList<UndefinedSymbol> Undefined => _undefined;

    internal bool Contains(ElfSection section) => _sections.Contains(section);

    /// <summary>Follows the relocations from the entry point on.</summary>
    /// <param name="symbols">What the names mean.</param>
    /// <param name="entryPoint">The name of the entry point.</param>
    /// <exception cref="LinkException">There is no entry point, or what is reached cannot be part of an image.</exception>
    internal static Reachability From(SymbolTable symbols, string entryPoint)
    {
        ElfSection start = symbols.Find(entryPoint)?.Section ?? throw new LinkException($"The entry point '{entryPoint}' is not defined in any of the objects.");
        var reached = new Reachability();
        var pending = new Stack<ElfSection>();
        reached.Add(start, pending);
        while (pending.TryPop(out ElfSection? section))
        {
            foreach (ElfRelocation relocation in section.Relocations)
            {
                if (symbols.Find(relocation.Symbol) is not { } definition)
                {
                    reached.AddUndefined(relocation, section);
                }
                else if (definition.Section is not null)
                {
                    reached.Add(definition.Section, pending);
                }
            }
        }

        return reached;
    }

    private void Add(ElfSection section, Stack<ElfSection> pending)
    {
        if (!_sections.Add(section))
        {
            return;
        }

        if (!section.IsInMemory || section.IsOfThread || section.IsCompressed)
        {
            string why = section.IsOfThread ? "it holds variables of threads, and there is but one thread" : section.IsCompressed ? "it is compressed" : "it is none that lies in memory";
            throw new LinkException($"The program uses section '{section.Name}' of '{section.File}', which cannot be part of it: {why}.");
        }

        pending.Push(section);
    }

    private void AddUndefined(ElfRelocation relocation, ElfSection section)
    {
        // gABI: an undefined weak symbol is zero.
        if (relocation.Symbol.Binding != Elf.STB_WEAK && _named.Add((section, relocation.Symbol.Name)))
        {
            _undefined.Add(new UndefinedSymbol(relocation.Symbol.Name, section, relocation.Offset));
        }
    }
}
