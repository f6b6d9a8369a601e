using System;
using System.Reflection;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Tests.Support;

/// <summary>A connection to a server with an access log, without sockets: bytes in, bytes and lines out.</summary>
internal static class ObservedExchange
{
    /// <summary>Sends bytes, and returns what comes back and what is logged.</summary>
    /// <param name="site">An annotated class.</param>
    /// <param name="requests">What the client sends, as Latin-1.</param>
    /// <param name="isEnding">Whether the server was told to end.</param>
    /// <param name="rest">What it sends once the server was told that.</param>
    /// <param name="failsWith">How the connection ends, one of <see cref="FixedResponse"/>; 0 where it does not.</param>
    /// <param name="client">The client's address; null for a Unix socket.</param>
    /// <param name="sent">How many bytes of what the server says are sent, one number for each time that some are, until the client is gone; all, where nothing is said.</param>
    /// <param name="keepsGoing">Whether the rest is only another piece: the server is told nothing, and what it has not consumed is there again.</param>
    internal static (string Sent, string Log) Of(Type site, string requests, bool isEnding = false, string rest = "", int failsWith = 0, string? client = null, bool keepsGoing = false, int[]? sent = null)
    {
        Type app = Array.Find(site.Emitted().GetNestedTypes(BindingFlags.NonPublic), type => type.Name is "App" or "App`1")!;
        LogKernel.Text = "";
        return ((string, string))typeof(ObservedExchange).GetMethod(nameof(With), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(app.IsGenericTypeDefinition ? app.MakeGenericType(typeof(LogKernel)) : app).Invoke(null, [requests, isEnding, rest, failsWith, client is null ? AcceptedClient.Of([1, 0]) : AcceptedClient.At(client), keepsGoing, sent ?? []])!;
    }

    private static unsafe (string Sent, string Log) With<TApp>(string requests, bool isEnding, string rest, int failsWith, ClientAddress address, bool keepsGoing, int[] sent)
        where TApp : struct, IApp
    {
        byte* memory = stackalloc byte[Output.CapacityOf<TApp>()];
        byte* date = stackalloc byte[128];
        byte* observer = stackalloc byte[TApp.ObserverSize + TApp.ObservedClientSize];
        HttpDate.Write(date, 784111777); // Sun, 06 Nov 1994 08:49:37 GMT
        var output = new Output(memory, date) { Observer = observer };
        TApp.ObserverBegan(observer);
        TApp.ClientCame(observer + TApp.ObserverSize, &address);
        TApp.TurnBegan(&output, observer + TApp.ObserverSize, kept: null);
        HttpConnection http = default;
        if (isEnding)
        {
            http.Stop();
        }

        string left = "";
        foreach (string next in rest.Length > 0 ? [requests, rest] : new[] { requests })
        {
            string piece = left + next;
            byte[] input = [.. Encoding.Latin1.GetBytes(piece), .. new byte[64]];
            fixed (byte* first = input)
            {
                int consumed = http.Receive<TApp>(first, piece.Length, &output);
                left = keepsGoing ? piece[consumed..] : "";
            }

            if (rest.Length > 0 && !keepsGoing)
            {
                http.Stop();
            }
        }

        if (failsWith != 0 && !http.IsClosed)
        {
            http.Fail<TApp>(failsWith, &output);
        }

        long total = output.Length + output.BodyLength;
        if (sent.Length < 2)
        {
            TApp.OutputSent(&output, sent.Length == 0 ? total : sent[0], isOver: true);
        }
        else
        {
            // In the buffer of a connection that waits for its client; what is behind it is not to be touched.
            byte* buffer = stackalloc byte[TApp.KeptResponsesSize + 1];
            buffer[TApp.KeptResponsesSize] = 0xCC;
            TApp.KeepResponses(&output, buffer, sent[0], total - sent[0]);
            for (int i = 1; i < sent.Length; i++)
            {
                while (!TApp.KeptResponsesSent(&output, buffer, total - sent[i], isOver: i == sent.Length - 1))
                {
                    TApp.BatchEnded<LogKernel>(&output, -1, isEnding: false);
                }
            }

            Xunit.Assert.Equal(0xCC, buffer[TApp.KeptResponsesSize]);
        }

        TApp.BatchEnded<LogKernel>(&output, -1, isEnding: false);
        return (Encoding.ASCII.GetString(output.Buffer, output.Length), LogKernel.Text!);
    }

    /// <summary>A kernel that has a standard output, and a clock that goes on by seven microseconds whenever it is looked at.</summary>
    private readonly unsafe struct LogKernel : IKernel
    {
        [ThreadStatic]
        internal static string? Text;

        [ThreadStatic]
        private static long t_microseconds;

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

        public static nint clock_gettime(int clockid, timespec* tp)
        {
            t_microseconds += 7;
            tp->tv_sec = t_microseconds / 1_000_000;
            tp->tv_nsec = t_microseconds % 1_000_000 * 1000;
            return 0;
        }
    }
}
