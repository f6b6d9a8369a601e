using System;
using System.Linq;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Models;
using SyscallServer.Internal.Process;
using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>The forking server in simulated worlds: see <see cref="Schedules"/>.</summary>
public class ForkServerTests
{
    [Fact]
    public void It_keeps_its_promises_whatever_fails_whenever()
    {
        Coverage? coverage = Schedules.Run(Simulations.ForkServer);
        if (coverage is not null)
        {
            int schedules = Schedules.Count;
            Assert.True(coverage["served"] > schedules / 4 && coverage["children followed"] > schedules / 10 && coverage["failed for good"] > schedules / 20 && coverage["drained"] > schedules / 100, coverage.ToString());
        }
    }

    [Theory]
    [InlineData("socket", Errno.EMFILE, "socket: too many open files (EMFILE)\n")]
    [InlineData("setsockopt", Errno.ENOMEM, "setsockopt: out of memory (ENOMEM)\n")]
    [InlineData("bind", Errno.EADDRINUSE, "bind 127.0.0.1:8080: address already in use (EADDRINUSE)\n")]
    [InlineData("bind", Errno.EACCES, "bind 127.0.0.1:8080: permission denied (EACCES)\n")]
    [InlineData("bind", Errno.EADDRNOTAVAIL, "bind 127.0.0.1:8080: address not available (EADDRNOTAVAIL)\n")]
    [InlineData("bind", 77, "bind 127.0.0.1:8080: errno 77\n")]
    [InlineData("listen", Errno.EADDRINUSE, "listen 127.0.0.1:8080: address already in use (EADDRINUSE)\n")]
    [InlineData("rt_sigaction", Errno.EINVAL, "rt_sigaction: errno 22\n")]
    [InlineData("rt_sigprocmask", Errno.EINVAL, "rt_sigprocmask: errno 22\n")]
    [InlineData("signalfd4", Errno.ENFILE, "signalfd4: too many open files in the system (ENFILE)\n")]
    public void A_start_that_fails_says_which_call_and_why_and_ends_with_1(string call, int errno, string message)
    {
        var world = new World(seed: 1) { Failure = (call, errno) };
        Assert.Equal(1, SimulatedServer.RunIn(world));
        Assert.Equal(message, world.StandardError);
    }

    [Theory]
    [InlineData(Errno.EMFILE, "retrying accept: too many open files (EMFILE)\n")]
    [InlineData(Errno.ENFILE, "retrying accept: too many open files in the system (ENFILE)\n")]
    [InlineData(Errno.ENOMEM, "retrying accept: out of memory (ENOMEM)\n")]
    [InlineData(Errno.EINTR, "")]
    [InlineData(Errno.ECONNABORTED, "")]
    public void A_failed_accept_is_survived(int errno, string message)
    {
        var world = new World(seed: 1, clients: 3) { Failure = ("accept", errno) };
        int exitCode = SimulatedServer.RunIn(world, ["--quiet"]);
        Assert.Equal(0, exitCode);
        world.CheckParentEnded(exitCode);
        Assert.Equal(message, world.StandardError);
    }

    [Theory]
    [InlineData(Errno.EAGAIN, "retrying fork: resource temporarily unavailable (EAGAIN)\n")]
    [InlineData(Errno.ENOMEM, "retrying fork: out of memory (ENOMEM)\n")]
    public void A_failed_fork_is_tried_again_for_the_same_connection(int errno, string message)
    {
        var world = new World(seed: 1, clients: 3) { Failure = ("fork", errno) };
        int exitCode = SimulatedServer.RunIn(world, ["--quiet"]);
        Assert.Equal(0, exitCode);
        world.CheckParentEnded(exitCode);
        Assert.Equal(message, world.StandardError);
        Assert.Equal(4, world.Trace.Count(line => line == "fork()"));
        Assert.Equal(3, world.Trace.Count(line => line.StartsWith("accept(", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_listener_that_is_of_no_use_any_more_ends_the_server_with_1()
    {
        var world = new World(seed: 1, clients: 3) { Failure = ("accept", Errno.EINVAL) };
        Assert.Equal(1, SimulatedServer.RunIn(world, ["--quiet"]));
        Assert.Equal("accept: errno 22\n", world.StandardError);
    }

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { 0, 1, 2 })]
    public void Standard_streams_that_are_closed_are_never_taken_by_a_connection(int[] closed)
    {
        var world = new World(seed: 1) { StopAtOnce = true };
        foreach (int stream in closed)
        {
            world.CloseStandardStream(stream);
        }

        // The first descriptor goes to the signals; every other below 3 to a socket that is not used.
        Assert.Equal(0, SimulatedServer.RunIn(world, ["--quiet"]));
        Assert.All(closed.Skip(1), stream => Assert.True(world.IsSocket(stream)));
        string listen = world.Trace.Single(line => line.StartsWith("listen(", StringComparison.Ordinal));
        Assert.DoesNotMatch("listen\\([012],", listen);
    }

    [Fact]
    public void Without_a_command_line_interface_arguments_and_environment_are_not_looked_at()
    {
        var world = new World(seed: 1) { StopAtOnce = true };
        Assert.Equal(0, SimulatedServer.RunIn(world, ["--port", "nonsense", "--help"], ["PORT=nonsense"], silently: true));
        Assert.Contains("bind(3, 0100007F:901F)", world.Trace.Select(line => line.Replace("bind(4", "bind(3", StringComparison.Ordinal)));
        Assert.Equal("", world.StandardOutput + world.StandardError);
    }

    [Theory]
    [InlineData("rt_sigprocmask")]
    [InlineData("rt_sigaction")]
    [InlineData("signalfd4")]
    [InlineData("socket")]
    [InlineData("setsockopt")]
    [InlineData("bind")]
    [InlineData("listen")]
    public void Without_a_command_line_interface_a_start_that_fails_ends_with_1_without_a_word(string call)
    {
        var world = new World(seed: 1) { Failure = (call, Errno.EINVAL) };
        Assert.Equal(1, SimulatedServer.RunIn(world, silently: true));
        Assert.Equal("", world.StandardOutput + world.StandardError);
    }

    [Fact]
    public unsafe void The_memory_of_the_parent_is_as_large_as_it_says()
        => Assert.Equal(ForkParent.Size, sizeof(ForkParent<AnyServer>) + sizeof(signalfd_siginfo));

    [Fact]
    public unsafe void The_memory_of_the_supervisor_is_as_large_as_it_says()
    {
        Assert.Equal(Supervisor.Size, sizeof(Supervisor<AnyServer>));
        Assert.Equal(Supervisor.WorkerSize, sizeof(Worker));
    }

    [Fact]
    public unsafe void A_connection_of_an_event_loop_takes_at_most_128_bytes()
        => Assert.InRange(sizeof(ClientConnection), 1, 128);

    private struct AnyServer : IServer
    {
        public static int Backlog => 1;

        public static int MaxConnections => 1;

        public static int ReadTimeout => 1;

        public static int WriteTimeout => 1;

        public static int GracePeriod => 1;
    }
}
