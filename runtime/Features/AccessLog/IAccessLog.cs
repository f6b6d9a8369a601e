using System.ComponentModel;
using SyscallServer.Internal.Http;

namespace SyscallServer.Internal.Features;

/// <summary>What an app with an access log says of it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAccessLog : ITrustedProxies
{
    /// <summary>The form of the lines.</summary>
    static abstract AccessLogFormat LogFormat { get; }

    /// <summary>Microseconds since some fixed moment. Only with <see cref="AccessLogFormat.Json"/>.</summary>
    static virtual long Microseconds => 0;
}
