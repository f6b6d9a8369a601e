using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Finds the files that a server embeds, and makes routes of them.
/// </summary>
internal sealed class EmbeddedFiles
{
    /// <summary>Says what is wrong with a file, or with the attribute that names it.</summary>
    internal delegate void Report(FilePlace place, DiagnosticDescriptor descriptor, params object[] arguments);

    private const string Html = ".html";
    private const string Index = "index" + Html;

    /// <summary>Of those on the way to a file, the one name that begins with a dot and is meant for clients (RFC 8615).</summary>
    private const string WellKnown = ".well-known";

    private readonly HttpSpec _http;
    private readonly IReadOnlyList<EmbeddedFile> _files;
    private readonly Report _report;
    private readonly List<RouteSpec> _routes = new();
    private readonly List<NotFoundSpec> _notFound = new();
    private readonly HashSet<(string Host, EquatableArray<byte> Path)> _taken = new();

    /// <summary>What is said of fields for groups of routes.</summary>
    private readonly FieldSets _fields;

    private int _placeholders;
    private bool _hasErrors;

    private EmbeddedFiles(HttpSpec http, AssetManifest manifest, Report report)
    {
        _http = http;
        _fields = new FieldSets(http);
        _files = manifest.Files;
        _report = report;
    }

    /// <summary>Puts the files into the routes.</summary>
    /// <param name="http">What the parser has read.</param>
    /// <param name="manifest">The files that there are.</param>
    /// <param name="report">Is told what is wrong.</param>
    /// <returns>Null where there is an error.</returns>
    internal static HttpSpec? Resolve(HttpSpec http, AssetManifest manifest, Report report)
        => http.Folders.Count == 0 && !http.Routes.Any(route => route.Response?.Reference is not null) && http.ErrorBackend is null ? http : new EmbeddedFiles(http, manifest, report).Resolve();

    /// <summary>Says which files and folders are not among the assets, where for another reason no routes are made of those that are.</summary>
    /// <param name="http">What the parser has read.</param>
    /// <param name="references">What the attributes name.</param>
    /// <param name="manifest">The files that there are.</param>
    /// <param name="report">Is told what is wrong.</param>
    internal static void ReportMissing(HttpSpec http, IEnumerable<(FileReference Reference, bool IsFolder)> references, AssetManifest manifest, Report report)
    {
        var files = new EmbeddedFiles(http, manifest, report);
        foreach ((FileReference reference, bool isFolder) in references)
        {
            if (!isFolder)
            {
                files.Find(reference);
            }
            else if (!files.Below(Folder(reference.Path)).Any())
            {
                files.ReportEmpty(Folder(reference.Path), reference.Attribute);
            }
        }
    }

    /// <summary>What the paths of the files in a folder begin with.</summary>
    internal static string Folder(string path) => path.Length == 0 ? "" : path + "/";

    private HttpSpec? Resolve()
    {
        foreach (RouteSpec route in _http.Routes)
        {
            _routes.Add(route.With(response => response.Reference is { } reference ? WithFile(response, reference) : response));
            if (route is { Method: "GET", IsPrefix: false })
            {
                _taken.Add((route.Host, route.Path));
            }
        }

        var ofFolders = new HashSet<(string Host, EquatableArray<byte> Path)>();
        foreach (FolderSpec folder in _http.Folders)
        {
            AddFolder(folder, ofFolders);
        }

        for (int i = 0; i < _routes.Count; i++)
        {
            _routes[i] = WithoutSharedCaches(WithoutDefault(_routes[i]));
        }

        ErrorBackendSpec? backend = _http.ErrorBackend is null ? null : _http.ErrorBackend with { Pages = Pages(_http.ErrorBackend) };
        return _hasErrors ? null : _http with { Routes = new EquatableArray<RouteSpec>(_routes), Folders = default, NotFound = new EquatableArray<NotFoundSpec>(_notFound), ErrorBackend = backend };
    }

