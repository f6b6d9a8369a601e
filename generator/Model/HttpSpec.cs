using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Model;

/// <summary>What the user said of an HTTP server's content, checked, as plain values.</summary>
/// <param name="Routes">In the order of the attributes.</param>
/// <param name="ErrorPages">The user's own pages for errors, [NotFound] among them.</param>
/// <param name="SendsDate">Whether responses carry a Date.</param>
/// <param name="Server">The value of the Server field; null where none is sent.</param>
/// <param name="IdleTimeout">Seconds.</param>
/// <param name="MaxTargetBytes">The longest request target.</param>
/// <param name="MaxHeaderBytes">The most bytes of a request's field lines.</param>
/// <param name="MaxBodyBytes">The longest request body.</param>
internal sealed record HttpSpec(
    EquatableArray<RouteSpec> Routes,
    EquatableArray<ErrorPageSpec> ErrorPages,
    bool SendsDate,
    string? Server,
    int IdleTimeout,
    int MaxTargetBytes,
    int MaxHeaderBytes,
    int MaxBodyBytes)
{
    /// <summary>Whether anything is decided at run time.</summary>
    internal bool HasActions => Routes.Any(route => route.Response is null) || RedirectLines.Count > 0 || AllowFrom.Count > 0; // who is connected, they ask as an action does

    /// <summary>Whether some routes are found at the endpoint of management only.</summary>
    internal bool HasManagement => Routes.Any(route => route.IsOfManagement);

    /// <summary>Whether it counts what it does.</summary>
    internal bool HasMetrics => Routes.Any(route => route.Action is MetricsSpec);

    /// <summary>Field lines of all responses that have none of the same name. One without a value stands for none.</summary>
    internal EquatableArray<FieldLine> CommonFields { get; init; }

    /// <summary>Bytes for requests whose bodies are still to come, in each event loop.</summary>
    internal int MaxRequestMemory { get; init; } = Limits.RequestMemory.Default;

    /// <summary>The access log.</summary>
    internal AccessLogSpec AccessLog { get; init; } = new(AccessLogKind.Never, AccessLogFormat.Common);

    /// <summary>The clients that say for whom they ask; null where there are none, or nobody who would want to know.</summary>
    internal TrustedProxiesSpec? TrustedProxies { get; init; }

    /// <summary>Whether connections begin with the header of the PROXY protocol: all, or those of some endpoints (<see cref="ListenSpec.Roles"/>).</summary>
    internal bool HasProxyProtocol { get; init; }

    /// <summary>Whether methods of the user's answer some requests.</summary>
    internal bool HasHandlers => Routes.Any(route => route.Action is HandlerSpec);

    /// <summary>Whether it is kept whom a connection belongs to: where requests are allowed from some addresses only, and where that header names it and handlers may ask.</summary>
    internal bool KeepsClient => AllowFrom.Count > 0 || (HasProxyProtocol && HasHandlers);

    /// <summary>Whether there may be one.</summary>
    internal bool HasAccessLog => AccessLog.Mode != AccessLogKind.Never;

    /// <summary>The pages of errors that other servers have met, for what no route has; null where there are none.</summary>
    internal ErrorBackendSpec? ErrorBackend { get; init; }

    /// <summary>Which requests need credentials.</summary>
    internal EquatableArray<AuthenticationSpec> Authentication { get; init; }

    /// <summary>Where some requests may come from.</summary>
    internal EquatableArray<AllowFromSpec> AllowFrom { get; init; }

    /// <summary>Field lines for groups of routes.</summary>
    internal EquatableArray<FieldGroupSpec> FieldGroups { get; init; }

    /// <summary>The files that have such lines; none once their rules are known.</summary>
    internal EquatableArray<FileReference> FieldFiles { get; init; }

    /// <summary>The rules of such files, in their order.</summary>
    internal EquatableArray<FieldRuleSpec> FieldRules { get; init; }

    /// <summary>Pages of other origins that may read responses.</summary>
    internal EquatableArray<CorsSpec> Cors { get; init; }

    /// <summary>Whether some field lines depend on the path of the request, or on the page that sends it.</summary>
    internal bool HasFieldSets => FieldGroups.Count + FieldRules.Count + Cors.Count > 0;

    /// <summary>Whether what responses have of a field depends on the path of the request.</summary>
    internal bool IsOfPath(string name)
        => FieldGroups.Any(group => group.HasName(name)) || FieldRules.Any(rule => rule.Steps.Any(step => Model.FieldGroups.Same(step.Name, name)));

    /// <summary>Those of the common field lines that do not depend on the path.</summary>
    internal IEnumerable<FieldLine> CommonFieldsOfEveryPath => CommonFields.Where(line => !IsOfPath(line.Name));

    /// <summary>Whether some requests are refused for who sends them.</summary>
    internal bool HasGuards => Authentication.Count + AllowFrom.Count > 0;

    /// <summary>The files with redirects for paths that no route has.</summary>
    internal EquatableArray<RedirectFileSpec> RedirectFiles { get; init; }

    /// <summary>The lines of these files, of which the first that has a path answers; none as long as nobody has read the files.</summary>
    internal EquatableArray<RedirectLineSpec> RedirectLines { get; init; }

    /// <summary>The text files whose lines say what the server does.</summary>
    internal EquatableArray<FileReference> Texts { get; init; }

    /// <summary>Folders whose files are to be embedded; none once they are among the routes.</summary>
    internal EquatableArray<FolderSpec> Folders { get; init; }

    /// <summary>What embedded folders have for paths that no route has; none as long as nobody has looked for the files.</summary>
    internal EquatableArray<NotFoundSpec> NotFound { get; init; }

    /// <summary>Whether embedded files are served as they are on the disk, where that can be: only in development.</summary>
    internal bool HasLiveAssets { get; init; }

    /// <summary>Whether clients can ask for embedded files, and so for parts of them. Where files change, lengths are not planned.</summary>
    internal bool HasParts => Routes.Any(route => route.Response?.File is not null) || HasLiveAssets;

    /// <summary>Whether clients can ask for parts of anything.</summary>
    internal bool HasRanges => HasParts || Routes.Any(route => route.Action is FilesSpec);

    /// <summary>Whether files are embedded, be it for errors.</summary>
    internal bool HasAssets => HasParts || ErrorBackend?.Pages.Any(page => page.HasFiles) == true;
}

