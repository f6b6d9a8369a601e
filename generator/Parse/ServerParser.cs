using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Reads a class and its attributes. The generator takes the result and leaves the problems; the analyzer does the opposite,
/// so both agree on what is right.
/// </summary>
internal sealed class ServerParser
{
    internal const string TcpServerAttribute = "SyscallServer.TcpServerAttribute";
    internal const string RawResponseAttribute = "SyscallServer.RawResponseAttribute";

    /// <summary>The names of what is emitted into the class: besides these, Response for a raw response and App for HTTP.</summary>
    private static readonly string[] EmittedMembers = ["Run", "Start", "Serve", "Accept", "Respond", "Work", "Settings", "Memory", "Kernel"];

    private readonly INamedTypeSymbol _type;
    private readonly AssetManifest? _manifest;
    private readonly CancellationToken _cancellationToken;
    private readonly Problems _problems = new();

    private ServerParser(INamedTypeSymbol type, AssetManifest? manifest, CancellationToken cancellationToken)
    {
        _type = type;
        _manifest = manifest;
        _cancellationToken = cancellationToken;
    }

    internal static bool IsServer(INamedTypeSymbol type, CancellationToken cancellationToken)
        => AttributeReader.All(type, TcpServerAttribute, cancellationToken).Any();

    /// <summary>Whether an attribute of a class says what a server answers.</summary>
    internal static bool IsResponse(AttributeReader attribute) => attribute.Name == RawResponseAttribute || HttpParser.IsContent(attribute.Name);

