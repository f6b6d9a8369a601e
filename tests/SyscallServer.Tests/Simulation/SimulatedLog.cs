using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Kernel;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// Standard output, where a server writes its access log: it may take less than it is given, or nothing for now. Every client has an address, by which its lines are found.
/// </summary>
/// <param name="random">Where its decisions come from.</param>
/// <param name="fails">Whether something goes wrong now.</param>
/// <param name="require">Throws the complaint where the condition is false.</param>
internal sealed unsafe class SimulatedLog(Random random, Func<bool> fails, Action<bool, string> require)
{
    internal const int StandardOutput = 1;

    /// <summary>What write(2) writes to a pipe at once, pipe(7).</summary>
    private const int PipeBuffer = 4096;

    private readonly StringBuilder _text = new();
    private bool _isFull;

    internal nint Write(ReadOnlySpan<byte> bytes)
    {
        require(!bytes.IsEmpty, "a write of nothing");
        require(bytes.Length <= PipeBuffer || bytes.IndexOf((byte)'\n') == bytes.Length - 1, "lines of several processes may mix");
        if (_isFull || fails())
        {
            _isFull |= random.Next(2) == 0;
            return _isFull ? -Errno.EAGAIN : -Errno.EINTR;
        }

        int count = fails() ? random.Next(1, bytes.Length + 1) : bytes.Length;
        _text.Append(Encoding.Latin1.GetString(bytes[..count]));
        return count;
    }

    internal nint Poll(ref pollfd entry, int timeout)
    {
        require(_isFull && timeout == -1 && entry is { fd: StandardOutput, events: Linux.POLLOUT, revents: 0 }, "a wait for no reason");
        if (fails())
        {
            return -Errno.EINTR;
        }

        _isFull = false;
        entry.revents = Linux.POLLOUT;
        return 1;
    }

    /// <summary>The address of a client.</summary>
    internal static nint Name(int client, void* address, uint* length)
    {
        *length = (uint)sizeof(sockaddr_in);
        ((sockaddr_in*)address)->Set(0x0A000000u | (uint)client, 0);
        return 0;
    }

    /// <summary>The lines of a client, without its address.</summary>
    internal IReadOnlyList<string> LinesOf(int client)
    {
        string prefix = $"10.{client >> 16 & 255}.{client >> 8 & 255}.{client & 255} - - ";
        string text = _text.ToString();
        require(text.Length == 0 || text[^1] == '\n', "the log does not end with its last line");
        return text.Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..]).ToArray();
    }
}
