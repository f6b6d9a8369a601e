using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Parse.Attributes;
using SyscallServer.Internal.Text;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads what <c>[TcpServer]</c> says of proxies that name their clients.</summary>
internal static class TrustedProxiesReader
{
    private const string TrustedProxies = "TrustedProxies";
    private const string ClientAddressField = "ClientAddressField";

    /// <summary>What proxies send unless they are told otherwise.</summary>
    private const string UsualField = "X-Forwarded-For";

    private const string AddressHint = "address of proxies: write a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" (the bits behind its prefix are 0), one address, or \"unix:\" for those that come by a Unix socket";

    /// <param name="server">The attribute.</param>
    /// <param name="isOfUse">Whether anybody wants to know who the client is: an access log, a handler, or [AllowFrom].</param>
    /// <param name="problems">What is wrong with it.</param>
    /// <returns>Null where no proxy is trusted, or it makes no difference.</returns>
    internal static TrustedProxiesSpec? Read(AttributeReader server, bool isOfUse, Problems problems)
    {
        if (!isOfUse)
        {
            AttributeTable.WarnOf(server, [TrustedProxies, ClientAddressField], "a server with neither an access log, nor handlers, nor [AllowFrom]", problems);
        }

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

        return !isOfUse ? null : new TrustedProxiesSpec(new EquatableArray<byte>(blocks), hasUnixSockets, field.ToLowerInvariant());
    }

    /// <summary>A block of addresses as the engine has it; null where the text is none.</summary>
    internal static unsafe byte[]? Block(string text)
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
