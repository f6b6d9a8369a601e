using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads the content of a server that speaks HTTP: its routes and error pages, of which <see cref="AttributeTable"/> has the readers, and what can be wrong with them together.</summary>
internal static class HttpParser
{
    /// <summary>Reads the content of a server.</summary>
    /// <param name="type">The class.</param>
    /// <param name="server">Its [TcpServer].</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="files">The files that there are; null where they are to be looked for later.</param>
    /// <param name="publicEndpoint">Where other machines may reach the server; null where they cannot.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static HttpSpec Parse(
        INamedTypeSymbol type, AttributeReader server, Compilation compilation, ProjectFiles? files, string? publicEndpoint, Problems problems, CancellationToken cancellationToken)
    {
        ServerContent content = Begin(type, server, publicEndpoint, problems, cancellationToken);
        ReadClass(content);
        ReadConstants(content, compilation);
        ReadHandlers(content);
        Check(content, server);
        HttpSpec http = Spec(content, server);
        if (files is null)
        {
            return http;
        }

        if (problems.HasErrors)
        {
            // Which files are not there is said along with the rest, although nothing is made of those that are.
            NamedFiles.ReportMissing(http, content.References, files, Report);
            return http;
        }

        return NamedFiles.Resolve(http, files, Report) ?? http;

        void Report(FilePlace place, DiagnosticDescriptor descriptor, params object[] arguments) => problems.Report(descriptor, place.Location ?? content.FileLocations[place.Attribute], arguments);
    }

    /// <summary>What is known before the first attribute of the content is read.</summary>
    private static ServerContent Begin(INamedTypeSymbol type, AttributeReader server, string? publicEndpoint, Problems problems, CancellationToken cancellationToken)
    {
        var settings = new HttpSettings(server, problems);
        var responses = new ContentParser(settings.ServerField, settings.CommonFields, problems);
        responses.CheckServer(server.LocationOf("ServerHeader"));

        var names = new HashSet<string>(AttributeReader.All(type, cancellationToken).Select(attribute => attribute.Name));
        bool hasFiles = names.Contains(AttributeTable.Upload) || names.Contains(AttributeTable.Files);
        return new ServerContent
        {
            Type = type,
            Problems = problems,
            CancellationToken = cancellationToken,
            Settings = settings,
            Responses = responses,
            PublicEndpoint = publicEndpoint,
            HasUploads = names.Contains(AttributeTable.Upload),
            HasFiles = hasFiles,
            HasAuthentication = names.Contains(AttributeTable.BasicAuth) || names.Contains(AttributeTable.BearerAuth),
            HasAllowFrom = names.Contains(AttributeTable.AllowFrom),
            HasActions = hasFiles || ServerMembers.Handlers(type, cancellationToken).Any(),
            HasEmbeddedFiles = names.Contains(AttributeTable.StaticFile) || names.Contains(AttributeTable.StaticFiles),
        };
    }

    private static void ReadClass(ServerContent content)
    {
        // Guards first, for uploads ask who is let in; and field lines of groups, which take some of the room that heads have.
        foreach (AttributeReader attribute in AttributeReader.All(content.Type, content.CancellationToken)
            .Where(attribute => AttributeTable.IsContent(attribute.Name) && attribute.Compiles)
            .OrderBy(attribute => !AttributeTable.IsOfGroup(attribute.Name)))
        {
            if (!AttributeTable.IsOfGroup(attribute.Name))
            {
                FieldGroupChecks.CheckRoom(content);
            }

            AttributeTable.Read(AttributeTable.OnClass, attribute, content.Type, content);
        }
    }

    private static void ReadConstants(ServerContent content, Compilation compilation)
    {
        foreach ((ISymbol member, AttributeReader route) in ServerMembers.Constants(content.Type, content.CancellationToken))
        {
            if (RouteMember.Read(member, compilation, content.CancellationToken) is not { } value)
            {
                content.Problems.Report(Descriptors.RouteNotConstant, member.Locations[0], member.Name);
            }
            else if (route.Compiles)
            {
                AttributeTable.Read(AttributeTable.OnConstant, route, value, content);
            }
        }
    }

    private static void ReadHandlers(ServerContent content)
    {
        foreach ((IMethodSymbol method, AttributeReader route) in ServerMembers.Handlers(content.Type, content.CancellationToken))
        {
            if (HandlerMember.Mistake(method) is { } mistake)
            {
                content.Problems.Report(new Problem(Descriptors.InvalidHandler, method.Locations[0], method.Name, mistake) { IsOfGenerator = HandlerMember.IsRefusedByCompiler(method) });
            }
            else if (route.Compiles)
            {
                AttributeTable.Read(AttributeTable.OnMethod, route, method, content);
            }
        }
    }

    /// <summary>What can be wrong with routes and pages together.</summary>
    private static void Check(ServerContent content, AttributeReader server)
    {
        LanguageRoutes.Merge(content.Routes, content.Problems);
        RouteChecks.Check(content.Routes, content.Problems);
        GuardChecks.Check(content);
        FieldGroupChecks.Check(content, server);
        int roots = content.Routes.Select(route => route.Spec.Action switch { FilesSpec files => files.Root, UploadSpec upload => upload.Root, _ => null }).OfType<string>().Distinct().Count();
        if (roots > Limits.MaxRoots)
        {
            content.Problems.Report(Descriptors.TooManyRoots, server.Location, content.Type.Name, roots, Limits.MaxRoots);
        }

        if ((content.ErrorBackend is not null || content.Routes.Exists(route => route.Spec is { Host: "", IsPrefix: true, Path.Count: 1, Response: not null }))
            && content.ErrorPages.Find(page => page.Spec.Status == 404) is { Spec: not null } notFound)
        {
            content.Problems.Report(Descriptors.UnreachablePage, notFound.Location);
        }
    }

    private static HttpSpec Spec(ServerContent content, AttributeReader server)
    {
        AccessLogSpec accessLog = AccessLogReader.Read(server, content.Problems);
        bool hasHandlers = content.Routes.Exists(route => route.Spec.Action is HandlerSpec);
        return new(
            new EquatableArray<RouteSpec>(content.Routes.SelectMany(route => WithFurtherMethods(route, content.Routes))),
            new EquatableArray<ErrorPageSpec>(content.ErrorPages.Select(page => page.Spec)),
            server.Flag("DateHeader", true),
            content.Settings.ServerField,
            content.Settings.IdleTimeout,
            content.Settings.MaxTargetBytes,
            content.Settings.MaxHeaderBytes,
            content.Settings.MaxBodyBytes)
        {
            CommonFields = content.Settings.CommonFields,
            FieldGroups = new EquatableArray<FieldGroupSpec>(content.FieldGroups.Select(group => group.Spec)),
            FieldFiles = new EquatableArray<FileReference>(content.FieldFiles),
            Cors = new EquatableArray<CorsSpec>(content.Cors.Select(cors => cors.Spec)),
            Folders = new EquatableArray<FolderSpec>(content.Folders),
            Texts = new EquatableArray<FileReference>(content.Texts),
            RedirectFiles = new EquatableArray<RedirectFileSpec>(content.RedirectFiles),
            ErrorBackend = content.ErrorBackend,
            Authentication = new EquatableArray<AuthenticationSpec>(content.Guards.Select(guard => guard.Spec).OfType<AuthenticationSpec>()),
            AllowFrom = new EquatableArray<AllowFromSpec>(content.Guards.Select(guard => guard.Spec).OfType<AllowFromSpec>()),
            HasProxyProtocol = server.Flag("ProxyProtocol", false),
            AccessLog = accessLog,
            TrustedProxies = TrustedProxiesReader.Read(server, isOfUse: accessLog.Mode != AccessLogKind.Never || hasHandlers || content.HasAllowFrom, content.Problems),
            MaxRequestMemory = content.Settings.MaxRequestMemory,
        };
    }

    /// <summary>
    /// A redirect that says what becomes of the method (RFC 9110, sections 15.4.4, 15.4.8 and 15.4.9) answers every method that the path has no other route for.
    /// </summary>
    private static IEnumerable<RouteSpec> WithFurtherMethods(ParsedRoute route, List<ParsedRoute> routes)
    {
        yield return route.Spec;
        if (route.Target is null || route.Target.Status is not (303 or 307 or 308))
        {
            yield break;
        }

        foreach (string method in RouteArguments.Methods.Skip(1))
        {
            RouteSpec further = route.Spec with { Method = method };
            if (!routes.Exists(other => other.IsSamePlace(further)))
            {
                yield return further;
            }
        }
    }
}
