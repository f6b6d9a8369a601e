using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SyscallServer.Engine;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>
/// Reads a class and its attributes. The generator takes the result and leaves the problems; the analyzer does the opposite,
/// so both agree on what is right.
/// </summary>
internal sealed class ServerParser
{
    internal const string TcpServerAttribute = "SyscallServer.TcpServerAttribute";
    internal const string RawResponseAttribute = "SyscallServer.RawResponseAttribute";

    /// <summary>RawResponseAttribute.MaxLength, which the generator cannot reference. A test compares them.</summary>
    internal const int MaxResponseLength = 1 << 20;

    /// <summary>The names of what is emitted into the class.</summary>
    internal static readonly ImmutableArray<string> EmittedMembers = ImmutableArray.Create("Run", "Start", "Serve", "Accept", "Respond", "Response", "Settings", "Memory", "Kernel");

    private readonly INamedTypeSymbol _type;
    private readonly CancellationToken _cancellationToken;
    private readonly List<Problem> _problems = new();

    private ServerParser(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        _type = type;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Reads one class that has a <c>[TcpServer]</c>.</summary>
    /// <returns>The server, or null where there are problems.</returns>
    internal static ServerSpec? Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken, out IReadOnlyList<Problem> problems)
    {
        var parser = new ServerParser(type, cancellationToken);
        ServerSpec? spec = parser.Parse(compilation);
        problems = parser._problems;
        return problems.Count == 0 ? spec : null;
    }

    private ServerSpec? Parse(Compilation compilation)
    {
        AttributeData? server = Attributes(_type, TcpServerAttribute).FirstOrDefault();
        if (server is null)
        {
            return null;
        }

        CheckDeclaration(compilation);
        CheckConcurrency(server);
        var spec = new ServerSpec(
            _type.ContainingNamespace.IsGlobalNamespace ? "" : _type.ContainingNamespace.ToDisplayString(FullNameFormat),
            new EquatableArray<TypeHeader>(TypesAround().Select(Header)),
            Address(server),
            Number(server, "Port", 8080, 0, 65535, "0 lets the kernel choose a free port"),
            Number(server, "Backlog", 4096, 1, 65535, "Linux allows 4096 unless net.core.somaxconn says otherwise"),
            Number(server, "MaxConnections", 1024, 1, 32768, "each connection is a process, and Linux has 32768 process ids by default"),
            Number(server, "ReadTimeout", 10, 1, 3600, "it is in seconds"),
            Number(server, "WriteTimeout", 30, 1, 3600, "it is in seconds"),
            Number(server, "GracePeriod", 8, 0, 3600, "it is in seconds, and 0 ends running connections at once"),
            Argument(server, "CommandLineInterface") is not { Value: false },
            Response(server));
        return spec;
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

        foreach (string name in EmittedMembers)
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

    private void CheckConcurrency(AttributeData server)
    {
        const int fork = 0;
        if (Argument(server, "Concurrency") is { Value: int value } && value != fork)
        {
            Report(Descriptors.InvalidConcurrency, ArgumentLocation(server, "Concurrency"), value);
        }
    }

    private uint Address(AttributeData server)
    {
        if (Argument(server, "Address") is not { } argument)
        {
            return 0; // 0.0.0.0
        }

        // A null is no address either.
        string text = argument.Value as string ?? "";
        uint address;
        bool isAddress;
        unsafe
        {
            fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
            {
                isAddress = IPv4Address.TryParse(bytes, out address) && !text.Contains("\0");
            }
        }

        if (!isAddress)
        {
            Report(Descriptors.InvalidAddress, ArgumentLocation(server, "Address"), text);
        }

        return address;
    }

    private int Number(AttributeData server, string name, int defaultValue, int least, int greatest, string hint)
    {
        if (Argument(server, name) is not { Value: int number })
        {
            return defaultValue;
        }

        if (number < least || number > greatest)
        {
            Report(Descriptors.OutOfRange, ArgumentLocation(server, name), name, number, least, greatest, hint);
        }

        return number;
    }

    private EquatableArray<byte> Response(AttributeData server)
    {
        AttributeData[] responses = Attributes(_type, RawResponseAttribute).ToArray();
        if (responses.Length == 0)
        {
            Report(Descriptors.NoResponse, Syntax(server).GetLocation(), _type.Name);
            return default;
        }

        foreach (AttributeData another in responses.Skip(1))
        {
            Report(Descriptors.SeveralResponses, Syntax(another).GetLocation(), _type.Name);
        }

        byte[] bytes = Bytes(responses[0]);
        if (bytes.Length > MaxResponseLength)
        {
            Report(Descriptors.ResponseTooLong, FirstArgument(responses[0]), bytes.Length, MaxResponseLength);
        }

        return new EquatableArray<byte>(bytes);
    }

    private byte[] Bytes(AttributeData response)
    {
        // An argument that does not compile has no value; the compiler says so.
        TypedConstant argument = response.ConstructorArguments.FirstOrDefault();
        if (argument.Kind == TypedConstantKind.Error)
        {
            return [];
        }

        if (argument.IsNull)
        {
            Report(Descriptors.NotText, FirstArgument(response), "it is null");
            return [];
        }

        if (argument.Kind == TypedConstantKind.Array)
        {
            return argument.Values.Select(value => value.Value is byte number ? number : (byte)0).ToArray();
        }

        try
        {
            return StrictUtf8.GetBytes(argument.Value as string ?? "");
        }
        catch (EncoderFallbackException exception)
        {
            Report(Descriptors.NotText, FirstArgument(response), $"there is a lone surrogate at index {exception.Index}");
            return [];
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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

    internal static IEnumerable<AttributeData> Attributes(INamedTypeSymbol type, string name)
        => type.GetAttributes().Where(attribute => attribute.AttributeClass?.ToDisplayString() == name && attribute.ApplicationSyntaxReference is not null);

    private static TypedConstant? Argument(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private AttributeSyntax Syntax(AttributeData attribute)
        => (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax(_cancellationToken);

    private Location ArgumentLocation(AttributeData attribute, string name)
        => Syntax(attribute).ArgumentList!.Arguments.First(argument => argument.NameEquals?.Name.Identifier.ValueText == name).Expression.GetLocation();

    private Location FirstArgument(AttributeData attribute)
        => Syntax(attribute).ArgumentList!.Arguments[0].Expression.GetLocation();

    private Location Identifier(INamedTypeSymbol type)
        => ((BaseTypeDeclarationSyntax)type.DeclaringSyntaxReferences[0].GetSyntax(_cancellationToken)).Identifier.GetLocation();

    private void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments)
        => _problems.Add(new Problem(descriptor, location, arguments));
}
