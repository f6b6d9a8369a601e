using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// Where everything lies that a process has for its connections, and how long it is. The generator compiles this file too: it reserves the memory that the engine then divides.
/// </summary>
/// <remarks>
/// The memory of <c>HttpChild</c>, from its beginning: its state, the output (<see cref="ResponseRoom.Capacity"/>), the input with the rest of a block, the Date field and what
/// belongs to it (<see cref="DateSize"/>); with actions the exchange and its memory; with an access log that, and the name of the client.
/// </remarks>
internal static class Layout
{
    // Structures of the engine, of which the generator cannot know the sizes: LayoutTests compares them.

    /// <summary>Bytes of the state of <c>HttpChild</c>.</summary>
    internal const int ChildState = 128;

    /// <summary>Bytes of an <c>Exchange</c>.</summary>
    internal const int Exchange = 32;

    /// <summary>Bytes of a <c>ClientAddress</c>.</summary>
    internal const int ClientAddress = 32;

    /// <summary>Bytes of <c>ByteRanges</c>: how many there are, and room for one more than may be.</summary>
    internal const int ByteRanges = 8 + 16 * (ResponseRoom.MostParts + 1);

    /// <summary>Bytes of an <c>AccessLog</c> without what lies behind it.</summary>
    internal const int AccessLogState = 48;

    /// <summary>Bytes of the name of a client: its length, at most 45 bytes of an IPv6 address that ends with an IPv4 address, and whether it is a trusted proxy; a multiple of eight.</summary>
    internal const int ClientName = 48;

    /// <summary>Bytes of a <c>LoggedClient</c>: its name, since when it has had a request, and how much of that has come.</summary>
    internal const int LoggedClientWithTime = ClientName + 2 * sizeof(long);

    /// <summary>Bytes of a <c>LoggedResponse</c>.</summary>
    internal const int LoggedResponse = 32;

    /// <summary>Bytes of <c>KeptLines</c>, behind which those are that were kept.</summary>
    internal const int KeptLines = 32;

    /// <summary>Bytes of what a handler's request needs besides its head and its body, until that is complete.</summary>
    internal const int RetainedRequest = 96;

    /// <summary>The longest name of a file: NAME_MAX.</summary>
    internal const int LongestFileName = 255;

    /// <summary>Bytes for the name of a temporary file: <c>.upload.</c>, 16 hexadecimal digits and a NUL are 25.</summary>
    internal const int TemporaryName = 32;

    /// <summary>Bytes that an upload keeps: four numbers, which file it replaces (24 bytes), the name of its file and that of a temporary one.</summary>
    internal const int Upload = 4 * sizeof(int) + 24 + LongestFileName + 1 + TemporaryName;

    // Descriptors.

    /// <summary>
    /// The descriptor of the first root. The number is known when the server is compiled, so nothing has to be remembered of it. It is more than
    /// what is open at that moment (standard streams, sockets that were passed), and less than the usual limit of 1,024.
    /// </summary>
    internal const int FirstRoot = 512;

    /// <summary>How many descriptors each root has: its folder, and behind it perhaps the same once more (<c>FileRoot.Nameless</c>).</summary>
    internal const int DescriptorsOfRoot = 2;

    // What is received.

    /// <summary>Bytes of the longest method that is one: UPDATEREDIRECTREF (RFC 4437), the longest of IANA's registry. A longer one is bad (400).</summary>
    internal const int LongestMethod = 17;

    /// <summary>Bytes of <c>HTTP/1.1</c>.</summary>
    internal const int Version = 8;

    // The Date field, and what lies behind it.

    /// <summary>Where the second lies that the date is of, at a multiple of eight; with actions.</summary>
    internal const int Second = (ResponseRoom.DateLine + sizeof(long) - 1) & -sizeof(long);

    /// <summary>Where the connection's descriptor lies, between the response that is kept and the address of the exchange; with actions.</summary>
    internal const int Descriptor = ExchangeAddress - sizeof(int);

    /// <summary>Where the address of the exchange lies; with actions.</summary>
    internal const int ExchangeAddress = 64;

    /// <summary>Where the address of the memory of what observes lies: the access log.</summary>
    internal const int ObserverAddress = ExchangeAddress + sizeof(long);

    /// <summary>Where the parts lie that are asked for; with files, embedded or on the disk.</summary>
    internal const int Ranges = ObserverAddress + sizeof(long);

    /// <summary>Bytes of what is known of the field lines that the next response has for its path.</summary>
    internal const int FieldSet = 2 * sizeof(int);

    /// <summary>Where that lies; with field lines of groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int FieldSetOffset(bool hasRanges) => hasRanges ? Ranges + ByteRanges : Ranges;

    /// <summary>The Date field, and behind it what an app has of the above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int DateSize(bool hasFieldSets, bool hasRanges, bool isObserved, bool hasActions)
        => hasFieldSets ? FieldSetOffset(hasRanges) + FieldSet : hasRanges ? Ranges + ByteRanges : isObserved ? ObserverAddress + sizeof(long) : hasActions ? ExchangeAddress + sizeof(long) : ResponseRoom.DateLine;

    /// <summary>The received bytes, so that every request's head that is not too long fits: method, target, version, two blanks, the fields, three CRLFs; and one byte more, to see that something is too long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int InputCapacity(int maxTargetBytes, int maxHeaderBytes) => LongestMethod + maxTargetBytes + Version + 2 + maxHeaderBytes + 6 + 1;

    // The access log: its state, a request line, a batch of lines with the last one, which may be as long as any; and from the end on backwards, what is noted of the responses of those that are not complete.

