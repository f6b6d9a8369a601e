using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace SyscallServer.ServerBenchmarks;

/// <summary>A server that runs on one processor until it is disposed of, with all processes that it made.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ServerProcess(Server server, int port, Process process)
    {
        Server = server;
        Port = port;
        _process = process;
    }

    internal Server Server { get; }

    internal int Port { get; }

    internal string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>Bytes of a response.</summary>
    internal int ResponseLength { get; private set; }

    internal TimeSpan CpuTime => ProcessTree.CpuTime(_process.Id);

    internal long Memory => ProcessTree.Memory(_process.Id);

    /// <summary>The processes that it runs as while it has nothing to do.</summary>
    internal IReadOnlyList<int> Processes { get; private set; } = [];

    /// <summary>Starts it, and waits until it answers as it should.</summary>
    internal static async Task<ServerProcess> StartAsync(Server server, Workload workload, int cpu, CancellationToken cancellation)
    {
        int port = Tool.FreePort();
        await server.PrepareAsync(port, cancellation);

        // A session of its own, by which all of its processes can be ended.
        string[] arguments = ["taskset", "--cpu-list", cpu.ToString(CultureInfo.InvariantCulture), .. server.Command(port, workload)];
        Process process = Process.Start(new ProcessStartInfo("setsid", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = server.WorkingFolder })!;
        var started = new ServerProcess(server, port, process);
        process.OutputDataReceived += started.Said;
        process.ErrorDataReceived += started.Said;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            started.ResponseLength = await started.AnswerAsync(workload, cancellation);
            await started.RestAsync(cancellation);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a signal to the first of its workers.</summary>
    internal void SignalWorker(int signal)
    {
        int worker = Processes.First(pid => pid != _process.Id);
        if (Kill(worker, signal) != 0)
        {
            throw new BenchmarkException($"there is no worker {worker}");
        }
    }

    /// <summary>Whoever died under the load gives no figure.</summary>
    internal void RequireAlive()
    {
        if (_process.HasExited)
        {
            throw new BenchmarkException($"it ended with {_process.ExitCode}\n{Output}");
        }
    }

    /// <summary>Waits until the processes made for connections have ended and their CPU time is known.</summary>
    internal async Task RestAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        int[] processes;
        do
        {
            RequireAlive();
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new BenchmarkException("processes of its connections do not end");
            }

            int[] before = ProcessTree.Running(_process.Id);
            await Task.Delay(50, cancellation);
            processes = ProcessTree.Running(_process.Id);
            if (Processes.Count == 0 && processes.SequenceEqual(before))
            {
                Processes = processes;
            }
        }
        while (!processes.SequenceEqual(Processes));
    }

    public async ValueTask DisposeAsync()
    {
        // The group of the session: its number belongs to nobody else as long as a process of it is there. Where it is not there yet, the
        // process is the only one.
        _ = Kill(-_process.Id, SigKill);
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    private void Said(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            if (line.Data is not null && _said.Length < 4096)
            {
                _said.AppendLine(line.Data);
            }
        }
    }

    /// <summary>Asks until it answers, each request of the load.</summary>
    /// <returns>The length of the response, of several the shortest.</returns>
    private async Task<int> AnswerAsync(Workload workload, CancellationToken cancellation)
    {
        IReadOnlyList<Exchange> exchanges = workload.Exchanges.Count > 0
            ? workload.Exchanges
            : [new($"GET / HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\n\r\n", Server.ResponseEnd)];
        int length = int.MaxValue;
        foreach (Exchange exchange in exchanges)
        {
            length = Math.Min(length, await AnswerAsync(exchange, cancellation));
        }

        return length;
    }

    private async Task<int> AnswerAsync(Exchange exchange, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        while (true)
        {
            RequireAlive();
            try
            {
                return await AskAsync(exchange, timeout.Token);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
            {
                await Task.Delay(10, cancellation); // not listening yet
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new BenchmarkException($"it does not answer\n{Output}");
            }
        }
    }

    private async Task<int> AskAsync(Exchange exchange, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(exchange.Request), cancellation);
        byte[] buffer = new byte[4096];
        string response = "";
        while (!response.EndsWith(exchange.Answer, StringComparison.Ordinal))
        {
            int received = await socket.ReceiveAsync(buffer, cancellation);
            if (received == 0)
            {
                throw new BenchmarkException($"it does not answer as it should:\n{response}");
            }

            response += Encoding.Latin1.GetString(buffer, 0, received);
        }

        return response.StartsWith("HTTP/1.", StringComparison.Ordinal) && response.Contains(" 200 OK", StringComparison.Ordinal)
            ? response.Length
            : throw new BenchmarkException($"it does not answer as it should:\n{response}");
    }

    internal const int SigKill = 9;

    internal const int SigTerm = 15;

    /// <summary>kill(2): a negative number is that of a group.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
