using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Tasks.Link;

/// <summary>What is linked, and how.</summary>
/// <param name="Objects">The objects. Where it matters, an earlier one comes first.</param>
/// <param name="EntryPoint">The name of what the kernel starts.</param>
/// <param name="Aliases">Names that mean what another name does.</param>
/// <param name="FunctionAlignment">What the addresses of compiled functions are multiples of, where the processor does not ask for more.</param>
/// <param name="Processor">The <see cref="Architecture.Name"/> of what the program is for.</param>
/// <param name="Placements">What goes into the places of constants.</param>
/// <param name="IsHardened">Whether it has a <see cref="HardenedLayout"/>; otherwise it has a <see cref="SmallLayout"/>.</param>
internal sealed record LinkRequest(IReadOnlyList<ElfObject> Objects, string EntryPoint, IReadOnlyDictionary<string, string> Aliases, int FunctionAlignment, string Processor, IReadOnlyList<Placement> Placements, bool IsHardened = false);

/// <summary>What came of it.</summary>
/// <param name="Image">The file that is run.</param>
/// <param name="Symbols">The file for debuggers.</param>
/// <param name="Undefined">What is used and not defined. If there is any, the files are empty.</param>
internal sealed record LinkResult(byte[] Image, byte[] Symbols, IReadOnlyList<UndefinedSymbol> Undefined);

/// <summary>Makes an executable of objects. The same objects make the same bytes, wherever that is done.</summary>
internal static class Linker
{
    /// <summary>Links.</summary>
    /// <exception cref="LinkException">The objects cannot be linked.</exception>
    internal static LinkResult Link(LinkRequest request)
    {
        ElfObject[] objects = [.. request.Objects];
        Architecture architecture = objects[0].Architecture;
        if (Array.Find(objects, candidate => candidate.Architecture.Name != request.Processor) is { } other)
        {
            throw new LinkException($"'{other.File}' is for the processor {other.Architecture.Name}, and the program is for {request.Processor}.");
        }

        foreach (Placement placement in request.Placements)
        {
            foreach (ElfSection section in objects.SelectMany(source => source.Sections).Where(placement.IsFor))
            {
                section.Replace(placement.Content);
            }
        }

        var aliases = new Dictionary<string, string>(request.Aliases, StringComparer.Ordinal);
        var definitions = new Dictionary<string, Definition>(StringComparer.Ordinal);
        ReferenceStatics.Define(objects, aliases, definitions);
        Hardening? hardening = request.IsHardened ? new Hardening(objects, request.EntryPoint, aliases, definitions) : null;
        string entryPoint = hardening is null ? request.EntryPoint : Hardening.EntryPoint;
        var symbols = new SymbolTable(objects, aliases, definitions);
        var reached = Reachability.From(symbols, entryPoint);
        if (reached.Undefined.Count > 0)
        {
            return new LinkResult([], [], reached.Undefined);
        }

        ElfSection[] sections = [.. objects.SelectMany(source => source.Sections).Where(reached.Contains)];
        Layout layout = LayOut(sections, hardening, symbols, architecture, (ulong)request.FunctionAlignment);
        var relocator = new Relocator(architecture, symbols, layout);
        byte[] image = new ImageWriter(architecture, layout, relocator).Write(layout.AddressOf(symbols.Find(entryPoint)!.Value)!.Value);
        return new LinkResult(image, new SymbolFileWriter(objects, symbols, layout, relocator).Write(image), []);
    }

    private static Layout LayOut(ElfSection[] sections, Hardening? hardening, SymbolTable symbols, Architecture architecture, ulong functionAlignment)
    {
        if (hardening is null)
        {
            return new SmallLayout(sections, architecture, functionAlignment);
        }

        var layout = new HardenedLayout([.. sections, hardening.AddTable(sections, symbols)], hardening.IsConstant, architecture, functionAlignment);
        hardening.Complete(layout);
        return layout;
    }
}
