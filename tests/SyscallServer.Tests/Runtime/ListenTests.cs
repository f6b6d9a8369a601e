using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Startup;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>From the command line and the environment to sockets that listen, for a server with endpoints.</summary>
public unsafe class ListenTests
{
    private const string BuiltIn = "127.0.0.1:8080\0[::1]:8080\0unix:@name\0";
    private const string One = "127.0.0.1:8080\0";

    private readonly struct Settings : IServer
    {
        public static bool HasEndpoints => true;

        public static ReadOnlySpan<byte> Options => "--help\0--version\0--quiet\0--port=\0--address=\0--listen=\0"u8;

        public static bool HasServiceManager => true;

        public static int SocketMode => 0x1B0; // 660 in octal

        public static int Backlog => 5;

        public static int MaxConnections => 5;

        public static int ReadTimeout => 10;

        public static int WriteTimeout => 10;

        public static int GracePeriod => 1;
    }

    [Theory]
    [InlineData(BuiltIn, "", "", "http://127.0.0.1:8080 http://[::1]:8080 unix:@name")]
    [InlineData(BuiltIn, "--port 9000", "", "http://127.0.0.1:9000 http://[::1]:9000 unix:@name")]
    [InlineData(BuiltIn, "", "PORT=9000", "http://127.0.0.1:9000 http://[::1]:9000 unix:@name")]
    [InlineData(BuiltIn, "--port 0", "", "http://127.0.0.1:12345 http://[::1]:12345 unix:@name")]
    [InlineData(BuiltIn, "--listen 10.0.0.1:80", "", "http://10.0.0.1:80")]
    [InlineData(BuiltIn, "--listen=[2001:DB8::0:1]:0080 --listen unix:/a", "", "http://[2001:DB8::0:1]:80 unix:/a")]
    [InlineData(BuiltIn, "--port 1 --listen 10.0.0.1:80 --port 2", "PORT=3", "http://10.0.0.1:80")]
    [InlineData(One, "--address 10.1.2.3", "", "http://10.1.2.3:8080")]
    [InlineData(One, "--address ::1 --port 9000", "", "http://[::1]:9000")]
    [InlineData(One, "--address 10.1.2.3 --listen 10.0.0.1:80 --address ::1", "", "http://10.0.0.1:80")]
    [InlineData(One, "--quiet", "", "")]
    public void It_listens_where_it_is_told_to(string builtIn, string arguments, string environment, string expected)
    {
        (int exitCode, ListenKernel.Machine machine) = Run(builtIn, arguments, environment.Split(' '));
        Assert.Equal(0, exitCode);
        Assert.Equal(string.Concat(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(endpoint => $"Listening on {endpoint}\n")), machine.Text);
    }

