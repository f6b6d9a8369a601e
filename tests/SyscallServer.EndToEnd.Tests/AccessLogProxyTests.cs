using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The access log of a server behind a proxy, as deploy/ has it: it names the client, and not what the client says of itself.</summary>
public sealed class AccessLogProxyTests : IDisposable
{
    /// <summary>Another address of this machine than the proxy's, which is trusted.</summary>
    private const string Client = "127.0.0.2";

    /// <summary>The ports in deploy/: the proxy's, and those of the servers.</summary>
    private static readonly string[] Written = ["8000", "8081", "8082", "8083"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Behind_nginx() => await CheckAsync("nginx/site.conf", configuration => DeployFile.ForNginx(configuration, _folder.FullName), file => DeployFile.Nginx(file, _folder.FullName));

    [Fact]
    public async Task Behind_HAProxy() => await CheckAsync("haproxy/haproxy.cfg", WithoutChecks, file => ("haproxy", ["-db", "-f", file]));

    /// <summary>The server has no path for checks.</summary>
    private static string WithoutChecks(string configuration)
        => string.Join('\n', configuration.Split('\n').Where(line => !line.Contains("option httpchk", StringComparison.Ordinal) && !line.Contains("http-check", StringComparison.Ordinal) && !line.Contains("default-server", StringComparison.Ordinal)));

    [Theory]
    [InlineData("send-proxy")]
    [InlineData("send-proxy-v2")]
    public async Task Behind_HAProxy_that_speaks_the_PROXY_protocol(string setting)
        => await CheckAsync("haproxy/haproxy.cfg", configuration => WithoutChecks(configuration).Replace(" 127.0.0.1:8081", $" 127.0.0.1:8081 {setting}", StringComparison.Ordinal), file => ("haproxy", ["-db", "-f", file]), "ProxyProtocol");

    private async Task CheckAsync(string configuration, Func<string, string> adapt, Func<string, (string Program, string[] Arguments)> command, string feature = "TrustedProxies")
    {
        (string executable, _) = await Programs.WithFeatureAsync(feature);
        int[] ports = FreePort.ToStay(4);
        string text = DeployFile.WithPorts(adapt(await File.ReadAllTextAsync(Repository.Path("deploy", configuration))), Written.Zip(ports));
        string file = Path.Combine(_folder.FullName, "configuration");
        await File.WriteAllTextAsync(file, text);
        await using ServerProcess server = await ServerProcess.StartAsync([], executable, "--port", $"{ports[1]}");
        (string program, string[] arguments) = command(file);
        using Process proxy = Command.Start(program, arguments);
        try
        {
            await ServerProcess.EventuallyAsync(() => proxy.HasExited || ProcFile.Listens(proxy.Id), "the proxy serves");
            string[] curl = ["-sS", "--interface", Client, "--retry", "3"];
            Assert.Equal("Hello, World!\n", await Command.OutputOfAsync("curl", [.. curl, "-H", "X-Forwarded-For: 203.0.113.9", $"http://127.0.0.1:{ports[0]}/"]));
            int lines = 1;
            if (feature == "TrustedProxies")
            {
                Assert.Equal("Hello, World!\n", await Command.OutputOfAsync("curl", [.. curl, "-H", "X-Forwarded-For: 203.0.113.9", $"http://127.0.0.1:{ports[1]}/"])); // not by the proxy
                lines++;
            }
            else
            {
                Assert.Equal(0, (await Command.RunAsync(executable, ["--healthcheck", "--port", $"{ports[1]}"])).ExitCode);
                Assert.Equal(52, (await Command.RunAsync("curl", ["-sS", $"http://127.0.0.1:{ports[1]}/"])).ExitCode); // an empty reply: who does not come by the proxy is not answered
            }

            await ServerProcess.EventuallyAsync(() => server.Output.Count(character => character == '\n') >= lines, $"there are {lines} lines in the log: {server.Output}");
            Assert.All(server.Output.TrimEnd('\n').Split('\n')[..lines], line => Assert.StartsWith(Client + " - - [", line, StringComparison.Ordinal));
        }
        finally
        {
            proxy.Kill(entireProcessTree: true);
            await proxy.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_handler_is_told_whom_a_trusted_proxy_names_and_of_others_who_is_connected()
    {
        (string executable, _) = await Programs.WithFeatureAsync("ProxiedClientAddress");
        await using ServerProcess server = await ServerProcess.StartAsync([], executable, "--port", "0");
        string[] curl = ["-sS", "-H", "X-Forwarded-For: 203.0.113.9, 2001:db8::7", $"http://127.0.0.1:{server.Port}/handler", "--interface"];
        Assert.Equal("2001:db8::7", await Command.OutputOfAsync("curl", [.. curl, "127.0.0.1"]));
        Assert.Equal(Client, await Command.OutputOfAsync("curl", [.. curl, Client]));
    }

    [Fact]
    public async Task The_lines_of_JSON_are_JSON_and_tell_how_long_it_took()
    {
        (string executable, _) = await Programs.WithFeatureAsync("JsonLog");
        await using ServerProcess server = await ServerProcess.StartAsync([], executable, "--port", "0");
        await Command.OutputOfAsync("curl", ["-sS", "-A", "a \"quote\"", "-H", "X-Request-Id: 7", $"http://127.0.0.1:{server.Port}/nowhere?x"]);
        await ServerProcess.EventuallyAsync(() => server.Output.EndsWith('\n'), "there is a line in the log");
        JsonElement line = JsonDocument.Parse(server.Output).RootElement;
        Assert.Equal(
            ("127.0.0.1", "GET", "/nowhere?x", 404, "a \"quote\"", "7", $"127.0.0.1:{server.Port}"),
            (line.GetProperty("client").GetString(), line.GetProperty("method").GetString(), line.GetProperty("target").GetString(), line.GetProperty("status").GetInt32(), line.GetProperty("user_agent").GetString(), line.GetProperty("request_id").GetString(), line.GetProperty("host").GetString()));
        Assert.InRange(line.GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.InRange(line.GetProperty("duration_us").GetInt64(), 1, 60_000_000);
        Assert.InRange(line.GetProperty("bytes_received").GetInt64(), 60, 200);
        Assert.InRange(line.GetProperty("bytes").GetInt64(), 1, 100);
        Assert.False(line.TryGetProperty("aborted", out _));
    }
}
