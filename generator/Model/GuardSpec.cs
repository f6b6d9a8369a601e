using System;
using System.Linq;

namespace SyscallServer.Generator.Model;

/// <summary>Which requests a guard is asked about.</summary>
/// <param name="Path">Their path, as that of a route; or what their paths begin with, which ends with a slash.</param>
/// <param name="IsPrefix">Whether every path that begins so is meant, and the one without the slash.</param>
/// <param name="Methods">Their methods, in the order of RFC 9110; none where every method is meant.</param>
internal sealed record ScopeSpec(EquatableArray<byte> Path, bool IsPrefix, EquatableArray<string> Methods)
{
    /// <summary>Whether it has every request.</summary>
    internal bool HasAll => IsPrefix && Path.Count == 1 && Methods.Count == 0;

    /// <summary>Whether it has a method of routes.</summary>
    internal bool HasMethod(string method) => Methods.Count == 0 || Methods.Contains(method);

    /// <summary>Whether it has a path, as requests have it.</summary>
    internal bool HasPath(byte[] path)
        => IsPrefix ? path.Take(Path.Count).SequenceEqual(Path) || path.SequenceEqual(Path.Take(Path.Count - 1)) : path.SequenceEqual(Path);

    /// <summary>Whether it has some of the requests for a route of its method.</summary>
    internal bool MayHave(RouteSpec route) => HasMethod(route.Method) && MayHavePath(route);

    /// <summary>Whether it has some of the paths of a route. Of those with parameters, what stands before the first one decides.</summary>
    internal bool MayHavePath(RouteSpec route)
    {
        byte[] start = [.. route.Path.TakeWhile(letter => letter != 0)];
        bool isOpen = route.IsPrefix || start.Length < route.Path.Count;
        return !IsPrefix ? !isOpen && HasPath(start)
            : HasPath(start) || isOpen && Path.Take(start.Length).SequenceEqual(start);
    }
}

/// <summary>Something that refuses requests for who sends them.</summary>
/// <param name="Scope">Which requests it is asked about.</param>
internal abstract record GuardSpec(ScopeSpec Scope);

/// <summary>Users or tokens who may come in.</summary>
/// <param name="Scope">Which requests need one.</param>
/// <param name="Realm">What clients are told that they are for.</param>
/// <param name="Secrets">Where they are.</param>
internal sealed record AuthenticationSpec(ScopeSpec Scope, string Realm, SecretsSpec Secrets) : GuardSpec(Scope);

/// <summary>Secrets: where the server finds them when it starts.</summary>
/// <param name="AreTokens">Whether they are tokens, and not users with their passwords.</param>
/// <param name="Variable">A variable of the environment; null where there is none.</param>
/// <param name="File">A file; likewise.</param>
/// <param name="Digests">SHA-256 of each of the others.</param>
internal sealed record SecretsSpec(bool AreTokens, string? Variable, string? File, EquatableArray<EquatableArray<byte>> Digests);

/// <summary>Where requests may come from.</summary>
/// <param name="Scope">Which requests.</param>
/// <param name="Blocks">Addresses, as the engine has them.</param>
/// <param name="HasUnixSockets">Whether they may come by a Unix socket.</param>
internal sealed record AllowFromSpec(ScopeSpec Scope, EquatableArray<byte> Blocks, bool HasUnixSockets) : GuardSpec(Scope);
