using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>Field lines for a group of routes, with what is needed to speak of them.</summary>
/// <param name="spec">What is said.</param>
/// <param name="attribute">The attribute.</param>
/// <param name="path">The path for messages.</param>
/// <param name="places">Where each name stands: those of the lines, then those that are removed.</param>
internal sealed class ParsedFieldGroup(FieldGroupSpec spec, AttributeReader attribute, string path, (string Name, Location Place)[] places)
{
    internal FieldGroupSpec Spec { get; } = spec;

    internal AttributeReader Attribute { get; } = attribute;

    internal string Path { get; } = path;

    internal (string Name, Location Place)[] Places { get; } = places;
}

/// <summary>Pages of other origins that may read responses, with what is needed to speak of them.</summary>
internal sealed class ParsedCors(CorsSpec spec, AttributeReader attribute, string path)
{
    internal CorsSpec Spec { get; } = spec;

    internal AttributeReader Attribute { get; } = attribute;

    /// <summary>The path for messages.</summary>
    internal string Path { get; } = path;
}