    /// <summary>Reads one class that has a <c>[TcpServer]</c>.</summary>
    /// <returns>The server, or null where there are problems.</returns>
    internal static ServerSpec? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken, out IReadOnlyList<Problem> problems)
        => Parse(type, compilation, manifest: null, cancellationToken, out problems);

    /// <summary>Reads one class that has a <c>[TcpServer]</c>, and looks for the files that it names.</summary>
    /// <inheritdoc cref="Parse(INamedTypeSymbol, Compilation, CancellationToken, out IReadOnlyList{Problem})"/>
    internal static ServerSpec? Parse(
        INamedTypeSymbol type, Compilation compilation, AssetManifest? manifest, CancellationToken cancellationToken, out IReadOnlyList<Problem> problems)
    {
        var parser = new ServerParser(type, manifest, cancellationToken);
        ServerSpec? spec = parser.Parse(compilation);
        problems = parser._problems.All;
        return parser._problems.HasErrors ? null : spec;
    }

    private ServerSpec? Parse(Compilation compilation)
    {
        AttributeReader? server = AttributeReader.All(_type, TcpServerAttribute, _cancellationToken).FirstOrDefault();
        if (server is null)
        {
            return null;
        }

        CheckDeclaration(compilation);
        CheckKind(server, out AttributeReader? rawResponse, out bool isHttp);
        ConcurrencyKind concurrency = Concurrency(server, isRaw: rawResponse is not null);
        bool hasCommandLineInterface = server.Flag("CommandLineInterface", true);
        var listen = new ListenParser(server, _problems);
        ListenSpec? listening = listen.Parse(concurrency, hasCommandLineInterface);
        CheckMembers(isHttp ? "App" : "Response");
        return new ServerSpec(
            _type.ContainingNamespace.IsGlobalNamespace ? "" : _type.ContainingNamespace.ToDisplayString(FullNameFormat),
            new EquatableArray<TypeHeader>(TypesAround().Select(Header)),
            listen.Address,
            listen.Port,
            listening,
            Number(server, "Backlog", Limits.Backlog, _problems),
            concurrency,
            Workers(server, concurrency),
            MaxConnections(server, concurrency),
            Number(server, "ReadTimeoutSeconds", Limits.ReadTimeout, _problems),
            Number(server, "WriteTimeoutSeconds", Limits.WriteTimeout, _problems),
            Number(server, "GracePeriodSeconds", Limits.GracePeriod, _problems),
            hasCommandLineInterface,
            rawResponse is null ? default : Response(rawResponse),
            isHttp ? HttpParser.Parse(_type, server, compilation, _manifest, listen.PublicEndpoint, _problems, _cancellationToken) : null);
    }

    /// <summary>Whether the server speaks HTTP or has a raw response: one of the two.</summary>
    private void CheckKind(AttributeReader server, out AttributeReader? rawResponse, out bool isHttp)
    {
        AttributeReader[] raw = AttributeReader.All(_type, RawResponseAttribute, _cancellationToken).ToArray();
        string[] content = AttributeReader.All(_type, _cancellationToken).Select(attribute => attribute.Name).Where(HttpParser.IsContent).ToArray();
        bool hasMembers = HttpParser.RouteMembers(_type, _cancellationToken).Any() || HttpParser.Handlers(_type, _cancellationToken).Any();
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
            foreach (string setting in HttpParser.Settings.Where(server.Has))
            {
                Report(Descriptors.SettingWithoutEffect, server.LocationOf(setting), setting, "a raw response, which is no HTTP");
            }
        }
        else if (!hasMembers && !content.Any(HttpParser.IsRoute))
        {
            Report(Descriptors.NoResponse, server.Location, _type.Name);
        }
    }

    /// <summary>Whether another part of the class can be written, and whether what is written can be compiled.</summary>
    private void CheckDeclaration(Compilation compilation)
    {
        if (!IsPartial(_type))
        {
            Report(Descriptors.NotPartial, Identifier(_type), _type.Name);
        }

        if (_type.IsFileLocal)
        {
            Report(Descriptors.FileLocal, Identifier(_type), _type.Name);
        }

        foreach (INamedTypeSymbol type in TypesAround())
        {
            if (!SymbolEqualityComparer.Default.Equals(type, _type) && !IsPartial(type))
            {
                Report(Descriptors.ContainingTypeNotPartial, Identifier(type), type.Name, _type.Name, Header(type).Keyword);
            }

            if (type.TypeParameters.Length > 0)
            {
                Report(Descriptors.Generic, Identifier(type), type.Name);
            }
        }

        if (compilation is CSharpCompilation { Options.AllowUnsafe: false })
        {
            Report(Descriptors.UnsafeNotAllowed, Identifier(_type), _type.Name);
        }

        if (_type.DeclaringSyntaxReferences[0].SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 } options)
        {
            Report(Descriptors.LanguageTooOld, Identifier(_type), _type.Name, options.LanguageVersion.ToDisplayString());
        }
    }

    private void CheckMembers(string content)
    {
        foreach (string name in EmittedMembers.Concat([content]))
        {
            ISymbol? member = _type.GetMembers(name).FirstOrDefault(candidate => candidate.Locations.Any(IsWrittenByUser));
            if (member is not null)
            {
                Report(Descriptors.MemberNameTaken, member.Locations.First(IsWrittenByUser), _type.Name, name);
            }
        }
    }

    /// <summary>The analyzer also sees what the generator has written.</summary>
    internal static bool IsWrittenByUser(Location location)
        => location.SourceTree is { } tree && !tree.FilePath.Replace('\\', '/').Contains("/" + typeof(TcpServerGenerator).FullName + "/");

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
                return Number(server, "Workers", Limits.EventLoopWorkers, _problems);
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
        => server.Number(name, 0) == 0 ? limit.Default : Number(server, name, limit, _problems);

    internal static int Number(AttributeReader server, string name, Limit limit, Problems problems)
    {
        int number = server.Number(name, limit.Default);
        if (number < limit.Least || number > limit.Greatest)
        {
            problems.Report(Descriptors.OutOfRange, server.LocationOf(name), name, number, limit.Least, limit.Greatest, limit.Hint);
        }

        return number;
    }

    private EquatableArray<byte> Response(AttributeReader attribute)
    {
        byte[] bytes = new ContentParser(server: null, _problems).Utf8(Content.Of(attribute, "response"));
        if (bytes.Length > Limits.ContentBytes)
        {
            Report(Descriptors.ResponseTooLong, attribute.LocationOf("response"), bytes.Length, Limits.ContentBytes);
        }

        return new EquatableArray<byte>(bytes);
    }

    private static readonly SymbolDisplayFormat FullNameFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The type last, before it the types that it is nested in, outermost first.</summary>
    private Stack<INamedTypeSymbol> TypesAround()
    {
        var types = new Stack<INamedTypeSymbol>();
        for (INamedTypeSymbol? type = _type; type is not null; type = type.ContainingType)
        {
            types.Push(type);
        }

        return types;
    }

    private static TypeHeader Header(INamedTypeSymbol type)
    {
        string kind = type.TypeKind switch
        {
            TypeKind.Struct => "struct",
            TypeKind.Interface => "interface",
            _ => "class",
        };
        return new TypeHeader(
            type.IsRecord ? "record " + kind : kind,
            SyntaxFacts.GetKeywordKind(type.Name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(type.Name) == SyntaxKind.None ? type.Name : "@" + type.Name);
    }

    private bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.All(reference =>
            reference.GetSyntax(_cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private Location Identifier(INamedTypeSymbol type)
        => ((BaseTypeDeclarationSyntax)type.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken)).Identifier.GetLocation();

    private void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
        => _problems.Report(descriptor, location, arguments);
}
