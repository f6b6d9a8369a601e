using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>The attributes of servers: who reads each, and which of its named settings mean something where it stands.</summary>
internal static class AttributeTable
{
    internal const string TcpServer = "SyscallServer.TcpServerAttribute";
    internal const string RawResponse = "SyscallServer.RawResponseAttribute";
    internal const string Files = "SyscallServer.FilesAttribute";
    internal const string Upload = "SyscallServer.UploadAttribute";
    internal const string StaticFile = "SyscallServer.StaticFileAttribute";
    internal const string StaticFiles = "SyscallServer.StaticFilesAttribute";
    internal const string Metrics = "SyscallServer.MetricsAttribute";
    internal const string BasicAuth = "SyscallServer.BasicAuthAttribute";
    internal const string BearerAuth = "SyscallServer.BearerAuthAttribute";
    internal const string AllowFrom = "SyscallServer.AllowFromAttribute";
    internal const string Route = "SyscallServer.RouteAttribute";
    internal const string Headers = "SyscallServer.HeadersAttribute";
    internal const string HeadersFile = "SyscallServer.HeadersFileAttribute";
    internal const string Cors = "SyscallServer.CorsAttribute";

    /// <summary>The setting of [Metrics] that <see cref="ListenParser"/> reads.</summary>
    internal const string MetricsListen = "Listen";

    /// <summary>The settings of [TcpServer] for any server. <see cref="ServerParser"/> reads them, and <see cref="ListenParser"/>.</summary>
    internal static readonly string[] SettingsOfServer =
    [
        "Port", "Address", "Listen", "SocketMode", "Systemd", "Backlog", "Concurrency", "Workers", "MaxConnections", "ReadTimeoutSeconds", "WriteTimeoutSeconds", "DrainDelaySeconds", "GracePeriodSeconds", "CommandLineInterface", "HealthCheckOption",
    ];

    /// <summary>The others, which mean nothing to a raw response. <see cref="HttpSettings"/> reads them.</summary>
    internal static readonly string[] SettingsOfHttp =
        ["DeferAccept", "IdleTimeoutSeconds", "MaxTargetBytes", "MaxHeaderBytes", "MaxBodyBytes", "MaxRequestMemoryBytes", "DateHeader", "ServerHeader", "Headers", "SecurityHeaders", "AccessLog", "AccessLogFormat", "TrustedProxies", "ClientAddressField", "ProxyProtocol"];

    /// <summary>The attributes of a class that say what an HTTP server answers.</summary>
    internal static readonly AttributeRow<INamedTypeSymbol>[] OnClass =
    [
        new("SyscallServer.StaticResponseAttribute", StaticResponseReader.Read, "Method", "Host", "Status", "Compress", "ContentType", "Charset", "Headers", "CacheControl"),
        new("SyscallServer.RedirectAttribute", RedirectReader.Read, "Host", "Status", "KeepQuery", "Headers", "CacheControl"),
        new("SyscallServer.RedirectsAttribute", RedirectsReader.Read, "Host", "Status", "Headers", "CacheControl"),
        new(Files, FilesReader.Read, ["Host", "Precompressed", "Download", FileRulesReader.Exclude, FileRulesReader.CacheRules, "Headers", "CacheControl", .. FolderPagesReader.Settings]),
        new(Upload, UploadReader.Read, "Host", "MaxBodyBytes", "AllowedOrigins", "Public"),
        new(StaticFile, StaticFileReader.Read, "Host", "Compress", "Download", "ContentType", "Variables", "Language", "DefaultLanguage", "Headers", "CacheControl"),
        new(StaticFiles, StaticFilesReader.Read, ["Host", "Compress", "Download", FileRulesReader.Exclude, FileRulesReader.CacheRules, "HashedNames", "Headers", "CacheControl", .. FolderPagesReader.Settings]),
        new("SyscallServer.ErrorBackendAttribute", ErrorBackendReader.Read, "Headers", "CacheControl"),
        new("SyscallServer.HealthCheckAttribute", HealthCheckReader.Read, "IsLogged"),
        new(Metrics, MetricsReader.Read, MetricsListen),
        new(BasicAuth, GuardReader.ReadUsers, "Users", "UsersFile", "UserHashes", "Methods") { IsRoute = false },
        new(BearerAuth, GuardReader.ReadTokens, "Tokens", "TokensFile", "TokenHashes", "Methods") { IsRoute = false },
        new(AllowFrom, GuardReader.ReadAllowFrom, "Path", "Methods") { IsRoute = false },
        new(Headers, FieldGroupReader.Read) { IsRoute = false },
        new(HeadersFile, FieldGroupReader.ReadFile) { IsRoute = false },
        new(Cors, CorsReader.Read, "Origins", "Methods", "Headers", "Credentials", "MaxAge", "ExposeHeaders", "PrivateNetwork") { IsRoute = false },
        new("SyscallServer.NotFoundAttribute", ErrorPageReader.ReadNotFound, "ContentType", "Charset", "Headers", "CacheControl") { IsRoute = false },
        new("SyscallServer.ErrorPageAttribute", ErrorPageReader.Read, "ContentType", "Charset", "Headers", "CacheControl") { IsRoute = false },
    ];

