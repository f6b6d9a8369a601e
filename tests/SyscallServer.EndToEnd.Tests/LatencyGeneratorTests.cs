using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.ServerBenchmarks;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The generator of the benchmark that asks at a constant rate, tests/Peers/latency.c.</summary>
public sealed class LatencyGeneratorTests
{
    private const int Rate = 1000; // requests per second

    private const string Response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task A_bucket_is_never_below_its_values_and_at_most_one_in_128_above()
    {
        var random = new Random(15);
        ulong[] values =
        [
            .. Enumerable.Range(0, 2000).Select(value => (ulong)value),
            .. Enumerable.Range(7, 57).SelectMany(bits => new[] { (1UL << bits) - 1, 1UL << bits, (1UL << bits) + 1 }),
            .. Enumerable.Range(0, 2000).Select(_ => (ulong)random.NextInt64() >> random.Next(63)),
            ulong.MaxValue,
        ];
        ulong[] largest = await BucketsAsync(values);
        Assert.Equal(values.Length, largest.Length);
        Assert.All(values.Zip(largest), pair =>
        {
            Assert.True(pair.Second >= pair.First, $"{pair}");
            Assert.True(pair.Second - pair.First <= pair.First / 128, $"{pair}");
        });
        Assert.Equal(largest, await BucketsAsync(largest));
    }

    [Fact]
    public async Task Each_request_that_was_due_is_answered_and_counted()
    {
        using var server = new StandIn(_ => TimeSpan.Zero);
        LatencyHistogram latencies = await RunAsync(server.Port, connections: 4);
        Assert.Equal(Rate, latencies.Count);
        Assert.Equal(Rate, server.Answered);
    }

    /// <summary>One request is answered late. Those that were due meanwhile, and that its connection had to wait with, are late as well: half of a thousand in half a second.</summary>
    [Fact]
    public async Task What_was_due_while_the_server_stood_still_is_late_although_it_was_answered_at_once()
    {
        using var server = new StandIn(request => request == 10 ? Stall : TimeSpan.Zero);
        LatencyHistogram latencies = await RunAsync(server.Port, connections: 1);
        Assert.Equal(Rate, latencies.Count);
        long half = (long)(Stall / 2).TotalNanoseconds;

        // A quarter of a second's requests waited for at least the other quarter.
        Assert.True(latencies.Percentile(100_000 - (100_000 / 4) + 1000) >= half, $"{latencies.Percentile(76_000)}");
    }

    [Fact]
    public async Task A_request_whose_connection_the_server_ends_is_sent_again()
    {
        using var server = new StandIn(request => request % 100 == 50 ? null : TimeSpan.Zero);
        Command.Result result = await Command.RunAsync(await Programs.PeerAsync("latency"), [$"{server.Port}", $"{Rate}", "1", "4"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches($"^requests={Rate} nanoseconds=[0-9]+ reconnected=1[01]\n", result.Output);
    }

    [Fact]
    public async Task Another_answer_than_200_ends_the_run()
    {
        using var server = new StandIn(_ => TimeSpan.Zero, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        Command.Result result = await Command.RunAsync(await Programs.PeerAsync("latency"), [$"{server.Port}", $"{Rate}", "1", "1"]);
        Assert.Equal((1, "latency: HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\n"), (result.ExitCode, result.Error));
    }

    private static async Task<ulong[]> BucketsAsync(IEnumerable<ulong> values)
    {
        using Process process = Command.Start(await Programs.PeerAsync("latency"), ["buckets"], redirectInput: true);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(string.Join('\n', values));
        process.StandardInput.Close();
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => ulong.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static async Task<LatencyHistogram> RunAsync(int port, int connections)
    {
        string output = await Command.OutputOfAsync(await Programs.PeerAsync("latency"), [$"{port}", $"{Rate}", "1", $"{connections}"]);
        return LatencyHistogram.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
    }

    /// <summary>Answers each request after a pause that depends on its number, or ends the connection instead.</summary>
    private sealed class StandIn : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Func<int, TimeSpan?> _pause;
        private readonly byte[] _response;
        private int _requests;
        private int _answered;

        internal StandIn(Func<int, TimeSpan?> pause, string response = Response)
        {
            _pause = pause;
            _response = Encoding.ASCII.GetBytes(response);
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            _ = AcceptAsync();
        }

        internal int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        internal int Answered => _answered;

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    _ = ServeAsync(await _listener.AcceptAsync());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(Socket client)
        {
            using (client)
            {
                byte[] request = new byte[1024];
                while (await client.ReceiveAsync(request) > 0)
                {
                    if (_pause(Interlocked.Increment(ref _requests)) is not { } pause)
                    {
                        return;
                    }

                    await Task.Delay(pause);
                    Interlocked.Increment(ref _answered);
                    await client.SendAsync(_response);
                }
            }
        }
    }
}
