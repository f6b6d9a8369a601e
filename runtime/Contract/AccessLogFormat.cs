namespace SyscallServer;

/// <summary>The form of the lines of an access log.</summary>
public enum AccessLogFormat
{
    /// <summary>
    /// The Common Log Format of Apache's httpd: client, time, request line, status, and bytes that were sent of the body:
    /// <c>127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /a HTTP/1.1" 200 2326</c>.
    /// </summary>
    Common,

    /// <summary>The same, and the fields Referer and User-Agent, each in quotes; <c>"-"</c> for one that is not there.</summary>
    Combined,

    /// <summary>
    /// A JSON object in each line: <c>time</c> (RFC 3339), <c>client</c>, <c>method</c>, <c>target</c>, <c>protocol</c>, <c>status</c>, the fields <c>host</c>, <c>referer</c>, <c>user_agent</c> and <c>request_id</c>
    /// (X-Request-Id), as far as the request has them, <c>bytes_received</c> of the request, <c>bytes</c> that were sent of the body, <c>duration_us</c>, the microseconds from the first byte of the request until the response
    /// was sent, and <c>aborted</c>, true, only if not all of it was.
    /// </summary>
    Json,
}