    /// <summary>The attributes of a constant.</summary>
    internal static readonly AttributeRow<Content>[] OnConstant =
    [
        new(Route, StaticResponseReader.Read, "Method", "Host", "Status", "Compress", "ContentType", "Charset", "Headers", "CacheControl") { Place = "a constant, which no request has a part in" },
    ];

    /// <summary>The attributes of a method, which make it a handler.</summary>
    internal static readonly AttributeRow<IMethodSymbol>[] OnMethod =
    [
        new(Route, HandlerReader.Read, "Method", "Host", "MaxBodyBytes", "MaxResponseBytes") { Place = "a handler, which says all of its response itself" },
        .. HandlerReader.Methods.Keys.Select(name => new AttributeRow<IMethodSymbol>(name, HandlerReader.Read, "Host", "MaxBodyBytes", "MaxResponseBytes")),
    ];

    /// <summary>Whether an attribute of a class says what a server answers.</summary>
    internal static bool IsResponse(string attribute) => attribute == RawResponse || IsContent(attribute);

    /// <summary>Whether an attribute of a class says what an HTTP server answers.</summary>
    internal static bool IsContent(string attribute) => OnClass.Any(row => row.Name == attribute);

    /// <summary>Whether an attribute of a class says something of several routes, which these have to know: who may have them, and what field lines they have.</summary>
    internal static bool IsOfGroup(string attribute) => attribute is BasicAuth or BearerAuth or AllowFrom or Headers or HeadersFile or Cors;

    /// <summary>Whether an attribute of a class answers paths.</summary>
    internal static bool IsRoute(string attribute) => OnClass.Any(row => row.Name == attribute && row.IsRoute);

    /// <summary>Whether an attribute makes a method a handler.</summary>
    internal static bool IsHandler(string attribute) => OnMethod.Any(row => row.Name == attribute);

    /// <summary>Has an attribute read, and warns of settings that it has for other places.</summary>
    internal static void Read<T>(AttributeRow<T>[] rows, AttributeReader attribute, T place, ServerContent content)
    {
        AttributeRow<T> row = rows.First(row => row.Name == attribute.Name);
        row.Read(content, attribute, place);
        WarnOfOthers(attribute, row.Settings, row.Place, content.Problems);
    }

    /// <summary>Warns of the settings of an attribute that mean nothing where it stands.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="settings">The settings that mean something.</param>
    /// <param name="place">What the warning says that the others mean nothing to.</param>
    /// <param name="problems">Where to say it.</param>
    internal static void WarnOfOthers(AttributeReader attribute, string[] settings, string place, Problems problems)
        => WarnOf(attribute, Settings(attribute.Name).Except(settings), place, problems);

    /// <summary>Warns of the settings of an attribute that mean nothing where it stands.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="settings">The settings that mean nothing.</param>
    /// <param name="place">What the warning says that they mean nothing to.</param>
    /// <param name="problems">Where to say it.</param>
    internal static void WarnOf(AttributeReader attribute, IEnumerable<string> settings, string place, Problems problems)
    {
        foreach (string setting in settings.Where(attribute.Has))
        {
            problems.Report(Descriptors.SettingWithoutEffect, attribute.LocationOf(setting), setting, place);
        }
    }

    /// <summary>All settings of an attribute, wherever it stands.</summary>
    internal static IEnumerable<string> Settings(string attribute)
        => attribute == TcpServer
            ? SettingsOfServer.Concat(SettingsOfHttp)
            : Of(OnClass, attribute).Concat(Of(OnConstant, attribute)).Concat(Of(OnMethod, attribute)).Distinct();

    private static IEnumerable<string> Of<T>(AttributeRow<T>[] rows, string attribute)
        => rows.Where(row => row.Name == attribute).SelectMany(row => row.Settings);
}
