using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Headers]</c> and <c>[HeadersFile]</c>.</summary>
internal static class FieldGroupReader
{
    private const string Lines = "lines";

    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        TypedConstant[] elements = [.. attribute.Elements(Lines)];
        var steps = new List<(FieldStep Step, Location Place)>();
        for (int i = 0; i < elements.Length; i++)
        {
            Location place = attribute.LocationOfParams(Lines, i);
            if (Fields.ReadStep(elements[i].Value as string ?? "", place, content.Problems) is { } step)
            {
                steps.Add((step, place));
            }
        }

        if (elements.Length == 0)
        {
            content.Problems.Report(Descriptors.InvalidHeader, attribute.Location, "[Headers]", "write the headers after the path, such as \"X-Robots-Tag: noindex\"");
        }

        if (attribute.Path(content) is { } path)
        {
            var scope = new ScopeSpec(new EquatableArray<byte>(path.Bytes), path.IsPrefix, default);
            var lines = new EquatableArray<FieldLine>(steps.Where(each => each.Step.Value is not null).Select(each => new FieldLine(each.Step.Name, each.Step.Value!)));
            var removed = new EquatableArray<string>(steps.Where(each => each.Step.Value is null).Select(each => each.Step.Name));
            content.FieldGroups.Add(new ParsedFieldGroup(new FieldGroupSpec(scope, lines, removed), attribute, path.Text, [.. steps.Select(each => (each.Step.Name, each.Place))]));
        }
    }

    internal static void ReadFile(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
        => content.FieldFiles.Add(attribute.TextFile(content, "file"));
}
