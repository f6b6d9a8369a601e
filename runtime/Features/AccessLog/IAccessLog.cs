using System;
using System.ComponentModel;

namespace SyscallServer.Internal.Features;

/// <summary>What an app with an access log says of it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAccessLog
{
    /// <summary>The form of the lines.</summary>
    static abstract AccessLogFormat LogFormat { get; }

    /// <summary>Microseconds since some fixed moment. Only with <see cref="AccessLogFormat.Json"/>.</summary>
    static virtual long Microseconds => 0;

    /// <summary>Whether there are clients that say for whom they ask.</summary>
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
