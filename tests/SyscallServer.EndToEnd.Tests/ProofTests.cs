using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Documentation;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// The published Hello makes, system call for system call, what a handwritten assembly server makes: tests/Reference/server.s. Where
/// it makes another call, that call is listed here with its reason, and the reason is a fault of the assembly server that is
/// mended.
/// </summary>
[Collection(Alone.Name)]
[Trait("Category", "Documents")]
public partial class ProofTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /// <summary>Of parent and child together, up to the reaping of the child.</summary>
    private const int Calls = 26;

    /// <summary>14 of the parent and 3 of the child were seen; how many pages exec(2) itself touches, differs a little by kernel.</summary>
    private const int MaxPageFaults = 20;

    private static readonly string[] ReferenceAtStart = ["socket", "bind", "listen"];

    private static readonly string[] ReferenceInParent = ["accept", "fork", "close"];

    private static readonly string[] ReferenceInChild = ["close", "read", "write", "close", "exit"];

    /// <summary>Calls before the first accept that the reference does not make, in order.</summary>
    private static readonly (string Call, string Reason)[] ExtraAtStart =
    [
        ("rt_sigprocmask", "SIGTERM, SIGINT, SIGCHLD and SIGALRM are blocked, to be read: the reference dies of them, and ignores them as PID 1; SIGPIPE, for a client or a log that is gone must not kill the server"),
        ("rt_sigaction", "SIGCHLD has its default action: left ignored by a parent, no child's end would be seen"),
        ("signalfd4", "the descriptor to read them from"),
        ("setsockopt", "SO_REUSEADDR: the reference cannot be started again while connections are in TIME_WAIT"),
        ("setsockopt", "SO_RCVTIMEO: the reference waits for a silent client for ever"),
        ("setsockopt", "SO_SNDTIMEO: the same for a client that does not read"),
        ("write", "the start-up line on standard error: the reference says nothing, even when bind has failed"),
        ("poll", "waits for connections and signals at once"),
    ];

    /// <summary>What a host with the .NET runtime adds to that: its other threads hand signals on.</summary>
    private static readonly (string After, string Call, string Reason)[] ExtraWithRuntime =
    [
        ("rt_sigprocmask", "gettid", "is this the main thread, to which the signals are handed on"),
        ("gettid", "getpid", "its id is that of the process"),
        ("getpid", "rt_sigaction", "the handler for SIGINT"),
        ("rt_sigaction", "rt_sigaction", "the handler for SIGALRM"),
        ("rt_sigaction", "rt_sigaction", "the handler for SIGTERM"),
    ];

    /// <summary>Calls of the parent from one accept to the next that the reference does not make.</summary>
    private static readonly (string Call, string Reason)[] ExtraInParent =
    [
        ("poll", "waits for connections and signals at once"),
        ("read", "reads SIGCHLD"),
        ("wait4", "reaps the child: the reference leaves a zombie for every connection"),
        ("wait4", "until there is none left: one SIGCHLD may stand for several"),
        ("poll", "waits for the next"),
    ];

    /// <summary>
    /// What a host with the .NET runtime sometimes adds to that: the signal wakes the main thread, but another thread takes it
    /// first and hands it on.
    /// </summary>
    private static readonly (string Call, string Reason)[] SometimesInParentWithRuntime =
    [
        ("read", "finds the signal gone"),
        ("poll", "waits for it to be handed on"),
    ];

    /// <summary>Calls of the child that the reference does not make, in order.</summary>
    private static readonly (string Call, string Reason)[] ExtraInChild =
    [
        ("shutdown", "ends the response, so that the client sees its end while its own bytes are still taken in"),
        ("recvfrom", "to close with bytes unread would reset the connection, and the client could lose the response"),
    ];

    [Theory]
    [Hosts(NotUnderQemu = HostDataAttribute.TracesQemu)]
    public async Task Hello_makes_the_calls_of_the_assembly_server_and_those_that_mend_its_faults(Host host)
    {
        int port = FreePort.Next();
        Trace reference = await Trace.OfReferenceAsync(port);
        Trace hello = await Trace.OfHelloAsync(host);

        // The same bytes, but for the last one, which the reference forgets: it writes 34 of 35.
        Assert.Equal("HTTP/1.0 200 OK FROM TCP SERVER\r\n\r", reference.Response);
        Assert.Equal(reference.Response + "\n", hello.Response);

        // The reference is what the article describes.
        Assert.Equal(ReferenceAtStart, reference.Start);
        Assert.Equal(ReferenceInParent, reference.Parent);
        Assert.Equal(ReferenceInChild, reference.Child);

        IEnumerable<string> extraAtStart = ExtraAtStart.Select(extra => extra.Call);
        if (host.HasRuntime())
        {
            extraAtStart = extraAtStart.Concat(ExtraWithRuntime.Select(extra => extra.Call));
        }

        AssertDiffer(reference.Start, hello.Start, extraAtStart);
        IEnumerable<(string Call, string Reason)> extraInParent = hello.Parent.Count(call => call == "read") == 1 || !host.HasRuntime() ? ExtraInParent : ExtraInParent.Concat(SometimesInParentWithRuntime);
        AssertDiffer(reference.Parent, hello.Parent, extraInParent.Select(extra => extra.Call));
        AssertDiffer(reference.Child, hello.Child, ExtraInChild.Select(extra => extra.Call));
        Assert.Equal(["close", "read", "write", "shutdown", "recvfrom", "close", "exit"], hello.Child);
    }

    [Fact]
    public void The_page_about_the_article_lists_these_calls()
        => Assert.Equal(
            [
                ["Start", Cell(ReferenceAtStart), Cell(ExtraAtStart.Select(extra => extra.Call))],
                ["Parent", Cell(ReferenceInParent), Cell(ExtraInParent.Select(extra => extra.Call))],
                ["Child", Cell(ReferenceInChild), Cell(ExtraInChild.Select(extra => extra.Call))],
            ],
            Page.Read("docs/from-the-article.md").Rows("All calls"));

    [Fact]
    public async Task Without_a_runtime_nothing_is_called_that_the_source_does_not_name()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Hello);
        string file = Path.GetTempFileName();
        try
        {
            await using ServerProcess server = await ServerProcess.StartAsync(["strace", "-f", "-o", file], executable, "--port", $"{FreePort.Next()}");
            await Client.ExchangeAsync(server.Port, Request);
            string[] calls = [.. File.ReadLines(file).TakeWhile(line => !line.Contains("accept(", StringComparison.Ordinal)).Select(line => Regex.Match(line, @"^\d+ +(\w+)\(").Groups[1].Value)];
            Assert.Equal(
                [
                    "execve",
                    "rt_sigprocmask", "rt_sigaction", "signalfd4",
                    "socket", "setsockopt", "setsockopt", "setsockopt", "bind", "listen",
                    "write", "poll",
                ],
                calls);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Without_a_runtime_the_executable_is_static_and_no_segment_is_writable_and_executable()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Hello);
        Command.Result ldd = await Command.RunAsync("ldd", [executable]);
        Assert.Contains("not a dynamic executable", ldd.Output + ldd.Error, StringComparison.Ordinal);
        string headers = await Command.OutputOfAsync("readelf", ["-lW", executable]);
        Assert.DoesNotContain("RWE", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("INTERP", headers, StringComparison.Ordinal);
        Assert.Contains("GNU_STACK", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_runtime_parent_and_child_have_a_few_pages_of_memory()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Hello);

        // Several times: where on its pages the stack begins is a matter of chance.
        for (int i = 0; i < 16; i++)
        {
            // Without an environment, which is whoever starts a server's, and lies in the server's memory.
            await using ServerProcess server = await ServerProcess.StartAsync(["env", "-i"], executable, "--port", $"{FreePort.Next()}");
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync(Request);
            await client.ReadAsync(35);
            Assert.InRange(ProcFile.Status(server.Pid, "VmRSS"), 0, 16); // kB
            Assert.InRange(ProcFile.Status(ProcFile.Children(server.Pid)[0], "VmRSS"), 0, 16);
            Assert.Equal(1, ProcFile.Status(server.Pid, "Threads"));
        }
    }

    /// <summary>The memory of a freestanding server lies below its stack, for which ForkParent.StackSize and HttpChild.StackSize leave room.</summary>
    [Theory]
    [InlineData(Programs.Hello, 1024)]
    [InlineData(Programs.Http, 2048)]
    public async Task Without_a_runtime_the_stack_stays_clear_of_what_lies_below_it(string program, int room)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, program);
        using Client client = await Client.ConnectAsync(server.Port);
        await client.SendAsync(
            "POST / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.5, br\r\nIf-None-Match: \"a\", \"b\"\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n");
        await client.ReadAsync(35);
        CheckStacks(server, room);
    }

    [Theory]
    [InlineData("GET", "Accept-Encoding: gzip;q=0.5, br\r\nIf-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT\r\nIf-Range: Sunday, 06-Nov-94 08:49:37 GMT\r\nRange: bytes=0-1,2-3\r\n\r\n")]
    [InlineData("PUT", "If-Unmodified-Since: Sun Nov  6 08:49:37 1994\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("PUT", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")]
    public async Task Without_a_runtime_the_stack_stays_clear_also_for_files(string method, string fields)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("stack");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a"), "abcd");
            await using ServerProcess server = await ServerProcess.StartAsync(["env", $"--chdir={folder.FullName}"], await Programs.ExecutableAsync(Host.Freestanding, Programs.Http));
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync($"{method} /files/a HTTP/1.1\r\nHost: a\r\n{fields}");
            await client.ReadAsync(35);
            CheckStacks(server, room: 2048);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CheckStacks(ServerProcess server, int room)
    {
        foreach (int process in ProcFile.Children(server.Pid).Prepend(server.Pid))
        {
            // The kernel begins the stack with zeros, and a page of it nobody has written to reads as zeros too.
            byte[] stack = ProcFile.Memory(process, ProcFile.StackStart(process) - room, room);
            int untouched = stack.AsSpan().IndexOfAnyExcept((byte)0);
            Assert.InRange(untouched, room / 4, room - 1);
        }
    }

    /// <summary>A time would depend on what else the machine does; these numbers do not.</summary>
    [Fact]
    public async Task Without_a_runtime_the_first_answer_costs_few_system_calls_and_page_faults_from_exec_on()
    {
        Trace trace = await Trace.OfHelloAsync(Host.Freestanding);
        Assert.Equal(Calls, trace.Start.Count + trace.Parent.Count + trace.Child.Count);
        long least = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Hello);
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync(Request);
            await client.ReadAsync(35);

            // The child lives on for as long as the client leaves its side open. Pages that the kernel takes back meanwhile can only make it more.
            least = Math.Min(least, ProcFile.PageFaults(server.Pid) + ProcFile.PageFaults(ProcFile.Children(server.Pid)[0]));
        }

        Assert.InRange(least, 1, MaxPageFaults);
    }

    private static string Cell(IEnumerable<string> calls) => string.Join(' ', calls.Select(call => $"`{call}`"));

    /// <summary>The reference's calls are there in their order, and what is left over is what was listed.</summary>
    private static void AssertDiffer(IReadOnlyList<string> reference, IReadOnlyList<string> hello, IEnumerable<string> listed)
    {
        var extra = new List<string>();
        int next = 0;
        foreach (string call in hello)
        {
            // A call that is both listed and the reference's next is the reference's: the rest must still add up.
            if (next < reference.Count && reference[next] == call)
            {
                next++;
            }
            else
            {
                extra.Add(call);
            }
        }

        Assert.True(next == reference.Count, $"{string.Join(' ', reference)} is not within {string.Join(' ', hello)}");
        Assert.Equal(listed.Order(), extra.Order());
    }

    /// <summary>What strace -f saw of a server and one connection.</summary>
    private sealed partial record Trace(IReadOnlyList<string> Start, IReadOnlyList<string> Parent, IReadOnlyList<string> Child, string Response)
    {
        internal static async Task<Trace> OfReferenceAsync(int port)
        {
            string executable = await Programs.ReferenceAsync(port);
            string file = Path.GetTempFileName();
            using var strace = Command.Start("strace", ["-f", "-o", file, executable]);
            try
            {
                await ServerProcess.EventuallyAsync(() => Listens().IsMatch(File.ReadAllText(file)), "the reference listens");
                string response = await Client.ExchangeAsync(port, Request);
                await ServerProcess.EventuallyAsync(() => IsComplete(file), "the child has ended");
                return Read(file, response);
            }
            finally
            {
                await Command.RunAsync("pkill", ["-KILL", "-f", "^" + Regex.Escape(executable)]);
                await strace.WaitForExitAsync();
                File.Delete(file);
            }
        }

        internal static async Task<Trace> OfHelloAsync(Host host)
        {
            string executable = await Programs.ExecutableAsync(host, Programs.Hello);
            string file = Path.GetTempFileName();
            try
            {
                // A port that is named, as the reference's is: with 0 the server asks the kernel which it chose (getsockname).
                int port = FreePort.Next();
                await using ServerProcess server = await ServerProcess.StartAsync(["strace", "-f", "-o", file], executable, "--port", $"{port}");
                string response = await Client.ExchangeAsync(server.Port, Request);
                await ServerProcess.EventuallyAsync(() => IsComplete(file) && ProcFile.Children(server.Pid).Count == 0, "the child is reaped");
                await ServerProcess.EventuallyAsync(() => NothingToReap().IsMatch(File.ReadAllText(file)), "there is nothing more to reap, and the next connection is waited for");
                return Read(file, response);
            }
            finally
            {
                File.Delete(file);
            }
        }

        private static bool IsComplete(string file) => File.ReadAllText(file).Contains("+++ exited with 0 +++", StringComparison.Ordinal);

        private static Trace Read(string file, string response)
        {
            var calls = new List<(int Pid, string Call, string Line)>();
            foreach (string line in File.ReadLines(file))
            {
                // "<... read resumed>" and "--- SIGCHLD ---" are no calls of their own.
                if (CallLine().Match(line) is { Success: true } match)
                {
                    calls.Add((int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value, line));
                }
            }

            int parent = calls.First(call => call.Call == "listen").Pid;
            int child = calls.Last(call => call.Call == "exit").Pid;
            List<(int Pid, string Call, string Line)> ofParent = [.. calls.Where(call => call.Pid == parent)];

            // What the .NET runtime does before and besides is not the server's: the server begins with blocking its signals, and
            // asks for no memory.
            int start = ofParent.FindLastIndex(call => call.Line.Contains("rt_sigprocmask(SIG_BLOCK, [INT PIPE ALRM TERM CHLD XFSZ]", StringComparison.Ordinal));
            start = start < 0 ? ofParent.FindIndex(call => call.Call == "socket") : start;
            int accept = ofParent.FindIndex(call => call.Call == "accept");
            int nextAccept = ofParent.FindIndex(accept + 1, call => call.Call == "accept");
            string[] runtime = ["mmap", "munmap", "mprotect", "madvise", "futex", "membarrier"];
            return new Trace(
                [.. ofParent[start..accept].Select(call => call.Call).Where(call => !runtime.Contains(call))],
                [.. ofParent[accept..(nextAccept < 0 ? ofParent.Count : nextAccept)].Select(call => call.Call).Where(call => !runtime.Contains(call))],
                [.. calls.Where(call => call.Pid == child).Select(call => call.Call)],
                response);
        }

        // A call during which another thread made one is said in two lines: its end is "<... wait4 resumed>NULL, WNOHANG, NULL) = -1 ECHILD".
        [GeneratedRegex(@"NULL, WNOHANG, NULL\) += -1 ECHILD(?s:.*) poll\(")]
        private static partial Regex NothingToReap();

        [GeneratedRegex(@"^(\d+) +(\w+)\(")]
        private static partial Regex CallLine();

        // With its result: strace writes the call when it is made, and only then is it carried out.
        [GeneratedRegex(@"listen\(.*\) += 0")]
        private static partial Regex Listens();
    }
}
