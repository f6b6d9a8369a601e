using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>A symbol that is used and not defined, and what is known of the place that uses it.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Function">The symbol of the function or of the data that uses it; empty where that has none.</param>
/// <param name="File">The source that it was compiled from; empty where that is not known.</param>
/// <param name="Line">The line there, from 1 on; 0 where it is not known.</param>
internal readonly record struct UndefinedReference(string Symbol, string Function, string File, int Line);

/// <summary>Says for undefined symbols who uses them, and where.</summary>
internal static class UndefinedReferences
{
    internal static IEnumerable<UndefinedReference> Of(IReadOnlyList<ElfObject> objects, IEnumerable<UndefinedSymbol> symbols)
    {
        var lines = objects.ToDictionary(source => source, LineTable.Of);
        foreach (UndefinedSymbol symbol in symbols)
        {
            ElfObject source = objects.First(candidate => candidate.Sections.Contains(symbol.Section));
            string function = source.Symbols
                .Where(candidate => candidate.Section == symbol.Section && candidate.Value <= symbol.Offset && candidate.Name.Length > 0 && candidate.Type != Elf.STT_SECTION)
                .MaxBy(candidate => candidate.Value)?.Name ?? "";
            (string file, int line) = lines[source].Find(symbol.Section, symbol.Offset) ?? ("", 0);
            yield return new UndefinedReference(symbol.Name, function, file, line);
        }
    }
}