    /// <summary>What a name with a hash says to caches gives way to what the user says of its path.</summary>
    private RouteSpec WithoutDefault(RouteSpec route)
        => route.Response?.File is not null && _http.IsOfPath(FieldLine.CacheControl) && route.Response.Fields.Any(IsDefault) && _fields.Has([.. route.Path], FieldLine.CacheControl)
            ? route with { Response = route.Response with { Fields = new EquatableArray<FieldLine>(route.Response.Fields.Where(field => !IsDefault(field))) } }
            : route;

    private static bool IsDefault(FieldLine field) => field is { IsCacheControl: true, Value: StaticFilesReader.Immutable };

    /// <summary>A file that needs credentials is for the cache of whoever has them, also where its name says that it never changes (RFC 9111, section 3.5).</summary>
    private RouteSpec WithoutSharedCaches(RouteSpec route)
        => route.Response?.File is null || !_http.Authentication.Any(guard => guard.Scope.MayHave(route)) ? route
            : route.With(response => response with { Fields = new EquatableArray<FieldLine>(response.Fields.Select(Private)) });

    private static FieldLine Private(FieldLine field)
        => field is { IsCacheControl: true, Value: StaticFilesReader.Immutable } ? field with { Value = field.Value.Replace("public", "private") } : field;

    private ResponseSpec WithFile(ResponseSpec response, FileReference reference)
    {
        EmbeddedFile? file = Find(reference);
        PlaceholderSpec[] placeholders = file is null || response.Variables.Count == 0 ? [] : FilePlaceholders.Choose(file, response, (name, mistake) => Error(reference.Attribute, Descriptors.InvalidPlaceholder, name, mistake));
        _placeholders += placeholders.Length;
        if (_placeholders > Limits.MaxPlaceholders && _placeholders - placeholders.Length <= Limits.MaxPlaceholders)
        {
            Error(reference.Attribute, Descriptors.InvalidPlaceholder, reference.Path, $"a server fills in at most {Limits.MaxPlaceholders} places: let a script read the values from one file");
        }

        return response with { File = file, Reference = null, Placeholders = new EquatableArray<PlaceholderSpec>(placeholders) };
    }

    private EmbeddedFile? Find(FileReference reference)
    {
        EmbeddedFile? file = _files.FirstOrDefault(other => other.Path == reference.Path);
        if (file is null)
        {
            Error(reference.Attribute, Descriptors.FileNotAnAsset, reference.Path);
        }

        return file;
    }

    /// <summary>The pages of an error backend.</summary>
    private EquatableArray<ErrorBackendPage> Pages(ErrorBackendSpec backend)
    {
        var pages = new ErrorBackendPages(Below(backend.Folder));
        if (pages.Other is { } other)
        {
            Error(backend.Attribute, Descriptors.FileNoErrorPage, backend.Folder + other);
        }
        else if (!pages.All.Any(page => page.HasFiles))
        {
            ReportEmpty(backend.Folder, backend.Attribute);
        }

        return pages.All;
    }

    /// <summary>The files of a folder that are meant for clients, each with its names from there on.</summary>
    private IEnumerable<(EmbeddedFile File, string[] Names)> Below(string folder)
        => from file in _files
           where file.Path.StartsWith(folder, StringComparison.Ordinal)
           let names = file.Path.Substring(folder.Length).Split('/')
           where !names.Any(name => name.StartsWith(".", StringComparison.Ordinal) && name != WellKnown)
           select (file, names);

    private void ReportEmpty(string folder, int attribute) => Error(attribute, Descriptors.FolderWithoutAssets, folder.TrimEnd('/'), folder);

