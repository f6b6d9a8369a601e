using System.ComponentModel;
using SyscallServer.Internal.Http;

namespace SyscallServer.Internal.Features;

/// <summary>What the generator emits besides for a server that asks where a request is from: see <see cref="AllowedClients"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAllowFrom : IApp, ITrustedProxies;
