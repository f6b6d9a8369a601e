using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Http;

/// <summary>What an app says of the clients that are proxies and say for whom they ask: see <see cref="ForwardedClient"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITrustedProxies
{
    /// <summary>Whether there are any.</summary>
    static virtual bool HasTrustedProxies => false;

    /// <summary>Whether those are among them that come by a Unix socket.</summary>
    static virtual bool TrustsUnixSockets => false;

    /// <summary>The addresses of the others: one <c>AddressBlock</c> behind the other.</summary>
    static virtual ReadOnlySpan<byte> TrustedProxies => default;

    /// <summary>The field in which they say it: its name in lower case with a colon, ended by a NUL.</summary>
    static virtual ReadOnlySpan<byte> ClientAddressField => default;

    /// <summary>Whether that is Forwarded (RFC 7239), and not a list of addresses.</summary>
    static virtual bool IsForwarded => false;
}
