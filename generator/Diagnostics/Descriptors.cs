using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>
/// Everything that can be wrong with a server's declaration, and with code for the freestanding host. To add one: a descriptor here and in <see cref="All"/>, a row in
/// AnalyzerReleases.Unshipped.md, a section in docs/diagnostics.md, and a case in the tests that asserts the
/// squiggled text. Tests see to it that none of the four is forgotten.
/// </summary>
internal static class Descriptors
{
    private const string HelpLink = "https://github.com/SyscallServer/SyscallServer/blob/main/docs/diagnostics.md#";

    internal static readonly DiagnosticDescriptor NotPartial = Error(
        "SYSC001",
        "The class of a server must be partial",
        "'{0}' must be partial, because the server is written into it: declare it as 'partial class {0}'");

    internal static readonly DiagnosticDescriptor UnsafeNotAllowed = Error(
        "SYSC002",
        "The server needs unsafe code",
        "The server of '{0}' calls the kernel through pointers, but the project does not allow unsafe code: set <AllowUnsafeBlocks>true</AllowUnsafeBlocks> in the project file");

    internal static readonly DiagnosticDescriptor OutOfRange = Error(
        "SYSC003",
        "A number of the server is out of range",
        "{0} is {1}, but must be from {2} to {3}: {4}");

    internal static readonly DiagnosticDescriptor InvalidAddress = Error(
        "SYSC004",
        "The address is not an IPv4 address",
        "\"{0}\" is not an IPv4 address: write four numbers from 0 to 255 without leading zeros, such as \"127.0.0.1\", or \"0.0.0.0\" for every address of the machine");

    internal static readonly DiagnosticDescriptor NoResponse = Error(
        "SYSC005",
        "The server has no response",
        "The server '{0}' has nothing to answer: add a response to the class, such as [RawResponse(\"HTTP/1.0 200 OK\\r\\n\\r\\n\")]");

    internal static readonly DiagnosticDescriptor SeveralResponses = Error(
        "SYSC006",
        "The server has several raw responses",
        "'{0}' already has a raw response, which answers every connection: keep one [RawResponse]");

    internal static readonly DiagnosticDescriptor ResponseTooLong = Error(
        "SYSC007",
        "The response is too long",
        "The response has {0} bytes, but at most {1} are compiled into a server: shorten it");

    internal static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        "SYSC008",
        "The types around a server must be partial",
        "'{0}' contains the server '{1}', which is written into it, so it must be partial too: declare it as 'partial {2} {0}', or move '{1}' out of it");

    internal static readonly DiagnosticDescriptor Generic = Error(
        "SYSC009",
        "A server cannot be generic",
        "'{0}' is generic, but a server is one program with one set of bytes: remove the type parameters, or move the server out of it");

    internal static readonly DiagnosticDescriptor SeveralEntryPoints = Error(
        "SYSC010",
        "Several servers, but no Main",
        "The project has {0} servers and no Main, so it is not said which of them the program runs: write a Main that calls Run of one of them, such as 'return {1}.Run(args);'");

    internal static readonly DiagnosticDescriptor MemberNameTaken = Error(
        "SYSC011",
        "A member has a name that the server needs",
        "'{0}' already has a member '{1}', which is the name of a part of the server: rename it");

    internal static readonly DiagnosticDescriptor FileLocal = Error(
        "SYSC012",
        "A server cannot be file-local",
        "'{0}' is local to its file, but the server is written in another one: remove 'file'");

    internal static readonly DiagnosticDescriptor InvalidConcurrency = Error(
        "SYSC013",
        "There is no such concurrency",
        "'{0}' is not a concurrency: write Concurrency.Fork");

    internal static readonly DiagnosticDescriptor NotText = Error(
        "SYSC014",
        "The response is not text",
        "The response cannot be written as UTF-8: {0}; give bytes instead, as in [RawResponse(new byte[] {{ 0xFF }})]");

    internal static readonly DiagnosticDescriptor LanguageTooOld = Error(
        "SYSC015",
        "The language version is too old",
        "The server of '{0}' is written in C# 12, but the project is compiled as C# {1}: set <LangVersion>12</LangVersion> or remove <LangVersion> from the project file");

    internal static readonly DiagnosticDescriptor ResponseWithoutServer = new(
        "SYSC016",
        "A response without a server",
        "'{0}' has a response but is no server, so nothing is written for it: add [TcpServer]",
        "SyscallServer",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink + "sysc016");

    internal static readonly DiagnosticDescriptor NotInFreestandingApi = Error(
        "SYSC020",
        "An API that the freestanding host lacks",
        "'{0}' is not there without the .NET runtime: write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file");

    internal static readonly DiagnosticDescriptor NeedsRuntime = Error(
        "SYSC021",
        "Something that only the .NET runtime can do",
        "{0} needs the .NET runtime: {1}, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file");

    internal static readonly DiagnosticDescriptor UnknownHost = Error(
        "SYSC022",
        "There is no such host",
        "'{0}' is not a host: write Freestanding or NativeAot as <SyscallServerHost> in the project file, or leave it out");

    internal static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NotPartial, UnsafeNotAllowed, OutOfRange, InvalidAddress, NoResponse, SeveralResponses, ResponseTooLong, ContainingTypeNotPartial,
        Generic, SeveralEntryPoints, MemberNameTaken, FileLocal, InvalidConcurrency, NotText, LanguageTooOld, ResponseWithoutServer,
        NotInFreestandingApi, NeedsRuntime, UnknownHost);

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, "SyscallServer", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink + id.ToLowerInvariant());
}
