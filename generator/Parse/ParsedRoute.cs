using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>A route, with what is needed to speak of it.</summary>
internal sealed class ParsedRoute
{
    internal ParsedRoute(RouteSpec spec, Location pathLocation, string path)
    {
        Spec = spec;
        PathLocation = pathLocation;
        Path = path;
    }

    internal RouteSpec Spec { get; }

    internal Location PathLocation { get; }

    /// <summary>The path for messages.</summary>
    internal string Path { get; }

    /// <summary>Where it leads, if it is a redirect.</summary>
    internal RedirectTarget? Target { get; init; }

    internal Location? TargetLocation { get; init; }

    /// <summary>Where its language is said, if it is, or may be.</summary>
    internal Location? LanguageLocation { get; init; }

    /// <summary>Whether its language is for all who ask for none that there is.</summary>
    internal bool IsDefaultLanguage { get; init; }

    /// <summary>Whether two routes are for the same requests.</summary>
    internal bool IsSamePlace(RouteSpec other)
        => Spec.Host == other.Host && Spec.Method == other.Method && Spec.IsPrefix == other.IsPrefix && Spec.IsOfManagement == other.IsOfManagement && Spec.Path.Equals(other.Path);
}
