using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Tests.Http;
using SyscallServer.Tests.Support;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>
/// What the server for the tests (tests/Servers/Http) answers, as data: each case is sent in many ways, on each host. The sections
/// are those of RFC 9112 and RFC 9110.
/// </summary>
internal static class HttpCases
{
    private const string Hello = "hello\n";
    private const string NotFound = "nothing here\n";
    private const string GetAllowed = "GET, HEAD, OPTIONS";
    private const string Empty = "\r\n";

    /// <summary>A GET of /hello with some field lines.</summary>
    private static string With(params string[] fields) => Of("GET /hello HTTP/1.1", ["Host: h", .. fields]);

    /// <summary>A request for a target, with some field lines.</summary>
    private static string To(string target, params string[] fields) => Of($"GET {target} HTTP/1.1", ["Host: h", .. fields]);

    /// <summary>A POST to /post with a body, behind some field lines.</summary>
    private static string Post(string body, params string[] fields) => Of("POST /post HTTP/1.1", ["Host: h", .. fields]) + body;

    /// <summary>A request made of its lines.</summary>
    private static string Of(string line, params string[] fields) => string.Concat(fields.Prepend(line).Select(text => text + "\r\n")) + Empty;

    private static HttpCase Good(string name, string request, int status = 200) => new(name, request, status);

    private static HttpCase Bad(string name, string request, int status = 400) => new(name, request, status) { Closes = true };

    /// <summary>All that need no entity tag.</summary>
    internal static IEnumerable<HttpCase> All => [.. RequestLine, .. Versions, .. Methods, .. Targets, .. Hosts, .. FieldLines, .. Framing, .. Chunks, .. Connections, .. Expectations, .. Responses, .. Codings, .. Limits];

    /// <summary>The requests that the parser's tests have too; all close the connection, but for an unknown method.</summary>
    internal static IEnumerable<HttpCase> Malformed
        => MalformedRequests.Read(Repository.Path("tests", "Http", "malformed.txt")).Select(request => new HttpCase(request.Name, request.Bytes, request.Status)
        {
            Closes = request.Status != 501 || RequestModel.Next(Encoding.Latin1.GetString(request.Bytes), 0).Closes,
        });

