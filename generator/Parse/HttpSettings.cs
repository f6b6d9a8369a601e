using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>What <c>[TcpServer]</c> says of HTTP.</summary>
internal sealed class HttpSettings
{
    internal HttpSettings(AttributeReader server, Problems problems)
    {
        IdleTimeout = server.Number("IdleTimeoutSeconds", Limits.IdleTimeout, problems);
        MaxTargetBytes = server.Number("MaxTargetBytes", Limits.TargetBytes, problems);
        MaxHeaderBytes = server.Number("MaxHeaderBytes", Limits.HeaderBytes, problems);
        MaxBodyBytes = server.Number("MaxBodyBytes", Limits.BodyBytes, problems);
        MaxRequestMemory = server.Number("MaxRequestMemoryBytes", Limits.RequestMemory, problems);
        ServerField = ReadServerField(server, problems);
        CommonFields = Parse.CommonFields.Read(server, problems);
        IsEventLoop = server.Number("Concurrency", (int)ConcurrencyKind.Fork) == (int)ConcurrencyKind.EventLoop;
        if (server.Has("MaxRequestMemoryBytes") && !IsEventLoop)
        {
            problems.Report(Descriptors.SettingWithoutEffect, server.LocationOf("MaxRequestMemoryBytes"), "MaxRequestMemoryBytes", "processes that serve one connection each, and have memory for one request");
        }
    }

    internal int IdleTimeout { get; }

    internal int MaxTargetBytes { get; }

    internal int MaxHeaderBytes { get; }

    internal int MaxBodyBytes { get; }

    internal int MaxRequestMemory { get; }

    /// <summary>The value of the Server field; null where there is none.</summary>
    internal string? ServerField { get; }

    /// <summary>Field lines of all responses.</summary>
    internal EquatableArray<FieldLine> CommonFields { get; }

    internal bool IsEventLoop { get; }

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
