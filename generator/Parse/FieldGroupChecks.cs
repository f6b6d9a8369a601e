using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>What can be wrong with field lines of groups of routes, beside each other and beside the routes.</summary>
internal static class FieldGroupChecks
{
    private const string AccessControl = "Access-Control-";

    /// <summary>Before routes are read: whether the lines that come together fit into a head, and how much they leave of it.</summary>
    internal static void CheckRoom(ServerContent content)
    {
        if (content.Responses.LengthOfGroups != 0 || content.FieldGroups.Count + content.Cors.Count == 0)
        {
            return;
        }

        // The common lines that depend on the path are counted with those of every response already.
        HttpSpec http = Groups(content) with { CommonFields = default };
        Location last = content.FieldGroups.Count > 0 ? content.FieldGroups[content.FieldGroups.Count - 1].Attribute.Location : content.Cors[content.Cors.Count - 1].Attribute.Location;
        if (!CheckCount(http, (descriptor, arguments) => content.Problems.Report(descriptor, last, arguments)))
        {
            return;
        }

        content.Responses.LengthOfGroups = new FieldSets(http).Longest();
        content.Responses.CheckServer(last);
    }

    /// <summary>Whether the sets of lines can be counted.</summary>
    internal static bool CheckCount(HttpSpec http, Action<DiagnosticDescriptor, object[]> report)
    {
        int count = new FieldSets(http).Count();
        if (count > Limits.MaxFieldSets)
        {
            report(Descriptors.TooManyFieldSets, [count == int.MaxValue ? "Too many" : count.ToString(System.Globalization.CultureInfo.InvariantCulture), Limits.MaxFieldSets]);
        }

        return count <= Limits.MaxFieldSets;
    }

    /// <summary>What can be wrong with the rules of files beside all else.</summary>
    /// <param name="http">The server with the rules.</param>
    /// <param name="attribute">The attribute that names the first file.</param>
    /// <param name="report">Is told what is wrong.</param>
    /// <returns>Whether nothing is.</returns>
    internal static bool CheckRules(HttpSpec http, int attribute, EmbeddedFiles.Report report)
    {
        if (!CheckCount(http, (descriptor, arguments) => report(attribute, descriptor, arguments)))
        {
            return false;
        }

        int length = new FieldSets(http with { CommonFields = default }).Longest() + LongestOwn(http) + http.CommonFields.Sum(Length) + (http.Server is null ? 0 : Length(new FieldLine("Server", http.Server)));
        if (length > ContentParser.MaxHeadLength)
        {
            report(attribute, Descriptors.HeadTooLong, length, ContentParser.MaxHeadLength);
            return false;
        }

        FieldLine? access = http.FieldRules.SelectMany(rule => rule.Steps).Select(step => new FieldLine(step.Name, "")).FirstOrDefault(IsAccessControl);
        if (access is not null && http.Cors.Count > 0)
        {
            report(attribute, Descriptors.FieldTwice, access.Name, "[Cors]");
            return false;
        }

        return true;
    }

    private static int LongestOwn(HttpSpec http)
    {
        IEnumerable<IEnumerable<FieldLine>> own = http.Routes.Select(route => route.Action switch
        {
            FilesSpec files => files.Fields.Concat(files.Pages.NotFoundFields),
            RedirectSpec redirect => redirect.Fields,
            _ => Of(route.Response),
        });
        return own
            .Concat(http.ErrorPages.Select(page => Of(page.Response)))
            .Concat(http.Folders.Select(folder => folder.Fields.Concat(folder.HashedFields).Concat(folder.Pages.NotFoundFields)))
            .Append(http.ErrorBackend?.Fields ?? Enumerable.Empty<FieldLine>())
            .Max(fields => fields.Sum(Length));

        static IEnumerable<FieldLine> Of(ResponseSpec? response)
            => response is null ? [] : response.ContentType is null ? response.Fields : response.Fields.Append(new FieldLine("Content-Type", response.ContentType));
    }

    private static int Length(FieldLine line) => line.Name.Length + line.Value.Length + 4;

    private static HttpSpec Groups(ServerContent content)
        => new(default, default, false, null, 0, 0, 0, 0)
        {
            FieldGroups = new EquatableArray<FieldGroupSpec>(content.FieldGroups.Select(group => group.Spec)),
            Cors = new EquatableArray<CorsSpec>(content.Cors.Select(cors => cors.Spec)),
        };

    internal static void Check(ServerContent content, AttributeReader server)
    {
        for (int i = 0; i < content.FieldGroups.Count; i++)
        {
            CheckTwice(content, i);
            CheckRoutes(content, content.FieldGroups[i].Spec.Scope, content.FieldGroups[i].Attribute, content.FieldGroups[i].Path);
        }

        for (int i = 0; i < content.Cors.Count; i++)
        {
            ParsedCors cors = content.Cors[i];
            CheckRoutes(content, cors.Spec.Scope, cors.Attribute, cors.Path);
            if (content.Cors.Take(i).Any(other => other.Spec.Scope == cors.Spec.Scope))
            {
                content.Problems.Report(Descriptors.SeveralCors, cors.Attribute.LocationOf("path"), cors.Path);
            }
        }

        CheckAccessControl(content, server);
        CheckOptOuts(content);
    }

