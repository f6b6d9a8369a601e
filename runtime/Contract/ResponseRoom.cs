using System.Runtime.CompilerServices;

namespace SyscallServer.Internal.Contract;

/// <summary>
/// How much room responses take in an output. The generator compiles this file too: it computes the longest response of a server from all that can come together in one
/// (<c>IApp.LongestResponse</c>), and the engine begins no response where less is left. So nothing needs to look for the end of the buffer while it writes.
/// </summary>
internal static class ResponseRoom
{
    /// <summary>The longest head of a handler's response, and about the longest of others: what clients and proxies take at least. The author's own field lines have a part of it (SYSC048).</summary>
    internal const int LongestHead = 8192;

    /// <summary>The longest body that is copied behind its head. Copying so much costs less than the second element of a writev(2).</summary>
    internal const int LongestCopy = 2048;

    /// <summary>How many bytes are copied at a time, and so how many may be written behind the end of what is copied, less one.</summary>
    internal const int Block = 16;

    /// <summary><c>Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n</c></summary>
    internal const int DateLine = 37;

    /// <summary><c>Connection: keep-alive\r\n</c>, which is longer than <c>close</c>.</summary>
    internal const int ConnectionLine = 24;

    /// <summary>What the engine ends every head with at most: the date, what is said of the connection, and the empty line.</summary>
    internal const int End = DateLine + ConnectionLine + 2;

    /// <summary>
    /// What embedded files add to a planned head: <c>Content-Length: </c> (16) with 10 digits, <c>\r\nContent-Range: bytes </c> (23) with three numbers of 10 digits, a hyphen and a slash, the CRLF, and
    /// what <c>206 Partial Content</c> is longer than <c>200 OK</c> (13).
    /// </summary>
    internal const int LengthLines = 16 + 10 + 23 + 3 * 10 + 2 + 2 + 13;

    /// <summary>The most parts that a response has: enough for what a reader of documents asks for at once, and few enough that what is said of them is little beside any head.</summary>
    internal const int MostParts = 16;

    /// <summary>What a multipart response has besides in its head: <c>Content-Length: </c> (16) with 20 digits, and <c>\r\nContent-Type: multipart/byteranges; boundary=</c> (47) before the boundary, with the CRLF.</summary>
    internal const int MultipartLines = 16 + 20 + 47 + 2;

    /// <summary>
    /// What a part has before it besides boundary and media type: a <c>LaterPart</c> (24), <c>\r\n--</c> (4), <c>\r\nContent-Type: </c> (16), <c>\r\nContent-Range: bytes </c> (23) with three numbers of 20 digits, a hyphen and
    /// a slash, and <c>\r\n\r\n</c> (4).
    /// </summary>
    internal const int PartHead = 24 + 4 + 16 + 23 + 3 * 20 + 2 + 4;

    /// <summary>What a multipart body takes in an output, with what its head has of it. Its end is shorter than any part has before it; what that leaves is room for the last block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Multipart(int boundary, int type) => MultipartLines + boundary + (MostParts + 1) * (PartHead + boundary + type);

    /// <summary>The entity tag of a file: <c>W/</c>, two quotation marks, four numbers of 16 hexadecimal digits with a hyphen between, and a letter for the coding.</summary>
    internal const int FileTag = 2 + 2 + 4 * 16 + 3 + 1;

    /// <summary>The longest path that the kernel takes, with its NUL: PATH_MAX. It is put together where the head will be.</summary>
    internal const int LongestPath = 4096;

    /// <summary>
    /// What the head of a file has besides the author's field lines and its media type: <c>HTTP/1.1 416 Range Not Satisfiable</c> (34), <c>\r\nETag: </c> (8), <c>\r\nLast-Modified: </c> (17) with a date (29),
    /// <c>\r\nVary: Accept-Encoding</c> (23), <c>\r\nAccept-Ranges: bytes</c> (22), <c>\r\nContent-Length: </c> (18) and <c>\r\nContent-Range: bytes </c> (23) with numbers of 20 digits, <c>\r\nContent-Type: </c> (16),
    /// <c>\r\nContent-Encoding: gzip</c> (24), and the CRLF.
    /// </summary>
    internal const int FileLines = 34 + 8 + FileTag + 17 + 29 + 23 + 22 + 18 + 20 + 23 + 3 * 20 + 2 + 16 + 24 + 2;

    /// <summary>Room for the head of a file without the author's field lines: behind that a multipart body is put together.</summary>
    internal const int FileHead = FileLines + MultipartLines + FileTag + End;

    /// <summary>
    /// What a redirect to the path of a folder has besides the author's field lines and the location, which is at most as long as a request target may be:
    /// <c>HTTP/1.1 301 Moved Permanently</c> (30), <c>\r\nContent-Length: 0</c> (19), <c>\r\nLocation: </c> (12), and the CRLF.
    /// </summary>
    internal const int RedirectLines = 30 + 19 + 12 + 2;

    /// <summary><c>HTTP/1.1 </c></summary>
    internal const int StatusLineStart = 9;

    /// <summary>CRLF.</summary>
    internal const int LineEnd = 2;

    /// <summary>
    /// The buffer of an output. Where a response has room there are, as a rule, some thousand bytes of others already, which then go out with one write: as many as a head may have, and with most servers,
    /// whose responses are short, twice as many.
    /// </summary>
    /// <param name="longestResponse">See <c>IApp.LongestResponse</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Capacity(int longestResponse)
    {
        int capacity = LongestHead + longestResponse + Block;
        return capacity < 2 * LongestHead ? 2 * LongestHead : (capacity + 63) & -64;
    }
}
