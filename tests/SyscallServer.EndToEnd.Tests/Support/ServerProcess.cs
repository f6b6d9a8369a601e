using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>A server that runs on a port of the kernel's choice until the test ends.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<int> _listening = new();
    private int _pid;

    private ServerProcess(Process process) => _process = process;

    /// <summary>The process id of the server itself, which a tool before it (strace, unshare) is the parent of.</summary>
    internal int Pid => _pid;

    internal int Port { get; private set; }

    internal string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>The lines on standard output: the access log.</summary>
    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    internal static async Task<ServerProcess> StartAsync(Host host, string project, params string[] arguments)
    {
        string executable = await Programs.ExecutableAsync(host, project);
        return await StartAsync(host == Host.Freestanding && Seccomp.IsForAll ? await Seccomp.ToolAsync(executable) : [], executable, arguments);
    }

    /// <summary>Starts an executable behind a tool, and waits until it says where it listens.</summary>
    internal static async Task<ServerProcess> StartAsync(IReadOnlyList<string> tool, string executable, params string[] arguments)
    {
        string[] line = [.. tool, executable, "--port", "0", .. arguments];
        var server = new ServerProcess(Command.Start(line[0], line[1..]));
        server._process.ErrorDataReceived += (_, data) => server.Received(data.Data);
        server._process.BeginErrorReadLine();
        server._process.OutputDataReceived += (_, data) =>
        {
            lock (server._output)
            {
                server._output.Append(data.Data is null ? "" : data.Data + "\n");
            }
        };
        server._process.BeginOutputReadLine();
        Task exit = server._process.WaitForExitAsync();
        if (await Task.WhenAny(server._listening.Task, exit, Task.Delay(Patience.Time)) != server._listening.Task)
        {
            await server.DisposeAsync();
            throw new XunitException($"{string.Join(' ', line)} does not listen: {server.Error}");
        }

        server.Port = await server._listening.Task;
        server._pid = server.FindServer(Path.GetFileName(executable));
        return server;
    }

    private void Received(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_error)
        {
            _error.Append(line).Append('\n');
        }

        if (ListeningLine().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0);
        }
    }

    /// <summary>The process of that name nearest to the one that was started.</summary>
    private int FindServer(string name)
    {
        int pid = _process.Id;
        while (ProcFile.Name(pid) != name)
        {
            pid = ProcFile.Children(pid).FirstOrDefault(-1);
            if (pid < 0)
            {
                throw new XunitException($"no process {name}");
            }
        }

        return pid;
    }

    internal void Signal(string signal) => Signal(signal, _pid);

    internal static void Signal(string signal, int pid)
    {
        using Process kill = Process.Start("kill", ["-s", signal, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    internal async Task<int> ExitAsync()
    {
        using var timeout = Patience.Token();
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new XunitException("the server does not end");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits until something is so: for what a server does in its own time.</summary>
    internal static async Task EventuallyAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience.Time)
            {
                throw new XunitException($"it does not become true that {what}");
            }

            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            if (_pid > 0)
            {
                Signal("KILL");
            }

            _process.Kill(entireProcessTree: true);
        }

        // Also until nobody has its standard error any more.
        using var timeout = Patience.Token();
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new XunitException("a process outlives the server");
        }

        _process.Dispose();
    }

    // Without a port where the server has none, or does not know of it.
    [GeneratedRegex(@"^Listening on (?:(?:tcp|http)://\S+:(\d+)|unix:\S+)$")]
    private static partial Regex ListeningLine();
}
