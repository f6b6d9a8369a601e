using System;
#if FREESTANDING
using System.Runtime.CompilerServices;
#endif
using SyscallServer.Internal.Contract;
#if FREESTANDING
using SyscallServer.Internal.Features;
#endif
using SyscallServer.Internal.Http;
#if FREESTANDING
using SyscallServer.Internal.Kernel;
#endif
using SyscallServer.Internal.Text;

namespace SyscallServer;

/// <summary>
/// A request as a handler sees it: its head, and its body, which is complete. It lies in memory of the connection and is good until the handler returns; all spans point there,
/// and nothing is allocated. Text is UTF-8, or what the client takes for it.
/// </summary>
/// <seealso cref="GetAttribute"/>
public readonly unsafe ref struct Request
{
    private readonly RequestHead* _head;
    private readonly byte* _body;
    private readonly int _bodyLength;
    private readonly int _templateLength;
    private readonly byte* _template;
    private readonly Output* _output;
    private readonly delegate*<RequestHead*, Output*, byte*, byte*> _client;
#if FREESTANDING
    // There is one kernel: what asks it is called by its name, for a server whose handlers ask, and no other.

    /// <summary>Where the address of a client is written.</summary>
    private static ClientName s_client;

    [InlineArray(Layout.ClientName)]
    private struct ClientName
    {
        internal byte First;
    }
#else
    private readonly delegate*<long> _clock;
    private readonly delegate*<byte*, int, void> _log;
    private readonly byte* _clientName;
#endif

    /// <param name="head">The head.</param>
    /// <param name="body">The body; may be null where it is empty.</param>
    /// <param name="bodyLength">Bytes of the body.</param>
    /// <param name="template">The path of the route (<see cref="RouteTemplate"/>), a constant; empty where it has neither parameters nor a star.</param>
    /// <param name="output">The output of the connection.</param>
    /// <param name="client">Writes the address of the client. On the freestanding host null, where nobody but the kernel knows it.</param>
    internal Request(RequestHead* head, byte* body, int bodyLength, ReadOnlySpan<byte> template, Output* output, delegate*<RequestHead*, Output*, byte*, byte*> client)
    {
        _head = head;
        _body = body;
        _bodyLength = bodyLength;
        _template = CString.Of(template);
        _templateLength = template.Length;
        _output = output;
        _client = client;
    }

#if !FREESTANDING
    /// <summary>Where the address of the client is written: <see cref="Layout.ClientName"/> bytes.</summary>
    internal byte* ClientName
    {
        init => _clientName = value;
    }

    /// <summary>What asks for the milliseconds since 1970.</summary>
    internal delegate*<long> Clock
    {
        init => _clock = value;
    }

    /// <summary>What writes a line to standard error.</summary>
    internal delegate*<byte*, int, void> Logger
    {
        init => _log = value;
    }
#endif

    /// <summary>The method (RFC 9110, section 9). A handler for GET gets HEAD too, and may answer it in the same way: the body is left out.</summary>
    public HttpMethod Method => _head->Method;

    /// <summary>
    /// The path: percent-encodings decoded, dot segments removed; begins with a slash. <c>%2F</c> and <c>%25</c> stay as they are, for decoded they would be another path:
    /// <see cref="UrlEncoding.TryDecode"/> decodes them.
    /// </summary>
    public ReadOnlySpan<byte> Path => new(_head->Path, _head->PathLength);

    /// <summary>What the star of the route stands for: for <c>/files/*</c> and the path <c>/files/a/b</c> that is <c>a/b</c>. Empty where the route has none.</summary>
    public ReadOnlySpan<byte> Rest => Parameter("*"u8);

    /// <summary>What follows the question mark of the target, as it was sent. Empty where there is no question mark. See <see cref="TryGetQuery"/>.</summary>
    public ReadOnlySpan<byte> Query => new(_head->Query, _head->QueryLength);

    /// <summary>The host, without its port, in the letter case it was sent in. Empty where a request of HTTP/1.0 has none.</summary>
    public ReadOnlySpan<byte> Host => new(_head->Host, _head->HostLength);

    /// <summary>The body, without transfer coding: at most as many bytes as the attribute's MaxBodyBytes says.</summary>
    public ReadOnlySpan<byte> Body => new(_body, _bodyLength);

    /// <summary>The value of Content-Type; empty where there is none.</summary>
    public ReadOnlySpan<byte> ContentType => Header("content-type"u8);

    /// <summary>What time it is, in milliseconds since the beginning of 1970 (UTC). It asks the kernel, by a system call.</summary>
    public long UnixTimeMilliseconds
#if FREESTANDING
        => Clock.UnixMilliseconds<FreestandingKernel>();
#else
        => _clock();
#endif

    /// <summary>
    /// The address of the client: <c>192.0.2.7</c>, an IPv6 address as RFC 5952 has it, or <c>unix:</c> for one that has come by a Unix socket. With <see cref="TcpServerAttribute.ProxyProtocol"/> it is whom the proxy has named
    /// for the connection, and where that is one of <see cref="TcpServerAttribute.TrustedProxies"/>, whom the request names. Empty where the client has reset the connection meanwhile. It asks the kernel (getpeername(2)) each time, by a
    /// system call.
    /// </summary>
    public ReadOnlySpan<byte> ClientAddress
    {
        get
        {
#if FREESTANDING
            byte* name = (byte*)Unsafe.AsPointer(ref s_client);
            byte* end = _client != null ? _client(_head, _output, name) : HandlerClient.WriteConnected<FreestandingKernel>(_head, _output, name);
#else
            byte* name = _clientName;
            byte* end = _client(_head, _output, name);
#endif
            return new ReadOnlySpan<byte>(name, (int)(end - name));
        }
    }

    /// <summary>
    /// Writes a line to standard error. Control characters are written as <c>\x0A</c>, so that it stays one line whatever it has of the client's; all other bytes as they are. At most 4,096 bytes are written at once (PIPE_BUF,
    /// pipe(7)), so that lines of several processes do not mix: what is longer is cut. Whoever reads standard error slowly makes the server wait.
    /// </summary>
    /// <param name="line">The line, without its end.</param>
    public void Log(scoped ReadOnlySpan<byte> line)
#if FREESTANDING
        => HandlerLog.Write<FreestandingKernel>(CString.Of(line), line.Length);
#else
        => _log(CString.Of(line), line.Length);
#endif

    /// <summary>The segment that a parameter of the route stands for: for <c>/users/{id}</c> and the path <c>/users/7</c>, <c>id</c> is <c>7</c>.</summary>
    /// <param name="name">The name between the braces. Letter case matters.</param>
    /// <returns>The segment, in the form of <see cref="Path"/>, never empty; empty where the route has no such parameter.</returns>
    public ReadOnlySpan<byte> Parameter(scoped ReadOnlySpan<byte> name)
    {
        byte* path = _head->Path;
        byte* value = RouteTemplate.Value(_template, _template + _templateLength, path, path + _head->PathLength, name, out int length);
        return new ReadOnlySpan<byte>(value, length);
    }

    /// <summary>One of the segments that the star of the route stands for: for <c>/files/*</c> and the path <c>/files/a/b</c> the first is <c>a</c>.</summary>
    /// <param name="index">Which, from 0 on.</param>
    /// <returns>The segment, in the form of <see cref="Path"/>; empty where there are not so many.</returns>
    public ReadOnlySpan<byte> Segment(int index)
    {
        byte* segment = RouteTemplate.Value(_template, _template + _templateLength, _head->Path, _head->Path + _head->PathLength, "*"u8, out int length);
        byte* end = segment + length;
        while (true)
        {
            byte* segmentEnd = RouteTemplate.SegmentEnd(segment, end);
            if (index-- == 0)
            {
                return new ReadOnlySpan<byte>(segment, (int)(segmentEnd - segment));
            }

            if (segmentEnd == end)
            {
                return default;
            }

            segment = segmentEnd + 1;
        }
    }

    /// <summary>The value of a field line (RFC 9110, section 5).</summary>
    /// <param name="name">The field's name; letter case does not matter.</param>
    /// <param name="occurrence">Which of the lines with this name: 0 for the first.</param>
    /// <returns>The value, without blanks around it; empty where there is no such line.</returns>
    public ReadOnlySpan<byte> Header(scoped ReadOnlySpan<byte> name, int occurrence = 0)
    {
        byte* line = _head->Fields;
        byte* end = line + _head->FieldsLength;
        while (line < end)
        {
            byte* lineEnd = Scan.Value(line, end);
            if (lineEnd - line > name.Length && line[name.Length] == ':' && IsName(line, name) && occurrence-- == 0)
            {
                byte* value = Characters.AfterBlanks(line + name.Length + 1, lineEnd);
                return new ReadOnlySpan<byte>(value, (int)(Characters.BeforeBlanks(value, lineEnd) - value));
            }

            line = lineEnd + 2; // CRLF
        }

        return default;
    }

    /// <summary>Decodes a value of the query: of <c>?name=a%20b+c</c> that of <c>name</c> is <c>a b c</c>.</summary>
    /// <param name="name">The name, decoded. Letter case matters.</param>
    /// <param name="destination">Where the value goes.</param>
    /// <param name="written">The bytes that were written; 0 where there is no such value, or no room.</param>
    /// <param name="occurrence">Which of the values with this name: 0 for the first.</param>
    /// <returns>False where there is no such value, or no room.</returns>
    public bool TryGetQuery(scoped ReadOnlySpan<byte> name, scoped Span<byte> destination, out int written, int occurrence = 0)
        => UrlEncoding.TryGetValue(Query, name, destination, out written, occurrence);

    /// <summary>Decodes a value of the form that is the body, if its type is <c>application/x-www-form-urlencoded</c>, the one that browsers send by default.</summary>
    /// <param name="name">The name, decoded. Letter case matters.</param>
    /// <param name="destination">Where the value goes.</param>
    /// <param name="written">The bytes that were written; 0 where there is no such value, or no room.</param>
    /// <param name="occurrence">Which of the values with this name: 0 for the first.</param>
    /// <returns>False where the body is no such form, there is no such value, or no room.</returns>
    public bool TryGetForm(scoped ReadOnlySpan<byte> name, scoped Span<byte> destination, out int written, int occurrence = 0)
    {
        ReadOnlySpan<byte> form = "application/x-www-form-urlencoded"u8;
        ReadOnlySpan<byte> type = ContentType;
        if (type.Length >= form.Length && IsName(CString.Of(type), form)
            && (type.Length == form.Length || type[form.Length] is (byte)';' or (byte)' ' or (byte)'\t'))
        {
            return UrlEncoding.TryGetValue(Body, name, destination, out written, occurrence);
        }

        written = 0;
        return false;
    }

    /// <summary>Whether text of a head begins with a token, whatever its letter case.</summary>
    private static bool IsName(byte* text, ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (ToLower(text[i]) != ToLower(name[i]))
            {
                return false;
            }
        }

        return true;
    }

    internal static int ToLower(byte character) => (uint)(character - 'A') <= 'Z' - 'A' ? character | 0x20 : character;
}
