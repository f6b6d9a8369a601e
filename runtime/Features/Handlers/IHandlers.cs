using System;
using System.ComponentModel;
using SyscallServer.Internal.Http;

namespace SyscallServer.Internal.Features;

/// <summary>What the generator emits besides for a server with methods of the user's: see <see cref="HandlerResponse"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IHandlers : IApp, ITrustedProxies
{
    /// <summary>Calls the method that answers an action.</summary>
    static abstract void Handle(int action, in Request request, ref ResponseWriter response);

    /// <summary>The longest body of the action's response, in bytes; a longer one becomes a 500.</summary>
    static abstract int MaxResponseOf(int action);

    /// <summary>Field lines of all responses of handlers, each with a CRLF in front of it.</summary>
    static virtual ReadOnlySpan<byte> HandlerFields => default;

    /// <summary>The path of the action's route, where it has parameters or a star: see <see cref="RouteTemplate"/>.</summary>
    static virtual ReadOnlySpan<byte> TemplateOf(int action) => default;

    /// <summary>Whether what goes wrong is said on standard error.</summary>
    static virtual bool HasMessages => true;

    /// <summary>What the action is called there: its method and path, a constant.</summary>
    static virtual ReadOnlySpan<byte> NameOf(int action) => default;
}
