using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Process;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>Endpoints that differ in more than where they are: from the command line and the environment to the role of each socket.</summary>
public unsafe class EndpointRoleTests
{
    private const string Passed = "LISTEN_PID=4711 LISTEN_FDS=";

    private readonly struct Settings : IServer
    {
        public static bool HasEndpoints => true;

        public static bool HasEndpointRoles => true;

        public static ReadOnlySpan<byte> PreambleWord => " proxy"u8;

        public static ReadOnlySpan<byte> ManagementName => "metrics"u8;

        public static ReadOnlySpan<byte> ManagementMessages => "Metrics at http://$\0Metrics at $"u8;

        public static ReadOnlySpan<byte> Options => "--help\0--version\0--quiet\0--port=\0--address=\0--listen=\0--metrics-listen=\0"u8;

        public static bool HasServiceManager => true;

        public static int Backlog => 5;

        public static int MaxConnections => 5;

        public static int ReadTimeout => 10;

        public static int WriteTimeout => 10;

        public static int GracePeriod => 1;
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:8080=Ordinary http://127.0.0.1:8081=Preamble http://127.0.0.1:9090=Management")]
    [InlineData("--port 9000", "http://127.0.0.1:9000=Ordinary http://127.0.0.1:9000=Preamble http://127.0.0.1:9090=Management", 1)]
    [InlineData("--metrics-listen [::1]:1", "http://127.0.0.1:8080=Ordinary http://127.0.0.1:8081=Preamble http://[::1]:1=Management")]
    [InlineData("--metrics-listen=unix:/m+proxy", "http://127.0.0.1:8080=Ordinary http://127.0.0.1:8081=Preamble unix:/m=Preamble,Management")]
    [InlineData("--metrics-listen 10.0.0.1:1 --metrics-listen 10.0.0.2:2", "http://127.0.0.1:8080=Ordinary http://127.0.0.1:8081=Preamble http://10.0.0.2:2=Management")]
    [InlineData("--listen 10.0.0.1:80", "http://10.0.0.1:80=Ordinary http://127.0.0.1:9090=Management")]
    [InlineData("--listen 10.0.0.1:80+proxy --metrics-listen 10.0.0.1:81 --listen unix:/a", "http://10.0.0.1:80=Preamble unix:/a=Ordinary http://10.0.0.1:81=Management")]
    [InlineData("--listen unix:/a+b --metrics-listen 127.0.0.1:0", "unix:/a b=Ordinary http://127.0.0.1:12345=Management")]
    public void Each_endpoint_has_its_role_and_that_of_management_comes_last(string arguments, string expected, int exitCode = 0)
    {
        List<EndpointRole> roles = [];
        (int code, ListenKernel.Machine machine) = Run(arguments, "", roles: roles);
        string[] endpoints = [.. machine.Text.TrimEnd('\n').Split('\n').Select(line => line.Replace("Listening on ", "", StringComparison.Ordinal).Replace("Metrics at ", "", StringComparison.Ordinal))];
        if (exitCode != 0)
        {
            // One address has one role: two sockets of a server may share one.
            Assert.Equal((1, "127.0.0.1:9000: this server listens there already, for something else\n"), (code, machine.Text));
            return;
        }

        Assert.Equal((0, expected), (code, string.Join(' ', endpoints.Zip(roles, (endpoint, role) => $"{endpoint}={role.ToString().Replace(" ", "", StringComparison.Ordinal)}"))));
    }

    [Fact]
    public void The_start_up_line_says_which_is_for_metrics()
        => Assert.Equal(
            "Listening on http://127.0.0.1:8080\nListening on http://127.0.0.1:8081\nMetrics at unix:/m\n",
            Run("--metrics-listen unix:/m", "").Machine.Text);

    [Theory]
    [InlineData("--metrics-listen", "--metrics-listen needs a value; see --help")]
    [InlineData("--metrics-listen 9090", "9090: not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--metrics-listen=+proxy", " proxy: not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--metrics-listen 1.2.3.4:80+PROXY", "1.2.3.4:80 PROXY: not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--listen 1.2.3.4:80++proxy", "1.2.3.4:80 : not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--listen proxy", "proxy: not an endpoint; write 0.0.0.0:8080, [::]:8080 or unix:/path")]
    [InlineData("--metrics 1", "--metrics: unknown option; see --help")]
    public void A_bad_argument_is_named_and_ends_the_program_with_2(string arguments, string message)
        => Assert.Equal((2, message + "\n"), Run(arguments, "") is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Theory]
    [InlineData("--metrics-listen 127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("--listen 1.2.3.4:80 --listen 1.2.3.4:80+proxy", "1.2.3.4:80")]
    [InlineData("--listen unix:/a --metrics-listen unix:/a", "unix:/a")]
    public void An_address_has_one_role(string arguments, string endpoint)
        => Assert.Equal((1, $"{endpoint}: this server listens there already, for something else\n"), Run(arguments, "") is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    [Fact]
    public void The_endpoint_of_management_is_one_of_eight()
    {
        string seven = string.Join(' ', Enumerable.Range(1, 7).Select(i => $"--listen 10.0.0.{i}:80"));
        List<EndpointRole> roles = [];
        Assert.Equal(0, Run(seven, "", roles: roles).ExitCode);
        Assert.Equal([.. Enumerable.Repeat(EndpointRole.Ordinary, 7), EndpointRole.Management], roles);
        Assert.Equal((2, "10.0.0.8:80: too many endpoints, of which there may be 7 here\n"), Run(seven + " --listen 10.0.0.8:80", "") is var (exitCode, machine) ? (exitCode, machine.Text) : default);
    }

    [Theory]
    [InlineData("3", "site:metrics:proxy", "Ordinary Management Preamble")]
    [InlineData("1", "metrics", "Management")]
    [InlineData("2", "metric:metricss", "Ordinary Ordinary Management")]
    [InlineData("2", "", "Ordinary Ordinary Management")]
    [InlineData("2", "proxy", "Preamble Ordinary Management")]
    [InlineData("2", ":metrics", "Ordinary Management")]
    [InlineData("7", "a:a:a:a:a:a:a", "Ordinary Ordinary Ordinary Ordinary Ordinary Ordinary Ordinary Management")]
    public void A_socket_that_was_passed_has_the_role_that_its_name_says_and_without_one_for_metrics_the_server_opens_its_own(string count, string names, string expected)
    {
        List<EndpointRole> roles = [];
        (int exitCode, ListenKernel.Machine machine) = Run("", Passed + count + (names.Length > 0 ? " LISTEN_FDNAMES=" + names : ""), machine =>
        {
            machine.NextDescriptor = 20;
            for (int i = 0; i < int.Parse(count, null); i++)
            {
                machine.Passed[3 + i] = Linux.AF_INET;
            }
        }, roles);
        Assert.Equal((0, expected), (exitCode, string.Join(' ', roles)));
        Assert.Equal(
            [.. Enumerable.Range(3, int.Parse(count, null)).Select(i => $"Listening on socket {i}, which was passed (LISTEN_FDS)"), .. roles.Count > int.Parse(count, null) ? new[] { "Metrics at http://127.0.0.1:9090" } : []],
            machine.Text.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Eight_sockets_leave_no_place_for_the_metrics()
        => Assert.Equal((2, "LISTEN_FDS=8: not a number of sockets, 0 to 7\n"), Run("", Passed + "8") is var (exitCode, machine) ? (exitCode, machine.Text) : default);

    private static (int ExitCode, ListenKernel.Machine Machine) Run(string arguments, string environment, Action<ListenKernel.Machine>? prepare = null, List<EndpointRole>? roles = null)
        => ListenTests.Run<Settings>(
            "127.0.0.1:8080\0" + "127.0.0.1:8081\0",
            arguments,
            environment.Split(' '),
            prepare,
            set: static endpoints => EndpointRoles.Set<Settings>((Endpoints*)endpoints, [(byte)EndpointRole.Ordinary, (byte)EndpointRole.Preamble, (byte)EndpointRole.Management], "127.0.0.1:9090\0"u8),
            then: endpoints => roles?.AddRange(Enumerable.Range(0, ((Endpoints*)endpoints)->Count).Select(i => ((Endpoints*)endpoints)->First[i].Role)));
}