    /// <summary>Those files of a folder that are not left out.</summary>
    private (EmbeddedFile File, string[] Names)[] Included(FolderSpec folder)
    {
        (EmbeddedFile File, string[] Names)[] files = Below(folder.Folder).ToArray();
        if (files.All(IsConfiguration))
        {
            ReportEmpty(folder.Folder, folder.Attribute);
            return [];
        }

        PathPattern[] excluded = folder.Excluded.Select(pattern => new PathPattern(pattern)).ToArray();
        files = files.Where(file => !PathPattern.Match(excluded, string.Join("/", file.Names))).ToArray();
        foreach (PathPattern pattern in excluded.Where(pattern => !pattern.HasMatched))
        {
            _report(folder.Attribute, Descriptors.NothingExcluded, pattern.Text, folder.Folder.TrimEnd('/'));
        }

        // Behind the patterns: to leave such a file out by name is no mistake.
        return files.Where(file => !IsConfiguration(file)).ToArray();
    }

    private static bool IsConfiguration((EmbeddedFile File, string[] Names) file) => ProjectTextReader.IsConfiguration(file.Names[file.Names.Length - 1]);

    private void AddFolder(FolderSpec folder, HashSet<(string Host, EquatableArray<byte> Path)> ofFolders)
    {
        bool isDuplicate = false;
        var redirects = new List<(string From, ActionSpec Action)>();
        (EmbeddedFile File, string[] Names)[] files = Included(folder);
        ILookup<EmbeddedFile, CacheRule> rules = CacheRules(folder, files);
        foreach ((EmbeddedFile file, string[] names) in files)
        {
            string uri = folder.Prefix + string.Join("/", names.Select(Uri.EscapeDataString));
            if (Canonical(uri) is null)
            {
                _report(folder.Attribute, Descriptors.FileWithoutPath, file.Path);
                continue;
            }

            ResponseSpec response = ResponseOf(folder, file, rules);
            string page = PageOf(uri, folder.Pages.CleansUrls);
            bool isAdded = page != uri && Add(page, response);
            if (isAdded && folder.Pages.CleansUrls)
            {
                redirects.Add((uri, To(page)));
            }
            else
            {
                Add(uri, response);
            }

            if (isAdded && page.Length > 1)
            {
                // A relative reference in the page of a folder would otherwise begin one folder too high.
                redirects.Add(page.EndsWith("/", StringComparison.Ordinal) ? (page.Substring(0, page.Length - 1), new FolderRedirectSpec()) : (page + "/", To(page)));
            }
        }

        // A file goes before a redirect.
        foreach ((string from, ActionSpec action) in redirects)
        {
            EquatableArray<byte> path = Canonical(from)!.Value;
            if (!_taken.Contains((folder.Host, path)) && ofFolders.Add((folder.Host, path)))
            {
                _routes.Add(new RouteSpec(folder.Host, path, IsPrefix: false, "GET", Response: null) { Action = action });
            }
        }

        AddPages(folder, files, rules);

        // Moved for good, with the query.
        static RedirectSpec To(string page) => new(301, default, new EquatableArray<byte>(Encoding.ASCII.GetBytes(page + "\0?\0")));

        // Whatever else answers the path goes before a file; but of two files none does.
        bool Add(string uri, ResponseSpec response)
        {
            EquatableArray<byte> path = Canonical(uri)!.Value;
            if (_taken.Contains((folder.Host, path)))
            {
                return false;
            }

            if (!ofFolders.Add((folder.Host, path)))
            {
                if (!isDuplicate)
                {
                    Error(folder.Attribute, Descriptors.DuplicateRoute, "GET", Encoding.UTF8.GetString(path.ToArray()), folder.Host.Length == 0 ? "" : $" of the host {folder.Host}");
                }

                isDuplicate = true;
                return false;
            }

            _routes.Add(new RouteSpec(folder.Host, path, IsPrefix: false, "GET", response));
            return true;
        }
    }

    /// <summary>The path at which a file is as a page: that of its folder, or the one without its extension. For other files their own.</summary>
    private static string PageOf(string uri, bool cleansUrls)
    {
        int name = uri.LastIndexOf('/') + 1;
        return uri.Substring(name) == Index ? uri.Substring(0, name)
            : cleansUrls && uri.Length > name + Html.Length && uri.EndsWith(Html, StringComparison.Ordinal) ? uri.Substring(0, uri.Length - Html.Length) : uri;
    }

