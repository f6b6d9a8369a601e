using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads the content of a server that speaks HTTP: routes, redirects, error pages, limits.</summary>
internal sealed class HttpParser
{
    internal const string StaticResponseAttribute = "SyscallServer.StaticResponseAttribute";
    internal const string RedirectAttribute = "SyscallServer.RedirectAttribute";
    internal const string NotFoundAttribute = "SyscallServer.NotFoundAttribute";
    internal const string ErrorPageAttribute = "SyscallServer.ErrorPageAttribute";
    internal const string FilesAttribute = "SyscallServer.FilesAttribute";
    internal const string StaticFileAttribute = "SyscallServer.StaticFileAttribute";
    internal const string StaticFilesAttribute = "SyscallServer.StaticFilesAttribute";
    internal const string UploadAttribute = "SyscallServer.UploadAttribute";
    internal const string RouteAttribute = "SyscallServer.RouteAttribute";

    /// <summary>The attributes of handlers, each with its method.</summary>
    private static readonly Dictionary<string, string> HandlerAttributes = new()
    {
        ["SyscallServer.GetAttribute"] = "GET",
        ["SyscallServer.PostAttribute"] = "POST",
        ["SyscallServer.PutAttribute"] = "PUT",
        ["SyscallServer.DeleteAttribute"] = "DELETE",
        ["SyscallServer.PatchAttribute"] = "PATCH",
    };

    /// <summary>Settings of [Route] that mean nothing on a method.</summary>
    private static readonly string[] SettingsOfConstants = ["Status", "Compress", "ContentType", "Charset", "Headers", "CacheControl"];

    /// <summary>Settings of [Route] that mean nothing on a constant.</summary>
    private static readonly string[] SettingsOfHandlers = ["MaxBodyBytes", "MaxResponseBytes"];

    /// <summary>Settings of <c>[TcpServer]</c> that mean nothing to a raw response.</summary>
    internal static readonly string[] Settings = ["IdleTimeoutSeconds", "MaxTargetBytes", "MaxHeaderBytes", "MaxBodyBytes", "MaxRequestMemoryBytes", "DateHeader", "ServerHeader", "AccessLog"];

    /// <summary>The methods of routes, of RFC 9110, section 9.3, and RFC 5789.</summary>
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    /// <summary>The errors that the server itself can give.</summary>
    private static readonly int[] Errors = [400, 403, 404, 405, 406, 408, 409, 411, 412, 413, 414, 416, 417, 431, 500, 501, 503, 505, 507];

    /// <summary>Those that it gives only where there are uploads, files, or handlers.</summary>
    private static readonly int[] ErrorsOfUploads = [409, 411, 507];
    private static readonly int[] ErrorsOfFiles = [403];
    private static readonly int[] ErrorsOfActions = [500];

    /// <summary>The one that it gives only where files are embedded.</summary>
    private const int RangeNotSatisfiable = 416;

    private const int ServiceUnavailable = 503;

    private readonly INamedTypeSymbol _type;
    private readonly Compilation _compilation;
    private readonly Problems _problems;
    private readonly CancellationToken _cancellationToken;
    private readonly List<ParsedRoute> _routes = new();
    private readonly List<(ErrorPageSpec Spec, Location Location)> _errorPages = new();
    private int _maxTargetBytes;
    private ContentParser _content;
    private bool _hasActions;
    private bool _hasFiles;
    private bool _hasUploads;
    private bool _hasEmbeddedFiles;
    private bool _isEventLoop;
    private readonly List<FolderSpec> _folders = new();

    /// <summary>Where other machines may reach the server; null where they cannot.</summary>
    private string? _publicEndpoint;

    /// <summary>The attributes that name files, and where they do so.</summary>
    private readonly List<Location> _fileLocations = new();

    /// <summary>What those attributes name: files, and folders.</summary>
    private readonly List<(FileReference Reference, bool IsFolder)> _references = new();

    private HttpParser(INamedTypeSymbol type, Compilation compilation, Problems problems, CancellationToken cancellationToken)
    {
        _type = type;
        _compilation = compilation;
        _problems = problems;
        _cancellationToken = cancellationToken;
        _content = new ContentParser(server: null, problems);
    }

    /// <summary>Whether an attribute of a class says what an HTTP server answers.</summary>
    internal static bool IsContent(string attribute)
        => IsRoute(attribute) || attribute is NotFoundAttribute or ErrorPageAttribute;

