using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>What <c>[TcpServer]</c> says of HTTP.</summary>
internal sealed class HttpSettings
{
    internal HttpSettings(AttributeReader server, Problems problems)
    {
        IdleTimeout = server.Number("IdleTimeout", Limits.IdleTimeout, problems);
        MaxTargetBytes = server.Number("MaxTargetBytes", Limits.TargetBytes, problems);
        MaxHeaderBytes = server.Number("MaxHeaderBytes", Limits.HeaderBytes, problems);
        MaxBodyBytes = server.Number("MaxBodyBytes", Limits.BodyBytes, problems);
        MaxRequestMemory = server.Number("MaxRequestMemory", Limits.RequestMemory, problems);
        ServerField = ReadServerField(server, problems);
        IsEventLoop = server.Number("Concurrency", (int)ConcurrencyKind.Fork) == (int)ConcurrencyKind.EventLoop;
        if (server.Has("MaxRequestMemory") && !IsEventLoop)
        {
            problems.Report(Descriptors.SettingWithoutEffect, server.LocationOf("MaxRequestMemory"), "MaxRequestMemory", "processes that serve one connection each, and have memory for one request");
        }
    }

    internal int IdleTimeout { get; }

    internal int MaxTargetBytes { get; }

    internal int MaxHeaderBytes { get; }

    internal int MaxBodyBytes { get; }

    internal int MaxRequestMemory { get; }

    /// <summary>The value of the Server field; null where there is none.</summary>
    internal string? ServerField { get; }

    internal bool IsEventLoop { get; }

    /// <summary>Whether there is an access log.</summary>
    internal static AccessLogKind AccessLog(AttributeReader server, Problems problems)
    {
        bool hasOption = server.Flag("AccessLogOption", false);
        bool isAlways = server.Flag("AccessLog", false);
        string? other = isAlways ? "a server that always has an access log" : server.Flag("CommandLineInterface", true) ? null : "a server without a command-line interface";
        if (hasOption && other is not null)
        {
            problems.Report(Descriptors.SettingWithoutEffect, server.LocationOf("AccessLogOption"), "AccessLogOption", other);
        }

        return isAlways ? AccessLogKind.Always : hasOption && other is null ? AccessLogKind.Option : AccessLogKind.None;
    }

    private static string? ReadServerField(AttributeReader server, Problems problems)
    {
        string? value = server.Text("ServerHeader")?.Trim(' ', '\t');
        if (value is { Length: 0 })
        {
            problems.Report(Descriptors.InvalidHeader, server.LocationOf("ServerHeader"), "ServerHeader", "it is empty; leave it out for no Server field");
        }
        else if (value is not null)
        {
            Fields.IsValue(value, "ServerHeader", server.LocationOf("ServerHeader"), problems);
        }

        return value;
    }
}
