using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Features;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>
/// What is to be written to a client: bytes that were put together in a buffer, and behind them, where it is long, a body that lies
/// in read-only data and is not copied. Responses to pipelined requests come together here and go out with one write.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe struct Output
{
    /// <summary>
    /// The Connection field (RFC 9112, section 9.6) for the last response, and for clients of HTTP/1.0; an interim response; and what else is read of the last block.
    /// </summary>
    private static System.ReadOnlySpan<byte> Texts => "Connection: close\r\nConnection: keep-alive\r\nHTTP/1.1 100 Continue\r\n\r\n......."u8;

    private const int CloseLength = 19;
    private const int KeepAliveLength = 24;
    private const int ContinueLength = 25;

    /// <summary>The buffer: <see cref="CapacityOf"/> bytes.</summary>
    public byte* Buffer;

    /// <summary>How many of them are to be written.</summary>
    public int Length;

    /// <summary>Bytes of <see cref="Body"/>, to be written behind them.</summary>
    public int BodyLength;

    /// <summary>The long body, if there is one.</summary>
    public byte* Body;

    /// <summary>The Date field: see <see cref="HttpDate.Write"/>.</summary>
    public byte* Date;

    /// <summary>Begins with nothing.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="date">
    /// The Date field: <see cref="HttpDate.Length"/> bytes, which the owner keeps up to date with <see cref="HttpDate.Write"/>. With
    /// <see cref="IApp.KeepsLastResponse"/> there are 64 bytes, zeros at first; with <see cref="IApp.HasActions"/> 72, with <see cref="IApp.IsObserved"/> 80, with <see cref="HasRanges"/> 360; and with <see cref="IApp.HasFieldSets"/> eight more than 80 or 360.
    /// </param>
    public Output(byte* buffer, byte* date)
    {
        Buffer = buffer;
        Length = 0;
        BodyLength = 0;
        Body = null;
        Date = date;
    }

    /// <summary>
    /// Whether another response can be added, whichever it is. Behind a long body or a file there can be none until that is sent; and what observes must have room, too.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasRoomFor<TApp>(Output* output)
        where TApp : struct, IApp
        => output->BodyLength == 0 && output->Length <= CapacityOf<TApp>() - TApp.LongestResponse - BlockSize
            && (!TApp.SendsFiles || output->Exchange->Remaining == 0) && TApp.HasRoom(output);

    /// <summary>How many bytes the buffer of an app has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int CapacityOf<TApp>()
        where TApp : struct, IApp
        => ResponseRoom.Capacity(TApp.LongestResponse);

    /// <summary>Bytes that the owner has at <see cref="Date"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int DateSize<TApp>()
        where TApp : struct, IApp
        => Layout.DateSize(TApp.HasFieldSets, HasRanges<TApp>(), TApp.IsObserved, TApp.HasActions);

    /// <summary>Whether parts of anything can be asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasRanges<TApp>()
        where TApp : struct, IApp
        => TApp.HasParts || TApp.SendsFiles;

    /// <summary>
    /// The exchange of the connection whose turn it is. It lies behind the Date field and the response that is kept, for most outputs are without.
    /// </summary>
    public readonly Exchange* Exchange
    {
        get => *(Exchange**)(Date + Layout.ExchangeAddress);
        internal set => *(Exchange**)(Date + Layout.ExchangeAddress) = value;
    }

    /// <summary>The descriptor of the connection whose turn it is. Only with <see cref="IApp.HasActions"/>.</summary>
    internal int Descriptor
    {
        readonly get => *(int*)(Date + Layout.Descriptor);
        set => *(int*)(Date + Layout.Descriptor) = value;
    }

    /// <summary>The parts of its body that the next planned response has, where it has an entity tag; and whether a multipart body was added. Only with <see cref="HasRanges"/>: it lies behind the observer.</summary>
    internal readonly ByteRanges* Ranges => (ByteRanges*)(Date + Layout.Ranges);

    /// <summary>Bytes that were added behind <see cref="Length"/>, and those of parts that they name: what follows the first part of a multipart body.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long LaterParts<TApp>(Output* output)
        where TApp : struct, IApp
    {
        byte* position = output->Buffer + output->Length;
        return HasRanges<TApp>() && output->Ranges->HasLaterParts ? Multipart.Left(ref position) : 0;
    }

    /// <summary>The memory of what observes; null where nothing does. Only with <see cref="IApp.IsObserved"/>: it lies behind the exchange.</summary>
    internal byte* Observer
    {
        readonly get => *(byte**)(Date + Layout.ObserverAddress);
        set => *(byte**)(Date + Layout.ObserverAddress) = value;
    }

    /// <summary>Whether the date is kept up to date, for the client or for what observes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool KeepsDate<TApp>()
        where TApp : struct, IApp
        => TApp.SendsDate || TApp.IsObserved;

    /// <summary>Whether there is something to write.</summary>
    public readonly bool IsEmpty => Length == 0;

    /// <summary>Forgets what has been written.</summary>
    public void Clear()
    {
        Length = 0;
        BodyLength = 0;
    }

    /// <summary>Writes the Date field.</summary>
    /// <param name="output">The output.</param>
    /// <param name="seconds">Seconds since 1970.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void WriteDate<TApp>(Output* output, long seconds)
        where TApp : struct, IApp
    {
        HttpDate.Write(output->Date, seconds);
        if (TApp.HasActions)
        {
            *(long*)(output->Date + Layout.Second) = seconds;
        }
    }

    /// <summary>
    /// What time it is, in seconds since 1970, for what is said beside the Date field of the same response: the second that it shows, for nothing may have changed later (RFC 9110, section 8.8.2.1).
    /// Only with <see cref="IApp.HasActions"/>.
    /// </summary>
    internal static long Now<TKernel, TApp>(Output* output)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        => KeepsDate<TApp>() ? *(long*)(output->Date + Layout.Second) : Clock.UnixSeconds<TKernel>();

    /// <summary>Says that the Date field has changed: what was put together says another date.</summary>
    internal readonly void DateChanged() => Kept->For = 0;

    /// <summary>
    /// The response that was put together last, where it is complete in the buffer: see <see cref="IApp.KeepsLastResponse"/>. It lies behind the Date
    /// field, for most outputs are without.
    /// </summary>
    private readonly KeptResponse* Kept => (KeptResponse*)(Date + (HttpDate.Length + BlockSize - 1 & -BlockSize));

    private struct KeptResponse
    {
        /// <summary>What it was made for; 0 where there is none.</summary>
        internal int For;

        /// <summary>Where it begins in the buffer.</summary>
        internal int Start;

        /// <summary>Its bytes.</summary>
        internal int Length;
    }

    /// <summary>Says that something is to be added that is no planned response: it may be written over the one that is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Interrupt<TApp>(Output* output)
        where TApp : struct, IApp
    {
        if (TApp.KeepsLastResponse)
        {
            output->Kept->For = 0;
        }
    }

    /// <summary>Adds an interim response (RFC 9110, section 15.2.1).</summary>
    internal static void AppendContinue<TApp>(Output* output)
        where TApp : struct, IApp
    {
        Interrupt<TApp>(output);
        Copy(output->Buffer + output->Length, CString.Of(Texts) + CloseLength + KeepAliveLength, ContinueLength);
        output->Length += ContinueLength;
    }

    /// <summary>Adds a planned response.</summary>
    /// <param name="output">The output: a pointer makes less code than <c>this</c>.</param>
    /// <param name="index">Which of the app's responses.</param>
    /// <param name="head">Whether the request was HEAD: the body is left out (RFC 9110, section 9.3.2).</param>
    /// <param name="connection">What is said of the connection.</param>
    internal static void Append<TApp>(Output* output, int index, bool head, ConnectionField connection)
        where TApp : struct, IApp
    {
        int wanted = 0;
        if (TApp.KeepsLastResponse)
        {
            wanted = index << 4 | 8 | (head ? 4 : 0) | (int)connection; // never 0
            if (wanted == output->Kept->For)
            {
                AppendKept(output);
                return;
            }
        }

        if (TApp.HasFieldSets)
        {
            FieldSet.Begin<TApp>(output);
        }

        AppendPlanned<TApp>(output, index, head, connection, wanted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AppendPlanned<TApp>(Output* output, int index, bool head, ConnectionField connection, int wanted)
        where TApp : struct, IApp
    {
        PlannedResponse* response = TApp.Responses + index;
        byte* status = TApp.Bytes + response->Status;
        byte* to = output->Buffer + output->Length;
        *(ulong*)to = 0x312E312F50545448; // HTTP/1.1, little-endian
        to[8] = (byte)' ';
        to += 9;
        bool isPart = TApp.HasParts && response->EntityTag != 0 && output->Ranges->Count != 0;
        bool isMultipart = isPart && output->Ranges->Count != 1;
        to = WriteStatus(to, isPart ? CString.Of(PartialContent) : status);
        if (TApp.HasParts)
        {
            to = WriteLengths<TApp>(output, to, response, index);
        }

        uint code;
        byte* fields = to;
        byte* planned = TApp.Bytes + response->Head;
        while ((code = *planned++) >= PlannedResponse.FirstPhrase)
        {
            if (code >= PlannedResponse.FirstLiteral)
            {
                *to++ = (byte)code;
            }
            else
            {
                ushort* phrase = TApp.Phrases + (code - PlannedResponse.FirstPhrase);
                to = Copy(to, TApp.Bytes + phrase[0], phrase[1] - phrase[0]);
            }
        }

        byte* body = TApp.HasParts ? FindBody<TApp>(code, planned, status) : null;
        Multipart multipart;
        if (isMultipart)
        {
            to = BeginMultipart<TApp>(output, &multipart, fields, to, response, body);
        }

        to = End<TApp>(output, to, connection);
        if (!head)
        {
            body = TApp.HasParts ? body : FindBody<TApp>(code, planned, status);
            int bodyLength = response->BodyLength;
            if (isPart)
            {
                to = isMultipart ? Multipart.Move(&multipart, to) : to;
                body += output->Ranges->First.First;
                bodyLength = (int)output->Ranges->First.Length;
                output->Ranges->Count = 0;
            }

            if (!isMultipart && bodyLength <= ResponseRoom.LongestCopy)
            {
                to = Copy(to, body, bodyLength);
            }
            else
            {
                output->Body = body;
                output->BodyLength = bodyLength;
            }
        }

        int length = (int)(to - output->Buffer);
        if (TApp.KeepsLastResponse)
        {
            bool canBeKept = output->BodyLength == 0 && !isPart && (!TApp.HasParts || index != TApp.EntryOf(416));
            Keep(output, canBeKept ? wanted : 0, length);
        }

        output->Length = length;
    }

    /// <summary>Where the body of a planned response lies.</summary>
    /// <param name="code">What ended its field lines.</param>
    /// <param name="planned">What is behind that.</param>
    /// <param name="status">Its status.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* FindBody<TApp>(uint code, byte* planned, byte* status)
        where TApp : struct, IApp
    {
        if (TApp.HasAssets && code == PlannedResponse.BodyIsAsset)
        {
            byte* assets = TApp.Assets;
            return assets + ((uint*)assets)[*(uint*)planned];
        }

        return code == PlannedResponse.BodyFollows ? planned : status;
    }

    /// <summary>Notes where the response lies that was put together last.</summary>
    /// <param name="output">The output, with the length before the response.</param>
    /// <param name="key">What it is for; 0 where it is not to be used again.</param>
    /// <param name="length">The length with it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(Output* output, int key, int length)
    {
        KeptResponse* kept = output->Kept;
        kept->For = key;
        kept->Start = output->Length;
        kept->Length = length - output->Length;
    }

    /// <summary>Writes the status line from the code on.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="from">The planned status, with a LF for its end.</param>
    /// <returns>Where the field lines begin.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteStatus(byte* to, byte* from)
    {
        do
        {
            *to++ = *from;
        }
        while (*from++ != '\n');
        *(ushort*)(to - 1) = 0x0A0D; // CRLF
        return to + 1;
    }

    /// <summary>
    /// Writes the field lines that depend on how much of a body is sent: Content-Length, and Content-Range (RFC 9110, section 14.4). Those of a multipart body come later: <see cref="BeginMultipart"/>.
    /// </summary>
    /// <returns>Behind them.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* WriteLengths<TApp>(Output* output, byte* to, PlannedResponse* response, int index)
        where TApp : struct, IApp
    {
        const int noContent = '2' | '0' << 8 | '4' << 16 | ' ' << 24;
        const int notModified = '3' | '0' << 8 | '4' << 16 | ' ' << 24;
        int status = *(int*)(TApp.Bytes + response->Status);
        if (status is noContent or notModified)
        {
            return to;
        }

        ByteRange* part = &output->Ranges->First;
        uint length = (uint)response->BodyLength;
        bool isPart = response->EntityTag != 0 && output->Ranges->Count != 0;
        if (isPart && output->Ranges->Count != 1)
        {
            return to;
        }

        byte* texts = CString.Of(LengthTexts);
        to = DecimalNumber.Write(Copy(to, texts, ContentLengthLength), isPart ? part->Length : length);
        if (isPart || index == TApp.EntryOf(416))
        {
            to = Copy(to, texts + ContentLengthLength, ContentRangeLength);
            if (isPart)
            {
                to = Multipart.WriteContentRange(to, part, length);
            }
            else
            {
                *(ushort*)to = '*' | '/' << 8;
                to = DecimalNumber.Write(to + 2, part->First);
            }
        }

        *(ushort*)to = 0x0A0D;
        return to + 2;
    }

    /// <summary>Puts together a multipart body, and says how long it is, and of what type. That of its parts, which is planned as the first of the field lines, is taken out of the head.</summary>
    /// <param name="output">The output.</param>
    /// <param name="multipart">The body.</param>
    /// <param name="fields">The planned field lines.</param>
    /// <param name="to">Behind them.</param>
    /// <param name="response">The response.</param>
    /// <param name="body">What the parts are of.</param>
    /// <returns>Where the head goes on.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* BeginMultipart<TApp>(Output* output, Multipart* multipart, byte* fields, byte* to, PlannedResponse* response, byte* body)
        where TApp : struct, IApp
    {
        const int nameLength = 14; // Content-Type and what is before its value
        byte* boundary = TApp.Bytes + (uint)(response->Head + response->EntityTag + 1);
        multipart->Boundary = boundary;
        multipart->BoundaryLength = LengthUpTo(boundary, '"');
        multipart->Type = fields + nameLength;
        multipart->TypeLength = LengthUpTo(multipart->Type, '\r');
        multipart->Size = (uint)response->BodyLength;
        multipart->Ranges = output->Ranges;
        ulong length = Multipart.Write(multipart, to + ResponseRoom.MultipartLines + multipart->BoundaryLength + TApp.FieldSetRoom + ResponseRoom.End, (ulong)body);
        byte* others = multipart->Type + multipart->TypeLength + 2;
        to = Copy(fields, others, (nint)(to - others));
        to = DecimalNumber.Write(Copy(to, CString.Of(LengthTexts), ContentLengthLength), length);
        to = Multipart.WriteMediaType(multipart, to);
        *(ushort*)to = 0x0A0D;
        return to + 2;
    }

    /// <summary>How many bytes there are before a character.</summary>
    private static nint LengthUpTo(byte* text, char end)
    {
        nint length = 0;
        while (text[length] != end)
        {
            length++;
        }

        return length;
    }

    private static System.ReadOnlySpan<byte> PartialContent => "206 Partial Content\n"u8;

    /// <summary>The names of the two fields, and what else is read of the last block.</summary>
    private static System.ReadOnlySpan<byte> LengthTexts => "Content-Length: \r\nContent-Range: bytes ........"u8;

    private const int ContentLengthLength = 16;
    private const int ContentRangeLength = 23;

    /// <summary>Ends a head: the date, what is said of the connection, and the empty line.</summary>
    /// <param name="output">The output.</param>
    /// <param name="to">Behind the last field line.</param>
    /// <param name="connection">What is said of the connection.</param>
    /// <returns>Behind the head.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* End<TApp>(Output* output, byte* to, ConnectionField connection)
        where TApp : struct, IApp
    {
        if (TApp.HasFieldSets)
        {
            to = FieldSet.Write<TApp>(output, to);
        }

        if (TApp.SendsDate)
        {
            // The last block begins within the one before.
            const int last = HttpDate.Length - BlockSize;
            byte* date = output->Date;
            *(Vector128<byte>*)to = *(Vector128<byte>*)date;
            *(Vector128<byte>*)(to + BlockSize) = *(Vector128<byte>*)(date + BlockSize);
            *(Vector128<byte>*)(to + last) = *(Vector128<byte>*)(date + last);
            to += HttpDate.Length;
        }

        if (connection != ConnectionField.None)
        {
            bool close = connection == ConnectionField.Close;
            to = Copy(to, CString.Of(Texts) + (close ? 0 : CloseLength), close ? CloseLength : KeepAliveLength);
        }

        *(ushort*)to = 0x0A0D;
        return to + 2;
    }

    /// <summary>Adds the response that was put together last. After <see cref="Clear"/> it lies where it belongs; where requests are pipelined, before that.</summary>
    private static void AppendKept(Output* output)
    {
        KeptResponse* kept = output->Kept;
        if (kept->Start != output->Length)
        {
            // The one before may be written over, so it is this copy that is kept.
            _ = Copy(output->Buffer + output->Length, output->Buffer + kept->Start, kept->Length);
            kept->Start = output->Length;
        }

        output->Length += kept->Length;
    }

    /// <summary>How many bytes are copied at a time.</summary>
    internal const int BlockSize = ResponseRoom.Block;

    /// <summary>
    /// Copies blocks, where the target does not begin within the source: up to <see cref="BlockSize"/> - 1 bytes more are read and written.
    /// </summary>
    /// <returns>Behind what was copied.</returns>
    internal static byte* Copy(byte* to, byte* from, nint length)
    {
        byte* end = to + length;
        for (; to < end; to += BlockSize, from += BlockSize)
        {
            *(Vector128<byte>*)to = *(Vector128<byte>*)from;
        }

        return end;
    }
}

/// <summary>The Connection field of a response.</summary>
internal enum ConnectionField : byte
{
    /// <summary>None: what HTTP/1.1 takes for granted.</summary>
    None,

    /// <summary><c>Connection: close</c>.</summary>
    Close,

    /// <summary><c>Connection: keep-alive</c>, which a client of HTTP/1.0 asked for.</summary>
    KeepAlive,
}