    /// <summary>Whether an attribute of a class answers paths.</summary>
    internal static bool IsRoute(string attribute)
        => attribute is StaticResponseAttribute or RedirectAttribute or FilesAttribute or UploadAttribute or StaticFileAttribute or StaticFilesAttribute;

    /// <summary>The members that answer a path.</summary>
    internal static IEnumerable<(ISymbol Member, AttributeReader Route)> RouteMembers(INamedTypeSymbol type, CancellationToken cancellationToken)
        => from member in type.GetMembers()
           where member is IFieldSymbol or IPropertySymbol && !member.IsImplicitlyDeclared
           from route in AttributeReader.All(member, RouteAttribute, cancellationToken)
           select (member, route);

    /// <summary>The methods that answer a path.</summary>
    internal static IEnumerable<(IMethodSymbol Method, AttributeReader Route)> Handlers(INamedTypeSymbol type, CancellationToken cancellationToken)
        => from method in type.GetMembers().OfType<IMethodSymbol>()
           where !method.IsImplicitlyDeclared
           from route in HandlerRoutes(method, cancellationToken)
           select (method, route);

    /// <summary>Whether a method answers a path.</summary>
    internal static bool IsHandler(IMethodSymbol method, CancellationToken cancellationToken) => HandlerRoutes(method, cancellationToken).Any();

    private static IEnumerable<AttributeReader> HandlerRoutes(IMethodSymbol method, CancellationToken cancellationToken)
        => AttributeReader.All(method, cancellationToken).Where(route => route.Name == RouteAttribute || HandlerAttributes.ContainsKey(route.Name));

