using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>What can be wrong with guards, beside each other and beside the routes.</summary>
internal static class GuardChecks
{
    private static readonly string[] s_shared = ["public", "s-maxage", "must-revalidate", "proxy-revalidate"];

    internal static void Check(ServerContent content)
    {
        for (int i = 0; i < content.Guards.Count; i++)
        {
            CheckOthers(content, i);
            CheckRoutes(content, content.Guards[i]);
        }

        foreach (ParsedGuard guard in content.Guards.Where(guard => guard.Spec is AuthenticationSpec && guard.Scope.Methods.Count > 0))
        {
            CheckOpenMethods(content, guard);
        }

        CheckCaches(content);
        CheckCachesOfGroups(content);
        int digests = content.Guards.Select(guard => guard.Spec).OfType<AuthenticationSpec>().Select(guard => guard.Secrets).Distinct().Sum(secrets => secrets.Digests.Count);
        if (digests > Limits.MaxSecrets)
        {
            content.Problems.Report(Descriptors.OutOfRange, content.Guards[content.Guards.Count - 1].Attribute.Location, "The number of hashes", digests, 0, Limits.MaxSecrets, "more users are better known to a proxy in front");
        }
    }

    /// <summary>Whether requests for a route need credentials.</summary>
    internal static bool IsGuarded(ServerContent content, RouteSpec route)
        => content.Guards.Exists(guard => guard.Spec is AuthenticationSpec && guard.Scope.HasMethod(route.Method) && guard.Scope.HasPath([.. route.Path]) && (guard.Scope.IsPrefix || !route.IsPrefix));

    /// <summary>Whether some of the requests for a route need them.</summary>
    private static bool MayNeedCredentials(ServerContent content, RouteSpec route) => content.Guards.Exists(guard => guard.Spec is AuthenticationSpec && guard.Scope.MayHave(route));

    /// <summary>Two of a kind for the same path say which of them decides only where no request is for both.</summary>
    private static void CheckOthers(ServerContent content, int index)
    {
        ParsedGuard guard = content.Guards[index];
        ParsedGuard? other = content.Guards.Take(index).FirstOrDefault(other
            => (other.Spec is AllowFromSpec) == (guard.Spec is AllowFromSpec)
                && other.Scope.IsPrefix == guard.Scope.IsPrefix && other.Scope.Path.Equals(guard.Scope.Path)
                && (other.Scope.Methods.Equals(guard.Scope.Methods) ? other.Name == guard.Name
                    : other.Scope.Methods.Count == 0 || guard.Scope.Methods.Count == 0 || other.Scope.Methods.Intersect(guard.Scope.Methods).Any()));
        if (other is not null)
        {
            content.Problems.Report(Descriptors.SeveralGuards, guard.Attribute.Location, guard.Name, guard.Path, other.Name);
        }
    }

    /// <summary>A guard without a route is likely to be for another path than it says.</summary>
    private static void CheckRoutes(ServerContent content, ParsedGuard guard)
    {
        ScopeSpec scope = guard.Scope;
        bool hasRoute = content.Routes.Count + content.Folders.Count == 0 // which is said otherwise
            || content.ErrorBackend is not null
            || content.Routes.Exists(route => route.Spec.Response?.WhileEnding is null && scope.MayHave(route.Spec))
            || content.Folders.Exists(folder => scope.MayHave(RouteOf(folder)));
        if (!hasRoute)
        {
            content.Problems.Report(
                Descriptors.NothingGuarded,
                guard.Attribute.LocationOf(guard.Spec is AllowFromSpec ? "Path" : "path"),
                guard.Path,
                scope.Methods.Count == 0 ? "" : $" for {string.Join(", ", scope.Methods)}",
                scope.IsPrefix ? "write the path that a route has, or what paths of routes begin with" : $"for all paths of a folder write \"{guard.Path.TrimEnd('/')}/*\"");
        }
    }

    /// <summary>The files of a folder, of which it is not known yet which there are.</summary>
    internal static RouteSpec RouteOf(FolderSpec folder)
        => new(folder.Host, new EquatableArray<byte>(CanonicalPath.Of(Encoding.ASCII.GetBytes(folder.Prefix)) ?? []), IsPrefix: true, "GET", Response: null);

    /// <summary>What changes something, and is left open beside what is closed, is likely to be forgotten: uploads answer POST as well as PUT.</summary>
    private static void CheckOpenMethods(ServerContent content, ParsedGuard guard)
    {
        ParsedRoute? open = content.Routes.FirstOrDefault(route
            => route.Spec.Method != "GET" && guard.Scope.MayHavePath(route.Spec)
                && !MayNeedCredentials(content, route.Spec));
        if (open is not null)
        {
            content.Problems.Report(Descriptors.OpenMethod, guard.Attribute.LocationOf("Methods"), open.Spec.Method, open.Path);
        }
    }

    /// <summary>A cache that many share stores no response to a request with credentials, unless the response allows it (RFC 9111, section 3.5).</summary>
    private static void CheckCaches(ServerContent content)
    {
        foreach (ParsedRoute route in content.Routes.Where(route => route.Spec.Method == "GET" && MayNeedCredentials(content, route.Spec)))
        {
            if (SharedDirective(route.Spec.Responses.SelectMany(response => response.Fields).Concat(route.Spec.Action is FilesSpec files ? files.Fields.Concat(files.CacheRules.SelectMany(rule => rule.Apply([]))) : [])) is { } directive)
            {
                content.Problems.Report(Descriptors.SharedSecret, route.PathLocation, route.Path, directive);
            }
        }

        foreach (FolderSpec folder in content.Folders.Where(folder => MayNeedCredentials(content, RouteOf(folder))))
        {
            if (SharedDirective(folder.Fields.Concat(folder.CacheRules.SelectMany(rule => rule.Apply([])))) is { } directive)
            {
                content.Problems.Report(Descriptors.SharedSecret, content.FileLocations[folder.Attribute], folder.Prefix + "*", directive);
            }
        }
    }

    /// <summary>The same of groups of routes.</summary>
    private static void CheckCachesOfGroups(ServerContent content)
    {
        foreach (ParsedFieldGroup group in content.FieldGroups)
        {
            if (SharedDirective(group.Spec.Lines) is { } directive
                && content.Guards.Exists(guard => guard.Spec is AuthenticationSpec && guard.Scope.HasMethod("GET") && FieldGroups.Overlap(guard.Scope with { Methods = default }, group.Spec.Scope)))
            {
                content.Problems.Report(Descriptors.SharedSecret, group.Attribute.LocationOf("path"), group.Path, directive);
            }
        }
    }

    private static string? SharedDirective(IEnumerable<FieldLine>? fields)
        => (fields ?? []).Where(field => field.IsCacheControl)
            .SelectMany(field => field.Value.Split(','))
            .Select(directive => directive.Split('=')[0].Trim().ToLowerInvariant())
            .FirstOrDefault(directive => s_shared.Contains(directive));
}
