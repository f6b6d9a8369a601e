using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>A guard, with what is needed to speak of it.</summary>
internal sealed class ParsedGuard(GuardSpec spec, AttributeReader attribute, string path)
{
    internal GuardSpec Spec { get; } = spec;

    internal ScopeSpec Scope => Spec.Scope;

    internal AttributeReader Attribute { get; } = attribute;

    /// <summary>The path for messages.</summary>
    internal string Path { get; } = path;

    /// <summary>The attribute for messages: <c>[BasicAuth]</c>.</summary>
    internal string Name => Spec switch
    {
        AllowFromSpec => "[AllowFrom]",
        AuthenticationSpec { Secrets.AreTokens: true } => "[BearerAuth]",
        _ => "[BasicAuth]",
    };
}