    /// <summary>Reads the content of a server.</summary>
    /// <param name="type">The class.</param>
    /// <param name="server">Its [TcpServer].</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="manifest">The files that there are; null where they are to be looked for later.</param>
    /// <param name="publicEndpoint">Where other machines may reach the server; null where they cannot.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static HttpSpec Parse(
        INamedTypeSymbol type, AttributeReader server, Compilation compilation, AssetManifest? manifest, string? publicEndpoint, Problems problems, CancellationToken cancellationToken)
    {
        var parser = new HttpParser(type, compilation, problems, cancellationToken) { _publicEndpoint = publicEndpoint };
        HttpSpec http = parser.Parse(server);
        if (manifest is null)
        {
            return http;
        }

        if (problems.HasErrors)
        {
            // Which files are not there is said along with the rest, although nothing is made of those that are.
            EmbeddedFiles.ReportMissing(http, parser._references, manifest, Report);
            return http;
        }

        return EmbeddedFiles.Resolve(http, manifest, Report) ?? http;

        void Report(int attribute, DiagnosticDescriptor descriptor, params object[] arguments) => problems.Report(descriptor, parser._fileLocations[attribute], arguments);
    }

    private HttpSpec Parse(AttributeReader server)
    {
        int idleTimeout = ServerParser.Number(server, "IdleTimeoutSeconds", Limits.IdleTimeout, _problems);
        _maxTargetBytes = ServerParser.Number(server, "MaxTargetBytes", Limits.TargetBytes, _problems);
        int maxHeaderBytes = ServerParser.Number(server, "MaxHeaderBytes", Limits.HeaderBytes, _problems);
        int maxBodyBytes = ServerParser.Number(server, "MaxBodyBytes", Limits.BodyBytes, _problems);
        int maxRequestMemory = ServerParser.Number(server, "MaxRequestMemoryBytes", Limits.RequestMemory, _problems);
        string? serverField = ServerField(server);
        _isEventLoop = server.Number("Concurrency", (int)ConcurrencyKind.Fork) == (int)ConcurrencyKind.EventLoop;
        if (server.Has("MaxRequestMemoryBytes") && !_isEventLoop)
        {
            _problems.Report(Descriptors.SettingWithoutEffect, server.LocationOf("MaxRequestMemoryBytes"), "MaxRequestMemoryBytes", "processes that serve one connection each, and have memory for one request");
        }

        _content = new ContentParser(serverField, _problems);
        _content.CheckServer(server.LocationOf("ServerHeader"));

        _hasUploads = AttributeReader.All(_type, UploadAttribute, _cancellationToken).Any();
        _hasFiles = _hasUploads || AttributeReader.All(_type, FilesAttribute, _cancellationToken).Any();
        _hasActions = _hasFiles || Handlers(_type, _cancellationToken).Any();
        _hasEmbeddedFiles = AttributeReader.All(_type, _cancellationToken).Any(attribute => attribute.Name is StaticFileAttribute or StaticFilesAttribute);
        foreach (AttributeReader attribute in AttributeReader.All(_type, _cancellationToken).Where(attribute => IsContent(attribute.Name) && attribute.Compiles))
        {
            switch (attribute.Name)
            {
                case StaticResponseAttribute:
                    AddRoute(attribute, Content.Of(attribute, "body"));
                    break;
                case RedirectAttribute:
                    AddRedirect(attribute);
                    break;
                case FilesAttribute:
                    AddFiles(attribute);
                    break;
                case UploadAttribute:
                    AddUpload(attribute);
                    break;
                case StaticFileAttribute:
                    AddStaticFile(attribute);
                    break;
                case StaticFilesAttribute:
                    AddStaticFiles(attribute);
                    break;
                case NotFoundAttribute:
                    AddErrorPage(attribute, 404);
                    break;
                case ErrorPageAttribute:
                    AddErrorPage(attribute, attribute.Number("status", 0));
                    break;
            }
        }

        foreach ((ISymbol member, AttributeReader route) in RouteMembers(_type, _cancellationToken))
        {
            if (RouteMember.Read(member, _compilation, _cancellationToken) is not { } content)
            {
                _problems.Report(Descriptors.RouteNotConstant, member.Locations[0], member.Name);
            }
            else if (route.Compiles)
            {
                AddRoute(route, content);
                foreach (string setting in SettingsOfHandlers.Where(route.Has))
                {
                    _problems.Report(Descriptors.SettingWithoutEffect, route.LocationOf(setting), setting, "a constant, which no request has a part in");
                }
            }
        }

        foreach ((IMethodSymbol method, AttributeReader route) in Handlers(_type, _cancellationToken))
        {
            if (HandlerMember.Mistake(method) is { } mistake)
            {
                _problems.Report(new Problem(Descriptors.InvalidHandler, method.Locations[0], method.Name, mistake) { IsOfGenerator = HandlerMember.IsRefusedByCompiler(method) });
            }
            else if (route.Compiles)
            {
                AddHandler(method, route);
            }
        }

        RouteChecks.Check(_routes, _problems);
        int roots = _routes.Select(route => route.Spec.Action switch { FilesSpec files => files.Root, UploadSpec upload => upload.Root, _ => null }).OfType<string>().Distinct().Count();
        if (roots > Limits.MaxRoots)
        {
            _problems.Report(Descriptors.TooManyRoots, server.Location, _type.Name, roots, Limits.MaxRoots);
        }

        if (_routes.Exists(route => route.Spec is { Host: "", IsPrefix: true, Path.Count: 1, Response: not null })
            && _errorPages.Find(page => page.Spec.Status == 404) is { Spec: not null } notFound)
        {
            _problems.Report(Descriptors.UnreachablePage, notFound.Location);
        }

        return new HttpSpec(
            new EquatableArray<RouteSpec>(_routes.SelectMany(WithFurtherMethods)),
            new EquatableArray<ErrorPageSpec>(_errorPages.Select(page => page.Spec)),
            server.Flag("DateHeader", true),
            serverField,
            idleTimeout,
            _maxTargetBytes,
            maxHeaderBytes,
            maxBodyBytes)
        {
            Folders = new EquatableArray<FolderSpec>(_folders),
            AccessLog = AccessLog(server),
            MaxRequestMemory = maxRequestMemory,
        };
    }

    private AccessLogKind AccessLog(AttributeReader server)
    {
        var mode = (AccessLogKind)ServerParser.Number(server, "AccessLog", Limits.AccessLog, _problems);
        if (mode == AccessLogKind.Optional && !server.Flag("CommandLineInterface", true))
        {
            _problems.Report(Descriptors.SettingWithoutEffect, server.LocationOf("AccessLog"), "AccessLogMode.Optional", "a server without a command-line interface");
            return AccessLogKind.Never;
        }

        return mode;
    }

    private string? ServerField(AttributeReader server)
    {
        string? value = server.Text("ServerHeader")?.Trim(' ', '\t');
        if (value is { Length: 0 })
        {
            _problems.Report(Descriptors.InvalidHeader, server.LocationOf("ServerHeader"), "ServerHeader", "it is empty; leave it out for no Server field");
        }
        else if (value is not null)
        {
            Fields.IsValue(value, "ServerHeader", server.LocationOf("ServerHeader"), _problems);
        }

        return value;
    }

    private void AddRoute(AttributeReader attribute, Content content)
    {
        RoutePath? path = RoutePath.Read(attribute.Text("path"), attribute.LocationOf("path"), _maxTargetBytes, _problems);
        string method = Method(attribute);
        string host = HostOf(attribute);
        ResponseSpec response = _content.OfRoute(attribute, content, path is { IsPrefix: false } ? path.Text : "");
        if (path is not null)
        {
            _routes.Add(new ParsedRoute(new RouteSpec(host, new EquatableArray<byte>(path.Bytes), path.IsPrefix, method, response), attribute.LocationOf("path"), path.Text));
        }
    }

    private void AddRedirect(AttributeReader attribute)
    {
        RoutePath? path = RoutePath.Read(attribute.Text("from"), attribute.LocationOf("from"), _maxTargetBytes, _problems);
        string host = HostOf(attribute);
        int status = attribute.Number("Status", 302);
        if (status is not (301 or 302 or 303 or 307 or 308))
        {
            _problems.Report(Descriptors.InvalidStatus, attribute.LocationOf("Status"), status, "a redirect has 301, 302, 303, 307 or 308");
        }

        RedirectTarget? target = RedirectTarget.Read(attribute.Text("to"), out string mistake);
        if (target is null)
        {
            _problems.Report(Descriptors.InvalidRedirectTarget, attribute.LocationOf("to"), attribute.Text("to") ?? "", mistake);
        }

        ResponseSpec response = _content.OfRedirect(attribute, status, target?.Location ?? "");
        if (path is not null)
        {
            _routes.Add(new ParsedRoute(new RouteSpec(host, new EquatableArray<byte>(path.Bytes), path.IsPrefix, "GET", response), attribute.LocationOf("from"), path.Text)
            {
                Target = target,
                TargetLocation = attribute.LocationOf("to"),
            });
        }
    }

    private void AddFiles(AttributeReader attribute)
    {
        string root = RootOf(attribute);
        bool isUploadedTo = AttributeReader.All(_type, UploadAttribute, _cancellationToken).Any(upload => UploadOptions.Overlap(root, upload.Text("root") ?? ""));
        bool isEncoded = attribute.Flag("Precompressed", !isUploadedTo);
        if (isEncoded && isUploadedTo)
        {
            _problems.Report(Descriptors.PrecompressedUploads, attribute.LocationOf("Precompressed"), root);
        }

        AddAction(attribute, new FilesSpec(root, _content.FieldsOf(attribute), isEncoded), "GET");
    }

    private void AddUpload(AttributeReader attribute)
    {
        long maxBytes = attribute.LongNumber("MaxBodyBytes", Limits.DefaultUploadBytes);
        if (maxBytes is < 1 or > Limits.MaxUploadBytes)
        {
            _problems.Report(Descriptors.OutOfRange, attribute.LocationOf("MaxBodyBytes"), "MaxBodyBytes", maxBytes, 1, Limits.MaxUploadBytes, "a larger file is better sent in parts");
        }

        bool isPublic = attribute.Flag("Public", false);
        if (_publicEndpoint is not null && !isPublic)
        {
            _problems.Report(Descriptors.PublicUpload, attribute.Location, _publicEndpoint);
        }
        else if (_publicEndpoint is null && isPublic)
        {
            _problems.Report(Descriptors.SettingWithoutEffect, attribute.LocationOf("Public"), "Public", "a server that only this machine reaches");
        }

        AddAction(attribute, new UploadSpec(RootOf(attribute), maxBytes, UploadOptions.Origins(attribute, _problems)), "PUT", "POST");
    }

    /// <summary>The folder of files.</summary>
    private string RootOf(AttributeReader attribute)
    {
        string root = attribute.Text("root") ?? "";
        if (root.Length == 0 || root.Contains("\0") || Grammar.IndexOfLoneSurrogate(root) >= 0)
        {
            _problems.Report(Descriptors.InvalidRoot, attribute.LocationOf("root"), root.Replace("\0", "\\0"));
        }

        return root;
    }

    /// <summary>Adds routes to all paths below a prefix.</summary>
    private void AddAction(AttributeReader attribute, ActionSpec action, params string[] methods)
    {
        string host = HostOf(attribute);
        if (PrefixOf(attribute) is { } path)
        {
            _routes.AddRange(methods.Select(method => new ParsedRoute(
                new RouteSpec(host, new EquatableArray<byte>(path.Bytes), path.IsPrefix, method, Response: null) { Action = action },
                attribute.LocationOf("prefix"),
                path.Text)));
        }
    }

    /// <summary>What the paths of files begin with.</summary>
    private RoutePath? PrefixOf(AttributeReader attribute)
    {
        string? prefix = attribute.Text("prefix");
        if (prefix?.EndsWith("/", StringComparison.Ordinal) != true)
        {
            _problems.Report(Descriptors.InvalidPrefix, attribute.LocationOf("prefix"), prefix ?? "");
            return null;
        }

        return RoutePath.Read(prefix + "*", attribute.LocationOf("prefix"), _maxTargetBytes, _problems);
    }

    private void AddHandler(IMethodSymbol member, AttributeReader attribute)
    {
        RoutePath? path = RoutePath.Read(attribute.Text("path"), attribute.LocationOf("path"), _maxTargetBytes, _problems, allowsParameters: true);
        string method = HandlerAttributes.TryGetValue(attribute.Name, out string? known) ? known : Method(attribute);
        string host = HostOf(attribute);
        Limit body = Limits.HandlerBodyBytes;
        int longest = ServerParser.Number(attribute, "MaxBodyBytes", new Limit(method is "GET" or "DELETE" ? 0 : body.Default, body.Least, body.Greatest, body.Hint), _problems);
        int longestResponse = ServerParser.Number(attribute, "MaxResponseBytes", Limits.HandlerResponseBytes, _problems);
        foreach (string setting in SettingsOfConstants.Where(attribute.Has))
        {
            _problems.Report(Descriptors.SettingWithoutEffect, attribute.LocationOf(setting), setting, "a handler, which says all of its response itself");
        }

        if (path is not null)
        {
            _routes.Add(new ParsedRoute(
                new RouteSpec(host, new EquatableArray<byte>(path.Bytes), path.IsPrefix, method, Response: null)
                {
                    Action = new HandlerSpec(HandlerMember.Name(member), longest, longestResponse),
                    Parameters = new EquatableArray<string>(path.Parameters),
                },
                attribute.LocationOf("path"),
                path.Text));
        }
    }

    private void AddStaticFile(AttributeReader attribute)
    {
        RoutePath? path = RoutePath.Read(attribute.Text("path"), attribute.LocationOf("path"), _maxTargetBytes, _problems);
        string host = HostOf(attribute);
        FileReference file = Reference(attribute, "file", isFolder: false);
        ResponseSpec response = _content.OfFile(attribute, file.Path, path is { IsPrefix: false } ? path.Text : "");
        if (path is not null)
        {
            _routes.Add(new ParsedRoute(
                new RouteSpec(host, new EquatableArray<byte>(path.Bytes), path.IsPrefix, "GET", response with { Reference = file }), attribute.LocationOf("path"), path.Text));
        }
    }

    private void AddStaticFiles(AttributeReader attribute)
    {
        RoutePath? path = PrefixOf(attribute);
        string host = HostOf(attribute);
        FileReference folder = Reference(attribute, "folder", isFolder: true);
        EquatableArray<FieldLine> fields = _content.FieldsOf(attribute);
        EquatableArray<FieldLine> hashed = fields;
        bool hasOwn = fields.Any(IsCacheControl) && attribute.Text("CacheControl") is null;
        if (attribute.Flag("HashedNames", true) && !hasOwn)
        {
            hashed = new EquatableArray<FieldLine>(fields.Where(field => !IsCacheControl(field)).Concat([new FieldLine("Cache-Control", Immutable)]));
        }

        if (path is not null)
        {
            _folders.Add(new FolderSpec(
                host, Grammar.ToUri(path.WrittenPrefix), EmbeddedFiles.Folder(folder.Path), fields, hashed, attribute.Flag("Compress", true), folder.Attribute));
        }

        static bool IsCacheControl(FieldLine field) => field.Name.Equals("Cache-Control", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What never changes (RFC 8246), for the year that means for ever (RFC 9111, section 5.2.2.1).</summary>
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>A file or a folder as the manifest names it.</summary>
    private FileReference Reference(AttributeReader attribute, string parameter, bool isFolder)
    {
        string path = attribute.Text(parameter) ?? "";
        string? instead = path.Contains("\\") ? "write slashes"
            : path.StartsWith("/", StringComparison.Ordinal) ? "write it from the folder of the project file on"
            : path.Length == 0 ? "write its path from the folder of the project file on"
            : null;
        if (instead is not null)
        {
            _problems.Report(Descriptors.InvalidFile, attribute.LocationOf(parameter), path, instead);
        }

        // As the build writes it: "./a//b/" is "a/b", but ".." stays, for only the disk knows where it leads.
        path = string.Join("/", path.Split('/').Where(segment => segment is not ("" or ".")));
        _fileLocations.Add(attribute.LocationOf(parameter));
        var reference = new FileReference(path, _fileLocations.Count - 1);
        if (instead is null)
        {
            _references.Add((reference, isFolder));
        }

        return reference;
    }

    private void AddErrorPage(AttributeReader attribute, int status)
    {
        Content content = Content.Of(attribute, "body");
        ResponseSpec response = _content.OfError(attribute, status, content);
        int[] errors = Errors.Where(error => (_hasUploads || !ErrorsOfUploads.Contains(error)) && (_hasFiles || !ErrorsOfFiles.Contains(error)) && (_hasActions || !ErrorsOfActions.Contains(error)) && (_hasEmbeddedFiles || error != RangeNotSatisfiable)).ToArray();
        if (!errors.Contains(status))
        {
            _problems.Report(
                Descriptors.InvalidStatus,
                attribute.LocationOf("status"),
                status,
                $"the errors that the server itself gives are {string.Join(", ", errors.Take(errors.Length - 1))} and {errors[errors.Length - 1]}");
        }
        else if (_errorPages.Exists(page => page.Spec.Status == status))
        {
            _problems.Report(Descriptors.SeveralErrorPages, attribute.Location, _type.Name, status);
        }
        else
        {
            _errorPages.Add((new ErrorPageSpec(status, response), attribute.Location));
            if (status == ServiceUnavailable && _isEventLoop && response.Body.Count > Limits.TurnedAwayPageBytes)
            {
                _problems.Report(Descriptors.TurnedAwayPageTooLong, attribute.LocationOf("body"), response.Body.Count, Limits.TurnedAwayPageBytes);
            }
        }
    }

    private string Method(AttributeReader attribute)
    {
        string argument = attribute.Has("method") ? "method" : "Method"; // of the constructor, or a property
        if (!attribute.Has(argument))
        {
            return "GET";
        }

        string method = attribute.Text(argument) ?? "";
        if (!Methods.Contains(method))
        {
            string capitals = method.ToUpperInvariant();
            string instead = Methods.Contains(capitals) ? $"methods are case-sensitive (RFC 9110, section 9.1): write {capitals}"
                : capitals == "HEAD" ? "a route for GET answers HEAD too"
                : capitals == "OPTIONS" ? "the server itself answers it, with the methods that the path has routes for"
                : "write GET (which answers HEAD too), POST, PUT, DELETE or PATCH";
            _problems.Report(new Problem(Descriptors.UnknownMethod, attribute.LocationOf(argument), method, instead)
            {
                Replacement = Methods.Contains(capitals) ? capitals : null,
            });
        }

        return method;
    }

    private string HostOf(AttributeReader attribute)
    {
        if (attribute.Text("Host") is not { } host)
        {
            return "";
        }

        if (HostName.Mistake(host) is { } mistake)
        {
            _problems.Report(Descriptors.InvalidHost, attribute.LocationOf("Host"), host, mistake);
        }

        return host.ToLowerInvariant();
    }

    /// <summary>
    /// A redirect that says what becomes of the method (RFC 9110, sections 15.4.4, 15.4.8 and 15.4.9) answers every method that the path has no other route for.
    /// </summary>
    private IEnumerable<RouteSpec> WithFurtherMethods(ParsedRoute route)
    {
        yield return route.Spec;
        if (route.Target is null || route.Spec.Response!.Status is not (303 or 307 or 308))
        {
            yield break;
        }

        foreach (string method in Methods.Skip(1))
        {
            RouteSpec further = route.Spec with { Method = method };
            if (!_routes.Exists(other => other.IsSamePlace(further)))
            {
                yield return further;
            }
        }
    }
}
