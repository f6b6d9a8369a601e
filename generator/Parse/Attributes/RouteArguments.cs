using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>What the attributes of routes have in common: path or prefix, method, host.</summary>
internal static class RouteArguments
{
    /// <summary>The methods of routes, of RFC 9110, section 9.3, and RFC 5789.</summary>
    internal static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    /// <summary>The path that the attribute answers.</summary>
    internal static RoutePath? Path(this AttributeReader attribute, ServerContent content, string parameter = "path", bool allowsParameters = false)
        => RoutePath.Read(attribute.Text(parameter), attribute.LocationOf(parameter), content.Settings.MaxTargetBytes, content.Problems, allowsParameters);

    /// <summary>What the paths of files begin with.</summary>
    internal static RoutePath? Prefix(this AttributeReader attribute, ServerContent content)
    {
        string? prefix = attribute.Text("prefix");
        if (prefix?.EndsWith("/", StringComparison.Ordinal) != true)
        {
            content.Problems.Report(Descriptors.InvalidPrefix, attribute.LocationOf("prefix"), prefix ?? "");
            return null;
        }

        return RoutePath.Read(prefix + "*", attribute.LocationOf("prefix"), content.Settings.MaxTargetBytes, content.Problems);
    }

    internal static string Method(this AttributeReader attribute, ServerContent content)
    {
        string argument = attribute.Has("method") ? "method" : "Method"; // of the constructor, or a property
        if (!attribute.Has(argument))
        {
            return "GET";
        }

        return CheckMethod(content, attribute.Text(argument) ?? "", attribute.LocationOf(argument));
    }

    /// <summary>Says where a text is no method of routes.</summary>
    /// <returns>The text.</returns>
    internal static string CheckMethod(ServerContent content, string method, Location location)
    {
        if (!Methods.Contains(method))
        {
            string capitals = method.ToUpperInvariant();
            string instead = Methods.Contains(capitals) ? $"methods are case-sensitive (RFC 9110, section 9.1): write {capitals}"
                : capitals == "HEAD" ? "a route for GET answers HEAD too"
                : capitals == "OPTIONS" ? "the server itself answers it, with the methods that the path has routes for"
                : "write GET (which answers HEAD too), POST, PUT, DELETE or PATCH";
            content.Problems.Report(new Problem(Descriptors.UnknownMethod, location, method, instead)
            {
                Replacement = Methods.Contains(capitals) ? capitals : null,
            });
        }

        return method;
    }

    /// <summary>The host whose requests it answers; empty for those of all.</summary>
    internal static string Host(this AttributeReader attribute, ServerContent content)
    {
        if (attribute.Text("Host") is not { } host)
        {
            return "";
        }

        if (HostName.Mistake(host) is { } mistake)
        {
            content.Problems.Report(Descriptors.InvalidHost, attribute.LocationOf("Host"), host, mistake);
        }

        return host.ToLowerInvariant();
    }

    /// <summary>The folder on the disk that files are in.</summary>
    internal static string Root(this AttributeReader attribute, ServerContent content)
    {
        string root = attribute.Text("root") ?? "";
        if (root.Length == 0 || root.Contains("\0") || Grammar.IndexOfLoneSurrogate(root) >= 0)
        {
            content.Problems.Report(Descriptors.InvalidRoot, attribute.LocationOf("root"), root.Replace("\0", "\\0"));
        }

        return root;
    }

    /// <summary>A file of the project, or a folder, as the manifest names it.</summary>
    internal static FileReference File(this AttributeReader attribute, ServerContent content, string parameter, bool isFolder)
    {
        FileReference reference = Reference(attribute, content, parameter, out bool isGood);
        if (isGood)
        {
            content.References.Add((reference, isFolder));
        }

        return reference;
    }

    /// <summary>A text file of the project, whose lines say what the server does.</summary>
    internal static FileReference TextFile(this AttributeReader attribute, ServerContent content, string parameter)
    {
        FileReference reference = Reference(attribute, content, parameter, out bool isGood);
        if (isGood)
        {
            content.Texts.Add(reference);
        }

        return reference;
    }

    private static FileReference Reference(AttributeReader attribute, ServerContent content, string parameter, out bool isGood)
    {
        string path = attribute.Text(parameter) ?? "";
        string? instead = path.Contains("\\") ? "write slashes"
            : path.StartsWith("/", StringComparison.Ordinal) ? "write it from the folder of the project file on"
            : path.Length == 0 ? "write its path from the folder of the project file on"
            : null;
        if (instead is not null)
        {
            content.Problems.Report(Descriptors.InvalidFile, attribute.LocationOf(parameter), path, instead);
        }

        // As the build writes it: "./a//b/" is "a/b", but ".." stays, for only the disk knows where it leads.
        path = string.Join("/", path.Split('/').Where(segment => segment is not ("" or ".")));
        content.FileLocations.Add(attribute.LocationOf(parameter));
        isGood = instead is null;
        return new FileReference(path, content.FileLocations.Count - 1);
    }

    /// <summary>Adds routes to all paths below a prefix, whose requests are answered at run time.</summary>
    internal static void AddActions(this AttributeReader attribute, ServerContent content, ActionSpec action, params string[] methods)
    {
        string host = attribute.Host(content);
        if (attribute.Prefix(content) is { } path)
        {
            content.Routes.AddRange(methods.Select(method => new ParsedRoute(
                path.Route(host, method, response: null) with { Action = action },
                attribute.LocationOf("prefix"),
                path.Text)));
        }
    }
}