    /// <summary>Of one path and one name, one line can decide; several lines of one attribute are all sent.</summary>
    private static void CheckTwice(ServerContent content, int index)
    {
        ParsedFieldGroup group = content.FieldGroups[index];
        foreach ((string name, Location place) in group.Places)
        {
            if (content.FieldGroups.Take(index).Any(other => other.Spec.Scope == group.Spec.Scope && other.Spec.HasName(name)))
            {
                content.Problems.Report(Descriptors.FieldTwice, place, name, $"another [Headers(\"{group.Path}\", ...)]");
            }
            else if (group.Spec.Removed.Any(removed => FieldGroups.Same(removed, name)) && group.Spec.Lines.Any(line => FieldGroups.Same(line.Name, name)))
            {
                content.Problems.Report(Descriptors.FieldTwice, place, name, "a line of the same attribute");
            }
        }
    }

    /// <summary>A group without a route is likely to be for other paths than it says.</summary>
    private static void CheckRoutes(ServerContent content, ScopeSpec scope, AttributeReader attribute, string path)
    {
        bool hasRoute = content.Routes.Count + content.Folders.Count == 0 // which is said otherwise
            || content.ErrorBackend is not null
            || content.Routes.Exists(route => FieldGroups.MayShare(scope, route.Spec))
            || content.Folders.Exists(folder => FieldGroups.MayShare(scope, GuardChecks.RouteOf(folder)));
        if (!hasRoute)
        {
            content.Problems.Report(
                Descriptors.NothingInGroup,
                attribute.LocationOf("path"),
                path,
                scope.IsPrefix ? "write the path that a route has, or what paths of routes begin with" : $"for all paths of a folder write \"{path.TrimEnd('/')}/*\"");
        }
    }

    /// <summary>What [Cors] writes, nobody else can.</summary>
    private static void CheckAccessControl(ServerContent content, AttributeReader server)
    {
        foreach (ParsedCors cors in content.Cors)
        {
            string by = $"[Cors(\"{cors.Path}\")]";
            foreach (FieldLine field in content.Settings.CommonFields.Where(IsAccessControl))
            {
                content.Problems.Report(Descriptors.FieldTwice, server.LocationOf("Headers"), field.Name, by);
            }

            foreach (ParsedFieldGroup group in content.FieldGroups.Where(group => FieldGroups.Overlap(group.Spec.Scope, cors.Spec.Scope)))
            {
                foreach ((string name, Location place) in group.Places.Where(each => IsAccessControl(new FieldLine(each.Name, ""))))
                {
                    content.Problems.Report(Descriptors.FieldTwice, place, name, by);
                }
            }

            foreach ((IEnumerable<FieldLine> fields, _, Location place, _) in Own(content).Where(own => own.Route is null || FieldGroups.MayShare(cors.Spec.Scope, own.Route)))
            {
                if (fields.FirstOrDefault(IsAccessControl) is { } field)
                {
                    content.Problems.Report(Descriptors.FieldTwice, place, field.Name, by);
                }
            }
        }
    }

    private static bool IsAccessControl(FieldLine field)
        => field.Name.StartsWith(AccessControl, StringComparison.OrdinalIgnoreCase);

    /// <summary>A line without a value stands for none of the server's; whether there is one of a group, only the group can say.</summary>
    private static void CheckOptOuts(ServerContent content)
    {
        HttpSpec http = Groups(content);
        foreach ((IEnumerable<FieldLine> fields, _, Location place, string path) in Own(content))
        {
            if (fields.FirstOrDefault(field => field.Value.Length == 0 && http.IsOfPath(field.Name)) is { } field)
            {
                content.Problems.Report(Descriptors.InvalidHeader, place, $"\"{field.Name}:\"", $"[Headers] decides what responses have of it: write [Headers(\"{path}\", \"!{field.Name}\")]");
            }
        }
    }

    /// <summary>The lines that routes, folders and pages have by themselves. A page is for all paths.</summary>
    private static IEnumerable<(IEnumerable<FieldLine> Fields, RouteSpec? Route, Location Place, string Path)> Own(ServerContent content)
    {
        foreach (ParsedRoute route in content.Routes)
        {
            IEnumerable<FieldLine> fields = route.Spec.Action switch
            {
                FilesSpec files => files.Fields,
                RedirectSpec redirect => redirect.Fields,
                _ => route.Spec.Response?.Fields ?? Enumerable.Empty<FieldLine>(),
            };
            yield return (fields, route.Spec, route.PathLocation, route.Path);
        }

        foreach (FolderSpec folder in content.Folders)
        {
            yield return (folder.Fields, GuardChecks.RouteOf(folder), content.FileLocations[folder.Attribute], folder.Prefix + "*");
        }

        foreach ((ErrorPageSpec page, Location place) in content.ErrorPages)
        {
            yield return (page.Response.Fields, null, place, "/*");
        }

        if (content.ErrorBackend is { } backend)
        {
            yield return (backend.Fields, null, content.FileLocations[backend.Attribute], "/*");
        }
    }
}
