using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Servers behind a proxy, as deploy/ has it, that are replaced one after the other under load: no request fails.</summary>
public sealed class RollingRestartTests : IDisposable
{
    /// <summary>As long as deploy/haproxy/haproxy.cfg reckons with.</summary>
    private const string DrainDelay = "2";

    /// <summary>The ports in deploy/: the proxy's, and those of the servers.</summary>
    private static readonly string[] Written = ["8000", "8081", "8082", "8083"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Behind_HAProxy_that_asks_for_their_health(Concurrency engine)
    {
        string control = Path.Combine(Folder, "control");
        await CheckAsync(
            engine,
            Path.Combine("haproxy", "haproxy.cfg"),
            configuration => configuration.Replace("    maxconn 4096", $"    maxconn 4096\n    stats socket {control}", StringComparison.Ordinal),
            file => ("haproxy", ["-db", "-f", file]),
            () => File.Exists(control) && UpAsync().GetAwaiter().GetResult() == 3);

        // The servers that answer the checks, as HAProxy says: a line for each, whose 18th word is its state.
        async Task<int> UpAsync()
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(control));
            using var stream = new NetworkStream(socket);
            await stream.WriteAsync("show stat\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            string[] lines = (await reader.ReadToEndAsync()).Split('\n');
            return lines.Select(line => line.Split(',')).Count(words => words[0] == "servers" && words[1] != "BACKEND" && words[17] == "UP");
        }
    }

    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Behind_nginx_that_asks_another_one_where_one_does_not_answer(Concurrency engine)
        => await CheckAsync(
            engine,
            Path.Combine("nginx", "site.conf"),
            configuration => DeployFile.ForNginx(configuration, Folder),
            file => DeployFile.Nginx(file, Folder),
            () => true);

    /// <summary>Replaces each of three servers while clients ask.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="file">The configuration in deploy/.</param>
    /// <param name="adapt">Makes of it, with other ports, what this test can run.</param>
    /// <param name="command">What runs the proxy with a configuration.</param>
    /// <param name="knowsAll">Whether the proxy takes all servers for able to serve.</param>
    private async Task CheckAsync(Concurrency engine, string file, Func<string, string> adapt, Func<string, (string Program, string[] Arguments)> command, Func<bool> knowsAll)
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, HttpServer.Project(engine));
        int[] ports = FreePort.ToStay(Written.Length);
        string configuration = DeployFile.WithPorts(adapt(await File.ReadAllTextAsync(Repository.Path("deploy", file))), Written.Zip(ports));
        string adapted = Path.Combine(Folder, "configuration");
        await File.WriteAllTextAsync(adapted, configuration);
        var servers = new List<ServerProcess>();
        (string program, string[] arguments) = command(adapted);
        foreach (int port in ports[1..])
        {
            servers.Add(await StartAsync(port));
        }

        using Process proxy = Command.Start(program, arguments);
        Task<string> error = proxy.StandardError.ReadToEndAsync();
        try
        {
            await ServerProcess.EventuallyAsync(() => proxy.HasExited || Answers(ports[0]) && knowsAll(), "the proxy serves");
            Assert.False(proxy.HasExited, proxy.HasExited ? await error : "");
            bool isDone = false;
            Task load = LoadAsync(ports[0], () => isDone);
            for (int i = 0; i < servers.Count; i++)
            {
                servers[i].Signal("TERM");
                Assert.Equal(0, await servers[i].ExitAsync());
                servers[i] = await StartAsync(ports[i + 1]);
                await ServerProcess.EventuallyAsync(knowsAll, "the proxy knows of the new one");
            }

            isDone = true;
            await load;
        }
        finally
        {
            proxy.Kill(entireProcessTree: true);
            await proxy.WaitForExitAsync();
            foreach (ServerProcess server in servers)
            {
                await server.DisposeAsync();
            }
        }

        async Task<ServerProcess> StartAsync(int port) => await ServerProcess.StartAsync([], executable, "--port", $"{port}", "--drain-delay", DrainDelay);
    }

    private static bool Answers(int port)
    {
        try
        {
            return HttpServer.ExchangeAsync(port, "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n").GetAwaiter().GetResult().Status == 200;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Asks until it is done, with a connection for each request and with connections that are kept open, in turn.</summary>
    private static async Task LoadAsync(int port, Func<bool> isDone)
    {
        for (int round = 0; round < 2 || !isDone(); round++)
        {
            string[] options = round % 2 == 0 ? ["-k", "-n", "10000"] : ["-n", "2000"];
            string report = await Command.OutputOfAsync("ab", [.. options, "-q", "-s", Patience.Argument, "-c", "8", $"http://127.0.0.1:{port}/hello"]);
            Assert.Matches($@"Complete requests:\s+{options[^1]}\n", report);
            Assert.Matches(@"Failed requests:\s+0\n", report);
            Assert.DoesNotContain("Non-2xx", report, StringComparison.Ordinal);
        }
    }
}
