using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>
/// Static fields of reference types lie in objects, which a runtime would make when the program starts. Without one the start code makes them, in programs that have such fields, from the list that
/// the AOT compiler leaves.
/// </summary>
internal static class ReferenceStatics
{
    /// <summary>What the name of the list ends with. It has a section of its own, as everything that the compiler writes.</summary>
    private const string ListName = "__GCStaticRegion";

    /// <summary>Where there is such a list, has the program start with what makes the objects, and defines where that finds the list.</summary>
    internal static void Define(IEnumerable<ElfObject> objects, Dictionary<string, string> aliases, Dictionary<string, Definition> definitions)
    {
        ElfSection? list = objects.SelectMany(source => source.Symbols)
            .FirstOrDefault(symbol => symbol.Section is { Size: > 0 } && symbol.Name.EndsWith(ListName, StringComparison.Ordinal))?.Section;
        if (list is not null)
        {
            definitions["reference_statics"] = new Definition(list, 0);
            definitions["reference_statics_end"] = new Definition(list, list.Size);
            aliases["_start"] = "_start_with_reference_statics";
        }
    }
}
