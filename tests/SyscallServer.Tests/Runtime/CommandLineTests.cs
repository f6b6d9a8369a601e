using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Process;
using SyscallServer.Tests.Simulation;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>Arguments and environment in; standard output, standard error and exit code out.</summary>
public class CommandLineTests
{
    [Theory]
    [InlineData(new string[0], new string[0], "127.0.0.1:8080")]
    [InlineData(new[] { "--port", "9000" }, new string[0], "127.0.0.1:9000")]
    [InlineData(new[] { "--port=9000" }, new string[0], "127.0.0.1:9000")]
    [InlineData(new[] { "--port", "65535", "--address", "10.1.2.3" }, new string[0], "10.1.2.3:65535")]
    [InlineData(new[] { "--address=0.0.0.0" }, new string[0], "0.0.0.0:8080")]
    [InlineData(new[] { "--port", "1", "--port", "2" }, new string[0], "127.0.0.1:2")]
    [InlineData(new[] { "--port", "0008" }, new string[0], "127.0.0.1:8")]
    [InlineData(new[] { "--port", "0" }, new string[0], "127.0.0.1:12345")] // the kernel's choice
    [InlineData(new string[0], new[] { "PATH=/bin", "PORT=81" }, "127.0.0.1:81")]
    [InlineData(new[] { "--port", "82" }, new[] { "PORT=81" }, "127.0.0.1:82")]
    [InlineData(new[] { "--port", "82" }, new[] { "PORT=nonsense" }, "127.0.0.1:82")]
    [InlineData(new string[0], new[] { "PORT=" }, "127.0.0.1:8080")]
    [InlineData(new string[0], new[] { "SUPPORT=1", "PORTS=2", "PORT" }, "127.0.0.1:8080")]
    public void The_server_listens_where_it_is_told_to(string[] arguments, string[] environment, string endpoint)
    {
        (int exitCode, string output, string error) = Run(arguments, environment);
        Assert.Equal($"Listening on tcp://{endpoint}\n", error);
        Assert.Equal("", output);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void Quiet_leaves_the_line_out() => Assert.Equal((0, "", ""), Run(["--quiet"]));

    [Theory]
    [InlineData("--port abc", "abc: not a port number, 0 to 65535")]
    [InlineData("--port=", ": not a port number, 0 to 65535")]
    [InlineData("--port 65536", "65536: not a port number, 0 to 65535")]
    [InlineData("--port 4294967376", "4294967376: not a port number, 0 to 65535")]
    [InlineData("--port 99999999999999999999999", "99999999999999999999999: not a port number, 0 to 65535")]
    [InlineData("--port -1", "-1: not a port number, 0 to 65535")]
    [InlineData("--port +1", "+1: not a port number, 0 to 65535")]
    [InlineData("--port 0x50", "0x50: not a port number, 0 to 65535")]
    [InlineData("--port 80x", "80x: not a port number, 0 to 65535")]
    [InlineData("--port", "--port needs a value; see --help")]
    [InlineData("--address localhost", "localhost: not an IPv4 address")]
    [InlineData("--address 1.2.3", "1.2.3: not an IPv4 address")]
    [InlineData("--address", "--address needs a value; see --help")]
    [InlineData("--prot 80", "--prot: unknown option; see --help")]
    [InlineData("-p 80", "-p: unknown option; see --help")]
    [InlineData("80", "80: unknown option; see --help")]
    [InlineData("--quiet=yes", "--quiet=yes: unknown option; see --help")]
    [InlineData("--port 80 x", "x: unknown option; see --help")]
    [InlineData("--help=x", "--help=x: unknown option; see --help")]
    public void A_bad_argument_is_named_and_ends_the_program_with_2(string arguments, string message)
        => Assert.Equal((2, "", message + "\n"), Run(arguments.Split(' ')));

    [Fact]
    public void An_empty_argument_is_a_bad_one() => Assert.Equal((2, "", ": unknown option; see --help\n"), Run([""]));

    [Theory]
    [InlineData("abc")]
    [InlineData("65536")]
    [InlineData(" 80")]
    public void A_bad_PORT_is_named_and_ends_the_program_with_2(string port)
        => Assert.Equal((2, "", $"PORT={port}: not a port number, 0 to 65535\n"), Run([], ["PORT=" + port]));

    [Fact]
    public void A_very_long_argument_is_cut_off()
    {
        (int exitCode, _, string error) = Run(["--port", new string('9', 100_000)]);
        Assert.Equal(2, exitCode);
        Assert.Equal($"{new string('9', 200)}: not a port number, 0 to 65535\n", error);
    }

    [Fact]
    public void Help_lists_every_option_and_ends_with_0()
    {
        (int exitCode, string output, string error) = Run(["--help", "--nonsense"], ["PORT=nonsense"]);
        Assert.Equal(0, exitCode);
        Assert.Equal("", error);
        Assert.Equal(
            """
            Usage: SyscallServer.Tests [OPTION]...
              --port N     TCP port, 0 to 65535 (default: $PORT or 8080)
              --address A  IPv4 address (default: 127.0.0.1)
              --quiet      no start-up line
              --help       print this
              --version    print the version

            """,
            output);
    }

    [Fact]
    public void Version_names_the_program_and_the_projects_version()
    {
        string version = typeof(TcpServerAttribute).Assembly.GetName().Version!.ToString(3);
        Assert.Equal((0, $"SyscallServer.Tests {version}\n", ""), Run(["--version"]));
    }

    [Theory]
    [InlineData("--drain-delay", "--drain-delay needs a value; see --help")]
    [InlineData("--drain-delay=", ": not a number of seconds, 0 to 240")]
    [InlineData("--drain-delay 241", "241: not a number of seconds, 0 to 240")]
    [InlineData("--drain-delay=1s", "1s: not a number of seconds, 0 to 240")]
    [InlineData("--drain-delay -1", "-1: not a number of seconds, 0 to 240")]
    [InlineData("--drain-delays 1", "--drain-delays: unknown option; see --help")]
    [InlineData("--drain 1", "--drain: unknown option; see --help")]
    public void A_bad_delay_is_named_and_ends_the_program_with_2(string arguments, string message)
    {
        var world = new World(seed: 1) { StopAtOnce = true };
        Assert.Equal((2, message + "\n"), (SimulatedServer.DrainIn(world, arguments.Split(' ')), world.StandardError));
    }

    [Theory]
    [InlineData("", "alarm(3)")]
    [InlineData("--drain-delay 240", "alarm(240)")]
    [InlineData("--drain-delay=007", "alarm(7)")]
    [InlineData("--drain-delay 5 --port 0 --drain-delay=6 --quiet", "alarm(6)")]
    [InlineData("--drain-delay 0", "alarm(2)")] // the grace period
    public void The_delay_is_what_is_asked_for(string arguments, string alarm)
    {
        var world = new World(seed: 1) { StopAtOnce = true, DrainDelay = int.Parse(alarm[6..^1], System.Globalization.CultureInfo.InvariantCulture) is var seconds and not 2 ? seconds : 0 };
        Assert.Equal(0, SimulatedServer.DrainIn(world, arguments.Split(' ', System.StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(alarm, world.Trace.First(line => line.StartsWith("alarm(", System.StringComparison.Ordinal)));
    }

    [Fact]
    public void The_delay_has_no_option_where_the_attribute_does_not_speak_of_it()
        => Assert.Equal((2, "", "--drain-delay: unknown option; see --help\n"), Run(["--drain-delay", "1"]));

    /// <summary>The engine's list is a constant of bytes, which cannot be made of the text that the generator has.</summary>
    [Fact]
    public void The_options_of_every_server_are_those_that_the_generator_begins_with() => Assert.Equal(CommandLineOptions.OfEveryServer, Encoding.ASCII.GetString(Options<Plain>()));

    private static ReadOnlySpan<byte> Options<TServer>()
        where TServer : struct, IServer
        => TServer.Options;

    private readonly struct Plain : IServer
    {
        public static int Backlog => 1;

        public static int MaxConnections => 1;

        public static int ReadTimeout => 1;

        public static int WriteTimeout => 1;

        public static int GracePeriod => 1;
    }

    private static (int ExitCode, string Output, string Error) Run(IReadOnlyList<string> arguments, IReadOnlyList<string>? environment = null)
    {
        var world = new World(seed: 1) { StopAtOnce = true };
        int exitCode = SimulatedServer.RunIn(world, arguments, environment);
        return (exitCode, world.StandardOutput, world.StandardError);
    }
}
