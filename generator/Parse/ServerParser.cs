using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Reads a class and its attributes. The generator takes the result and leaves the problems; the analyzer does the opposite,
/// so both agree on what is right.
/// </summary>
internal sealed class ServerParser
{
    private readonly INamedTypeSymbol _type;
    private readonly ProjectFiles? _files;
    private readonly CancellationToken _cancellationToken;
    private readonly Problems _problems = new();

    private ServerParser(INamedTypeSymbol type, ProjectFiles? files, CancellationToken cancellationToken)
    {
        _type = type;
        _files = files;
        _cancellationToken = cancellationToken;
    }

    internal static bool IsServer(INamedTypeSymbol type, CancellationToken cancellationToken)
        => AttributeReader.All(type, AttributeTable.TcpServer, cancellationToken).Any();

    /// <summary>Reads one class that has a <c>[TcpServer]</c>.</summary>
    /// <returns>The server, or null where there are problems.</returns>
    internal static ServerSpec? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken, out IReadOnlyList<Problem> problems)
        => Parse(type, compilation, files: null, cancellationToken, out problems);

    /// <summary>Reads one class that has a <c>[TcpServer]</c>, and looks for the files that it names.</summary>
    /// <inheritdoc cref="Parse(INamedTypeSymbol, Compilation, CancellationToken, out IReadOnlyList{Problem})"/>
    internal static ServerSpec? Parse(
        INamedTypeSymbol type, Compilation compilation, ProjectFiles? files, CancellationToken cancellationToken, out IReadOnlyList<Problem> problems)
    {
        var parser = new ServerParser(type, files, cancellationToken);
        ServerSpec? spec = parser.Parse(compilation);
        problems = parser._problems.All;
        return parser._problems.HasErrors ? null : spec;
    }

    private ServerSpec? Parse(Compilation compilation)
    {
        AttributeReader? server = AttributeReader.All(_type, AttributeTable.TcpServer, _cancellationToken).FirstOrDefault();
        if (server is null)
        {
            return null;
        }

        var declaration = new ServerDeclaration(_type, _problems, _cancellationToken);
        declaration.Check(compilation);
        CheckKind(server, out AttributeReader? rawResponse, out bool isHttp);
        ConcurrencyKind concurrency = Concurrency(server, isRaw: rawResponse is not null);
        bool hasCommandLineInterface = server.Flag("CommandLineInterface", true);
        var listen = new ListenParser(server, _problems);
        ListenSpec? listening = listen.Parse(concurrency, hasCommandLineInterface, isHttp, AttributeReader.All(_type, AttributeTable.Metrics, _cancellationToken).FirstOrDefault());
        declaration.CheckMembers();
        HttpSpec? http = isHttp ? WithPreamble(HttpParser.Parse(_type, server, compilation, _files, listen.PublicEndpoint, _problems, _cancellationToken), listening) : null;
        return new ServerSpec(
            declaration.Namespace,
            declaration.Headers,
            listen.Address,
            listen.Port,
            listening,
            server.Number("Backlog", Limits.Backlog, _problems),
            concurrency,
            Workers(server, concurrency),
            MaxConnections(server, concurrency),
            server.Number("ReadTimeoutSeconds", Limits.ReadTimeout, _problems),
            server.Number("WriteTimeoutSeconds", Limits.WriteTimeout, _problems),
            server.Number("GracePeriodSeconds", Limits.GracePeriod, _problems),
            hasCommandLineInterface,
            rawResponse is null ? default : Response(rawResponse),
            http)
        {
            DefersAccept = isHttp && server.Flag("DeferAccept", false),
            DrainDelay = DrainDelay(server, hasCommandLineInterface),
            HealthCheckPath = HealthCheckPath(server, http, hasCommandLineInterface),
        };
    }

    /// <summary>One endpoint with the header of the PROXY protocol is enough for a server that can read it.</summary>
    private static HttpSpec WithPreamble(HttpSpec http, ListenSpec? listening) => listening?.HasPreamble == true ? http with { HasProxyProtocol = true } : http;

    /// <summary>The delay before the end. Where none is set, an option can set one only if the attribute speaks of it.</summary>
    private int? DrainDelay(AttributeReader server, bool hasCommandLineInterface)
    {
        int delay = server.Number("DrainDelaySeconds", Limits.DrainDelay, _problems);
        return delay != 0 || (hasCommandLineInterface && server.Has("DrainDelaySeconds")) ? delay : null;
    }

    /// <summary>What <c>--healthcheck</c> asks for: the path of [HealthCheck], which brings the option, or the root; nothing of a raw response. Null where there is no such option.</summary>
    private string? HealthCheckPath(AttributeReader server, HttpSpec? http, bool hasCommandLineInterface)
    {
        const string setting = "HealthCheckOption";
        if (!hasCommandLineInterface)
        {
            WarnWithoutEffect(server, setting, "a server without a command-line interface");
            return null;
        }

        RouteSpec? check = http?.Routes.FirstOrDefault(route => route.Response?.WhileEnding is not null);
        return !server.Flag(setting, check is not null) ? null
            : check is not null ? CanonicalPath.Encode(check.Path)
            : http is null ? "" : "/";
    }

    /// <summary>Whether the server speaks HTTP or has a raw response: one of the two.</summary>
    private void CheckKind(AttributeReader server, out AttributeReader? rawResponse, out bool isHttp)
    {
        AttributeReader[] raw = AttributeReader.All(_type, AttributeTable.RawResponse, _cancellationToken).ToArray();
        string[] content = AttributeReader.All(_type, _cancellationToken).Select(attribute => attribute.Name).Where(AttributeTable.IsContent).ToArray();
        bool hasMembers = ServerMembers.Constants(_type, _cancellationToken).Any() || ServerMembers.Handlers(_type, _cancellationToken).Any();
        rawResponse = raw.FirstOrDefault();
        isHttp = content.Length > 0 || hasMembers;

        foreach (AttributeReader another in raw.Skip(1))
        {
            Report(Descriptors.SeveralResponses, another.Location, _type.Name);
        }

        if (rawResponse is not null && isHttp)
        {
            Report(Descriptors.RawAndHttp, rawResponse.Location, _type.Name);
        }
        else if (rawResponse is not null)
        {
            AttributeTable.WarnOfOthers(server, AttributeTable.SettingsOfServer, "a raw response, which is no HTTP", _problems);
        }
        else if (!hasMembers && !content.Any(AttributeTable.IsRoute))
        {
            Report(Descriptors.NoResponse, server.Location, _type.Name);
        }
    }

    private ConcurrencyKind Concurrency(AttributeReader server, bool isRaw)
    {
        var concurrency = (ConcurrencyKind)server.Number("Concurrency", (int)ConcurrencyKind.Fork);
        if (concurrency is < ConcurrencyKind.Fork or > ConcurrencyKind.EventLoop)
        {
            Report(Descriptors.InvalidConcurrency, server.LocationOf("Concurrency"), (int)concurrency);
        }
        else if (concurrency != ConcurrencyKind.Fork && isRaw)
        {
            Report(Descriptors.RawNeedsFork, server.LocationOf("Concurrency"), concurrency, _type.Name);
        }

        return concurrency;
    }

    private int Workers(AttributeReader server, ConcurrencyKind concurrency)
    {
        switch (concurrency)
        {
            case ConcurrencyKind.Prefork:
                return NumberOrDefault(server, "Workers", Limits.PreforkWorkers);
            case ConcurrencyKind.EventLoop:
                return server.Number("Workers", Limits.EventLoopWorkers, _problems);
            default:
                WarnWithoutEffect(server, "Workers", "Concurrency.Fork, which has a process for each connection");
                return 0;
        }
    }

    private int MaxConnections(AttributeReader server, ConcurrencyKind concurrency)
    {
        switch (concurrency)
        {
            case ConcurrencyKind.Prefork:
                WarnWithoutEffect(server, "MaxConnections", "Concurrency.Prefork, whose workers have one connection each");
                return 0;
            case ConcurrencyKind.EventLoop:
                return NumberOrDefault(server, "MaxConnections", Limits.EventLoopConnections);
            default:
                return NumberOrDefault(server, "MaxConnections", Limits.ForkConnections);
        }
    }

    private void WarnWithoutEffect(AttributeReader server, string setting, string on)
    {
        if (server.Has(setting))
        {
            Report(Descriptors.SettingWithoutEffect, server.LocationOf(setting), setting, on);
        }
    }

    /// <summary>A number of which 0 stands for the default.</summary>
    private int NumberOrDefault(AttributeReader server, string name, Limit limit)
        => server.Number(name, 0) == 0 ? limit.Default : server.Number(name, limit, _problems);

    private EquatableArray<byte> Response(AttributeReader attribute)
    {
        byte[] bytes = new ContentParser(server: null, commonFields: default, _problems).Utf8(Content.Of(attribute, "response"));
        if (bytes.Length > Limits.ContentBytes)
        {
            Report(Descriptors.ResponseTooLong, attribute.LocationOf("response"), bytes.Length, Limits.ContentBytes);
        }

        return new EquatableArray<byte>(bytes);
    }

    private void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
        => _problems.Report(descriptor, location, arguments);
}
