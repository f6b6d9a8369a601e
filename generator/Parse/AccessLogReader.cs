using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads what <c>[TcpServer]</c> says of the access log.</summary>
internal static class AccessLogReader
{
    private const string Format = "AccessLogFormat";

    internal static AccessLogSpec Read(AttributeReader server, Problems problems)
    {
        var mode = (AccessLogKind)server.Number("AccessLog", Limits.AccessLog, problems);
        if (mode == AccessLogKind.Optional && !server.Flag("CommandLineInterface", true))
        {
            problems.Report(Descriptors.SettingWithoutEffect, server.LocationOf("AccessLog"), "AccessLogMode.Optional", "a server without a command-line interface");
            mode = AccessLogKind.Never;
        }

        if (mode == AccessLogKind.Never)
        {
            AttributeTable.WarnOf(server, [Format], "a server without an access log", problems);
        }

        return new AccessLogSpec(mode, (AccessLogFormat)server.Number(Format, Limits.AccessLogFormat, problems));
    }
}
