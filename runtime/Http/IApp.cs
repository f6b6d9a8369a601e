using System;
using System.ComponentModel;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;

namespace SyscallServer.Internal.Http;

/// <summary>
/// What the generator emits for one HTTP server: the router, the bytes of every response, the limits. A struct, so that the
/// compilers specialise the engine for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface IApp : IContentCodings
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

    /// <summary>Whether responses have field lines for the paths of their requests: see <see cref="ChooseFieldSet"/>. Then there is <see cref="HasGuards"/>, too.</summary>
    static virtual bool HasFieldSets => false;

    /// <summary>Which field lines the response to a request has for its path, whatever it is: a set of <see cref="FieldSets"/>. It is asked before <see cref="Refuse"/>. Only with <see cref="HasFieldSets"/>.</summary>
    /// <param name="request">A request whose head is good. It has a path.</param>
    static virtual int ChooseFieldSet(RequestHead* request) => 0;

    /// <summary>The table of the sets: see <see cref="FieldSetTable"/>. The first is for requests whose path is not known. Only with <see cref="HasFieldSets"/>.</summary>
    static virtual uint* FieldSets => null;

    /// <summary>The lines that it names. Only with <see cref="HasFieldSets"/>.</summary>
    static virtual byte* FieldSetTexts => null;

    /// <summary>The most bytes that a set adds to a head, with the rest of the last block.</summary>
    static virtual int FieldSetRoom => 0;

    /// <summary>Whether some requests are refused for who sends them, or answered before that is asked: see <see cref="Refuse"/>.</summary>
    static virtual bool HasGuards => false;

    /// <summary>
    /// The response to a request that is refused for who sends it, whatever it is for: also where no route has the path; and that to a preflight, which never has credentials. It is asked before <see cref="Route"/>, and before any of the body is read. Only with <see cref="HasGuards"/>.
    /// </summary>
    /// <param name="request">A request whose head is good. It has a path.</param>
    /// <param name="output">The output.</param>
    /// <returns>An entry of <see cref="Responses"/>; 0 for a request that goes on to its route.</returns>
    static virtual int Refuse(RequestHead* request, Output* output) => 0;

    /// <summary>Whether some responses are others while the server is ending: see <see cref="WhileEnding"/>.</summary>
    static virtual bool ChangesWhileEnding => false;

    /// <summary>What a response becomes while the server is ending; most stay what they are. Only with <see cref="ChangesWhileEnding"/>.</summary>
    /// <param name="response">An entry of <see cref="Responses"/>.</param>
    /// <returns>Another, or the same.</returns>
    static virtual int WhileEnding(int response) => response;

    /// <summary>Whether there are responses with the content coding br.</summary>
    static virtual bool HasBrotli => false;

    /// <summary>
    /// Whether parts of those planned responses that have an entity tag can be asked for (RFC 9110, section 14). Then before the field lines of each of these lies the time of its last change;
    /// no planned response has a Content-Length, for the engine writes it; and <see cref="EntryOf"/> knows 416.
    /// </summary>
    static virtual bool HasParts => false;

    /// <summary>Whether what no route has is answered with other responses than 404: see <see cref="NotFound"/>.</summary>
    static virtual bool ChoosesNotFound => false;

    /// <summary>Whether an action may be among them.</summary>
    static virtual bool NotFoundMayBeAction => false;

    /// <summary>The entry of <see cref="Responses"/> for a request that no route has, or an action. Only with <see cref="ChoosesNotFound"/>.</summary>
    static virtual int NotFound(RequestHead* request) => FixedResponse.NotFound;

    /// <summary>Whether the bodies of some planned responses lie elsewhere.</summary>
    static virtual bool HasAssets => false;

    /// <summary>The bodies that lie elsewhere, an <c>AssetBlock</c>: read-only data, which nothing moves. Only with <see cref="HasAssets"/>.</summary>
    static virtual byte* Assets => null;

    /// <summary>Whether something comes before the first request of each connection: see <see cref="ReadPreamble"/>.</summary>
    static virtual bool HasPreamble => false;

    /// <summary>Reads what comes before the first request of a connection. Only with <see cref="HasPreamble"/>.</summary>
    /// <param name="output">The output.</param>
    /// <param name="input">The first byte of the connection.</param>
    /// <param name="inputEnd">Behind what was received.</param>
    /// <returns>How many bytes it has; 0 where there must be more, which there is room for; negative where the connection is to be closed without a response.</returns>
    static virtual int ReadPreamble(Output* output, byte* input, byte* inputEnd) => 0;

    /// <summary>
    /// The role of the endpoint that the connection has come to whose turn it is: the preamble is only for connections of some roles, and <see cref="Route"/> may look at it. Only with <see cref="Process.IServer.HasEndpointRoles"/>.
    /// </summary>
    static virtual EndpointRole Role
    {
        get => EndpointRole.Ordinary;
        set
        {
        }
    }

    // What observes: features that hear of each request and response, and answer none. The app hands each call to those that it has; where there are none, no code is left of the calls.

    /// <summary>Whether something observes, at least where that is asked for when the server is started. Then <see cref="Output.Observer"/> is its memory, or null.</summary>
    static virtual bool IsObserved => false;

    /// <summary>Bytes of the observer's memory in each process; a multiple of eight.</summary>
    static virtual int ObserverSize => 0;

    /// <summary>Bytes of what it knows of each client; a multiple of eight.</summary>
    static virtual int ObservedClientSize => 0;

    /// <summary>An event loop begins, or a process that serves one connection at a time begins with one.</summary>
    /// <param name="observer"><see cref="ObserverSize"/> bytes, which nobody has cleared.</param>
    static virtual void ObserverBegan(byte* observer)
    {
    }

    /// <summary>A client has come.</summary>
    /// <param name="client"><see cref="ObservedClientSize"/> bytes, which stay where they are as long as the client does.</param>
    /// <param name="address">Where it is from.</param>
    static virtual void ClientCame(byte* client, ClientAddress* address)
    {
    }

    /// <summary>The client whose turn it is, is another one than it was said when it came: it is connected by a proxy.</summary>
    /// <param name="output">The output.</param>
    /// <param name="address">Where it is from.</param>
    static virtual void ClientNamed(Output* output, ClientAddress* address)
    {
    }

    /// <summary>All that comes now is of this client.</summary>
    /// <param name="output">The output, with an observer.</param>
    /// <param name="client">See <see cref="ClientCame"/>.</param>
    /// <param name="kept">What was kept of the request whose body is under way (<see cref="KeepRequest"/>), or null.</param>
    static virtual void TurnBegan(Output* output, byte* client, byte* kept)
    {
    }

    /// <summary>A request has begun. Its head may not be complete or good.</summary>
    /// <param name="output">The output.</param>
    /// <param name="input">The first byte of the request.</param>
    /// <param name="inputEnd">Behind what was received.</param>
    static virtual void RequestBegan(Output* output, byte* input, byte* inputEnd)
    {
    }

    /// <summary>The head of the request is complete, and good. Of one that is not, all that was received is of the request.</summary>
    /// <param name="output">The output.</param>
    /// <param name="length">Bytes of the head, and of a body without data that was read with it.</param>
    static virtual void RequestHeadReceived(Output* output, int length)
    {
    }

    /// <summary>More of the request's body was received.</summary>
    /// <param name="output">The output.</param>
    /// <param name="length">How many bytes, with those of a chunked coding.</param>
    static virtual void RequestBodyReceived(Output* output, int length)
    {
    }

    /// <summary>
    /// Whether nothing was kept of the client's last request. Where the body of that is still to come, <see cref="KeepRequest"/> follows, before it is the turn of another client.
    /// </summary>
    /// <param name="output">The output, with an observer.</param>
    static virtual bool IsRequestNew(Output* output) => false;

    /// <summary>Keeps what is known of the request while it is the turn of other clients.</summary>
    /// <param name="output">The output, with an observer.</param>
    /// <param name="buffer">A buffer that takes in a whole head.</param>
    static virtual void KeepRequest(Output* output, byte* buffer)
    {
    }

    /// <summary>A response was added to the output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="start">Where in its buffer the response begins.</param>
    /// <param name="ofAction">Whether an action has made it, so that a file may belong to it.</param>
    static virtual void ResponseAdded(Output* output, int start, bool ofAction)
    {
    }

    /// <summary>Whether a planned response is observed. Of one that is not, the observer hears <see cref="ResponsePassedOver"/>.</summary>
    /// <param name="response">An entry of <see cref="Responses"/>.</param>
    static virtual bool IsResponseObserved(int response) => true;

    /// <summary>A response was added that is not observed: what the observer knows of its request is over.</summary>
    /// <param name="output">The output.</param>
    static virtual void ResponsePassedOver(Output* output)
    {
    }

    /// <summary>Whether the observer has room for another response.</summary>
    static virtual bool HasRoom(Output* output) => true;

    /// <summary>What was added to the output since this was called last is handed to the kernel, or as much of it as ever will be.</summary>
    /// <param name="output">The output, which is empty by now.</param>
    /// <param name="sent">How many bytes the kernel took, with those of a long body and of a file behind it.</param>
    /// <param name="isOver">Whether these are all; otherwise the rest goes on to be sent, and nobody will tell.</param>
    static virtual void OutputSent(Output* output, long sent, bool isOver)
    {
    }

    /// <summary>Bytes that <see cref="KeepResponses"/> writes at most.</summary>
    static virtual int KeptResponsesSize => 0;

    /// <summary>
    /// In the place of <see cref="OutputSent"/>: what was added to the output is not all handed to the kernel yet, and it is the turn of other clients meanwhile. <see cref="KeptResponsesSent"/> follows as often as
    /// more of it is, and when the connection is closed.
    /// </summary>
    /// <param name="output">The output, with an observer.</param>
    /// <param name="buffer">A buffer that is the observer's until then.</param>
    /// <param name="sent">How many bytes the kernel took.</param>
    /// <param name="left">How many are left.</param>
    static virtual void KeepResponses(Output* output, byte* buffer, long sent, long left)
    {
    }

    /// <summary>More was handed to the kernel of an output that was kept for.</summary>
    /// <param name="output">The output, with an observer.</param>
    /// <param name="buffer">That of <see cref="KeepResponses"/>.</param>
    /// <param name="left">How many bytes are left.</param>
    /// <param name="isOver">Whether they will never be sent.</param>
    /// <returns>False where the observer has no room for all that it has to say of it: it is to be called again behind <see cref="BatchEnded"/>.</returns>
    static virtual bool KeptResponsesSent(Output* output, byte* buffer, long left, bool isOver) => true;

    /// <summary>What came at once is answered, and the responses were sent as far as they can be now.</summary>
    /// <param name="output">The output.</param>
    /// <param name="signals">From <c>Signals.Open</c>.</param>
    /// <param name="isEnding">Whether the signal to end was read.</param>
    static virtual void BatchEnded<TKernel>(Output* output, int signals, bool isEnding)
        where TKernel : struct, IKernel
    {
    }

    /// <summary>What began with <see cref="ObserverBegan"/> is over: the event loop, or the connection of a process that serves one at a time.</summary>
    static virtual void ObserverEnded<TKernel>(Output* output)
        where TKernel : struct, IKernel
    {
    }

    // What counts: a feature that hears of all that happens, on every connection, and keeps no more of it than numbers.

    /// <summary>Whether something counts.</summary>
    static virtual bool IsCounted => false;

    /// <summary>Something has happened.</summary>
    /// <param name="what">What.</param>
    /// <param name="amount">How often, or how many bytes.</param>
    static virtual void Count(Counted what, long amount)
    {
    }

    /// <summary>All that comes now is of this connection of the process.</summary>
    /// <param name="connection">Which, from 0 on; as many as there may be for one that there is no place for.</param>
    static virtual void CountedTurnBegan(int connection)
    {
    }

    /// <summary>The connection whose turn it is was accepted just now.</summary>
    static virtual void CountedConnectionBegan()
    {
    }

    /// <summary>A request has begun, or more of its head has come.</summary>
    /// <param name="method">Its method, as far as it is known.</param>
    static virtual void CountedRequestBegan(HttpMethod method)
    {
    }

    /// <summary>A response was added to the output, also one that observers do not hear of.</summary>
    /// <param name="output">The output.</param>
    /// <param name="start">Where in its buffer the response begins.</param>
    static virtual void CountedResponseAdded(Output* output, int start)
    {
    }

    /// <summary>What was added in answer to all that came at once was handed to the kernel.</summary>
    static virtual void CountedBatchEnded()
    {
    }

    // What is decided at run time. An app without it has none of its code.

    /// <summary>Whether there are actions: responses that are not planned.</summary>
    static virtual bool HasActions => false;

    /// <summary>Whether it is kept with the exchange whose connection it is (<see cref="Exchange.FindClient"/>), for actions that ask whom they answer.</summary>
    static virtual bool KeepsClient => false;

    /// <summary>Whether any action takes no body: its <see cref="MaxBodyOf"/> is 0.</summary>
    static virtual bool HasActionsWithoutBody => false;

    /// <summary>The bytes that an action needs at <see cref="Exchange.Memory"/>.</summary>
    static virtual int ExchangeSize => 0;

    /// <summary>The bytes that an event loop has for all connections together that need those.</summary>
    static virtual int MaxRequestMemory => 0;

    /// <summary>Whether any action sends a file: see <see cref="Exchange.File"/>.</summary>
    static virtual bool SendsFiles => false;

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
}
