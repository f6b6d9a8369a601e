using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Emit.Features;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what [TcpServer] says as the struct of constants that the engine is specialised for (<c>IServer</c>): of what has a default there, only what is otherwise.</summary>
internal static class SettingsEmitter
{
    internal static void Emit(SourceWriter writer, ServerPlan plan)
    {
        writer.WriteLines($$"""
            /// <summary>What the attribute says, for the engine, as constants.</summary>
            private readonly struct Settings : EngineProcess::IServer
            """);
        using (writer.WriteBlock())
        {
            MetricsEmitter.EmitProcesses(writer, plan);
            IEnumerable<string> properties = OfCommandLine(plan).Concat(OfListening(plan.Spec)).Concat(OfOptions(plan)).Concat(OfProcesses(plan)).Concat(OfLimits(plan.Spec));
            writer.WriteLines(string.Join("\n\n", properties.Select(property => $"public static {property}")));
        }

        writer.WriteLine();
    }

    private static IEnumerable<string> OfCommandLine(ServerPlan plan)
    {
        if (!plan.Spec.HasCommandLineInterface)
        {
            yield return "bool HasMessages => false;";
        }

        if (plan.Spec.Http is null)
        {
            yield return "bool TimesShortages => false;";
        }
    }

    private static IEnumerable<string> OfListening(ServerSpec spec)
    {
        if (spec.Listening is null)
        {
            yield break;
        }

        yield return "bool HasEndpoints => true;";
        if (spec.Listening.HasRoles)
        {
            yield return "bool HasEndpointRoles => true;";
        }

        if (spec.Listening is { HasRoles: true, OrdinaryRole: not EndpointRole.Ordinary })
        {
            yield return $"{EndpointRoleEmitter.Type} OrdinaryRole => {EndpointRoleEmitter.Type}.{spec.Listening.OrdinaryRole};";
        }

        if (spec.Listening.HasPreamble)
        {
            yield return $"global::System.ReadOnlySpan<byte> PreambleWord => \"{ListenSpec.ProxyWord}\"u8;";
        }

        if (spec.Listening.Management is not null)
        {
            yield return "global::System.ReadOnlySpan<byte> ManagementName => \"metrics\"u8;";
            yield return "global::System.ReadOnlySpan<byte> ManagementMessages => \"Metrics at http://$\\0Metrics at $\"u8;";
        }

        if (spec.Listening.HasServiceManager)
        {
            yield return "bool HasServiceManager => true;";
        }

        if (spec.Listening.SocketMode >= 0)
        {
            yield return $"int SocketMode => {spec.Listening.SocketMode}; // {Convert.ToString(spec.Listening.SocketMode, 8)} in octal";
        }
    }

    /// <summary>The options that only some servers have.</summary>
    private static IEnumerable<string> OfOptions(ServerPlan plan)
    {
        ServerSpec spec = plan.Spec;
        if (spec.Http is { AccessLog.Mode: AccessLogKind.Optional })
        {
            yield return "bool HasAccessLogOption => true;";
        }

        if (spec.DefersAccept && spec.Listening is not null)
        {
            yield return "bool DefersAccept => true;";
        }

        if (spec.DrainDelay is not null)
        {
            yield return "bool HasDrainDelay => true;";
        }

        if (spec.HealthCheckPath is { } path)
        {
            yield return "bool HasHealthCheckOption => true;";
            if (spec.Http is { HasProxyProtocol: true })
            {
                yield return "global::System.ReadOnlySpan<byte> HealthCheckStart => \"PROXY UNKNOWN\\r\\nGET \"u8;";
            }

            if (path != "/")
            {
                yield return $"global::System.ReadOnlySpan<byte> HealthCheckPath => {ByteLiteral.Of(Encoding.ASCII.GetBytes(path))};";
            }
        }

        if (spec.HasCommandLineInterface && plan.Options != CommandLineOptions.OfEveryServer)
        {
            yield return $"global::System.ReadOnlySpan<byte> Options => {ByteLiteral.Of(Encoding.ASCII.GetBytes(plan.Options))};";
        }
    }

    private static IEnumerable<string> OfProcesses(ServerPlan plan)
    {
        ServerSpec spec = plan.Spec;
        if (spec.Concurrency == ConcurrencyKind.Fork && spec.Http is not null)
        {
            yield return "bool TellsChildren => true; // one may be waiting for a further request";
        }

        if (spec.Concurrency == ConcurrencyKind.EventLoop)
        {
            yield return "bool ListensPerWorker => true;";
            if (plan.Http!.RunsUserCode)
            {
                yield return "bool RunsUserCode => true;";
            }
        }

        if (spec.Concurrency == ConcurrencyKind.Prefork)
        {
            yield return "bool ServesInTurn => true;";
        }

        if (spec.Concurrency != ConcurrencyKind.Fork)
        {
            yield return $"int Workers => {spec.Workers};{(spec.Workers == 0 ? " // one for each CPU" : "")}";
        }
    }

    private static IEnumerable<string> OfLimits(ServerSpec spec)
    {
        if (spec.Http is not null)
        {
            yield return $"int IdleTimeout => {spec.Http.IdleTimeout};";
        }

        yield return $"int Backlog => {spec.Backlog};";
        yield return $"int MaxConnections => {spec.MaxConnections};";
        yield return $"int ReadTimeout => {spec.ReadTimeout};";
        yield return $"int WriteTimeout => {spec.WriteTimeout};";
        yield return $"int GracePeriod => {spec.GracePeriod};";
    }
}
