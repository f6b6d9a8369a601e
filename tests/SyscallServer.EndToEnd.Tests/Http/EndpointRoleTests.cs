using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>An endpoint of its own for the metrics, and one whose connections begin with the header of the PROXY protocol beside one for everybody.</summary>
public sealed partial class EndpointRoleTests : IDisposable
{
    private const string Header = "PROXY TCP4 203.0.113.9 10.0.0.1 4711 80\r\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    private string SocketPath => Path.Combine(_folder.FullName, "metrics.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Roles,
        Concurrency.Prefork => Programs.RolesPrefork,
        _ => Programs.RolesEventLoop,
    };

    private static Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] arguments) => ServerProcess.StartAsync(host, Project(engine), arguments);

    /// <summary>The ports that the lines at the start name.</summary>
    private static async Task<int[]> PortsAsync(ServerProcess server, int count)
    {
        await ServerProcess.EventuallyAsync(() => server.Error.Count(character => character == '\n') >= count, "there is a line for each");
        return [.. Port().Matches(server.Error).Select(match => int.Parse(match.Groups[1].ValueSpan, null))];
    }

    private static Task<HttpResponse> GetAsync(int port, string path, string header = "", string method = "GET") => ExchangeAsync(new IPEndPoint(IPAddress.Loopback, port), path, header, method);

    private static async Task<HttpResponse> ExchangeAsync(EndPoint endpoint, string path, string header = "", string method = "GET")
    {
        using Client client = await Client.ConnectAsync(endpoint);
        await client.SendAsync($"{header}{method} {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        return await new ResponseReader(client).ReadAsync(method);
    }

    [Theory]
    [Engines]
    public async Task The_metrics_are_at_their_endpoint_alone_and_nothing_else_is(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        int[] ports = await PortsAsync(server, 3);
        Assert.Matches(@"^Listening on http://127\.0\.0\.1:\d+\nListening on http://127\.0\.0\.1:\d+\nMetrics at http://127\.0\.0\.1:\d+\n$", server.Error);
        for (int i = 0; i < 10; i++)
        {
            // Several workers, each of which serves all of them.
            HttpResponse[] responses = await Task.WhenAll(
                GetAsync(ports[0], "/"), GetAsync(ports[0], "/metrics"), GetAsync(ports[1], "/", Header), GetAsync(ports[1], "/metrics", Header), GetAsync(ports[2], "/"), GetAsync(ports[2], "/metrics"), GetAsync(ports[2], "/metrics", method: "POST"));
            Assert.Equal([200, 404, 200, 404, 404, 200, 405], responses.Select(response => response.Status));
        }

        HttpResponse page = await GetAsync(ports[2], "/metrics");
        using Process promtool = Command.Start("promtool", ["check", "metrics"], redirectInput: true);
        await promtool.StandardInput.WriteAsync(page.Text);
        promtool.StandardInput.Close();
        Assert.Equal("", await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync());
        Assert.Matches("http_requests_total\\{method=\"GET\",code=\"4xx\"\\} 30\n", page.Text);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Engines]
    public async Task One_endpoint_has_the_header_of_the_PROXY_protocol_and_the_one_beside_it_has_none(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        int[] ports = await PortsAsync(server, 3);
        Assert.Equal(200, (await GetAsync(ports[0], "/")).Status);
        Assert.Equal(400, (await GetAsync(ports[0], "/", Header)).Status); // PROXY is no request line
        Assert.Equal(200, (await GetAsync(ports[1], "/", Header)).Status);
        using Client client = await Client.ConnectAsync(ports[1]);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Equal("", await client.ReadToEndAsync());
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Assert.Equal(["127.0.0.1 200", "127.0.0.1 400", "203.0.113.9 200"], server.Output.TrimEnd('\n').Split('\n').Select(line => $"{line[..line.IndexOf(' ', StringComparison.Ordinal)]} {Status().Match(line).Groups[1].Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [Engines]
    public async Task The_command_line_says_where_the_metrics_are_and_which_endpoint_is_a_proxys(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, "--listen", "127.0.0.1:0 proxy", "--metrics-listen=unix:" + SocketPath);
        int[] ports = await PortsAsync(server, 2);
        Assert.EndsWith($"Metrics at unix:{SocketPath}\n", server.Error, StringComparison.Ordinal);
        Assert.Equal(200, (await GetAsync(ports[0], "/", Header)).Status);
        Assert.Equal(404, (await GetAsync(ports[0], "/metrics", Header)).Status);
        Assert.Equal(200, (await ExchangeAsync(new UnixDomainSocketEndPoint(SocketPath), "/metrics")).Status);
        Assert.Equal(404, (await ExchangeAsync(new UnixDomainSocketEndPoint(SocketPath), "/")).Status);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Assert.False(File.Exists(SocketPath));
    }

    [Theory]
    [Engines]
    public async Task A_health_check_asks_the_first_ordinary_endpoint_with_the_header_where_that_is_a_proxys(Host host, Concurrency engine)
    {
        foreach (string word in new[] { "", " proxy" })
        {
            await using ServerProcess server = await StartAsync(host, engine, "--listen", "127.0.0.1:0" + word, "--metrics-listen", "127.0.0.1:0");
            string[] endpoint = ["--listen", $"127.0.0.1:{(await PortsAsync(server, 2))[0]}{word}"];
            string executable = await Programs.ExecutableAsync(host, Project(engine));
            Assert.Equal(new(0, "", ""), await Command.RunAsync(executable, ["--healthcheck", .. endpoint]));
            Assert.Equal(new(1, "", "health check: status 404\n"), await Command.RunAsync(executable, [.. endpoint, "--healthcheck", "/metrics"]));
            server.Signal("TERM");
            Assert.Equal(0, await server.ExitAsync());
        }
    }

    [Theory]
    [Engines]
    public async Task An_address_has_one_role(Host host, Concurrency engine)
    {
        string executable = await Programs.ExecutableAsync(host, Project(engine));
        string endpoint = $"127.0.0.1:{FreePort.Next()}";
        Assert.Equal(
            new(1, "", $"{endpoint}: this server listens there already, for something else\n"),
            await Command.RunAsync(executable, ["--listen", endpoint, "--metrics-listen", endpoint]));
    }

    /// <summary>As systemd passes them.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.Prefork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Sockets_that_are_passed_have_the_roles_of_their_names(Concurrency engine)
    {
        int[] ports = FreePort.ToStay(3);
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Project(engine));
        string[] tool = ["systemd-socket-activate", .. ports.Select(port => $"--listen=127.0.0.1:{port}"), "--fdname=metrics:site:proxy"];
        using Process server = Command.Start(tool[0], [.. tool[1..], executable]);
        try
        {
            await ServerProcess.EventuallyAsync(() => ProcFile.Listens(server.Id), "it listens");
            Assert.Equal(200, (await GetAsync(ports[0], "/metrics")).Status);
            HttpResponse[] responses = await Task.WhenAll(GetAsync(ports[0], "/"), GetAsync(ports[1], "/"), GetAsync(ports[1], "/metrics"), GetAsync(ports[2], "/", Header));
            Assert.Equal([404, 200, 404, 200], responses.Select(response => response.Status));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)\n")]
    private static partial Regex Port();

    [GeneratedRegex(@""" (\d+) ")]
    private static partial Regex Status();
}