/// <summary>An access log.</summary>
/// <param name="Mode">When there is one.</param>
/// <param name="Format">The form of its lines.</param>
internal sealed record AccessLogSpec(AccessLogKind Mode, AccessLogFormat Format)
{
    /// <summary>Whether its lines say how long something took.</summary>
    internal bool HasTimes => Mode != AccessLogKind.Never && Format == AccessLogFormat.Json;
}

/// <summary>Clients that say for whom they ask.</summary>
/// <param name="Blocks">Their addresses: one AddressBlock behind the other.</param>
/// <param name="HasUnixSockets">Whether those are among them that come by a Unix socket.</param>
/// <param name="Field">The name of the field in which they say it, in lower case.</param>
internal sealed record TrustedProxiesSpec(EquatableArray<byte> Blocks, bool HasUnixSockets, string Field)
{
    /// <summary>Whether the field is that of RFC 7239, and not a list of addresses.</summary>
    internal bool IsForwarded => Field == "forwarded";
}

/// <summary>When a server has an access log: the values of AccessLogMode.</summary>
internal enum AccessLogKind
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>With <c>--access-log</c>.</summary>
    Optional,

    /// <summary>Always.</summary>
    Always,
}

/// <summary>One route: where it is found, and what it answers.</summary>
/// <param name="Host">The virtual host in lower case, without a port; empty where the route is for every host.</param>
/// <param name="Path">
/// The path in the form to which the engine brings that of a request (decoded, dot segments removed), as bytes. Of a prefix
/// without the <c>*</c>: <c>/docs/</c>. A parameter is a NUL, which no path of a request has: <c>/users/\0</c>.
/// </param>
/// <param name="IsPrefix">Whether every path that begins so is meant (the user wrote <c>/docs/*</c>).</param>
/// <param name="Method">The method: "GET" (which answers HEAD too), "POST", "PUT", "DELETE", "PATCH".</param>
/// <param name="Response">What it answers; null where that is decided at run time.</param>
internal sealed record RouteSpec(string Host, EquatableArray<byte> Path, bool IsPrefix, string Method, ResponseSpec? Response)
{
    /// <summary>What answers it at run time; null where the response is planned.</summary>
    internal ActionSpec? Action { get; init; }

