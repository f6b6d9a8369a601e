using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// What every byte of a published server is for, as a ledger beside this file: a change that makes it larger shows where. After
/// a change that is meant: SNAPSHOTS=accept dotnet test tests/SyscallServer.EndToEnd.Tests --filter SizeTests
/// </summary>
[Trait("Category", "Documents")]
public partial class SizeTests
{
    /// <summary>A symbol and the bytes from its address to that of the next.</summary>
    private sealed record Entry(string Name, int Offset, int Bytes, int Padding, bool IsFunction);

    [Theory]
    [InlineData(Host.Freestanding, Programs.Hello, 4096)]
    [InlineData(Host.Freestanding, Programs.Silent, 1536)]
    [InlineData(Host.FreestandingArm64, Programs.Hello, 5632)]
    [InlineData(Host.FreestandingArm64, Programs.Silent, 2048)]
    public async Task Every_byte_of_a_freestanding_server_is_accounted_for_and_there_are_few(Host host, string project, int limit)
    {
        byte[] image = await Programs.ImageAsync(host, project);
        Entry[] entries = Entries(await Command.OutputOfAsync((host == Host.FreestandingArm64 ? Arm64.Tools : "") + "nm", ["--numeric-sort", "--print-size", Programs.Symbols(project, host)]), image);
        Assert.InRange(image.Length, 1, limit);

        // The ELF header is before the first symbol.
        const string programHeaders = "program_headers";
        int headers = entries[0].Offset + entries.Single(entry => entry.Name == programHeaders).Bytes;
        entries = [.. entries.Where(entry => entry.Name != programHeaders)];
        Entry[] functions = [.. entries.Where(entry => entry.IsFunction)];
        Entry[] data = [.. entries.Where(entry => !entry.IsFunction)];
        var ledger = new StringBuilder();
        Line(image.Length, "in the file");
        Line(headers, "ELF and program headers");
        Line(functions.Sum(entry => entry.Bytes), "functions");
        Line(data.Sum(entry => entry.Bytes), "data");
        Line(functions.Sum(entry => entry.Padding), "padding between functions");
        Line(data.Sum(entry => entry.Padding), "padding between data");
        Lines("Functions", functions);
        Lines("Data", data);

        Assert.Equal(image.Length, headers + entries.Sum(entry => entry.Bytes + entry.Padding));
        Snapshot.VerifyFile(ledger.ToString(), Repository.Path("tests", "SyscallServer.EndToEnd.Tests", Path.GetFileName(project) + (host == Host.FreestandingArm64 ? ".arm64" : "") + ".size.verified.txt"));

        void Line(int bytes, string name) => ledger.Append(CultureInfo.InvariantCulture, $"{bytes,6} {name}\n");

        // By name, so that a function that grows changes one line.
        void Lines(string title, IEnumerable<Entry> lines)
        {
            ledger.Append('\n').Append(title).Append('\n');
            foreach (Entry entry in lines.Where(entry => entry.Bytes > 0).OrderBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Bytes))
            {
                Line(entry.Bytes, entry.Name);
            }
        }
    }

    /// <summary>The samples for arm64, beside those for x86-64: an instruction has four bytes, so a program is a little longer.</summary>
    [Fact]
    public async Task The_samples_for_arm64_are_as_large_as_the_ledger_says()
    {
        var ledger = new StringBuilder("arm64 x86-64\n");
        foreach (string project in new[] { Programs.Hello, Programs.Silent, Programs.Site, Programs.Api })
        {
            int here = (await Programs.ImageAsync(Host.FreestandingArm64, project)).Length;
            int there = (await Programs.ImageAsync(Host.Freestanding, project)).Length;
            Assert.InRange(here, there, there * 13 / 10);
            ledger.Append(CultureInfo.InvariantCulture, $"{here,5} {there,6} {project}\n");
        }

        Snapshot.VerifyFile(ledger.ToString(), Repository.Path("tests", "SyscallServer.EndToEnd.Tests", "Arm64.size.verified.txt"));
    }

    /// <summary>
    /// A server of one constant, and with each feature: what the feature adds to its file. What is not used is not there, of which the names of functions are the proof.
    /// </summary>
    [Fact]
    public async Task Every_feature_costs_what_the_ledger_says_and_nothing_where_it_is_not_used()
    {
        (string Name, string[] Types)[] features =
        [
            ("StaticFile", ["ByteRanges", "Multipart", "IfRange", "HttpDate__Read"]),
            ("Variables", ["Variables__Fill", "Sha256"]),
            ("Languages", ["Languages__Choose"]),
            ("FolderPages", ["Navigation", "CarryingRedirect"]),
            ("Redirects", ["RedirectTable"]),
            ("ErrorBackend", ["ErrorBackend", "Accept__Choose"]),
            ("Files", ["FileResponse", "FileRoot", "FileTransfer"]),
            ("FileRules", ["FileRules__Matches"]),
            ("FilePages", ["FilePages", "Navigation"]),
            ("Upload", ["Upload"]),
            ("FilesAndUpload", []),
            ("Handler", ["HandlerResponse", "ResponseHead"]),
            ("HandlerWithBody", []),
            ("ClientAddress", ["getpeername", "IPv6Address__Write"]),
            ("ProxiedClientAddress", ["HandlerClient", "ForwardedClient"]),
            ("HealthCheck", []),
            ("DeferAccept", []),
            ("DrainDelay", ["IsOfDelay"]),
            ("AccessLog", ["AccessLog", "IPv6Address__Write"]),
            ("OptionalAccessLog", []),
            ("CombinedLog", ["LoggedFields"]),
            ("JsonLog", ["JsonLogLine"]),
            ("Metrics", ["MetricsPage", "Metrics__Add"]),
            ("MetricsListen", ["EndpointRoles"]),
            ("BasicAuth", ["Authentication", "Sha256", "Base64"]),
            ("BasicAuthFile", ["Secrets__ReadFile"]),
            ("BearerAuth", ["Authentication", "Sha256"]),
            ("BasicAndBearerAuth", []),
            ("AllowFrom", ["AllowedClients", "AddressBlock", "getpeername"]),
            ("Headers", ["FieldSet__Write"]),
            ("HeadersFile", ["PathGlob"]),
            ("Cors", ["CrossOrigin", "FieldSet__Write"]),
            ("CorsOfSeveral", ["OriginList"]),
            ("TrustedProxies", ["ForwardedClient", "AddressBlock"]),
            ("Forwarded", ["ForwardedElement"]),
            ("ProxyProtocol", ["ProxyHeader"]),
            ("ProxyListen", ["EndpointRoles"]),
            ("SecurityHeaders", []),
            ("Listen", ["Endpoint"]),
            ("Prefork", ["PreforkWorker", "Supervisor", "ServiceManager"]),
            ("EventLoop", ["EventLoop", "BufferPool", "TimeoutList"]),
            ("HardenedLayout", ["start_hardened", "random_security_cookie"]),
        ];
        (long constant, string symbols) = await MeasureFeatureAsync(null);
        var ledger = new StringBuilder();
        ledger.Append(CultureInfo.InvariantCulture, $"{constant,6} a server of one constant (tests/Servers/Feature)\n");
        foreach ((string name, string[] types) in features)
        {
            (long bytes, string with) = await MeasureFeatureAsync(name);
            ledger.Append(CultureInfo.InvariantCulture, $"{bytes - constant,6:+0;-0} {name}\n");
            Assert.True(name != "AccessLog" || !with.Contains("LoggedFields", StringComparison.Ordinal) && !with.Contains("JsonLogLine", StringComparison.Ordinal) && !with.Contains("ForwardedClient", StringComparison.Ordinal), "a log has what another form has");
            Assert.All(types, type => Assert.True(with.Contains(type, StringComparison.Ordinal) && !symbols.Contains(type, StringComparison.Ordinal), $"{type}, of {name}"));
        }

        Snapshot.VerifyFile(ledger.ToString(), Repository.Path("tests", "SyscallServer.EndToEnd.Tests", "Feature.size.verified.txt"));

        static async Task<(long Bytes, string Symbols)> MeasureFeatureAsync(string? feature)
        {
            (string executable, string symbols) = await Programs.WithFeatureAsync(feature);
            return (new FileInfo(executable).Length, await Command.OutputOfAsync("nm", [symbols]));
        }
    }

    /// <summary>
    /// What it costs a server that empty lines move no deadline, that it says once a minute how often it was short of descriptors, instead of each time, and that a client which takes bytes slowly is told
    /// from one that takes none.
    /// </summary>
    private const int Mended = 448;

    /// <summary>What it costs that a connection for one request takes fewer system calls.</summary>
    private const int ShortConnections = 96;

    /// <summary>All of HTTP, the heads of the responses, the router and the rest of the server: what the file has besides the bodies that it sends.</summary>
    [Fact]
    public async Task A_site_is_at_most_16_kB_besides_its_content()
    {
        (int bytes, int content) = await MeasureAsync(Programs.Pages, ["/", "/style.css", "/clock.js", "/icon.svg", "/about.json", "/robots.txt", "/healthz", "/nowhere"]);
        Assert.InRange(content, 3000, 4000);
        Assert.InRange(bytes, 1, 16 * 1024 + Mended + ShortConnections);
    }

    /// <summary>What it costs that no compiler sees files: a table of where their content begins, and an entry of it in each response.</summary>
    private const int Elsewhere = 160;

    /// <summary>What it costs that a response has several parts.</summary>
    private const int Multipart = 1400;

    /// <summary>Files have br, times and parts besides, of which the server above has nothing: see docs/internals/files.md.</summary>
    [Fact]
    public async Task A_site_of_embedded_files_is_at_most_20_kB_besides_its_content_and_what_several_parts_cost()
    {
        (int bytes, int content) = await MeasureAsync(Programs.Site, ["/", "/style.css", "/clock.js", "/icon.svg", "/about.json", "/robots.txt", "/healthz", "/nowhere"]);
        Assert.InRange(content, 4000, 5500);
        Assert.InRange(bytes, 1, 20 * 1024 + Mended + Elsewhere + Multipart + ShortConnections);
    }

    /// <summary>The bytes of a server besides its content, and of that.</summary>
    private static async Task<(int Bytes, int Content)> MeasureAsync(string project, string[] paths)
    {
        var image = new FileInfo(await Programs.ExecutableAsync(Host.Freestanding, project));
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, project);
        int content = 0;
        foreach (string path in paths)
        {
            foreach (string coding in new[] { "identity", "gzip", "br" })
            {
                HttpResponse response = await HttpServer.ExchangeAsync(server.Port, $"GET {path} HTTP/1.1\r\nHost: h\r\nAccept-Encoding: {coding}\r\n\r\n");
                content += coding == "identity" || response["Content-Encoding"] is not null ? response.Body.Length : 0;
            }
        }

        return ((int)image.Length - content, content);
    }

    /// <summary>
    /// The symbols in the order of their addresses. Functions have a size; for other symbols the zeros before the next one are taken for
    /// padding.
    /// </summary>
    private static Entry[] Entries(string symbols, byte[] image)
    {
        // Where functions are the same but for their names, the most telling is the longest.
        var found = Symbol().Matches(symbols)
            .Select(match => (Address: Hex(match.Groups[1]), Size: Hex(match.Groups[2]), Name: match.Groups[3].Value))
            .GroupBy(symbol => symbol.Address)
            .Select(group => group.MaxBy(symbol => symbol.Name.Length))
            .ToArray();
        int start = found[0].Address; // image_start
        int end = start + image.Length;

        // Variables lie elsewhere in memory than in the file: all of them are the one entry image_end.
        found = [.. found.Skip(1).Where(symbol => symbol.Address < end)];
        return [.. found.Select((symbol, index) =>
        {
            int next = index + 1 < found.Length ? found[index + 1].Address : end;
            ReadOnlySpan<byte> all = image.AsSpan((symbol.Address - start)..(next - start));
            ReadOnlySpan<byte> own = symbol.Size > 0 ? all[..symbol.Size] : symbol.Name == "program_headers" ? all : all.TrimEnd((byte)0);
            string name = symbol.Name.Contains("_PrivateImplementationDetails_", StringComparison.Ordinal) ? Content(own) : Readable(symbol.Name);
            return new Entry(name, symbol.Address - start, own.Length, all.Length - own.Length, symbol.Size > 0);
        })];

        static int Hex(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Models.ForkParent.Wait for SyscallServer_SyscallServer_Internal_Models_ForkParent__Wait&lt;SyscallServer_SyscallServer_Internal_Kernel_FreestandingKernel&gt;.</summary>
    private static string Readable(string symbol)
        => Method().Match(symbol) is { Success: true } match ? $"{match.Groups[1].Value.Replace('_', '.')}.{match.Groups[2].Value}" : symbol;

    /// <summary>A constant has a hash for a name; it is called by what it begins with.</summary>
    private static string Content(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.Latin1.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        string line = string.Concat(text.Take(40).Select(character => character is >= ' ' and <= '~' ? character : '.'));
        return $"\"{line}\"{(text.Length > 40 ? "..." : "")}";
    }

    /// <summary>A line of nm(1): address, size where it is known, type, name.</summary>
    [GeneratedRegex("^([0-9a-f]{16})(?: ([0-9a-f]{16}))? . (.+)$", RegexOptions.Multiline)]
    private static partial Regex Symbol();

    /// <summary>Assembly, type and method in the compiler's spelling, without the kernel and the server that they were made for, and the number that tells overloads apart.</summary>
    [GeneratedRegex("^(?:SyscallServer_SyscallServer_Internal|System_Runtime|Hello|Silent)_(.+?)(?:_1<.+?>)?__(.+?)(?:_[0-9]+)?(?:<.*>)?$")]
    private static partial Regex Method();
}
