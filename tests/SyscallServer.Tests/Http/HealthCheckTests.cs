using System;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Http;

/// <summary>[HealthCheck]: what it answers while the server serves and while it ends, byte for byte, and what the access log says of it.</summary>
public class HealthCheckTests
{
    private const string Get = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nCache-Control: no-store\r\n\r\n";
    private const string Draining = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 9\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData(Get, Ok + "ok\n")]
    [InlineData("HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n", Ok)]
    [InlineData("GET /healthz?verbose HTTP/1.1\r\nHost: other\r\nIf-None-Match: *\r\nAccept-Encoding: gzip\r\n\r\n", Ok + "ok\n")]
    [InlineData("POST /healthz HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 405 Method Not Allowed\r\nContent-Type: text/plain\r\nContent-Length: 23\r\nAllow: GET, HEAD, OPTIONS\r\n\r\n405 Method Not Allowed\n")]
    public void It_is_healthy_while_it_serves(string request, string response) => Assert.Equal(response, Exchange(typeof(HealthSite), request, isEnding: false).Sent);

    [Theory]
    [InlineData(Get, Draining + "draining\n")]
    [InlineData(Get + Get, Draining + "draining\n")]
    [InlineData("HEAD /healthz HTTP/1.1\r\nHost: h\r\n\r\n", Draining)]
    [InlineData("GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nok\n")]
    public void It_drains_while_it_ends(string request, string response)
        => Assert.Equal(response, Exchange(typeof(HealthSite), request, isEnding: true).Sent.Replace("ETag: \"cXFWdRmVDDef\"\r\n", "", StringComparison.Ordinal));

    [Fact]
    public void It_is_told_in_the_middle_of_a_request_that_it_ends()
        => Assert.Equal(Draining + "draining\n", Exchange(typeof(HealthSite), "GET /healthz HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n", isEnding: false, "x").Sent);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_access_log_has_no_line_for_it(bool isEnding)
    {
        Assert.Empty(Exchange(typeof(HealthSite), Get, isEnding).Log);
        Assert.Contains("\"GET /healthz HTTP/1.1\" ", Exchange(typeof(LoggedHealthSite), Get, isEnding).Log, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_other_requests_are_their_own()
        => Assert.Equal(
            ["\"GET /a HTTP/1.1\" 200 3", "\"-\" 408 20"],
            Exchange(typeof(HealthSite), "GET /a HTTP/1.1\r\nHost: h\r\n\r\n" + Get + "\r", isEnding: false, failsWith: FixedResponse.RequestTimeout)
                .Log.TrimEnd('\n').Split('\n').Select(line => line[line.IndexOf('"', StringComparison.Ordinal)..]));

    /// <summary>What <c>--healthcheck</c> asks for; null where there is no such option.</summary>
    [Theory]
    [InlineData("[TcpServer] [HealthCheck(\"/healthz\")]", "/healthz")]
    [InlineData("[TcpServer] [HealthCheck(\"/caf\u00e9/%7e\")]", "/caf%C3%A9/~")]
    [InlineData("[TcpServer(HealthCheckOption = true)] [StaticResponse(\"/\", \"\")]", "/")]
    [InlineData("[TcpServer(HealthCheckOption = true)] [RawResponse(\"\")]", "")]
    [InlineData("[TcpServer(HealthCheckOption = false)] [HealthCheck(\"/healthz\")]", null)]
    [InlineData("[TcpServer(CommandLineInterface = false)] [HealthCheck(\"/healthz\")]", null)]
    [InlineData("[TcpServer] [StaticResponse(\"/\", \"\")]", null)]
    [InlineData("[TcpServer] [RawResponse(\"\")]", null)]
    public void The_option_asks_for_the_path_of_the_check(string attributes, string? path)
    {
        string emitted = GeneratorRun.Of($"using SyscallServer; {attributes} partial class Site;").Files["Site.g.cs"];
        Assert.Equal(path is not null, emitted.Contains("HasHealthCheckOption => true", StringComparison.Ordinal));
        Assert.Equal(path is not null and not "/", emitted.Contains($"HealthCheckPath => \"{path}\"u8;", StringComparison.Ordinal));
        Assert.Equal(path is not null, emitted.Contains("--healthcheck=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SYSC030", "does not begin with a slash", "\"healthz\"", "[TcpServer] [HealthCheck(\"healthz\")]")]
    [InlineData("SYSC031", "a health check has one path, without '*'", "\"/health/*\"", "[TcpServer] [HealthCheck(\"/health/*\")]")]
    [InlineData("SYSC034", "There already is a route for GET /healthz", "\"/healthz\"", "[TcpServer] [StaticResponse(\"/healthz\", \"\")] [HealthCheck(\"/healthz\")]")]
    [InlineData("SYSC050", "'Site' has routes or pages too", "RawResponse(\"x\")", "[TcpServer] [RawResponse(\"x\")] [HealthCheck(\"/healthz\")]")]
    [InlineData("SYSC052", "IsLogged means nothing to a server without an access log", "true", "[TcpServer] [HealthCheck(\"/healthz\", IsLogged = true)]")]
    [InlineData("SYSC016", "'Site' has a response but is no server", "HealthCheck(\"/healthz\")", "[HealthCheck(\"/healthz\")]")]
    public async Task Each_mistake_is_named(string id, string message, string squiggled, string attributes)
    {
        (Microsoft.CodeAnalysis.Diagnostic diagnostic, string text) = Assert.Single(await GeneratorRun.Of($"using SyscallServer; {attributes} static partial class Site;").AnalyzeAsync());
        Assert.Equal((id, squiggled), (diagnostic.Id, text));
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static (string Sent, string Log) Exchange(Type site, string requests, bool isEnding, string rest = "", int failsWith = 0)
        => ((string, string))typeof(HealthCheckTests).GetMethod(nameof(ExchangeWith), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(site.Emitted().GetNestedType("App", BindingFlags.NonPublic)!).Invoke(null, [requests, isEnding, rest, failsWith])!;

    /// <summary>Sends bytes, and returns what comes back and what is logged.</summary>
    private static unsafe (string Sent, string Log) ExchangeWith<TApp>(string requests, bool isEnding, string rest, int failsWith)
        where TApp : struct, IApp
    {
        byte* memory = stackalloc byte[Output.CapacityOf<TApp>()];
        byte* date = stackalloc byte[128];
        byte* observer = stackalloc byte[TApp.ObserverSize + TApp.ObservedClientSize];
        var output = new Output(memory, date) { Observer = observer };
        ClientAddress address = default;
        TApp.ObserverBegan(observer);
        TApp.ClientCame(observer + TApp.ObserverSize, &address);
        TApp.TurnBegan(&output, observer + TApp.ObserverSize, kept: null);
        HttpConnection http = default;
        if (isEnding)
        {
            http.Stop();
        }

        foreach (string piece in rest.Length > 0 ? [requests, rest] : new[] { requests })
        {
            byte[] input = [.. Encoding.ASCII.GetBytes(piece), .. new byte[64]];
            fixed (byte* first = input)
            {
                _ = http.Receive<TApp>(first, piece.Length, &output);
            }

            if (rest.Length > 0)
            {
                http.Stop();
            }
        }

        if (failsWith != 0)
        {
            http.Fail<TApp>(failsWith, &output);
        }

        LogKernel.Text = "";
        TApp.BatchEnded<LogKernel>(&output, -1, isEnding: false);
        return (Encoding.ASCII.GetString(output.Buffer, output.Length), LogKernel.Text!);
    }

    /// <summary>A kernel that has a standard output.</summary>
    private readonly unsafe struct LogKernel : IKernel
    {
        [ThreadStatic]
        internal static string? Text;

        public static nint write(int fd, void* buf, nuint count)
        {
            Text += Encoding.ASCII.GetString((byte*)buf, (int)count);
            return (nint)count;
        }

        public static nint poll(pollfd* fds, nuint nfds, int timeout)
        {
            fds->revents = Linux.POLLOUT;
            return 1;
        }
    }
}

/// <summary>A server with a health check, and beside it a constant of the same bytes, and a page for 503 that could be its other response.</summary>
[TcpServer(DateHeader = false, AccessLog = AccessLogMode.Always)]
[HealthCheck("/healthz")]
[StaticResponse("/a", "ok\n", CacheControl = "no-store")]
[ErrorPage(503, "draining\n", ContentType = "text/plain", CacheControl = "no-store")]
internal static partial class HealthSite;

/// <summary>One whose checks are logged.</summary>
[TcpServer(DateHeader = false, AccessLog = AccessLogMode.Always)]
[HealthCheck("/healthz", IsLogged = true)]
internal static partial class LoggedHealthSite;
