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
        "The address is not an IP address",
        "\"{0}\" is not an IP address: write one of IPv4, four numbers from 0 to 255 without leading zeros, such as \"127.0.0.1\", or of IPv6, such as \"::1\"; \"0.0.0.0\" and \"::\" are every address of the machine");

    internal static readonly DiagnosticDescriptor NoResponse = Error(
        "SYSC005",
        "The server has no response",
        "The server '{0}' has nothing to answer: add a route to the class, such as [StaticResponse(\"/\", \"Hello, World!\")], or a [RawResponse]");

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
        "'{0}' is not a concurrency: write Concurrency.Fork, Concurrency.Prefork or Concurrency.EventLoop");

    internal static readonly DiagnosticDescriptor NotText = Error(
        "SYSC014",
        "The response is not text",
        "The text of the response cannot be written: {0}; give bytes for what is no text, as in new byte[] {{ 0xFF }}");

    internal static readonly DiagnosticDescriptor LanguageTooOld = Error(
        "SYSC015",
        "The language version is too old",
        "The server of '{0}' is written in C# 12, but the project is compiled as C# {1}: set <LangVersion>12</LangVersion> or remove <LangVersion> from the project file");

    internal static readonly DiagnosticDescriptor ResponseWithoutServer = Warning(
        "SYSC016",
        "A response without a server",
        "'{0}' has a response but is no server, so nothing is written for it: add [TcpServer]");

    internal static readonly DiagnosticDescriptor NotInFreestandingApi = Error(
        "SYSC020",
        "An API that the freestanding host lacks",
        "'{0}' is not there without the .NET runtime: write it otherwise, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file");

    internal static readonly DiagnosticDescriptor NeedsRuntime = Error(
        "SYSC021",
        "Something that only the .NET runtime can do",
        "{0} needs the .NET runtime: {1}, or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file");

    internal static readonly DiagnosticDescriptor ArrayBesideComputedValue = Error(
        "SYSC023",
        "A static array in a type whose initial values are computed at run time",
        "The array '{0}' needs the .NET runtime, because {1} when the program runs: move the array into a type of its own, in which all initial values are constants");

    internal static readonly DiagnosticDescriptor UnknownHost = Error(
        "SYSC022",
        "There is no such host",
        "'{0}' is not a host: write Freestanding or NativeAot as <SyscallServerHost> in the project file, or leave it out");

    internal static readonly DiagnosticDescriptor RelativePath = Error(
        "SYSC030",
        "The path does not begin with a slash",
        "\"{0}\" does not begin with a slash, as the path of every request does: write it as in \"/index.html\", and a host as Host = \"...\"");

    internal static readonly DiagnosticDescriptor InvalidPath = Error(
        "SYSC031",
        "The path is malformed",
        "\"{0}\" is not a path: {1}");

    internal static readonly DiagnosticDescriptor DotSegments = Warning(
        "SYSC032",
        "The path has dot segments",
        "\"{0}\" is found as \"{1}\", because dot segments are removed from the path of every request: write that");

    internal static readonly DiagnosticDescriptor PathTooLong = Error(
        "SYSC033",
        "The path is too long",
        "A request for the path has a target of {0} bytes, but MaxTargetBytes is {1}: shorten it, or raise MaxTargetBytes in [TcpServer]");

    internal static readonly DiagnosticDescriptor DuplicateRoute = Error(
        "SYSC034",
        "Two routes for the same requests",
        "There already is a route for {0} {1}{2}: keep one of them");

    internal static readonly DiagnosticDescriptor UnreachablePage = Warning(
        "SYSC035",
        "A page that is never sent",
        "The route \"/*\" has every path, so nothing is ever not found: remove the page, or write it as [StaticResponse(\"/*\", ..., Status = 404)] instead of that route");

    internal static readonly DiagnosticDescriptor InvalidRedirectTarget = Error(
        "SYSC036",
        "The target of a redirect is malformed",
        "\"{0}\" is no target of a redirect: {1}");

    internal static readonly DiagnosticDescriptor RedirectLoop = Error(
        "SYSC037",
        "A redirect leads back to itself",
        "The redirect leads to {0}, so a client would never arrive: {1}");

    internal static readonly DiagnosticDescriptor InvalidStatus = Error(
        "SYSC038",
        "The status cannot be had here",
        "The status cannot be {0} here: {1}");

    internal static readonly DiagnosticDescriptor BodyNotAllowed = Error(
        "SYSC039",
        "A body with a status that has none",
        "A response with the status {0} has no body, but one of {1} bytes is given: write \"\", or another status");

    internal static readonly DiagnosticDescriptor StatusNeedsField = Error(
        "SYSC040",
        "The status needs a field",
        "A response with the status {0} must say more: add \"{1}: ...\" to Headers{2}");

    internal static readonly DiagnosticDescriptor UnknownMethod = Error(
        "SYSC041",
        "The method cannot have a route",
        "\"{0}\" is not the method of a route: {1}");

    internal static readonly DiagnosticDescriptor InvalidHost = Error(
        "SYSC042",
        "The host is malformed",
        "\"{0}\" is not a host: {1}");

    internal static readonly DiagnosticDescriptor InvalidContentType = Error(
        "SYSC043",
        "The content type is malformed",
        "\"{0}\" is not a media type: write type/subtype, with parameters as in \"text/html; charset=utf-8\"");

    internal static readonly DiagnosticDescriptor InvalidCharset = Error(
        "SYSC044",
        "The charset does not fit",
        "The charset cannot be \"{0}\": {1}");

    internal static readonly DiagnosticDescriptor InvalidHeader = Error(
        "SYSC045",
        "A header is malformed",
        "{0} cannot be sent as a header: {1}");

    internal static readonly DiagnosticDescriptor FieldOfTheServer = Error(
        "SYSC046",
        "A header that the server writes by itself",
        "'{0}' is written by the server itself, which knows what is right in each response: {1}");

    internal static readonly DiagnosticDescriptor FieldTwice = Error(
        "SYSC047",
        "A header is given twice",
        "'{0}' is also given by {1}: keep one of them");

    internal static readonly DiagnosticDescriptor HeadTooLong = Error(
        "SYSC048",
        "The head of a response is too long",
        "The headers have {0} bytes, but at most {1} fit beside the server's own into a head of 8 KiB, which is what clients take: shorten them");

    internal static readonly DiagnosticDescriptor RouteNotConstant = Error(
        "SYSC049",
        "A route on something that is no constant",
        "The value of '{0}' is not known when the program is compiled: make it a 'const string', or a static property 'ReadOnlySpan<byte> {0} => \"...\"u8;'");

    internal static readonly DiagnosticDescriptor RawAndHttp = Error(
        "SYSC050",
        "A raw response beside HTTP",
        "'{0}' has routes or pages too, which a raw response leaves no room for, as it answers every connection: keep one or the other");

    internal static readonly DiagnosticDescriptor SeveralErrorPages = Error(
        "SYSC051",
        "Two pages for one error",
        "'{0}' already has a page for {1}: keep one of them");

    internal static readonly DiagnosticDescriptor SettingWithoutEffect = Warning(
        "SYSC052",
        "A setting without effect",
        "{0} means nothing to {1}: remove it");

    internal static readonly DiagnosticDescriptor RawNeedsFork = Error(
        "SYSC053",
        "A raw response needs a process for each connection",
        "Concurrency.{0} is for HTTP, and '{1}' has a raw response: write Concurrency.Fork, or answer with HTTP");

    internal static readonly DiagnosticDescriptor TurnedAwayPageTooLong = Error(
        "SYSC054",
        "The page for 503 is too long for an event loop",
        "The page for 503 has {0} bytes, but an event loop sends it to clients that it has no place for, and those get at most {1}: shorten it, or write another Concurrency");

    internal static readonly DiagnosticDescriptor InvalidEndpoint = Error(
        "SYSC060",
        "The endpoint is malformed",
        "\"{0}\" is not an endpoint: write an address and a port, such as \"0.0.0.0:8080\" or \"[::]:8080\", or a Unix socket, such as \"unix:/run/site.sock\" or \"unix:@name\"");

    internal static readonly DiagnosticDescriptor SocketPathTooLong = Error(
        "SYSC061",
        "The path of a Unix socket is too long",
        "The path in \"{0}\" has more than {1} bytes, which is all that Linux has room for: choose a shorter one");

    internal static readonly DiagnosticDescriptor DuplicateEndpoint = Error(
        "SYSC062",
        "An endpoint is listed twice",
        "\"{0}\" is already in the list: remove it");

    internal static readonly DiagnosticDescriptor EndpointCount = Error(
        "SYSC063",
        "No endpoints, or too many",
        "Listen has {0} endpoints, but must have from 1 to {1}: remove some, or leave Listen out for Port and Address");

    internal static readonly DiagnosticDescriptor ListenBesidePort = Error(
        "SYSC064",
        "A port or an address beside a list of endpoints",
        "{0} is set beside Listen, which says all of where the server listens: write it into the list, or remove Listen");

    internal static readonly DiagnosticDescriptor InvalidSocketMode = Error(
        "SYSC065",
        "The mode of Unix sockets is malformed",
        "\"{0}\" is not the mode of a file: write three octal digits, with or without a 0 before them, such as \"0660\"");

    internal static readonly DiagnosticDescriptor InvalidProxy = Error(
        "SYSC066",
        "The proxies are malformed",
        "\"{0}\" is no {1}");

    internal static readonly DiagnosticDescriptor MetricsEndpointTaken = Error(
        "SYSC067",
        "The metrics have an endpoint that is not their own",
        "The server listens at \"{0}\" for everything else: choose another port or path for the metrics, or leave Listen out of [Metrics]");

    internal static readonly DiagnosticDescriptor InvalidHandler = Error(
        "SYSC070",
        "A method that cannot be a handler",
        "'{0}' cannot answer requests: {1}; write 'static void {0}(in Request request, ref ResponseWriter response)'");

    internal static readonly DiagnosticDescriptor InvalidParameter = Error(
        "SYSC071",
        "The parameters of a path are malformed",
        "\"{0}\" cannot be the path of a handler: {1}");

    internal static readonly DiagnosticDescriptor AllocationAfterFork = Warning(
        "SYSC072",
        "A handler allocates in a forked process",
        "{0} needs the garbage collector, whose threads are missing in a process that was forked, so that '{1}' may hang: write into the ResponseWriter, or use stackalloc; or have one process that is not forked, by Concurrency.EventLoop with Workers = 1");

    internal static readonly DiagnosticDescriptor StateOfOneProcess = Warning(
        "SYSC073",
        "State that only one process has",
        "'{0}' is written while the handler '{1}' answers, but each process of the server has a copy of its own, so that no other sees it: have one process, by Concurrency.EventLoop with Workers = 1, or keep it in a file");

    internal static readonly DiagnosticDescriptor FileNotAnAsset = Error(
        "SYSC080",
        "The file is not among the assets",
        "'{0}' is not among the assets of the project, which are all files below wwwroot and assets: if it is there, name it in the project file, <ItemGroup><SyscallServerAsset Include=\"{0}\" /></ItemGroup>");

    internal static readonly DiagnosticDescriptor FolderWithoutAssets = Error(
        "SYSC081",
        "No asset is in the folder",
        "No file below '{0}' is among the assets of the project, which are all files below wwwroot and assets: if there are some, name them in the project file, <ItemGroup><SyscallServerAsset Include=\"{1}**\" /></ItemGroup>");

    internal static readonly DiagnosticDescriptor FileNoErrorPage = Error(
        "SYSC082",
        "A file is no page of an error",
        "'{0}' is no page of an error: call it by a status, 404.html, or by a class of them, 5xx.html, with the extension html, json or txt; put what else there is into another folder, and serve it with [StaticFiles]");

    internal static readonly DiagnosticDescriptor InvalidFile = Error(
        "SYSC084",
        "The path of a file is malformed",
        "\"{0}\" is not the path of a file or folder of the project: {1}");

    internal static readonly DiagnosticDescriptor FileWithoutPath = Warning(
        "SYSC085",
        "No request can name the file",
        "'{0}' is left out, for a request with its name in the path is bad, or too long: rename it");

    internal static readonly DiagnosticDescriptor NothingExcluded = Warning(
        "SYSC089",
        "Nothing is left out",
        "The pattern '{0}' of Exclude leaves nothing out, for no file below '{1}' has such a path: a pattern with a slash is a path from that folder on, and one without means names in every folder");

    internal static readonly DiagnosticDescriptor PrecompressedUploads = Warning(
        "SYSC086",
        "Uploads decide what other files are",
        "Clients can upload to '{0}', and who uploads x.gz there decides what others get for x: remove Precompressed, or serve compressed files from another folder");

    internal static readonly DiagnosticDescriptor PublicUpload = Warning(
        "SYSC087",
        "Everybody can upload",
        "Whoever reaches {0} can upload, and nobody asks who they are: add [BasicAuth] or [BearerAuth] for the folder, listen at 127.0.0.1 or a Unix socket, behind a proxy that asks, or write Public = true if that is what you want");

    internal static readonly DiagnosticDescriptor InvalidOrigin = Error(
        "SYSC088",
        "The origin is malformed",
        "\"{0}\" is not an origin as browsers write it: a scheme, a host in small letters, and a port if it is not the usual one, such as \"https://app.example\"");

    internal static readonly DiagnosticDescriptor InvalidPrefix = Error(
        "SYSC090",
        "The prefix has no slash at its end",
        "\"{0}\" is not what paths of files can begin with: write a slash at both ends, such as \"/\" or \"/files/\"");

    internal static readonly DiagnosticDescriptor InvalidRoot = Error(
        "SYSC091",
        "The root is not the path of a folder",
        "\"{0}\" is not the path of a folder: write one that is, such as \"/srv/www\", or \"wwwroot\" for one in the folder that the server is started in");

    internal static readonly DiagnosticDescriptor InvalidPage = Error(
        "SYSC093",
        "The page is no file of the folder",
        "\"{0}\" is not the path of a file in the folder: {1}");

    internal static readonly DiagnosticDescriptor TooManyRoots = Error(
        "SYSC092",
        "Too many roots",
        "'{0}' has {1} different folders in [Files] and [Upload], but can have {2}: put some of them into one");

    internal static readonly DiagnosticDescriptor InvalidRealm = Error(
        "SYSC120",
        "The realm is malformed",
        "\"{0}\" is not a realm: write 1 to {1} printable ASCII characters, without quotes and backslashes, such as \"Admin\"");

    internal static readonly DiagnosticDescriptor NoSecrets = Error(
        "SYSC121",
        "Nobody can come in",
        "No {0} are named: write {1} = \"...\" for a variable of the environment, {2} = \"...\" for a file, or {3} = [...] for hashes");

    internal static readonly DiagnosticDescriptor InvalidSecretSource = Error(
        "SYSC122",
        "What names secrets is malformed",
        "{0} has to be {1}");

    internal static readonly DiagnosticDescriptor NothingGuarded = Error(
        "SYSC123",
        "Nothing is guarded",
        "No route answers '{0}'{1}, so nothing is guarded: {2} (the path of [HealthCheck] is open to everybody)");

    internal static readonly DiagnosticDescriptor SeveralGuards = Error(
        "SYSC124",
        "Two guards of the same requests",
        "This {0} and another {2} have some requests for '{1}' in common, and it is not said which of them decides: give both the same Methods, or Methods of which none is in both; and write what is of one kind into one attribute");

    internal static readonly DiagnosticDescriptor OpenMethod = Warning(
        "SYSC125",
        "A method that changes something is open",
        "Methods leaves {0} of '{1}' open to everybody: add it, or leave Methods out for every method");

    internal static readonly DiagnosticDescriptor SharedSecret = Warning(
        "SYSC126",
        "A shared cache may store what needs credentials",
        "'{0}' needs credentials, but '{1}' in its Cache-Control lets caches that many people share store it for them: write \"private\", or \"no-store\"");

    internal static readonly DiagnosticDescriptor InvalidAllowedAddress = Error(
        "SYSC127",
        "The address of clients is malformed",
        "\"{0}\" is no address of clients: write a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" (the bits behind its prefix are 0), one address, or \"unix:\" for those that come by a Unix socket");

    internal static readonly DiagnosticDescriptor TextNotAdditional = Error(
        "SYSC128",
        "The compiler is not given a text file",
        "The compiler is not given '{0}': write <AdditionalFiles Include=\"{0}\" /> in an <ItemGroup> of the project file ({1})");

    internal static readonly DiagnosticDescriptor InvalidRedirectLine = Error(
        "SYSC129",
        "A line of redirects cannot be done",
        "\"{0}\" is not possible in a line of redirects: {1}");

    internal static readonly DiagnosticDescriptor UnreachableRedirect = Warning(
        "SYSC130",
        "A line of redirects is never reached",
        "'{0}' is never reached: {1}");

    internal static readonly DiagnosticDescriptor InvalidCorsOrigin = Error(
        "SYSC133",
        "The origin of pages is malformed",
        "\"{0}\" is no origin of pages: {1}");

    internal static readonly DiagnosticDescriptor WildcardWithCredentials = Error(
        "SYSC134",
        "A star together with credentials",
        "'*' in {0} stands for nothing where Credentials = true, and browsers refuse the response: name what is allowed");

    internal static readonly DiagnosticDescriptor InvalidCorsHeader = Error(
        "SYSC135",
        "A header that pages cannot send or read",
        "\"{0}\" in {1} has no use: {2}");

    internal static readonly DiagnosticDescriptor SeveralCors = Error(
        "SYSC136",
        "Two [Cors] for the same path",
        "Another [Cors] is for '{0}', too: keep one, or give one of them a longer path, which goes before the other");

    internal static readonly DiagnosticDescriptor NothingInGroup = Error(
        "SYSC137",
        "No route is in the group",
        "No route has a path of '{0}': {1}");

    internal static readonly DiagnosticDescriptor TooManyFieldSets = Error(
        "SYSC138",
        "Header rules can match in too many ways",
        "{0} combinations of these rules, hosts and origins may come together, and at most {1} are planned: use fewer rules with a star before the end of their path, with placeholders or with hosts, or fewer origins");

    internal static readonly DiagnosticDescriptor InvalidHeaderRule = Error(
        "SYSC139",
        "A line of a file of headers is wrong",
        "{0}");

    internal static readonly DiagnosticDescriptor InvalidVariable = Error(
        "SYSC141",
        "The variable is malformed",
        "'{0}' is no variable of the file: {1}");

    internal static readonly DiagnosticDescriptor InvalidPlaceholder = Error(
        "SYSC142",
        "The variable has no place in the file",
        "{0}: {1}");

    internal static readonly DiagnosticDescriptor InvalidLanguage = Error(
        "SYSC143",
        "The language is malformed, or not to be told from another",
        "{0}");

    internal static readonly DiagnosticDescriptor InvalidPattern = Error(
        "SYSC144",
        "The pattern of paths is malformed",
        "\"{0}\" is not a pattern of paths: {1}");

    internal static readonly DiagnosticDescriptor CacheRuleWithoutFiles = Warning(
        "SYSC145",
        "A rule is for no file",
        "The pattern '{0}' of CacheRules is for no file below '{1}' that no rule before it is for");

    internal static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NotPartial, UnsafeNotAllowed, OutOfRange, InvalidAddress, NoResponse, SeveralResponses, ResponseTooLong, ContainingTypeNotPartial,
        Generic, SeveralEntryPoints, MemberNameTaken, FileLocal, InvalidConcurrency, NotText, LanguageTooOld, ResponseWithoutServer,
        NotInFreestandingApi, NeedsRuntime, UnknownHost, ArrayBesideComputedValue,
        RelativePath, InvalidPath, DotSegments, PathTooLong, DuplicateRoute, UnreachablePage, InvalidRedirectTarget, RedirectLoop, InvalidStatus, BodyNotAllowed,
        StatusNeedsField, UnknownMethod, InvalidHost, InvalidContentType, InvalidCharset, InvalidHeader, FieldOfTheServer, FieldTwice, HeadTooLong, RouteNotConstant,
        RawAndHttp, SeveralErrorPages, SettingWithoutEffect, RawNeedsFork, TurnedAwayPageTooLong,
        InvalidEndpoint, SocketPathTooLong, DuplicateEndpoint, EndpointCount, ListenBesidePort, InvalidSocketMode, InvalidProxy, MetricsEndpointTaken,
        InvalidHandler, InvalidParameter, AllocationAfterFork, StateOfOneProcess,
        FileNotAnAsset, FolderWithoutAssets, FileNoErrorPage, InvalidFile, FileWithoutPath, NothingExcluded,
        PrecompressedUploads, PublicUpload, InvalidOrigin,
        InvalidPrefix, InvalidRoot, InvalidPage, TooManyRoots,
        InvalidRealm, NoSecrets, InvalidSecretSource, NothingGuarded, SeveralGuards, OpenMethod, SharedSecret, InvalidAllowedAddress,
        TextNotAdditional, InvalidRedirectLine, UnreachableRedirect, InvalidCorsOrigin, WildcardWithCredentials, InvalidCorsHeader, SeveralCors, NothingInGroup, TooManyFieldSets, InvalidHeaderRule,
        InvalidVariable, InvalidPlaceholder, InvalidLanguage, InvalidPattern, CacheRuleWithoutFiles);

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, "SyscallServer", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink + id.ToLowerInvariant());

    private static DiagnosticDescriptor Warning(string id, string title, string message)
        => new(id, title, message, "SyscallServer", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink + id.ToLowerInvariant());
}
