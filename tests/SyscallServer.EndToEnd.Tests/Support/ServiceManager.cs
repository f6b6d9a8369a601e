using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>A service manager with one socket (tests/Peers/activate.c), which it passes to the servers that it starts, and hears how they are.</summary>
internal sealed class ServiceManager : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");
    private readonly Socket _notifications = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly StringBuilder _error = new();
    private readonly Process _process;

    private ServiceManager(string activate, string server)
    {
        string path = Path.Combine(_folder.FullName, "notify");
        _notifications.Bind(new UnixDomainSocketEndPoint(path));
        _process = Command.Start(activate, [server], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path }, redirectInput: true);
        _process.ErrorDataReceived += (_, data) =>
        {
            lock (_error)
            {
                _error.Append(data.Data).Append('\n');
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>The port of its socket.</summary>
    internal int Port { get; private set; }

    /// <summary>What its servers have written.</summary>
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

    internal static async Task<ServiceManager> BeginAsync(string server)
    {
        var manager = new ServiceManager(await Programs.PeerAsync("activate"), server);
        manager.Port = (await manager.ReadAsync("port"))[0];
        return manager;
    }

    /// <summary>Starts a server, and waits until it is ready.</summary>
    /// <returns>Its process id.</returns>
    internal async Task<int> StartAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        int pid = (await ReadAsync("started"))[0];
        await ExpectAsync("READY=1");
        return pid;
    }

    /// <summary>Tells a server to end, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    internal async Task<int> StopAsync(int pid)
    {
        ServerProcess.Signal("TERM", pid);
        await ExpectAsync("STOPPING=1");
        int[] ended = await ReadAsync("ended");
        return ended[0] == pid ? ended[1] : throw new InvalidOperationException($"{ended[0]} has ended instead of {pid}");
    }

    private async Task ExpectAsync(string state)
    {
        using var timeout = Patience.Token();
        byte[] buffer = new byte[100];
        int length = await _notifications.ReceiveAsync(buffer, timeout.Token);
        Xunit.Assert.Equal(state, Encoding.ASCII.GetString(buffer, 0, length));
    }

    private async Task<int[]> ReadAsync(string what)
    {
        using var timeout = Patience.Token();
        string? line = await _process.StandardOutput.ReadLineAsync(timeout.Token);
        Xunit.Assert.StartsWith(what + " ", line, StringComparison.Ordinal);
        return line!.Split(' ').Skip(1).Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _notifications.Dispose();
        _folder.Delete(recursive: true);
    }
}
