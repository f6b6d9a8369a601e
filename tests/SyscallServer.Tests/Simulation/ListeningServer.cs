namespace SyscallServer.Tests.Simulation;

/// <summary>The server of <see cref="SimulatedServer"/> with endpoints, for the command line and the calls that it makes.</summary>
[TcpServer(Listen = ["127.0.0.1:8080", "[::1]:8080", "unix:@simulated"], Systemd = true)]
[RawResponse(SimulatedServer.Answer)]
internal static partial class ListeningServer;

/// <summary>A server of HTTP with endpoints, and without a service manager.</summary>
[TcpServer(Address = "::1")]
[StaticResponse("/", SimulatedSite.Small)]
internal static partial class ListeningSite;

/// <summary>One that does not look at its environment.</summary>
[TcpServer(Listen = ["unix:/run/silent.sock"], CommandLineInterface = false)]
[RawResponse(SimulatedServer.Answer)]
internal static partial class SilentListener;