    [Theory]
    [InlineData("--listen", "--listen needs a value; see --help")]
    [InlineData("--listen 8080", "8080: not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--listen=", ": not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--listens 1", "--listens: unknown option; see --help")]
    [InlineData("--address ::1", "--address: unknown option; see --help")] // of which of the two?
    [InlineData("--port x", "x: not a port number, 0 to 65535")]
    public void A_bad_argument_is_named_and_ends_the_program_with_2(string arguments, string message)
        => Assert.Equal((2, message + "\n"), Run(BuiltIn, arguments) is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Theory]
    [InlineData("localhost")]
    [InlineData("[::1]")]
    [InlineData("")]
    public void A_bad_address_is_named_and_ends_the_program_with_2(string address)
        => Assert.Equal((2, $"{address}: not an IP address\n"), Run(One, "--address=" + address) is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Fact]
    public void Nine_endpoints_are_too_many()
        => Assert.Equal((2, "10.0.0.9:80: too many endpoints, of which there may be 8\n"), Run(One, string.Join(' ', Enumerable.Range(1, 9).Select(i => $"--listen 10.0.0.{i}:80"))) is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Fact]
    public void A_long_path_is_too_long()
        => Assert.Contains(": the path of a Unix socket has at most 107 bytes\n", Run(One, "--listen unix:/" + new string('p', 107)).Machine.Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("[::]:80", 0)]
    [InlineData("[::]:80 10.0.0.1:81", 0)]
    [InlineData("[::]:80 10.0.0.1:80", 1)]
    [InlineData("10.0.0.1:80 [::1]:80", 1)]
    public void IPv6_takes_IPv4_too_unless_another_endpoint_does(string endpoints, int isIPv6Only)
    {
        ListenKernel.Machine machine = Run(One, string.Join(' ', endpoints.Split(' ').Select(endpoint => "--listen " + endpoint))).Machine;
        Assert.EndsWith($" {Linux.IPPROTO_IPV6}.{Linux.IPV6_V6ONLY} {isIPv6Only}", Assert.Single(machine.Trace, call => call.Contains($"{Linux.IPPROTO_IPV6}.{Linux.IPV6_V6ONLY}", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_a_Unix_socket_has_its_mode_before_anybody_can_connect()
        => Assert.Equal(
            ["socket 1 1", "openat2 /", "flock 6 6", "bind 5 unix:/a", "chmod /a 660", "listen 5", "close 6"],
            Run(One, "--listen unix:/a").Machine.Trace.Where(call => !call.StartsWith("setsockopt", StringComparison.Ordinal)));

    [Theory]
    [InlineData("unix:/a", "/")]
    [InlineData("unix:/run/site/a.sock", "/run/site/")]
    [InlineData("unix:/run//a.sock", "/run//")]
    public void It_is_made_while_its_folder_is_locked(string endpoint, string folder)
    {
        (int exitCode, ListenKernel.Machine machine) = Run(One, "--listen " + endpoint);
        Assert.Equal((0, $"Listening on {endpoint}\n"), (exitCode, machine.Text));
        Assert.Contains("openat2 " + folder, machine.Trace);
    }

    [Theory]
    [InlineData("openat2", Errno.EACCES)]
    [InlineData("flock", Errno.EBADF)] // a file system without locks
    [InlineData("flock", Errno.EAGAIN)] // somebody has locked it, and keeps it so
    public void A_folder_that_cannot_be_locked_keeps_no_server_from_starting(string call, int error)
    {
        (int exitCode, ListenKernel.Machine machine) = Run(One, "--listen unix:/a", prepare: machine => (machine.Failure, machine.Files["/a"]) = ((call, error), Linux.S_IFSOCK));
        Assert.Equal((0, "Listening on unix:/a\n"), (exitCode, machine.Text));
        Assert.InRange(machine.Trace.Where(call => call.StartsWith("poll", StringComparison.Ordinal)).Sum(call => int.Parse(call["poll ".Length..], null)), 0, 10_000);
    }

    [Theory]
    [InlineData("unix:@name")]
    [InlineData("10.0.0.1:80")]
    public void What_has_no_file_locks_nothing(string endpoint)
        => Assert.DoesNotContain(Run(One, "--listen " + endpoint).Machine.Trace, call => call.StartsWith("openat2", StringComparison.Ordinal));

    [Fact]
    public void A_stale_file_is_replaced()
    {
        (int exitCode, ListenKernel.Machine machine) = Run(One, "--listen unix:/a", prepare: machine => machine.Files["/a"] = Linux.S_IFSOCK);
        Assert.Equal((0, "Listening on unix:/a\n"), (exitCode, machine.Text));
        Assert.Contains("connect unix:/a", machine.Trace);
        Assert.Contains("unlink /a", machine.Trace);
    }

    [Fact]
    public void A_live_socket_is_left_alone()
    {
        (int exitCode, ListenKernel.Machine machine) = Run(One, "--listen unix:/a", prepare: machine => machine.Files["/a"] = machine.Live.Add("/a") ? Linux.S_IFSOCK : 0);
        Assert.Equal((1, "unix:/a: another server listens there; end it, or listen elsewhere\n"), (exitCode, machine.Text));
        Assert.DoesNotContain("unlink /a", machine.Trace);
    }

    [Theory]
    [InlineData(0x8000u)] // a regular file
    [InlineData(0x4000u)] // a directory
    [InlineData(0xA000u)] // a symbolic link
    public void What_is_no_socket_is_left_alone(uint mode)
    {
        (int exitCode, ListenKernel.Machine machine) = Run(One, "--listen unix:/a", prepare: machine => machine.Files["/a"] = mode);
        Assert.Equal((1, "unix:/a: the file is no socket, and is left alone; remove it, or listen elsewhere\n"), (exitCode, machine.Text));
        Assert.DoesNotContain("unlink /a", machine.Trace);
    }

    [Theory]
    [InlineData("socket", Errno.EAFNOSUPPORT, "socket [::1]:80: errno 97\n")]
    [InlineData("bind", Errno.EADDRINUSE, "bind [::1]:80: address already in use (EADDRINUSE)\n")]
    [InlineData("listen", Errno.EADDRINUSE, "listen [::1]:80: address already in use (EADDRINUSE)\n")]
    [InlineData("setsockopt", Errno.ENOMEM, "setsockopt [::1]:80: out of memory (ENOMEM)\n")]
    public void What_fails_is_named_with_its_endpoint(string call, int error, string message)
        => Assert.Equal((1, message), Run(One, "--listen [::1]:80", prepare: machine => machine.Failure = (call, error)) is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Fact]
    public void A_start_that_fails_leaves_no_file_behind()
    {
        ListenKernel.Machine machine = Run(One, "--listen unix:/a --listen unix:/b", prepare: machine => machine.Failure = ("chmod /b", Errno.EPERM)).Machine;
        Assert.Equal("chmod unix:/b: errno 1\n", machine.Text);
        Assert.Empty(machine.Files);
    }

    [Fact]
    public void Sockets_that_were_passed_take_the_place_of_all_others()
    {
        (int exitCode, ListenKernel.Machine machine) = Run(BuiltIn, "--listen unix:/a --port 7", [$"LISTEN_PID={ListenKernel.Pid}", "LISTEN_FDS=2", "LISTEN_FDNAMES=a:b"], machine =>
        {
            machine.Passed[3] = Linux.AF_INET6;
            machine.Passed[4] = Linux.AF_UNIX;
        });
        Assert.Equal((0, "Listening on socket 3, which was passed (LISTEN_FDS)\nListening on socket 4, which was passed (LISTEN_FDS)\n"), (exitCode, machine.Text));
        Assert.Equal(
            ["fcntl 3 802", "setsockopt 3 1.20 10", "setsockopt 3 1.21 10", "setsockopt 3 6.1 1", "fcntl 4 802", "setsockopt 4 1.20 10", "setsockopt 4 1.21 10"],
            machine.Trace);
    }

    [Theory]
    [InlineData("LISTEN_PID=1 LISTEN_FDS=1")]
    [InlineData("LISTEN_PID= LISTEN_FDS=1")]
    [InlineData("LISTEN_PID=4711x LISTEN_FDS=1")]
    [InlineData("LISTEN_FDS=1")]
    [InlineData("LISTEN_PID=4711")]
    [InlineData("LISTEN_PID=4711 LISTEN_FDS=0")]
    public void Sockets_that_were_not_passed_to_this_process_are_none(string environment)
        => Assert.Equal("Listening on http://127.0.0.1:8080\n", Run(One, "", environment.Split(' ')).Machine.Text);

    [Theory]
    [InlineData("9", 2, "LISTEN_FDS=9: not a number of sockets, 0 to 8\n")]
    [InlineData("x", 2, "LISTEN_FDS=x: not a number of sockets, 0 to 8\n")]
    [InlineData("1", 1, "LISTEN_FDS: descriptor 3 is no stream socket that listens (in systemd: ListenStream= and Accept=no)\n")]
    public void What_cannot_be_passed_is_named(string count, int expected, string message)
        => Assert.Equal((expected, message), Run(One, "", ["LISTEN_PID=4711", "LISTEN_FDS=" + count]) is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Theory]
    [InlineData("/run/notify", "unix:/run/notify")]
    [InlineData("@notify", "unix:@notify")]
    public void The_service_manager_hears_when_it_is_ready_and_when_it_ends(string address, string expected)
        => Assert.Equal(
            [$"socket 1 2", $"sendto {expected} READY=1", "close 6", "socket 1 2", $"sendto {expected} STOPPING=1", "close 7"],
            Run(One, "", ["NOTIFY_SOCKET=" + address], then: Notify).Machine.Trace.SkipWhile(call => !call.StartsWith("listen", StringComparison.Ordinal)).Skip(1));

    [Theory]
    [InlineData("NOTIFY_SOCKET=")]
    [InlineData("NOTIFY_SOCKET=vsock:2:1")]
    [InlineData("NOTIFY_SOCKETS=/run/notify")]
    public void Without_one_nobody_is_told(string environment)
        => Assert.DoesNotContain(Run(One, "", [environment], then: Notify).Machine.Trace, call => call.StartsWith("sendto", StringComparison.Ordinal));

    [Fact]
    public void A_service_manager_that_does_not_hear_is_named()
        => Assert.Equal(
            "Listening on http://127.0.0.1:8080\nNOTIFY_SOCKET /run/notify: errno 111\nNOTIFY_SOCKET /run/notify: errno 111\n",
            Run(One, "", ["NOTIFY_SOCKET=/run/notify"], machine => machine.Failure = ("sendto", Errno.ECONNREFUSED), Notify).Machine.Text);

    [Fact]
    public void The_file_goes_when_it_ends_unless_it_is_anothers()
    {
        Assert.Empty(Run(One, "--listen unix:/a", then: Stop).Machine.Files);
        Assert.NotEmpty(Run(One, "--listen unix:/a", then: endpoints =>
        {
            (*(Endpoints*)endpoints).First->Inode++;
            Stop(endpoints);
        }).Machine.Files);
    }

    private static void Notify(nint endpoints)
    {
        ServiceManager.Notify<ListenKernel, Settings>((Endpoints*)endpoints, "READY=1"u8);
        Stop(endpoints);
    }

    private static void Stop(nint endpoints) => Endpoints.Stop<ListenKernel, Settings>((Endpoints*)endpoints);

    private static (int ExitCode, ListenKernel.Machine Machine) Run(
        string builtIn,
        string arguments,
        IReadOnlyList<string>? environment = null,
        Action<ListenKernel.Machine>? prepare = null,
        Action<nint>? then = null)
        => Run<Settings>(builtIn, arguments, environment ?? [], prepare, set: null, then);

    /// <summary>Runs a server from its command line until it listens.</summary>
    /// <param name="builtIn">The endpoints that are compiled in.</param>
    /// <param name="arguments">The arguments, with blanks between them, and a plus where one has a blank.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="prepare">What is done before.</param>
    /// <param name="set">What is set besides before the arguments are read, of its endpoints.</param>
    /// <param name="then">What is done when it listens.</param>
    internal static (int ExitCode, ListenKernel.Machine Machine) Run<TServer>(
        string builtIn, string arguments, IReadOnlyList<string> environment, Action<ListenKernel.Machine>? prepare, Action<nint>? set, Action<nint>? then)
        where TServer : struct, IServer
    {
        ListenKernel.Machine machine = ListenKernel.Begin();
        prepare?.Invoke(machine);
        string?[] texts = ["server", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument.Replace('+', ' ')), null, .. environment, null];
        nint[] argv = texts.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        nint endpointTexts = Marshal.StringToCoTaskMemUTF8(builtIn);
        Endpoints* endpoints = (Endpoints*)NativeMemory.Alloc((nuint)sizeof(Endpoints));
        try
        {
            endpoints->Set(new ReadOnlySpan<byte>((byte*)endpointTexts, builtIn.Length + 1));
            set?.Invoke((nint)endpoints);
            int exitCode;
            fixed (nint* first = argv)
            {
                exitCode = CommandLine.Read<ListenKernel, TServer>((byte**)first, "help\0version"u8, &endpoints->Options);
            }

            if (exitCode == CommandLine.Run)
            {
                exitCode = Endpoints.Open<ListenKernel, TServer>(endpoints) ? 0 : 1;
            }

            if (exitCode == 0)
            {
                Endpoints.Announce<ListenKernel, TServer>(endpoints, "Listening on http://$"u8);
                then?.Invoke((nint)endpoints);
            }

            return (exitCode, machine);
        }
        finally
        {
            NativeMemory.Free(endpoints);
            Array.ForEach([.. argv, endpointTexts], Marshal.FreeCoTaskMem);
        }
    }
}
