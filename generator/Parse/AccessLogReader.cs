using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads what <c>[TcpServer]</c> says of the access log.</summary>
internal static class AccessLogReader
{
    private const string Format = "AccessLogFormat";
    private const string TrustedProxies = "TrustedProxies";
    private const string ClientAddressField = "ClientAddressField";

    /// <summary>What proxies send unless they are told otherwise.</summary>
    private const string UsualField = "X-Forwarded-For";

    private const string AddressHint = "address of proxies: write a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" (the bits behind its prefix are 0), one address, or \"unix:\" for those that come by a Unix socket";

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
            AttributeTable.WarnOf(server, [Format, TrustedProxies, ClientAddressField], "a server without an access log", problems);
        }

        return new AccessLogSpec(mode, (AccessLogFormat)server.Number(Format, Limits.AccessLogFormat, problems)) { TrustedProxies = ReadProxies(server, problems) };
    }

    private static TrustedProxiesSpec? ReadProxies(AttributeReader server, Problems problems)
    {
        string field = server.Text(ClientAddressField) ?? UsualField;
        if (!Grammar.IsToken(field))
        {
            problems.Report(Descriptors.InvalidProxy, server.LocationOf(ClientAddressField), field, "name of a field: write one such as \"X-Forwarded-For\" or \"Forwarded\"");
        }

        TypedConstant[] elements = [.. server.Elements(TrustedProxies)];
        if (elements.Length == 0)
        {
            AttributeTable.WarnOf(server, [ClientAddressField], "a server that trusts no proxy: TrustedProxies says which it trusts", problems);
            return null;
        }

        var blocks = new List<byte>();
        bool hasUnixSockets = false;
        for (int i = 0; i < elements.Length; i++)
        {
            string text = elements[i].Value as string ?? "";
            if (text == ListenSpec.UnixScheme)
            {
                hasUnixSockets = true;
            }
            else if (Block(text) is { } block)
            {
                blocks.AddRange(block);
            }
            else
            {
                problems.Report(Descriptors.InvalidProxy, server.LocationOf(TrustedProxies, i), text, AddressHint);
            }
        }

        return new TrustedProxiesSpec(new EquatableArray<byte>(blocks), hasUnixSockets, field.ToLowerInvariant());
    }

    private static unsafe byte[]? Block(string text)
    {
        byte[] block = new byte[AddressBlock.Size];
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
        {
            fixed (byte* to = block)
            {
                return !text.Contains("\0") && AddressBlock.TryParse(bytes, to) ? block : null;
            }
        }
    }
}