    /// <summary>The rule for each file that has one.</summary>
    private ILookup<EmbeddedFile, CacheRule> CacheRules(FolderSpec folder, (EmbeddedFile File, string[] Names)[] files)
    {
        (CacheRule Rule, PathPattern Pattern)[] rules = [.. folder.CacheRules.Select(rule => (rule, new PathPattern(rule.Pattern)))];
        var chosen = files.Select(file => (file.File, Found: rules.FirstOrDefault(rule => rule.Pattern.IsMatch(string.Join("/", file.Names))))).Where(file => file.Found.Rule is not null).ToArray();
        foreach ((CacheRule rule, PathPattern pattern) in rules.Where(rule => files.Length > 0 && !chosen.Any(file => file.Found.Pattern == rule.Pattern)))
        {
            _report(folder.Attribute, Descriptors.CacheRuleWithoutFiles, rule.Pattern, folder.Folder.TrimEnd('/'));
        }

        return chosen.ToLookup(file => file.File, file => file.Found.Rule);
    }

    private static ResponseSpec ResponseOf(FolderSpec folder, EmbeddedFile file, ILookup<EmbeddedFile, CacheRule> rules)
        => new(
            200,
            default,
            ContentTypes.WithCharset(ContentTypes.OfPath(file.Path) ?? ContentTypes.OfBytes),
            rules[file].FirstOrDefault() is { } rule ? new EquatableArray<FieldLine>(rule.Apply(folder.Fields))
                : HashedName.Is(file.Path.Substring(file.Path.LastIndexOf('/') + 1)) ? folder.HashedFields : folder.Fields,
            folder.Compress)
        {
            File = file,
        };

    /// <summary>Adds what a folder has for paths that no route has.</summary>
    private void AddPages(FolderSpec folder, (EmbeddedFile File, string[] Names)[] files, ILookup<EmbeddedFile, CacheRule> rules)
    {
        ResponseSpec? fallback = Find(folder.Pages.Fallback) is { } page ? ResponseOf(folder, page, rules) : null;
        ResponseSpec? notFound = Find(folder.Pages.NotFound) is { } error ? ResponseOf(folder, error, rules) with { Status = 404, Fields = folder.Pages.NotFoundFields } : null;
        if (fallback is null && notFound is null)
        {
            return;
        }

        // Several folders may have the same prefix, but for one path there is one page.
        var pages = new NotFoundSpec(folder.Host, Canonical(folder.Prefix)!.Value, fallback, notFound);
        int other = _notFound.FindIndex(other => other.Host == pages.Host && other.Path.Equals(pages.Path));
        if (other < 0)
        {
            _notFound.Add(pages);
            return;
        }

        if (fallback is not null && _notFound[other].Fallback is not null || notFound is not null && _notFound[other].NotFound is not null)
        {
            Error(folder.Attribute, Descriptors.InvalidPage, (fallback is not null && _notFound[other].Fallback is not null ? folder.Pages.Fallback : folder.Pages.NotFound)!, $"another folder at '{folder.Prefix}' has one for the same requests");
        }

        _notFound[other] = _notFound[other] with { Fallback = _notFound[other].Fallback ?? fallback, NotFound = _notFound[other].NotFound ?? notFound };

        EmbeddedFile? Find(string? name)
        {
            EmbeddedFile? file = files.FirstOrDefault(file => string.Join("/", file.Names) == name).File;
            if (name is not null && file is null && files.Length > 0)
            {
                Error(folder.Attribute, Descriptors.FileNotAnAsset, folder.Folder + name);
            }

            return file;
        }
    }

    private EquatableArray<byte>? Canonical(string uri)
        => uri.Length <= _http.MaxTargetBytes && CanonicalPath.Of(Encoding.ASCII.GetBytes(uri)) is { } path ? new EquatableArray<byte>(path) : null;

    private void Error(int attribute, DiagnosticDescriptor descriptor, params object[] arguments)
    {
        _hasErrors = true;
        _report(attribute, descriptor, arguments);
    }
}