    /// <summary>RFC 9112, sections 2.2 and 3.</summary>
    private static IEnumerable<HttpCase> RequestLine =>
    [
        Good("an empty line before the request line", Empty + With()) with { Body = Hello },
        Good("three empty lines before the request line", Empty + Empty + Empty + With()) with { Body = Hello },
        Bad("a bare LF before the request line", "\n" + With()),
        Bad("a bare CR before the request line", "\r" + With()),
        Bad("LF ends the request line", "GET /hello HTTP/1.1\nHost: h\r\n\r\n"),
        Bad("LF ends all lines", "GET /hello HTTP/1.1\nHost: h\n\n"),
        Bad("LF ends the head", "GET /hello HTTP/1.1\r\nHost: h\r\n\n\r\n"),
        Bad("CR ends the request line", "GET /hello HTTP/1.1\rHost: h\r\n\r\n"),
        Bad("CR CR LF ends the request line", "GET /hello HTTP/1.1\r\r\nHost: h\r\n\r\n"),
        Bad("HTAB behind the method", "GET\t/hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("HTAB before the version", "GET /hello\tHTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("VT behind the method", "GET\v/hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("FF behind the method", "GET\f/hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("NUL behind the method", "GET\0/hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("NUL in the method", "G\0T /hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("two SP behind the method", "GET  /hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("two SP before the version", "GET /hello  HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("SP before the method", " GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("SP behind the version", "GET /hello HTTP/1.1 \r\nHost: h\r\n\r\n"),
        Bad("SP before the first field line", "GET /hello HTTP/1.1\r\n Host: h\r\n\r\n"),
        Bad("a colon in the method", "GE:T /hello HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("no target", "GET HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("an empty target", "GET  HTTP/1.1\r\nHost: h\r\n\r\n"),
        Bad("a TLS client hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
        Bad("a response", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
    ];

    /// <summary>RFC 9112, section 2.3; RFC 9110, section 2.5.</summary>
    private static IEnumerable<HttpCase> Versions =>
    [
        Good("HTTP/1.2", Of("GET /hello HTTP/1.2", "Host: h")) with { Body = Hello },
        Good("HTTP/1.9", Of("GET /hello HTTP/1.9", "Host: h")) with { Body = Hello },
        Good("HTTP/1.0", Of("GET /hello HTTP/1.0", "Host: h")) with { Body = Hello, Closes = true },
        Good("HTTP/1.0 without Host", Of("GET /hello HTTP/1.0")) with { Body = Hello, Closes = true },
        Bad("http/1.1", Of("GET /hello http/1.1", "Host: h")),
        Bad("Http/1.1", Of("GET /hello Http/1.1", "Host: h")),
        Bad("HTTP/1", Of("GET /hello HTTP/1", "Host: h")),
        Bad("HTTP/1.", Of("GET /hello HTTP/1.", "Host: h")),
        Bad("HTTP/.1", Of("GET /hello HTTP/.1", "Host: h")),
        Bad("HTTP/01.01", Of("GET /hello HTTP/01.01", "Host: h")),
        Bad("HTTP/1.01", Of("GET /hello HTTP/1.01", "Host: h")),
        Bad("HTTP/1.11", Of("GET /hello HTTP/1.11", "Host: h")),
        Bad("HTTP/11.1", Of("GET /hello HTTP/11.1", "Host: h")),
        Bad("HTTP/1,1", Of("GET /hello HTTP/1,1", "Host: h")),
        Bad("HTTP 1.1", Of("GET /hello HTTP 1.1", "Host: h")),
        Bad("HTTP/+1.1", Of("GET /hello HTTP/+1.1", "Host: h")),
        Bad("HTTPS/1.1", Of("GET /hello HTTPS/1.1", "Host: h")),
        Bad("no version, as in HTTP/0.9", "GET /hello\r\n\r\n"),
        Bad("no version, but a field line", Of("GET /hello", "Host: h")),
        Bad("HTTP/2.0", Of("GET /hello HTTP/2.0", "Host: h"), 505),
        Bad("HTTP/9.9", Of("GET /hello HTTP/9.9", "Host: h"), 505),
        Bad("HTTP/3.1", Of("GET /hello HTTP/3.1", "Host: h"), 505),
        Bad("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505) with { Statuses = [400, 505] },
    ];

    /// <summary>RFC 9110, section 9.</summary>
    private static IEnumerable<HttpCase> Methods =>
    [
        Good("GET", With()) with { Body = Hello },
        Good("HEAD", Of("HEAD /hello HTTP/1.1", "Host: h")) with { Body = "", Fields = [("Content-Length", "6")] },
        Good("HEAD in HTTP/1.0", Of("HEAD /hello HTTP/1.0")) with { Body = "", Fields = [("Content-Length", "6")], Closes = true },
        Good("HEAD of what is not there", Of("HEAD /nothing HTTP/1.1", "Host: h"), 404) with { Body = "", Fields = [("Content-Length", "13")] },
        Good("an unknown method", Of("BREW /hello HTTP/1.1", "Host: h"), 501),
        Good("a method in lower case", Of("get /hello HTTP/1.1", "Host: h"), 501),
        Good("a method of WebDAV", Of("PROPFIND /hello HTTP/1.1", "Host: h"), 501),
        Good("a method of odd characters", Of("!#$%&'*+-.^_`|~ /hello HTTP/1.1", "Host: h"), 501),
        Good("an unknown method with a body", Of("BREW /hello HTTP/1.1", "Host: h", "Content-Length: 3") + "tea", 501),
        Bad("a method longer than any", Of(new string('M', 100) + " /hello HTTP/1.1", "Host: h")),
        Good("POST where there is only GET", Of("POST /hello HTTP/1.1", "Host: h", "Content-Length: 0"), 405) with { Fields = [("Allow", GetAllowed)] },
        Good("PUT with a body where there is only GET", Of("PUT /hello HTTP/1.1", "Host: h", "Content-Length: 3") + "tea", 405) with { Fields = [("Allow", GetAllowed)] },
        Good("DELETE where there is only GET", Of("DELETE /hello HTTP/1.1", "Host: h"), 405) with { Fields = [("Allow", GetAllowed)] },
        Good("PATCH where there is only GET", Of("PATCH /hello HTTP/1.1", "Host: h"), 405) with { Fields = [("Allow", GetAllowed)] },
        Good("TRACE", Of("TRACE /hello HTTP/1.1", "Host: h"), 405) with { Fields = [("Allow", GetAllowed)] },
        Good("GET where there is only POST", To("/post"), 405) with { Fields = [("Allow", "POST, OPTIONS")] },
        Good("HEAD where there is only POST", Of("HEAD /post HTTP/1.1", "Host: h"), 405) with { Fields = [("Allow", "POST, OPTIONS")] },
        Good("POST of what is not there", Of("POST /nothing HTTP/1.1", "Host: h", "Content-Length: 3") + "tea", 404) with { Body = NotFound },
        Good("POST", Post("tea", "Content-Length: 3")) with { Body = "posted\n" },
        Good("GET of several methods", To("/both")) with { Body = "got\n" },
        Good("POST of several methods", Of("POST /both HTTP/1.1", "Host: h", "Content-Length: 0")) with { Body = "posted\n" },
        Good("PUT of several methods", Of("PUT /both HTTP/1.1", "Host: h", "Content-Length: 3") + "tea") with { Body = "put\n" },
        Good("DELETE of several methods", Of("DELETE /both HTTP/1.1", "Host: h")) with { Body = "deleted\n" },
        Good("PATCH of several methods", Of("PATCH /both HTTP/1.1", "Host: h", "Content-Length: 0")) with { Body = "patched\n" },
        Good("OPTIONS", Of("OPTIONS /hello HTTP/1.1", "Host: h"), 204) with { Body = "", Fields = [("Allow", GetAllowed), ("Content-Length", null)] },
        Good("OPTIONS of a prefix", Of("OPTIONS /prefix/x HTTP/1.1", "Host: h"), 204) with { Fields = [("Allow", GetAllowed)] },
        Good("OPTIONS of what is not there", Of("OPTIONS /nothing HTTP/1.1", "Host: h"), 404) with { Body = NotFound },
        Good("OPTIONS with a body", Of("OPTIONS /hello HTTP/1.1", "Host: h", "Content-Length: 3") + "tea", 204),
        Good("OPTIONS *", Of("OPTIONS * HTTP/1.1", "Host: h"), 204) with { Body = "", Fields = [("Content-Length", null)] },
        Good("OPTIONS * in HTTP/1.0", Of("OPTIONS * HTTP/1.0"), 204) with { Closes = true },
        Good("OPTIONS of a whole server by an absolute target", Of("OPTIONS http://h HTTP/1.1", "Host: h"), 204),
        Bad("GET *", Of("GET * HTTP/1.1", "Host: h")),
        Bad("HEAD *", Of("HEAD * HTTP/1.1", "Host: h")),
        Bad("OPTIONS **", Of("OPTIONS ** HTTP/1.1", "Host: h")),
        Bad("OPTIONS *?x", Of("OPTIONS *?x HTTP/1.1", "Host: h")),
        Good("CONNECT", Of("CONNECT h:80 HTTP/1.1", "Host: h:80"), 501) with { Statuses = [405, 501] },
        Bad("CONNECT with a path", Of("CONNECT /hello HTTP/1.1", "Host: h")),
    ];

    /// <summary>RFC 9112, section 3.2; RFC 3986.</summary>
    private static IEnumerable<HttpCase> Targets =>
    [
        Good("a query", To("/hello?a=b&c=d")) with { Body = Hello },
        Good("an empty query", To("/hello?")) with { Body = Hello },
        Good("question marks and slashes in a query", To("/hello?/../?a?//")) with { Body = Hello },
        Good("percent-encodings in a query", To("/hello?%00%0d%0a%2e")) with { Statuses = [200, 400] },
        Good("a query behind the root", To("/?x")),
        Good("what is not there", To("/nothing"), 404) with { Body = NotFound },
        Good("a route in other letters", To("/Hello"), 404),
        Good("a slash behind a route", To("/hello/"), 404),
        Good("a route is no prefix", To("/hello2"), 404),
        Good("half a route", To("/hell"), 404),
        Good("parameters of a segment", To("/hello;v=1"), 404),
        Good("a percent-encoded letter", To("/%68ello")) with { Body = Hello },
        Good("all letters percent-encoded", To("/%68%65%6c%6C%6F")) with { Body = Hello },
        Good("a percent-encoded space", To("/with%20space")) with { Body = "space\n" },
        Good("a plus is no space", To("/with+space"), 404),
        Good("a percent-encoded slash is no slash", To("/a%2Fb"), 404),
        Good("a percent-encoded slash in lower case is no slash", To("/a%2fb"), 404),
        Good("a percent-encoded percent", To("/%2568ello"), 404),
        Good("a percent-encoded question mark", To("/hello%3Fx"), 404),
        Good("bytes that are no UTF-8", To("/%ff%fe"), 404),
        Good("a dot segment", To("/./hello")) with { Body = Hello },
        Good("a segment and back", To("/x/../hello")) with { Body = Hello },
        Good("dot segments above the root", To("/../../hello")) with { Body = Hello },
        Good("percent-encoded dot segments", To("/x/%2e%2E/hello")) with { Body = Hello },
        Good("a percent-encoded dot segment above the root", To("/%2e%2e/%2e%2e/hello")) with { Body = Hello },
        Good("a dot segment at the end", To("/prefix/.")) with { Body = "prefix\n" },
        Good("a segment and back at the end", To("/prefix/x/..")) with { Body = "prefix\n" },
        Good("out of a prefix by dot segments", To("/prefix/../hello")) with { Body = Hello },
        Good("out of a prefix by percent-encoded dot segments", To("/prefix/%2e%2e/hello")) with { Body = Hello },
        Good("a percent-encoded slash behind dots makes no dot segment", To("/prefix/..%2fhello")) with { Body = "prefix\n" },
        Good("three dots are a name", To("/prefix/.../exact")) with { Body = "prefix\n" },
        Good("two slashes", To("//hello"), 404),
        Good("two slashes in the middle", To("/a//b"), 404),
        Good("two slashes and an authority are a path", To("//h/hello"), 404),
        Good("two slashes in a prefix", To("/prefix//exact")) with { Body = "prefix\n" },
        Good("two slashes and dot segments", To("/a//../b")) with { Body = "a, b\n" },
        Good("a prefix itself", To("/prefix/")) with { Body = "prefix\n" },
        Good("a prefix without its slash", To("/prefix"), 404),
        Good("below a prefix", To("/prefix/some/where?x")) with { Body = "prefix\n" },
        Good("what is exact before a prefix", To("/prefix/exact")) with { Body = "exact\n" },
        Good("what begins like what is exact", To("/prefix/exactly")) with { Body = "prefix\n" },
        Good("a longer prefix before a shorter", To("/prefix/deep/x")) with { Body = "deep\n" },
        Good("what begins like a longer prefix", To("/prefix/deeper")) with { Body = "prefix\n" },
        Good("a const string", To("/const")) with { Body = "a constant\n" },
        Good("a property in UTF-8", To("/u8")) with { Body = "bytes\n" },
        Good("an absolute target", To("http://h/hello")) with { Body = Hello },
        Good("an absolute target without a path", To("http://h")),
        Good("an absolute target without a path, with a query", To("http://h?x")),
        Good("an absolute target with a port", To("http://h:8080/hello?x")) with { Body = Hello },
        Good("an absolute target in other letters", To("HTTP://H/hello")) with { Body = Hello },
        Good("an absolute target with an IPv6 address", To("http://[::1]:80/hello")) with { Body = Hello },
        Good("an absolute target with dot segments", To("http://h/x/../hello")) with { Body = Hello },
        Bad("an absolute target with userinfo", To("http://user@h/hello")),
        Bad("an absolute target without a host", To("http:///hello")),
        Bad("an absolute target with a bad port", To("http://h:x/hello")),
        Bad("an absolute target without a Host field", Of("GET http://h/hello HTTP/1.1")),
        Bad("an absolute target of another scheme", To("ftp://h/hello")),
        Bad("a relative target", To("hello")),
        Bad("a query for a target", To("?x")),
        Bad("an authority for a target", To("h:80")),
        Bad("NUL in the target", To("/hel\0lo")),
        Bad("a control in the target", To("/hel\x01lo")),
        Bad("HTAB in the target", To("/hel\tlo")),
        Bad("DEL in the target", To("/hel\x7flo")),
        Bad("SP in the target", To("/hel lo")),
        Bad("a letter beyond ASCII in the target", To("/h\u00e9llo")),
        Bad("a fragment", To("/hello#x")),
        Bad("a fragment in the query", To("/hello?x#y")),
        Bad("a backslash", To("/x\\hello")),
        Bad("NUL in the query", To("/hello?\0")),
        Bad("a letter beyond ASCII in the query", To("/hello?\u00e9")),
        Bad("%00 in the path", To("/hello%00")),
        Bad("%0d in the path", To("/hello%0d")),
        Bad("%0A in the path", To("/%0Ahello")),
        Bad("a percent without digits", To("/hello%")),
        Bad("a percent with one digit", To("/hello%6")),
        Bad("a percent with letters that are no digits", To("/%6gello")),
    ];

    /// <summary>RFC 9112, section 3.2; RFC 9110, section 7.2; virtual hosts.</summary>
    private static IEnumerable<HttpCase> Hosts =>
    [
        Bad("no Host", Of("GET /hello HTTP/1.1")),
        Bad("two Hosts", With("Host: h")),
        Bad("two Hosts that differ", With("Host: i")),
        Bad("two Hosts in HTTP/1.0", Of("GET /hello HTTP/1.0", "Host: h", "Host: h")),
        Bad("an empty Host", Of("GET /hello HTTP/1.1", "Host:")),
        Bad("a blank Host", Of("GET /hello HTTP/1.1", "Host:   ")),
        Bad("a Host with userinfo", Of("GET /hello HTTP/1.1", "Host: user@h")),
        Bad("a Host with a path", Of("GET /hello HTTP/1.1", "Host: h/hello")),
        Bad("a Host with a query", Of("GET /hello HTTP/1.1", "Host: h?x")),
        Bad("a Host with a fragment", Of("GET /hello HTTP/1.1", "Host: h#x")),
        Bad("a Host with a comma", Of("GET /hello HTTP/1.1", "Host: h,i")),
        Bad("a Host with a list", Of("GET /hello HTTP/1.1", "Host: h, i")),
        Bad("a Host with a blank", Of("GET /hello HTTP/1.1", "Host: h i")),
        Bad("a Host with a scheme", Of("GET /hello HTTP/1.1", "Host: http://h")),
        Bad("a Host with a port that is no number", Of("GET /hello HTTP/1.1", "Host: h:x")),
        Bad("a Host with a port beyond 65535", Of("GET /hello HTTP/1.1", "Host: h:65536")),
        Bad("a Host with two ports", Of("GET /hello HTTP/1.1", "Host: h:80:80")),
        Bad("a Host that is only a port", Of("GET /hello HTTP/1.1", "Host: :80")),
        Bad("a Host with half a bracket", Of("GET /hello HTTP/1.1", "Host: [::1")),
        Bad("a Host with nothing in brackets", Of("GET /hello HTTP/1.1", "Host: []")),
        Bad("a Host beyond ASCII", Of("GET /hello HTTP/1.1", "Host: h\u00f6st")),
        Good("a Host with a port", Of("GET /hello HTTP/1.1", "Host: h:80")) with { Body = Hello },
        Good("a Host that is an IPv4 address", Of("GET /hello HTTP/1.1", "Host: 127.0.0.1:8080")) with { Body = Hello },
        Good("a Host that is an IPv6 address", Of("GET /hello HTTP/1.1", "Host: [::1]:8080")) with { Body = Hello },
        Good("a Host in other letters, behind other fields", Of("GET /hello HTTP/1.1", "Accept: */*", "hOST:h")) with { Body = Hello },
        Good("any host", To("/host")) with { Body = "any host\n" },
        Good("one virtual host", Of("GET /host HTTP/1.1", "Host: a.example")) with { Body = "host a\n" },
        Good("another virtual host", Of("GET /host HTTP/1.1", "Host: b.example")) with { Body = "host b\n" },
        Good("a virtual host with a port", Of("GET /host HTTP/1.1", "Host: a.example:8080")) with { Body = "host a\n" },
        Good("a virtual host in other letters", Of("GET /host HTTP/1.1", "Host: A.Example")) with { Body = "host a\n" },
        Good("what ends like a virtual host", Of("GET /host HTTP/1.1", "Host: xa.example")) with { Body = "any host\n" },
        Good("what begins like a virtual host", Of("GET /host HTTP/1.1", "Host: a.example.org")) with { Body = "any host\n" },
        Good("no Host in HTTP/1.0 is any host", Of("GET /host HTTP/1.0")) with { Body = "any host\n", Closes = true },
        Good("a virtual host in HTTP/1.0", Of("GET /host HTTP/1.0", "Host: a.example")) with { Body = "host a\n", Closes = true },
        Good("the host of an absolute target wins over Host", Of("GET http://b.example/host HTTP/1.1", "Host: a.example")) with { Body = "host b\n" },
        Good("what only one virtual host has", Of("GET /only-a HTTP/1.1", "Host: a.example")) with { Body = "only a\n" },
        Good("what only another virtual host has", Of("GET /only-a HTTP/1.1", "Host: b.example"), 404) with { Body = NotFound },
        Good("what every host has, of a virtual host", Of("GET /hello HTTP/1.1", "Host: a.example")) with { Body = Hello },
    ];

    /// <summary>RFC 9112, section 5; RFC 9110, section 5.5.</summary>
    private static IEnumerable<HttpCase> FieldLines =>
    [
        Good("no blank behind the colon", Of("GET /hello HTTP/1.1", "Host:h", "A:b")) with { Body = Hello },
        Good("blanks around a value", With("Connection: \t close \t ")) with { Body = Hello, Closes = true },
        Good("an empty value", With("X:")) with { Body = Hello },
        Good("a value of blanks", With("X: \t ")) with { Body = Hello },
        Good("HTAB in a value", With("X: a\tb")) with { Body = Hello },
        Good("bytes beyond ASCII in a value", With("X: h\u00e9llo\u00ff")) with { Body = Hello },
        Good("a name of odd characters", With("!#$%&'*+-.^_`|~9: x")) with { Body = Hello },
        Good("the same name many times", With("X: a", "x: b", "X: c")) with { Body = Hello },
        Good("colons in a value", With("X: a:b: c")) with { Body = Hello },
        Bad("an empty name", With(": x")),
        Bad("no colon", With("Xyz")),
        Bad("SP before the colon", With("X : y")),
        Bad("HTAB before the colon", With("X\t: y")),
        Bad("SP in a name", With("X y: z")),
        Bad("SP before a name", With(" X: y")),
        Bad("obs-fold", With("X: y", " z")),
        Bad("obs-fold by HTAB", With("X: y", "\tz")),
        Bad("obs-fold that is blank", With("X: y", " ")),
        Bad("parentheses in a name", With("X(y): z")),
        Bad("a slash in a name", With("X/y: z")),
        Bad("NUL in a name", With("X\0: y")),
        Bad("a byte beyond ASCII in a name", With("X\u00e9: y")),
        Bad("DEL in a name", With("X\x7f: y")),
        Bad("NUL in a value", With("X: y\0z")),
        Bad("a control in a value", With("X: y\x01z")),
        Bad("BS in a value", With("X: y\bz")),
        Bad("ESC in a value", With("X: \x1b[31m")),
        Bad("DEL in a value", With("X: y\x7fz")),
        Bad("LF in a value", With("X: y\nZ: a")),
        Bad("CR in a value", With("X: y\rZ: a")),
        Bad("CR CR LF behind a value", With("X: y\r")),
        Bad("a control in Host", Of("GET /hello HTTP/1.1", "Host: h\x01")),
    ];

    /// <summary>RFC 9112, section 6.</summary>
    private static IEnumerable<HttpCase> Framing =>
    [
        Good("a body", Post("01234", "Content-Length: 5")) with { Body = "posted\n" },
        Good("no body", Of("POST /post HTTP/1.1", "Host: h")) with { Body = "posted\n" },
        Good("Content-Length: 0", Post("", "Content-Length: 0")) with { Body = "posted\n" },
        Good("leading zeros", Post("01234", "Content-Length: 0005")) with { Body = "posted\n" },
        Good("a body with GET", With("Content-Length: 5") + "01234") with { Body = Hello },
        Good("a body with HEAD", Of("HEAD /hello HTTP/1.1", "Host: h", "Content-Length: 5") + "01234") with { Body = "" },
        Good("a body that looks like a request", Post(With(), $"Content-Length: {With().Length}")) with { Body = "posted\n" },
        Good("a body with a redirect", Of("POST /308 HTTP/1.1", "Host: h", "Content-Length: 5") + "01234", 308),
        Good("a body with a redirect that is only for GET", Of("POST /301 HTTP/1.1", "Host: h", "Content-Length: 5") + "01234", 405),
        Good("a body in HTTP/1.0", Of("POST /post HTTP/1.0", "Content-Length: 5") + "01234") with { Body = "posted\n", Closes = true },
        Good("a body of 60000 bytes", Post(new string('b', 60_000), "Content-Length: 60000")) with { Body = "posted\n" },
        Good("a body of as many bytes as may be", Post(new string('b', 100_000), "Content-Length: 100000")) with { Body = "posted\n" },
        Good("the same Content-Length twice", Post("01234", "Content-Length: 5", "Content-Length: 5")) with { Body = "posted\n" },
        Good("the same Content-Length in a list", Post("01234", "Content-Length: 5, 5")) with { Body = "posted\n" },
        Bad("Content-Lengths that differ", Post("01234", "Content-Length: 5", "Content-Length: 6")),
        Bad("Content-Lengths that differ in a list", Post("01234", "Content-Length: 5, 6")),
        Bad("an empty Content-Length", Post("", "Content-Length:")),
        Bad("Content-Length: +5", Post("01234", "Content-Length: +5")),
        Bad("Content-Length: -5", Post("01234", "Content-Length: -5")),
        Bad("Content-Length: -0", Post("", "Content-Length: -0")),
        Bad("Content-Length: 0x5", Post("01234", "Content-Length: 0x5")),
        Bad("Content-Length: 5 5", Post("01234", "Content-Length: 5 5")),
        Bad("Content-Length: 5.0", Post("01234", "Content-Length: 5.0")),
        Bad("Content-Length: 5,", Post("01234", "Content-Length: 5,")),
        Bad("Content-Length: 1e1", Post("0123456789", "Content-Length: 1e1")),
        Bad("Content-Length: \"5\"", Post("01234", "Content-Length: \"5\"")),
        Bad("a Content-Length of 2^64", Post("", "Content-Length: 18446744073709551616")),
        Bad("a Content-Length of 2^64 + 5", Post("01234", "Content-Length: 18446744073709551621")),
        Bad("a Content-Length of thirty digits", Post("", "Content-Length: 100000000000000000000000000000")),
        Bad("more than may be", Post("", "Content-Length: 100001"), 413),
        Bad("a Content-Length of 2^63", Post("", "Content-Length: 9223372036854775808")) with { Statuses = [400, 413] },
        Bad("a Content-Length of 2^64 - 1", Post("", "Content-Length: 18446744073709551615")) with { Statuses = [400, 413] },
        Bad("a Content-Length of 2^32", Post("", "Content-Length: 4294967296"), 413),
        Bad("Content-Length and Transfer-Encoding", Post("5\r\n01234\r\n0\r\n\r\n", "Content-Length: 15", "Transfer-Encoding: chunked")),
        Bad("Transfer-Encoding and Content-Length", Post("5\r\n01234\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Length: 15")),
        Bad("Transfer-Encoding in HTTP/1.0", Of("POST /post HTTP/1.0", "Host: h", "Transfer-Encoding: chunked") + "5\r\n01234\r\n0\r\n\r\n"),
        Bad("Transfer-Encoding: gzip", Post("", "Transfer-Encoding: gzip")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding: gzip, chunked", Post("0\r\n\r\n", "Transfer-Encoding: gzip, chunked")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding: chunked, gzip", Post("0\r\n\r\n", "Transfer-Encoding: chunked, gzip")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding: chunked, chunked", Post("0\r\n\r\n", "Transfer-Encoding: chunked, chunked")),
        Bad("two Transfer-Encodings", Post("0\r\n\r\n", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
        Bad("Transfer-Encoding: identity", Post("", "Transfer-Encoding: identity")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding: chunkedx", Post("0\r\n\r\n", "Transfer-Encoding: chunkedx")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding: xchunked", Post("0\r\n\r\n", "Transfer-Encoding: xchunked")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding: chunked;x=y", Post("0\r\n\r\n", "Transfer-Encoding: chunked;x=y")) with { Statuses = [400, 501] },
        Bad("an empty Transfer-Encoding", Post("0\r\n\r\n", "Transfer-Encoding:")) with { Statuses = [400, 501] },
        Bad("Transfer-Encoding with VT", Post("0\r\n\r\n", "Transfer-Encoding: \vchunked")),
    ];

    /// <summary>RFC 9112, section 7.1.</summary>
    private static IEnumerable<HttpCase> Chunks =>
    [
        Chunked("one chunk", "5\r\n01234\r\n0\r\n\r\n"),
        Chunked("no chunk", "0\r\n\r\n"),
        Chunked("three chunks", "1\r\na\r\n2\r\nbc\r\n3\r\ndef\r\n0\r\n\r\n"),
        Chunked("sizes in hexadecimal", "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n"),
        Chunked("leading zeros of sizes", "0005\r\n01234\r\n00000000\r\n\r\n"),
        Chunked("forty leading zeros", new string('0', 40) + "1\r\nx\r\n0\r\n\r\n"),
        Chunked("CRLF in a chunk", "4\r\n\r\n\r\n\r\n0\r\n\r\n"),
        Chunked("a chunk that looks like a request", $"{With().Length:x}\r\n{With()}\r\n0\r\n\r\n"),
        Chunked("a chunk extension", "5;a\r\n01234\r\n0\r\n\r\n"),
        Chunked("a chunk extension with a value", "5;a=b\r\n01234\r\n0;c=d\r\n\r\n"),
        Chunked("a chunk extension with a quoted value", "5;a=\"b;\\\"c\"\r\n01234\r\n0\r\n\r\n"),
        Chunked("chunk extensions", "5;a;b=c;d=\"e\"\r\n01234\r\n0\r\n\r\n"),
        Chunked("blanks around a chunk extension", "5 ; a = b\r\n01234\r\n0\r\n\r\n") with { Statuses = [200] },
        Chunked("a trailer", "0\r\nX: y\r\n\r\n"),
        Chunked("trailers", "1\r\nx\r\n0\r\nX: y\r\nExpires: never\r\nContent-Length: 5\r\n\r\n"),
        Chunked("a chunk of 60000 bytes", $"{60_000:x}\r\n{new string('c', 60_000)}\r\n0\r\n\r\n"),
        Good("chunked in other letters", Post("1\r\nx\r\n0\r\n\r\n", "transfer-encoding: CHUNKED")) with { Body = "posted\n" },
        Good("chunked with GET", With("Transfer-Encoding: chunked") + "1\r\nx\r\n0\r\n\r\n") with { Body = Hello },
        Good("chunked where there is nothing", Of("PUT /nothing HTTP/1.1", "Host: h", "Transfer-Encoding: chunked") + "1\r\nx\r\n0\r\n\r\n", 404),
        BadChunk("a size that is no number", "x\r\n\r\n"),
        BadChunk("no size", "\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a size with 0x", "0x5\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a size with a sign", "+5\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a negative size", "-5\r\n01234\r\n0\r\n\r\n"),
        BadChunk("SP before a size", " 5\r\n01234\r\n0\r\n\r\n"),
        BadChunk("SP behind a size", "5 \r\n01234\r\n0\r\n\r\n"),
        BadChunk("a size with an underscore", "5_0\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a size of 2^64", "10000000000000000\r\n01234\r\n0\r\n\r\n") with { Statuses = [400, 413] },
        BadChunk("a size of 2^64 + 5", "10000000000000005\r\n01234\r\n0\r\n\r\n") with { Statuses = [400, 413] },
        BadChunk("LF behind a size", "5\n01234\r\n0\r\n\r\n"),
        BadChunk("CR behind a size", "5\r01234\r\n0\r\n\r\n"),
        BadChunk("LF behind a chunk", "5\r\n01234\n0\r\n\r\n"),
        BadChunk("nothing behind a chunk", "5\r\n012340\r\n\r\n"),
        BadChunk("a chunk longer than its size", "5\r\n012345\r\n0\r\n\r\n"),
        BadChunk("LF ends the body", "5\r\n01234\r\n0\r\n\n"),
        BadChunk("a chunk extension without a name", "5;\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a chunk extension with a value without a name", "5;=b\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a chunk extension with a bad name", "5;a@\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a chunk extension that is not quoted to the end", "5;a=\"b\r\n01234\r\n0\r\n\r\n"),
        BadChunk("NUL in a chunk extension", "5;a=\"\0\"\r\n01234\r\n0\r\n\r\n"),
        BadChunk("LF in a chunk extension", "5;a\nb\r\n01234\r\n0\r\n\r\n"),
        BadChunk("CR in a chunk extension", "5;a\rb\r\n01234\r\n0\r\n\r\n"),
        BadChunk("a trailer without a colon", "0\r\nX\r\n\r\n"),
        BadChunk("SP before the colon of a trailer", "0\r\nX : y\r\n\r\n"),
        BadChunk("NUL in a trailer", "0\r\nX: \0\r\n\r\n"),
        BadChunk("obs-fold in a trailer", "0\r\nX: y\r\n z\r\n\r\n"),
        BadChunk("a bare LF in a trailer", "0\r\nX: y\nZ: a\r\n\r\n"),
        BadChunk("one chunk larger than a body may be", "186a1\r\n") with { Statuses = [413] },
        BadChunk("chunks larger than a body may be", $"{60_000:x}\r\n{new string('c', 60_000)}\r\n{60_000:x}\r\n") with { Statuses = [413] },
        BadChunk("a chunk extension without an end", "1;" + new string('e', 20_000)) with { Statuses = [400, 413, 431] },
        BadChunk("trailers without an end", "0\r\n" + string.Concat(Enumerable.Repeat("X: " + new string('t', 1000) + "\r\n", 20))) with { Statuses = [400, 413, 431] },
    ];

    private static HttpCase Chunked(string name, string body) => Good(name, Post(body, "Transfer-Encoding: chunked")) with { Body = "posted\n" };

    private static HttpCase BadChunk(string name, string body) => Bad(name, Post(body, "Transfer-Encoding: chunked"));

    /// <summary>RFC 9112, section 9.</summary>
    private static IEnumerable<HttpCase> Connections =>
    [
        Good("close", With("Connection: close")) with { Body = Hello, Closes = true },
        Good("close in other letters", With("connection: CLOSE")) with { Body = Hello, Closes = true },
        Good("close in a list", With("Connection: x, close ,y")) with { Body = Hello, Closes = true },
        Good("close in a list with empty elements", With("Connection: ,, ,close,")) with { Body = Hello, Closes = true },
        Good("close in the second of two fields", With("Connection: x", "Connection: close")) with { Body = Hello, Closes = true },
        Good("close wins over keep-alive", With("Connection: keep-alive, close")) with { Body = Hello, Closes = true },
        Good("what begins like close", With("Connection: closed")) with { Body = Hello },
        Good("what ends like close", With("Connection: xclose")) with { Body = Hello },
        Good("close in another field", With("X-Connection: close")) with { Body = Hello },
        Good("an empty Connection", With("Connection:")) with { Body = Hello },
        Good("keep-alive in HTTP/1.1", With("Connection: keep-alive")) with { Body = Hello },
        Good("keep-alive in HTTP/1.0", Of("GET /hello HTTP/1.0", "Connection: keep-alive")) with { Body = Hello },
        Good("Keep-Alive in HTTP/1.0", Of("GET /hello HTTP/1.0", "Connection: x, Keep-Alive")) with { Body = Hello },
        Good("keep-alive and close in HTTP/1.0", Of("GET /hello HTTP/1.0", "Connection: keep-alive, close")) with { Body = Hello, Closes = true },
        Good("keep-alive in HTTP/1.0 with what is not there", Of("GET /nothing HTTP/1.0", "Connection: keep-alive"), 404) with { Body = NotFound },
        Good("POST with keep-alive in HTTP/1.0", Of("POST /post HTTP/1.0", "Connection: keep-alive", "Content-Length: 3") + "tea") with { Body = "posted\n" },
        Good("Keep-Alive without Connection in HTTP/1.0", Of("GET /hello HTTP/1.0", "Keep-Alive: timeout=5")) with { Body = Hello, Closes = true },
        Good("Upgrade is ignored", With("Connection: Upgrade", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")) with { Body = Hello, Fields = [("Upgrade", null)] },
        Good("a WebSocket is ignored", With("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13")) with { Body = Hello },
        Good("close with a body", Post("tea", "Content-Length: 3", "Connection: close")) with { Body = "posted\n", Closes = true },
        Good("close with HEAD", Of("HEAD /hello HTTP/1.1", "Host: h", "Connection: close")) with { Body = "", Closes = true },
        Good("close with what is not there", To("/nothing", "Connection: close"), 404) with { Closes = true },
        Good("close with 204", To("/no-content", "Connection: close"), 204) with { Closes = true },
    ];

    /// <summary>RFC 9110, section 10.1.1.</summary>
    private static IEnumerable<HttpCase> Expectations =>
    [
        Good("100-continue", Post("tea", "Content-Length: 3", "Expect: 100-continue")) with { Body = "posted\n" },
        Good("100-continue in other letters", Post("tea", "Content-Length: 3", "expect: 100-Continue")) with { Body = "posted\n" },
        Good("100-continue with chunks", Post("3\r\ntea\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Expect: 100-continue")) with { Body = "posted\n" },
        Good("100-continue without a body", With("Expect: 100-continue")) with { Body = Hello },
        Good("100-continue in HTTP/1.0", Of("POST /post HTTP/1.0", "Content-Length: 3", "Expect: 100-continue") + "tea") with { Body = "posted\n", Closes = true },
        Good("another expectation in HTTP/1.0", Of("GET /hello HTTP/1.0", "Expect: a miracle"), 417) with { Statuses = [200, 417], Closes = true },
        Bad("100-continue for more than may be", Post("", "Content-Length: 100001", "Expect: 100-continue"), 413),
        Bad("another expectation", With("Expect: a-miracle"), 417),
        Bad("another expectation with a body", Post("tea", "Content-Length: 3", "Expect: 200-ok"), 417),
        Bad("100-continue and another expectation", Post("tea", "Content-Length: 3", "Expect: 100-continue, x"), 417),
    ];

    private static readonly int[] RedirectStatuses = [301, 302, 303, 307, 308];

    /// <summary>Statuses, redirects, the user's own fields and pages.</summary>
    private static IEnumerable<HttpCase> Responses =>
    [
        Good("the root", To("/")) with { Fields = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache")] },
        Good("a style sheet", To("/style.css")) with { Fields = [("Content-Type", "text/css; charset=utf-8")] },
        Good("JSON", To("/data.json")) with { Body = "{\"a\":1}\n", Fields = [("Content-Type", "application/json")] },
        Good("plain text", With()) with { Body = Hello, Fields = [("Content-Type", "text/plain; charset=utf-8"), ("Server", null), ("Cache-Control", null)] },
        Good("another charset", To("/latin")) with { Fields = [("Content-Type", "text/plain; charset=iso-8859-1"), ("Content-Length", "5")] },
        Good("an empty body", To("/empty")) with { Body = "", Fields = [("Content-Length", "0")] },
        Good("201", To("/created"), 201) with { Body = "created\n" },
        Good("204", To("/no-content"), 204) with { Body = "" },
        Good("204 for HEAD", Of("HEAD /no-content HTTP/1.1", "Host: h"), 204) with { Body = "" },
        Good("418", To("/teapot"), 418) with { Body = "short and stout\n" },
        Good("503 with a field of the user's", To("/unavailable"), 503) with { Body = "later\n", Fields = [("Retry-After", "120")] },
        Good("fields of the user's", To("/secure")) with { Fields = [("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'self'"), ("Cache-Control", "public, max-age=31536000, immutable")] },
        Good("an own page for 404", To("/nothing"), 404) with { Body = NotFound },
        .. RedirectStatuses.Select(status => Good($"a redirect with {status}", To($"/{status}"), status) with { Fields = [("Location", "/hello")] }),
        Good("a redirect for HEAD", Of("HEAD /301 HTTP/1.1", "Host: h"), 301) with { Body = "", Fields = [("Location", "/hello")] },
        Good("a redirect to another server", To("/elsewhere"), 302) with { Fields = [("Location", "https://example.org/there?x=1")] },
        Good("a redirect of a prefix", To("/moved/to/there?x=1"), 301) with { Fields = [("Location", "/hello")] },
        Good("a Range where there are none", With("Range: bytes=0-1")) with { Body = Hello },
        Good("a malformed Range", With("Range: bytes=x")) with { Body = Hello },
        Good("a Range of another unit", With("Range: lines=0-1")) with { Body = Hello },
    ];

    /// <summary>RFC 9110, section 12.5.3. Those that depend on what a coding gives are in the tests for them.</summary>
    private static IEnumerable<HttpCase> Codings =>
    [
        Coding("no Accept-Encoding", null),
        Coding("an empty Accept-Encoding", null, "Accept-Encoding:"),
        Coding("gzip", "gzip", "Accept-Encoding: gzip"),
        Coding("GZip", "gzip", "accept-encoding: GZip"),
        Coding("x-gzip", "gzip", "Accept-Encoding: x-gzip"),
        Coding("what a browser sends", "gzip", "Accept-Encoding: gzip, deflate, br, zstd"),
        Coding("gzip in the second of two fields", "gzip", "Accept-Encoding: br", "Accept-Encoding: gzip"),
        Coding("gzip;q=0.5", "gzip", "Accept-Encoding: gzip;q=0.5"),
        Coding("gzip with blanks", "gzip", "Accept-Encoding: br ; q=1 ,\tgzip ; q=0.001"),
        Coding("gzip;q=0", null, "Accept-Encoding: gzip;q=0"),
        Coding("gzip;q=0.000", null, "Accept-Encoding: gzip;q=0.000"),
        Coding("gzip;Q=0", null, "Accept-Encoding: gzip;Q=0"),
        Coding("gzip less than identity", null, "Accept-Encoding: gzip;q=0.5, identity;q=0.6"),
        Coding("gzip more than identity", "gzip", "Accept-Encoding: identity;q=0.5, gzip;q=0.6"),
        Coding("identity", null, "Accept-Encoding: identity"),
        Coding("*", "gzip", "Accept-Encoding: *"),
        Coding("* but not gzip", null, "Accept-Encoding: *, gzip;q=0"),
        Coding("nothing but gzip", "gzip", "Accept-Encoding: gzip, *;q=0"),
        Coding("gzip and not identity", "gzip", "Accept-Encoding: identity;q=0, gzip"),
        Coding("* and not identity", "gzip", "Accept-Encoding: identity;q=0, *"),
        Coding("nothing but identity", null, "Accept-Encoding: identity, *;q=0"),
        Coding("others", null, "Accept-Encoding: br, zstd, compress"),
        Coding("what begins like gzip", null, "Accept-Encoding: gzipped"),
        Good("nothing at all", To("/lines", "Accept-Encoding: *;q=0"), 406),
        Good("neither identity nor another that is there", To("/lines", "Accept-Encoding: br, identity;q=0"), 406),
        Good("neither identity nor gzip, which is not there", To("/uncompressed", "Accept-Encoding: gzip, identity;q=0"), 406),
        Good("gzip where there is none", To("/uncompressed", "Accept-Encoding: gzip")) with { Fields = [("Content-Encoding", null), ("Vary", null), ("Content-Length", "8192")] },
        Good("gzip where it would be larger", With("Accept-Encoding: gzip")) with { Body = Hello, Fields = [("Content-Encoding", null)] },
        Good("gzip of what is not there", To("/nothing", "Accept-Encoding: gzip;q=1, identity;q=0"), 404),
    ];

    private static HttpCase Coding(string name, string? coding, params string[] fields)
        => Good(name, To("/lines", fields)) with { Fields = [("Content-Encoding", coding), ("Vary", "Accept-Encoding")] };

    /// <summary>Targets of up to 8000 bytes, field lines of up to 8192.</summary>
    private static IEnumerable<HttpCase> Limits =>
    [
        Good("a target of 8000 bytes", To("/prefix/" + new string('t', 7992))) with { Body = "prefix\n" },
        Good("a query of 8000 bytes", To("/hello?" + new string('t', 7993))) with { Body = Hello },
        Bad("a target of 8001 bytes", To("/prefix/" + new string('t', 7993)), 414) with { Body = "too long\n" },
        Bad("a target of 100000 bytes", To("/prefix/" + new string('t', 99_992)), 414) with { Body = "too long\n" },
        Bad("a target without an end", "GET /" + new string('t', 20_000), 414),
        Good("field lines of 8192 bytes", With("X: " + new string('v', 8192 - "Host: h\r\nX: \r\n".Length))) with { Body = Hello },
        Bad("field lines of 8193 bytes", With("X: " + new string('v', 8193 - "Host: h\r\nX: \r\n".Length)), 431),
        Bad("a field name without an end", "GET /hello HTTP/1.1\r\nHost: h\r\n" + new string('n', 20_000), 431),
        Bad("a field value without an end", "GET /hello HTTP/1.1\r\nHost: h\r\nX: " + new string('v', 20_000), 431),
        Bad("field lines without an end", "GET /hello HTTP/1.1\r\nHost: h\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 5000)), 431),
        Good("the longest target with the longest field lines", To("/prefix/" + new string('t', 7992), "X: " + new string('v', 8192 - "Host: h\r\nX: \r\n".Length))) with { Body = "prefix\n" },
    ];

    /// <summary>RFC 9110, section 13.</summary>
    /// <param name="tag">The entity tag of /lines.</param>
    /// <param name="gzipTag">Its entity tag with the coding gzip.</param>
    internal static IEnumerable<HttpCase> Conditional(string tag, string gzipTag) =>
    [
        NotModified("If-None-Match", tag, $"If-None-Match: {tag}"),
        NotModified("If-None-Match, weakly", tag, $"If-None-Match: W/{tag}"),
        NotModified("If-None-Match, in a list", tag, $"If-None-Match: \"x\", W/\"y\" ,\t{tag}"),
        NotModified("If-None-Match, in a list without blanks", tag, $"If-None-Match: \"x\",{tag},\"y\""),
        NotModified("If-None-Match, behind empty elements", tag, $"If-None-Match: , ,{tag}"),
        NotModified("If-None-Match, behind a tag with a comma", tag, $"If-None-Match: \"a,b\", {tag}"),
        NotModified("If-None-Match, in the second of two fields", tag, "If-None-Match: \"x\"", $"If-None-Match: {tag}"),
        NotModified("If-None-Match: *", tag, "If-None-Match: *"),
        NotModified("If-None-Match with gzip", gzipTag, $"If-None-Match: {gzipTag}", "Accept-Encoding: gzip"),
        NotModified("If-None-Match beats If-Modified-Since", tag, $"If-None-Match: {tag}", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
        NotModified("If-Match and If-None-Match", tag, $"If-Match: {tag}", $"If-None-Match: {tag}"),
        Good("If-None-Match with HEAD", Of("HEAD /lines HTTP/1.1", "Host: h", $"If-None-Match: {tag}"), 304) with { Body = "", Fields = [("ETag", tag)] },
        Good("If-None-Match in HTTP/1.0", Of("GET /lines HTTP/1.0", $"If-None-Match: {tag}"), 304) with { Body = "", Closes = true },
        Good("If-None-Match with close", To("/lines", $"If-None-Match: {tag}", "Connection: close"), 304) with { Body = "", Closes = true },
        Modified("If-None-Match of another", tag, "If-None-Match: \"x\""),
        Modified("If-None-Match of half of it", tag, $"If-None-Match: {tag[..^2]}\""),
        Modified("If-None-Match of more than it", tag, $"If-None-Match: {tag[..^1]}x\""),
        Modified("If-None-Match within another tag", tag, $"If-None-Match: \"a,{tag.Trim('"')}\""),
        Modified("If-None-Match of the other coding", tag, $"If-None-Match: {gzipTag}"),
        Modified("If-None-Match of another beats If-Modified-Since", tag, "If-None-Match: \"x\"", "If-Modified-Since: Tue, 01 Jan 2080 00:00:00 GMT"),
        Modified("If-Modified-Since where there is no date", tag, "If-Modified-Since: Tue, 01 Jan 2080 00:00:00 GMT"),
        Modified("If-Unmodified-Since where there is no date", tag, "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT"),
        Modified("If-Match", tag, $"If-Match: {tag}"),
        Modified("If-Match: *", tag, "If-Match: *"),
        Modified("If-Match, in a list", tag, $"If-Match: \"x\", {tag}"),
        Modified("If-Match, in the second of two fields", tag, "If-Match: \"x\"", $"If-Match: {tag}"),
        Good("If-Match, weakly", To("/lines", $"If-Match: W/{tag}"), 412),
        Good("If-Match of another", To("/lines", "If-Match: \"x\""), 412),
        Good("If-Match of another with HEAD", Of("HEAD /lines HTTP/1.1", "Host: h", "If-Match: \"x\""), 412) with { Body = "" },
        Good("If-Match of another before If-None-Match", To("/lines", "If-Match: \"x\"", $"If-None-Match: {tag}"), 412),
        Good("If-None-Match: * with POST", Of("POST /both HTTP/1.1", "Host: h", "If-None-Match: *", "Content-Length: 3") + "tea", 412),
        Good("If-Match of another with POST", Of("POST /both HTTP/1.1", "Host: h", "If-Match: \"x\"", "Content-Length: 3") + "tea", 412),
        Good("If-Match of what is not there", To("/nothing", "If-Match: *"), 404) with { Body = NotFound },
        Good("If-None-Match of what is not there", To("/nothing", "If-None-Match: *"), 404) with { Body = NotFound },
        Good("If-None-Match of a redirect", To("/301", "If-None-Match: *"), 301),
        Good("If-Match of a method that is not there", Of("PUT /hello HTTP/1.1", "Host: h", "If-Match: \"x\""), 405),
        Good("If-None-Match with OPTIONS", Of("OPTIONS /hello HTTP/1.1", "Host: h", "If-None-Match: *"), 204),
    ];

    private static HttpCase NotModified(string name, string tag, params string[] fields)
        => Good(name, To("/lines", fields), 304) with { Body = "", Fields = [("ETag", tag), ("Vary", "Accept-Encoding"), ("Content-Length", null)] };

    private static HttpCase Modified(string name, string tag, params string[] fields)
        => Good(name, To("/lines", fields)) with { Fields = [("ETag", tag), ("Content-Length", "8192")] };
}
