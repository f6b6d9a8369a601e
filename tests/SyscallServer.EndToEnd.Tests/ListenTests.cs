using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>Everything that a server can listen at: addresses of both kinds, Unix sockets, and sockets that are passed to it.</summary>
public sealed partial class ListenTests : IDisposable
{
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    /// <summary>Of tests/Servers/Listen, in seconds.</summary>
    private const int WriteTimeout = 5;

    /// <summary>Of tests/Servers/ListenRaw, in seconds.</summary>
    private const int RawReadTimeout = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    private string SocketPath => Path.Combine(_folder.FullName, "site.sock");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Engines]
    public async Task IPv4_IPv6_and_Unix_sockets_are_served_at_once(Host host, Concurrency engine)
    {
        string name = "SyscallServer." + Guid.NewGuid();
        await using ServerProcess server = await StartAsync(host, engine, "127.0.0.1:0", "[::1]:0", $"unix:{SocketPath}", $"unix:@{name}");
        await ServerProcess.EventuallyAsync(() => server.Error.Count(character => character == '\n') == 4, "there is a line for each");
        Match lines = StartUp().Match(server.Error);
        Assert.True(lines.Success, server.Error);
        Assert.Equal($"Listening on unix:{SocketPath}\nListening on unix:@{name}\n", lines.Groups["unix"].Value);
        EndPoint[] endpoints =
        [
            new IPEndPoint(IPAddress.Loopback, int.Parse(lines.Groups["ipv4"].Value, null)),
            new IPEndPoint(IPAddress.IPv6Loopback, int.Parse(lines.Groups["ipv6"].Value, null)),
            new UnixDomainSocketEndPoint(SocketPath),
            new UnixDomainSocketEndPoint("\0" + name),
        ];
        HttpResponse[] responses = await Task.WhenAll(Enumerable.Repeat(endpoints, 10).SelectMany(all => all).Select(ExchangeAsync));
        Assert.All(responses, response => Assert.Equal(200, response.Status));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, new FileInfo(SocketPath).UnixFileMode);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Assert.False(File.Exists(SocketPath));
    }

    [Theory]
    [Engines]
    public async Task Every_address_of_IPv6_is_every_address_of_IPv4_too(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, "[::]:0");
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            Assert.Equal(200, (await ExchangeAsync(new IPEndPoint(address, server.Port))).Status);
        }
    }

    [Theory]
    [Hosts]
    public async Task Every_address_of_both_can_be_listed(Host host)
    {
        int port = FreePort.Next();
        await using ServerProcess server = await StartAsync(host, Concurrency.EventLoop, $"[::]:{port}", $"0.0.0.0:{port}");
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            Assert.Equal(200, (await ExchangeAsync(new IPEndPoint(address, port))).Status);
        }
    }

    [Theory]
    [Engines]
    public async Task The_file_of_a_server_that_was_killed_is_replaced_and_that_of_a_live_one_is_not(Host host, Concurrency engine)
    {
        await using (ServerProcess killed = await StartAsync(host, engine, $"unix:{SocketPath}"))
        {
            int[] processes = [killed.Pid, .. ProcFile.Children(killed.Pid)];
            Array.ForEach(processes, process => ServerProcess.Signal("KILL", process));
            await killed.ExitAsync();
            await ServerProcess.EventuallyAsync(() => !processes.Any(ProcFile.IsRunning), "all of it is gone");
        }

        Assert.True(File.Exists(SocketPath));
        await using ServerProcess server = await StartAsync(host, engine, $"unix:{SocketPath}");
        Assert.Equal(
            new(1, "", $"unix:{SocketPath}: another server listens there; end it, or listen elsewhere\n"),
            await Command.RunAsync(await ExecutableAsync(host, engine), ["--listen", $"unix:{SocketPath}"]));
        Assert.Equal(200, (await ExchangeAsync(new UnixDomainSocketEndPoint(SocketPath))).Status);
    }

    /// <summary>All wait for the writer of a pipe, and go on when there is one.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task Of_servers_that_start_at_one_moment_on_one_stale_path_exactly_one_serves(Concurrency engine)
    {
        const int servers = 16, rounds = 5;
        string executable = await ExecutableAsync(Host.Freestanding, engine);
        string pipe = Path.Combine(_folder.FullName, "start");
        await Command.OutputOfAsync("mkfifo", [pipe]);
        for (int round = 0; round < rounds; round++)
        {
            await using (ServerProcess killed = await StartAsync(Host.Freestanding, engine, $"unix:{SocketPath}"))
            {
                int[] all = [killed.Pid, .. ProcFile.Children(killed.Pid)];
                Array.ForEach(all, process => ServerProcess.Signal("KILL", process));
                await killed.ExitAsync();
                await ServerProcess.EventuallyAsync(() => !all.Any(ProcFile.IsRunning), "all of it is gone");
            }

            Process[] processes = [.. Enumerable.Range(0, servers).Select(_ => Command.Start("/bin/sh", ["-c", $": < {pipe}; exec {executable} --listen unix:{SocketPath}"]))];
            try
            {
                await ServerProcess.EventuallyAsync(() => processes.All(process => ProcFile.Name(process.Id) == "sh"), "all are there");
                await using var start = new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                await ServerProcess.EventuallyAsync(() => processes.Count(process => process.HasExited) >= servers - 1, "all but one have ended");
                Process server = Assert.Single(processes, process => !process.HasExited);
                foreach (Process process in processes.Where(process => process != server))
                {
                    Assert.Equal(1, process.ExitCode);
                    Assert.Equal($"unix:{SocketPath}: another server listens there; end it, or listen elsewhere\n", await process.StandardError.ReadToEndAsync());
                }

                Assert.Equal(200, (await ExchangeAsync(new UnixDomainSocketEndPoint(SocketPath))).Status);
                ServerProcess.Signal("TERM", server.Id);
                await server.WaitForExitAsync();
                Assert.Equal(0, server.ExitCode);
                Assert.False(File.Exists(SocketPath));
            }
            finally
            {
                foreach (Process process in processes)
                {
                    if (!process.HasExited)
                    {
                        process.Kill(entireProcessTree: true);
                    }

                    process.Dispose();
                }
            }
        }
    }

    /// <summary>The first is held up between bind(2), which makes the file, and listen(2): until then a connect is refused.</summary>
    [Theory]
    [InlineData(Concurrency.Fork)]
    [InlineData(Concurrency.EventLoop)]
    public async Task The_file_of_a_server_that_is_about_to_listen_is_not_taken_for_a_stale_one(Concurrency engine)
    {
        string[] arguments = [await ExecutableAsync(Host.Freestanding, engine), "--listen", $"unix:{SocketPath}"];
        using Process first = Command.Start("strace", ["-qq", "-o", "/dev/null", "-e", "trace=listen", "-e", "inject=listen:delay_enter=1000000", .. arguments]);
        using Process second = await StartWhenAsync(() => File.Exists(SocketPath));
        try
        {
            await ServerProcess.EventuallyAsync(() => second.HasExited, "the second has ended");
            Assert.Equal((1, $"unix:{SocketPath}: another server listens there; end it, or listen elsewhere\n"), (second.ExitCode, await second.StandardError.ReadToEndAsync()));
            Assert.Equal(200, (await ExchangeAsync(new UnixDomainSocketEndPoint(SocketPath))).Status);
            ServerProcess.Signal("TERM", ProcFile.Children(first.Id).Single());
            await first.WaitForExitAsync();
            Assert.Equal(0, first.ExitCode);
        }
        finally
        {
            foreach (Process process in new[] { first, second }.Where(process => !process.HasExited))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        async Task<Process> StartWhenAsync(Func<bool> condition)
        {
            await ServerProcess.EventuallyAsync(condition, "the first has made its file");
            return Command.Start(arguments[0], arguments[1..]);
        }
    }

    [Theory]
    [Hosts]
    public async Task A_file_that_is_no_socket_is_left_alone(Host host)
    {
        await File.WriteAllTextAsync(SocketPath, "precious");
        Assert.Equal(
            new(1, "", $"unix:{SocketPath}: the file is no socket, and is left alone; remove it, or listen elsewhere\n"),
            await Command.RunAsync(await ExecutableAsync(host, Concurrency.Fork), ["--listen", $"unix:{SocketPath}"]));
        Assert.Equal("precious", await File.ReadAllTextAsync(SocketPath));
    }

    [Theory]
    [Engines]
    public async Task A_client_of_a_Unix_socket_that_never_reads_is_given_up_after_the_write_timeout(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine, $"unix:{SocketPath}");
        using Client client = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        long start = Stopwatch.GetTimestamp();
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < Patience.Time)
            {
                await client.SendAsync(string.Concat(Enumerable.Repeat(Get, 1000)));
            }
        });
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, WriteTimeout - 0.1, double.MaxValue);
    }

    [Theory]
    [Hosts]
    public async Task A_raw_response_reaches_a_client_of_a_Unix_socket_that_sends_more_than_is_read(Host host)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(host, Programs.ListenRaw);
        foreach (EndPoint endpoint in new EndPoint[] { new IPEndPoint(IPAddress.Loopback, server.Port), new UnixDomainSocketEndPoint("\0SyscallServer.ListenRaw") })
        {
            using Client client = await Client.ConnectAsync(endpoint);
            await client.SendAsync(new string('x', 100_000));
            client.EndSending();
            Assert.Equal("raw\n", await client.ReadToEndAsync());

            using Client silent = await Client.ConnectAsync(endpoint);
            long start = Stopwatch.GetTimestamp();
            Assert.Equal("", await silent.ReadToEndAsync());
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, RawReadTimeout - 0.5, double.MaxValue);
        }
    }

    internal static Task<string> ExecutableAsync(Host host, Concurrency engine) => Programs.ExecutableAsync(host, engine switch
    {
        Concurrency.Fork => Programs.Listen,
        Concurrency.Prefork => Programs.ListenPrefork,
        _ => Programs.ListenEventLoop,
    });

    private static async Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] endpoints)
        => await ServerProcess.StartAsync([], await ExecutableAsync(host, engine), [.. endpoints.SelectMany(endpoint => new[] { "--listen", endpoint })]);

    private static async Task<HttpResponse> ExchangeAsync(EndPoint endpoint)
    {
        using Client client = await Client.ConnectAsync(endpoint);
        await client.SendAsync(Get);
        return await new ResponseReader(client).ReadAsync();
    }

    [GeneratedRegex(@"^Listening on http://127\.0\.0\.1:(?<ipv4>\d+)\nListening on http://\[::1\]:(?<ipv6>\d+)\n(?<unix>(Listening on unix:.*\n)*)$")]
    private static partial Regex StartUp();
}
