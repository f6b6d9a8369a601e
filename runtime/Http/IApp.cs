namespace SyscallServer.Http;

/// <summary>
/// What the generator emits for one HTTP server: the router, the bytes of every response, the limits. A struct, so that the
/// compilers specialise the engine for it.
/// </summary>
public unsafe interface IApp
{
    /// <summary>The planned bytes: read-only data, which nothing moves.</summary>
    static abstract byte* Bytes { get; }

    /// <summary>The table of responses; the first are <see cref="FixedResponse"/>'s.</summary>
    static abstract PlannedResponse* Responses { get; }

    /// <summary>Where the phrases of heads begin among the planned bytes, and where the last one ends.</summary>
    static abstract ushort* Phrases { get; }

    /// <summary>The longest request target, in bytes; a longer one gets 414.</summary>
    static abstract int MaxTargetBytes { get; }

    /// <summary>The most bytes that the field lines of a request may have; more get 431.</summary>
    static abstract int MaxHeaderBytes { get; }

    /// <summary>The longest body, in bytes; a longer one gets 413.</summary>
    static abstract int MaxBodyBytes { get; }

    /// <summary>Whether responses carry a Date.</summary>
    static abstract bool SendsDate { get; }

    /// <summary>Whether one process serves many clients: then the response that was put together last is kept, for it is likely to be asked for again.</summary>
    static virtual bool KeepsLastResponse => false;

    /// <summary>
    /// The response to a request whose head is good and whose method is known: by its host, path and method. Where no route has the path,
    /// <see cref="FixedResponse.NotFound"/>; where one has, but not for the method, that route's 405 (or 204 for OPTIONS).
    /// </summary>
    /// <returns>An entry of <see cref="Responses"/>.</returns>
    static abstract int Route(Request* request);
}
