using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;

namespace SyscallServer.Internal.Http;

/// <summary>
/// What the generator emits for one HTTP server: the router, the bytes of every response, the limits. A struct, so that the
/// compilers specialise the engine for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

    /// <summary>
    /// The most bytes that one response takes in an output, head and body, planned or put together at run time, and what an action puts there meanwhile. The generator computes it from all that can come
    /// together (<see cref="ResponseRoom"/>).
    /// </summary>
    static abstract int LongestResponse { get; }

    /// <summary>Whether one process serves many clients: then the response that was put together last is kept, for it is likely to be asked for again.</summary>
    static virtual bool KeepsLastResponse => false;

    /// <summary>
    /// The response to a request whose head is good and whose method is known: by its host, path and method. Where no route has the path,
    /// <see cref="FixedResponse.NotFound"/>; where one has, but not for the method, that route's 405 (or 204 for OPTIONS).
    /// </summary>
    /// <returns>An entry of <see cref="Responses"/>; from <see cref="FixedResponse.FirstAction"/> on an action.</returns>
    static abstract int Route(RequestHead* request);

    /// <summary>Whether there are responses with the content coding br.</summary>
    static virtual bool HasBrotli => false;

    /// <summary>
    /// Whether there are files among the responses. Then parts of what has an entity tag can be asked for (RFC 9110, section 14), and before the field lines of each of these lies the time of its last change;
    /// no planned response has a Content-Length, for the engine writes it; and <see cref="EntryOf"/> knows 416.
    /// </summary>
    static virtual bool HasEmbeddedFiles => false;

    /// <summary>Whether there is an access log, at least where it is asked for when the server is started.</summary>
    static virtual bool HasAccessLog => false;

    // What is decided at run time. An app without it has none of its code.

    /// <summary>Whether there are actions: responses that are not planned.</summary>
    static virtual bool HasActions => false;

    /// <summary>Whether any action takes no body: its <see cref="MaxBodyOf"/> is 0.</summary>
    static virtual bool HasActionsWithoutBody => false;

    /// <summary>The bytes that an action needs at <see cref="Exchange.Memory"/>.</summary>
    static virtual int ExchangeSize => 0;

    /// <summary>The bytes that an event loop has for all connections together that need those.</summary>
    static virtual int MaxRequestMemory => 0;

    /// <summary>Whether any action sends a file: see <see cref="Exchange.File"/>.</summary>
    static virtual bool SendsFiles => false;

    /// <summary>The media types of files: see <see cref="FileResponse"/>.</summary>
    static virtual byte* ContentTypes => null;

    /// <summary>The entry of <see cref="Responses"/> for an error that only some servers have: of actions 403 and 500, of files 416.</summary>
    static virtual int EntryOf(int status) => FixedResponse.NotFound;

    /// <summary>The longest body of a request for an action, in bytes; a longer one gets 413.</summary>
    static virtual ulong MaxBodyOf(int action) => 0;

    /// <summary>The head of a request for an action is complete.</summary>
    /// <param name="action">Which action, from 0 on.</param>
    /// <param name="request">The head, good for this call.</param>
    /// <param name="output">Where a response goes; it has room. Its <see cref="Output.Exchange"/> is the connection's.</param>
    /// <returns>
    /// An entry of <see cref="Responses"/>, which is sent when the body is complete; <see cref="Exchange.Answered"/>, after which a body is passed over; or
    /// <see cref="Exchange.WantsBody"/>.
    /// </returns>
    static virtual int Begin(int action, RequestHead* request, Output* output) => FixedResponse.NotFound;

    /// <summary>A piece of the body.</summary>
    /// <param name="action">Which action.</param>
    /// <param name="data">The bytes, without chunked coding.</param>
    /// <param name="length">How many: at least one.</param>
    /// <param name="output">As with <see cref="Begin"/>.</param>
    /// <returns><see cref="Exchange.WantsBody"/>, or an entry of <see cref="Responses"/>, which ends the request and the connection.</returns>
    static virtual int Receive(int action, byte* data, int length, Output* output) => Exchange.WantsBody;

    /// <summary>The request is complete.</summary>
    /// <returns>An entry of <see cref="Responses"/>, or <see cref="Exchange.Answered"/>.</returns>
    static virtual int Complete(int action, Output* output) => FixedResponse.NotFound;

    /// <summary>The body will never be complete. What the action has begun is to be undone.</summary>
    static virtual void Abort(int action, Output* output)
    {
    }

    // Methods of the user's (SyscallServer.Internal.Features.HandlerResponse).

    /// <summary>Calls the method that answers an action.</summary>
    static virtual void Handle(int action, in Request request, ref ResponseWriter response)
    {
    }

    /// <summary>The longest body of the action's response, in bytes; a longer one becomes a 500.</summary>
    static virtual int MaxResponseOf(int action) => 0;

    /// <summary>Field lines of all responses of handlers, each with a CRLF in front of it.</summary>
    static virtual ReadOnlySpan<byte> HandlerFields => default;

    /// <summary>The path of the action's route, where it has parameters or a star: see <see cref="RouteTemplate"/>.</summary>
    static virtual ReadOnlySpan<byte> TemplateOf(int action) => default;

    /// <summary>Whether what goes wrong is said on standard error.</summary>
    static virtual bool HasMessages => true;

    /// <summary>What the action is called there: its method and path, a constant.</summary>
    static virtual ReadOnlySpan<byte> NameOf(int action) => default;
}
