using System;

namespace SyscallServer.Internal.Contract;

/// <summary>The statuses with their reason phrases, which are the names in IANA's registry of HTTP status codes; each ends with a NUL. The generator compiles this file too.</summary>
internal static class StatusLines
{
    /// <summary>The usual ones (RFC 9110, section 15). A handler's response with another one has no reason phrase, for clients do not look at it.</summary>
    internal static ReadOnlySpan<byte> Usual =>
        "200 OK\0"u8 +
        "201 Created\0"u8 +
        "202 Accepted\0"u8 +
        "204 No Content\0"u8 +
        "301 Moved Permanently\0"u8 +
        "302 Found\0"u8 +
        "303 See Other\0"u8 +
        "304 Not Modified\0"u8 +
        "307 Temporary Redirect\0"u8 +
        "308 Permanent Redirect\0"u8 +
        "400 Bad Request\0"u8 +
        "401 Unauthorized\0"u8 +
        "403 Forbidden\0"u8 +
        "404 Not Found\0"u8 +
        "409 Conflict\0"u8 +
        "410 Gone\0"u8 +
        "412 Precondition Failed\0"u8 +
        "415 Unsupported Media Type\0"u8 +
        "422 Unprocessable Content\0"u8 +
        "429 Too Many Requests\0"u8 +
        "500 Internal Server Error\0"u8 +
        "503 Service Unavailable\0"u8;

    /// <summary>The others, which only planned responses have.</summary>
    internal static ReadOnlySpan<byte> Others =>
        "203 Non-Authoritative Information\0"u8 +
        "205 Reset Content\0"u8 +
        "206 Partial Content\0"u8 +
        "207 Multi-Status\0"u8 +
        "208 Already Reported\0"u8 +
        "226 IM Used\0"u8 +
        "300 Multiple Choices\0"u8 +
        "305 Use Proxy\0"u8 +
        "402 Payment Required\0"u8 +
        "405 Method Not Allowed\0"u8 +
        "406 Not Acceptable\0"u8 +
        "407 Proxy Authentication Required\0"u8 +
        "408 Request Timeout\0"u8 +
        "411 Length Required\0"u8 +
        "413 Content Too Large\0"u8 +
        "414 URI Too Long\0"u8 +
        "416 Range Not Satisfiable\0"u8 +
        "417 Expectation Failed\0"u8 +
        "421 Misdirected Request\0"u8 +
        "423 Locked\0"u8 +
        "424 Failed Dependency\0"u8 +
        "425 Too Early\0"u8 +
        "426 Upgrade Required\0"u8 +
        "428 Precondition Required\0"u8 +
        "431 Request Header Fields Too Large\0"u8 +
        "451 Unavailable For Legal Reasons\0"u8 +
        "501 Not Implemented\0"u8 +
        "502 Bad Gateway\0"u8 +
        "504 Gateway Timeout\0"u8 +
        "505 HTTP Version Not Supported\0"u8 +
        "506 Variant Also Negotiates\0"u8 +
        "507 Insufficient Storage\0"u8 +
        "508 Loop Detected\0"u8 +
        "511 Network Authentication Required\0"u8;
}