    /// <summary>The same in other languages, of which the client chooses; <see cref="Response"/> is in the one for all others.</summary>
    internal EquatableArray<ResponseSpec> OtherLanguages { get; init; }

    /// <summary>What is planned for it, in every language.</summary>
    internal IEnumerable<ResponseSpec> Responses => Response is null ? [] : [Response, .. OtherLanguages];

    /// <summary>The same route with something done to each of its responses.</summary>
    internal RouteSpec With(Func<ResponseSpec, ResponseSpec> change)
        => Response is null ? this : this with { Response = change(Response), OtherLanguages = new EquatableArray<ResponseSpec>(OtherLanguages.Select(change)) };

    /// <summary>Whether it is found at the endpoint of management, and at no other.</summary>
    internal bool IsOfManagement { get; init; }

    /// <summary>The names of the parameters in the path, in their order.</summary>
    internal EquatableArray<string> Parameters { get; init; }
}

/// <summary>The user's page for an error.</summary>
internal sealed record ErrorPageSpec(int Status, ResponseSpec Response);

/// <summary>A response as the user gave it; what follows from it (Content-Length, ETag, variants) is planned.</summary>
/// <param name="Status">The status code, 200 to 599.</param>
/// <param name="Body">The body; empty where there is none.</param>
/// <param name="ContentType">The whole value of Content-Type, with its charset; null where there is no body.</param>
/// <param name="Fields">Further field lines, in order: the user's headers, Cache-Control, Location.</param>
/// <param name="Compress">Whether a gzip variant is wanted where it is smaller.</param>
internal sealed record ResponseSpec(int Status, EquatableArray<byte> Body, string? ContentType, EquatableArray<FieldLine> Fields, bool Compress)
{
    /// <summary>The file that is to be the body, as long as nobody has looked for it.</summary>
    internal FileReference? Reference { get; init; }

    /// <summary>The file that is the body; null where <see cref="Body"/> is.</summary>
    internal EmbeddedFile? File { get; init; }

    /// <summary>The language of the body, for Content-Language; null where it is not said.</summary>
    internal string? Language { get; init; }

    /// <summary>Whether there are others, so that it depends on Accept-Language which one is sent.</summary>
    internal bool VariesByLanguage { get; init; }

    /// <summary>The variables of the environment whose values the file gets when the server starts.</summary>
    internal EquatableArray<string> Variables { get; init; }

    /// <summary>Where in the file these values go, in order; nothing as long as nobody has looked for the file.</summary>
    internal EquatableArray<PlaceholderSpec> Placeholders { get; init; }

    /// <summary>What is answered instead while the server is ending; null where it stays the same. One that changes so has no entity tag.</summary>
    internal ResponseSpec? WhileEnding { get; init; }

    /// <summary>Whether the access log has a line for it.</summary>
    internal bool IsLogged { get; init; } = true;
}

/// <summary>A file that an attribute names.</summary>
/// <param name="Path">From the folder of the project file on.</param>
/// <param name="Attribute">Which of the attributes that name files.</param>
internal sealed record FileReference(string Path, int Attribute);