    /// <summary>How much of a log is written at once: PIPE_BUF, pipe(7). Of so many bytes write(2) writes all or nothing, so that lines of several processes do not mix.</summary>
    internal const int LogBatch = 4096;

    /// <summary>
    /// What a line has besides the request line and fields. <see cref="AccessLogFormat.Common"/>: client (45), date (26), status (3), length (20), newline, and 17 between them. <see cref="AccessLogFormat.Json"/>: time (20),
    /// client, status, length, duration (20), bytes that were received (20), newline, and 127 of names and what is between them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int RestOfLogLine(AccessLogFormat format) => format == AccessLogFormat.Json ? 272 : 128;

    /// <summary>
    /// Bytes that a line has of fields at most: two of some 500 bytes, four of some 370. They are fewer than a head may have, so that a buffer that takes in a head takes in what is kept of it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LoggedFields(AccessLogFormat format, int maxHeaderBytes)
    {
        int most = format switch { AccessLogFormat.Common => 0, AccessLogFormat.Combined => 1024, _ => 1536 };
        int room = maxHeaderBytes - ClientName;
        return most < room ? most : room;
    }

    /// <summary>
    /// Bytes of the longest request line that is good, as far as a line with it is written at once; more is not written. So what a client sends never begins a line, and the write
    /// does not wait where the pipe has room.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LoggedLine(AccessLogFormat format, int maxTargetBytes, int maxHeaderBytes)
    {
        int most = LogBatch - RestOfLogLine(format) - LoggedFields(format, maxHeaderBytes);
        int longest = LongestMethod + 1 + maxTargetBytes + 1 + Version;
        return longest < most ? longest : most;
    }

    /// <summary>Bytes of the texts of a <c>LoggedRequest</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LoggedTexts(AccessLogFormat format, bool hasTrustedProxies, int maxTargetBytes, int maxHeaderBytes)
        => (hasTrustedProxies ? ClientName : 0) + LoggedLine(format, maxTargetBytes, maxHeaderBytes) + LoggedFields(format, maxHeaderBytes);

    /// <summary>Bytes of what a log knows of a client.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int LoggedClient(AccessLogFormat format) => format == AccessLogFormat.Json ? LoggedClientWithTime : ClientName;

    /// <summary>Bytes of an access log; a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int AccessLog(AccessLogFormat format, bool hasTrustedProxies, int maxTargetBytes, int maxHeaderBytes)
        => Round(AccessLogState + LoggedTexts(format, hasTrustedProxies, maxTargetBytes, maxHeaderBytes) + LoggedLines(format, maxTargetBytes, maxHeaderBytes));

    /// <summary>Bytes of lines, and of what is noted of their responses: both together are a batch at most before the last one is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LoggedLines(AccessLogFormat format, int maxTargetBytes, int maxHeaderBytes)
        => LogBatch + LoggedLine(format, maxTargetBytes, maxHeaderBytes) + LoggedFields(format, maxHeaderBytes) + RestOfLogLine(format) + LoggedResponse;

    /// <summary>Bytes of a buffer that takes in all lines that are not complete.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int KeptLinesWithTexts(AccessLogFormat format, int maxTargetBytes, int maxHeaderBytes) => KeptLines + LoggedLines(format, maxTargetBytes, maxHeaderBytes);

    // The memory of a process with one connection.

    /// <summary>Where the exchange lies; without actions, where all ends that is not of an access log.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ExchangeOffset(int longestResponse, int inputCapacity, int dateSize, bool hasActions)
    {
        int offset = ChildState + ResponseRoom.Capacity(longestResponse) + inputCapacity + ResponseRoom.Block + dateSize;
        return hasActions ? Round(offset) : offset;
    }

    /// <summary>An exchange, and behind it the address of the client, where that is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int ExchangeWithClient(bool keepsClient) => keepsClient ? Exchange + ClientAddress : Exchange;

    /// <summary>Where the exchange and its memory end.</summary>
    /// <param name="exchangeOffset">See <see cref="ExchangeOffset"/>.</param>
    /// <param name="hasActions">Whether there is one.</param>
    /// <param name="keepsClient">See <see cref="ExchangeWithClient"/>.</param>
    /// <param name="exchangeSize">See <see cref="ExchangeSize"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int EndOfExchange(int exchangeOffset, bool hasActions, bool keepsClient, int exchangeSize)
        => hasActions ? exchangeOffset + ExchangeWithClient(keepsClient) + exchangeSize : exchangeOffset;

    /// <summary>All of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Process(int longestResponse, int maxTargetBytes, int maxHeaderBytes, bool hasFieldSets, bool hasRanges, bool hasActions, bool keepsClient, int exchangeSize, int observerSize)
    {
        int offset = ExchangeOffset(longestResponse, InputCapacity(maxTargetBytes, maxHeaderBytes), DateSize(hasFieldSets, hasRanges, observerSize != 0, hasActions), hasActions);
        int end = EndOfExchange(offset, hasActions, keepsClient, exchangeSize);
        return observerSize != 0 ? Round(end) + observerSize : end;
    }

    /// <summary>What an action keeps of a request until its body is complete.</summary>
    /// <param name="inputCapacity">See <see cref="InputCapacity"/>.</param>
    /// <param name="longestBody">Of a request to a handler; 0 where none takes a body.</param>
    /// <param name="hasUploads">Whether there are uploads.</param>
    internal static int ExchangeSize(int inputCapacity, int longestBody, bool hasUploads)
    {
        int retained = longestBody == 0 ? 0 : RetainedRequest + inputCapacity + longestBody;
        return hasUploads && retained < Upload ? Upload : retained;
    }

    /// <summary>The next multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Round(int size) => (size + 7) & -8;
}