/// <summary>A folder whose files are to be embedded.</summary>
/// <param name="Host">The virtual host in lower case; empty where it is for every host.</param>
/// <param name="Prefix">The path of the folder, as a URI has it; it ends with a slash.</param>
/// <param name="Folder">From that of the project file on, with a slash at its end; empty where it is that one.</param>
/// <param name="Fields">Field lines of all responses.</param>
/// <param name="HashedFields">The same for files with a hash in their name.</param>
/// <param name="Compress">Whether variants with a coding are wanted where they are smaller.</param>
/// <param name="Excluded">Patterns of the paths that are left out.</param>
/// <param name="Attribute">Which of the attributes that name files.</param>
internal sealed record FolderSpec(
    string Host, string Prefix, string Folder, EquatableArray<FieldLine> Fields, EquatableArray<FieldLine> HashedFields, bool Compress, EquatableArray<string> Excluded, int Attribute)
{
    /// <summary>What stands for files that are not there.</summary>
    internal FolderPagesSpec Pages { get; init; } = FolderPagesSpec.None;

    /// <summary>How long some of the files may be kept: of those for a file the first.</summary>
    internal EquatableArray<CacheRule> CacheRules { get; init; }
}

/// <summary>How long some files of a folder may be kept.</summary>
/// <param name="Pattern">Which files.</param>
/// <param name="Value">The value of Cache-Control.</param>
internal sealed record CacheRule(string Pattern, string Value)
{
    /// <summary>The field lines of such a file.</summary>
    internal IEnumerable<FieldLine> Apply(IEnumerable<FieldLine> fields) => fields.Where(field => !field.IsCacheControl).Concat([new FieldLine(FieldLine.CacheControl, Value)]);
}

/// <summary>What stands for files of a folder that are not there.</summary>
/// <param name="Fallback">The file for requests for pages, from the folder on; null where there is none.</param>
/// <param name="NotFound">The file that comes with 404; null where there is none.</param>
/// <param name="NotFoundFields">Field lines of 404.</param>
/// <param name="CleansUrls">Whether pages are found without their extension.</param>
internal sealed record FolderPagesSpec(string? Fallback, string? NotFound, EquatableArray<FieldLine> NotFoundFields, bool CleansUrls)
{
    internal static readonly FolderPagesSpec None = new(null, null, default, false);
}

/// <summary>What is answered where no route has a path, and it begins as those of an embedded folder do.</summary>
/// <param name="Host">The virtual host in lower case; empty where it is for every host.</param>
/// <param name="Path">What the paths begin with, as that of a route; a slash is at its end.</param>
/// <param name="Fallback">To requests for pages; null where that is the same.</param>
/// <param name="NotFound">To all others; null where that is the server's own 404.</param>
internal sealed record NotFoundSpec(string Host, EquatableArray<byte> Path, ResponseSpec? Fallback, ResponseSpec? NotFound);

/// <summary>The pages of errors that other servers have met.</summary>
/// <param name="Folder">The folder of the pages, from that of the project file on, with a slash at its end.</param>
/// <param name="Fields">Field lines of every page.</param>
/// <param name="Attribute">Which of the attributes that name files.</param>
internal sealed record ErrorBackendSpec(string Folder, EquatableArray<FieldLine> Fields, int Attribute)
{
    /// <summary>The pages in the order of their statuses; none as long as nobody has looked for them.</summary>
    internal EquatableArray<ErrorBackendPage> Pages { get; init; }
}

/// <summary>The page of an error, in the forms that there are files of.</summary>
internal sealed record ErrorBackendPage(int Status, EmbeddedFile? Html, EmbeddedFile? Json, EmbeddedFile? Plain)
{
    /// <summary>Whether any form is a file.</summary>
    internal bool HasFiles => Html is not null || Json is not null || Plain is not null;
}

/// <summary>A field line of a response.</summary>
internal sealed record FieldLine(string Name, string Value)
{
    /// <summary>The name of the field that caches look at (RFC 9111, section 5.2).</summary>
    internal const string CacheControl = "Cache-Control";

    /// <summary>Field lines, and those of others that have other names.</summary>
    internal static IEnumerable<FieldLine> And(IEnumerable<FieldLine> fields, IEnumerable<FieldLine> others)
        => fields.Concat(others.Where(other => !fields.Any(field => field.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase))));

    internal bool IsCacheControl => Name.Equals(CacheControl, StringComparison.OrdinalIgnoreCase);
}
