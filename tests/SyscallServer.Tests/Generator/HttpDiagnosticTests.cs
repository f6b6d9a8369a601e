using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Generator;

/// <summary>Each mistake in the content of an HTTP server, what is said of it, and which text is underlined. Nothing else may be said.</summary>
public class HttpDiagnosticTests
{
    /// <summary>Id, a part of the message, the squiggled text, the attributes of the class.</summary>
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { "SYSC003", "IdleTimeoutSeconds is 0, but must be from 1 to 3600", "0", """[TcpServer(IdleTimeoutSeconds = 0)] [StaticResponse("/", "")]""" },
        { "SYSC003", "DrainDelaySeconds is 241, but must be from 0 to 240", "241", """[TcpServer(DrainDelaySeconds = 241)] [StaticResponse("/", "")]""" },
        { "SYSC003", "MaxTargetBytes is 63, but must be from 64 to 65536", "63", """[TcpServer(MaxTargetBytes = 63)] [StaticResponse("/", "")]""" },
        { "SYSC003", "MaxHeaderBytes is 65537, but must be from 256 to 65536", "65537", """[TcpServer(MaxHeaderBytes = 65537)] [StaticResponse("/", "")]""" },
        { "SYSC003", "MaxBodyBytes is -1, but must be from 0 to 1073741824", "-1", """[TcpServer(MaxBodyBytes = -1)] [StaticResponse("/", "")]""" },
        { "SYSC003", "MaxRequestMemoryBytes is 2097151, but must be from 2097152 to 1073741824", "2097151", """[TcpServer(Concurrency = Concurrency.EventLoop, MaxRequestMemoryBytes = 2097151)] [StaticResponse("/", "")]""" },
        { "SYSC003", "a request has a part of it until its body is complete", "1073741825", """[TcpServer(Concurrency = Concurrency.EventLoop, MaxRequestMemoryBytes = 1073741825)] [StaticResponse("/", "")]""" },
        { "SYSC005", "add a route to the class, such as [StaticResponse(\"/\", \"Hello, World!\")]", "TcpServer", """[TcpServer] [NotFound("")]""" },
        { "SYSC007", "The response has 1048577 bytes, but at most 1048576", "Text.Long", """[TcpServer] [StaticResponse("/", Text.Long)]""" },
        { "SYSC007", "The response has 1048577 bytes, but at most 1048576", "Text.Long", """[TcpServer] [StaticResponse("/", "")] [NotFound(body: Text.Long)]""" },
        { "SYSC014", "lone surrogate at index 1", "\"a\\uD800\"", """[TcpServer] [StaticResponse("/", "a\uD800")]""" },
        { "SYSC014", "lone surrogate at index 0", "\"\\uD800\"", """[TcpServer] [StaticResponse("/", "\uD800", Charset = "us-ascii")]""" },
        { "SYSC014", "it is null", "(string)null!", """[TcpServer] [StaticResponse("/", (string)null!)]""" },
        { "SYSC014", "it is null", "(byte[])null!", """[TcpServer] [StaticResponse("/", "")] [ErrorPage(400, (byte[])null!)]""" },
        { "SYSC016", "'Site' has a response but is no server", "StaticResponse(\"/\", \"\")", """[StaticResponse("/", "")]""" },
        { "SYSC016", "'Site' has a response but is no server", "Redirect(\"/\", \"/a\")", """[Redirect("/", "/a")] [NotFound("")]""" },
        { "SYSC016", "'Site' has a response but is no server", "ErrorPage(400, \"\")", """[ErrorPage(400, "")]""" },

        { "SYSC030", "\"index.html\" does not begin with a slash", "\"index.html\"", """[TcpServer] [StaticResponse("index.html", "")]""" },
        { "SYSC030", "\"\" does not begin with a slash", "\"\"", """[TcpServer] [StaticResponse("", "x")]""" },
        { "SYSC030", "\"\" does not begin with a slash", "null!", """[TcpServer] [StaticResponse(null!, "x")]""" },
        { "SYSC030", "and a host as Host =", "\"http://example.com/\"", """[TcpServer] [StaticResponse("http://example.com/", "")]""" },
        { "SYSC030", "\"*\" does not begin", "\"*\"", """[TcpServer] [Redirect("*", "/")]""" },
        { "SYSC031", "leave out '?' and what follows", "\"/a?b\"", """[TcpServer] [StaticResponse("/a?b", "")]""" },
        { "SYSC031", "leave out '#' and what follows", "\"/#top\"", """[TcpServer] [StaticResponse("/#top", "")]""" },
        { "SYSC031", "write '/' instead of '\\'", "@\"/a\\b\"", """[TcpServer] [StaticResponse(@"/a\b", "")]""" },
        { "SYSC031", "it holds a line feed", "\"/a\\nb\"", """[TcpServer] [StaticResponse("/a\nb", "")]""" },
        { "SYSC031", "it holds the control character U+007F", "\"/\\u007F\"", """[TcpServer] [StaticResponse("/\u007F", "")]""" },
        { "SYSC031", "there is a lone surrogate at index 1", "\"/\\uDC00\"", """[TcpServer] [StaticResponse("/\uDC00", "")]""" },
        { "SYSC031", "'%' at index 4 is not followed by two hexadecimal digits", "\"/100%\"", """[TcpServer] [StaticResponse("/100%", "")]""" },
        { "SYSC031", "'%' at index 1 is not followed", "\"/%G0\"", """[TcpServer] [StaticResponse("/%G0", "")]""" },
        { "SYSC031", "'%' at index 1 is not followed", "\"/%é1\"", """[TcpServer] [StaticResponse("/%é1", "")]""" },
        { "SYSC031", "a request with such a path is bad (400)", "\"/%00\"", """[TcpServer] [StaticResponse("/%00", "")]""" },
        { "SYSC031", "a request with such a path is bad (400)", "\"/a%0D%0Ab\"", """[TcpServer] [Redirect("/a%0D%0Ab", "/")]""" },
        { "SYSC031", "'*' stands for the rest of a path", "\"/a*\"", """[TcpServer] [StaticResponse("/a*", "")]""" },
        { "SYSC031", "'*' stands for the rest of a path", "\"/*/b\"", """[TcpServer] [StaticResponse("/*/b", "")]""" },
        { "SYSC031", "'*' stands for the rest of a path", "\"/**\"", """[TcpServer] [StaticResponse("/**", "")]""" },
        { "SYSC031", "braces are kept for parameters", "\"/{id}\"", """[TcpServer] [StaticResponse("/{id}", "")]""" },
        { "SYSC032", "\"/a/../b\" is found as \"/b\"", "\"/a/../b\"", """[TcpServer] [StaticResponse("/a/../b", "")]""" },
        { "SYSC032", "is found as \"/caf%C3%A9/\"", "\"/caf%C3%A9/%2e\"", """[TcpServer] [StaticResponse("/caf%C3%A9/%2e", "")]""" },
        { "SYSC032", "is found as \"/*\"", "\"/../*\"", """[TcpServer] [StaticResponse("/../*", "")]""" },
        { "SYSC033", "a target of 65 bytes, but MaxTargetBytes is 64", $"\"/{new string('a', 64)}\"", $$"""[TcpServer(MaxTargetBytes = 64)] [StaticResponse("/{{new string('a', 64)}}", "")]""" },
        { "SYSC033", "a target of 67 bytes, but MaxTargetBytes is 64", $"\"/{new string('é', 11)}\"", $$"""[TcpServer(MaxTargetBytes = 64)] [StaticResponse("/{{new string('é', 11)}}", "")]""" },
        { "SYSC034", "There already is a route for GET /a: keep one", "\"/%61\"", """[TcpServer] [StaticResponse("/a", "1")] [StaticResponse("/%61", "2")]""" },
        { "SYSC034", "a route for GET /a/* of the host example.com", "\"/a/*\"", """[TcpServer] [StaticResponse("/%61/*", "1", Host = "EXAMPLE.com")] [Redirect("/a/*", "/", Host = "example.com")]""" },
        { "SYSC034", "a route for POST /", "\"/\" + \"\"", """[TcpServer] [StaticResponse("/", "1", Method = "POST")] [StaticResponse("/" + "", "2", Method = "POST")]""" },
        { "SYSC035", "nothing is ever not found", "NotFound(\"\")", """[TcpServer] [StaticResponse("/*", "")] [NotFound("")]""" },
        { "SYSC035", "nothing is ever not found", "ErrorPage(404, \"\")", """[TcpServer] [Redirect("/*", "https://example.com/")] [ErrorPage(404, "")]""" },

        { "SYSC016", "'Site' has a response but is no server", "Files(\"/\", \".\")", """[Files("/", ".")]""" },
        { "SYSC031", "'*' stands for the rest of a path", "\"/*/\"", """[TcpServer] [Files("/*/", ".")]""" },
        { "SYSC034", "There already is a route for GET /a/*", "\"/a/*\"", """[TcpServer] [Files("/a/", ".")] [StaticResponse("/a/*", "")]""" },
        { "SYSC090", "\"/files\" is not what paths of files can begin with", "\"/files\"", """[TcpServer] [Files("/files", ".")]""" },
        { "SYSC090", "write a slash at both ends", "null!", """[TcpServer] [Files(null!, ".")]""" },
        { "SYSC030", "\"files/*\" does not begin with a slash", "\"files/\"", """[TcpServer] [Files("files/", ".")]""" },
        { "SYSC091", "\"\" is not the path of a folder", "\"\"", """[TcpServer] [Files("/", "")]""" },
        { "SYSC091", "\"a\\0\" is not the path", "\"a\\0\"", """[TcpServer] [Files("/", "a\0")]""" },
        { "SYSC092", "'Site' has 257 different folders in [Files] and [Upload], but can have 256", "TcpServer", "[TcpServer] " + string.Concat(Enumerable.Range(0, 257).Select(index => $"[Files(\"/{index}/\", \"{index}\")]")) },
        { "SYSC003", "MaxBodyBytes is 0, but must be from 1 to 1099511627776", "0", """[TcpServer(Address = "127.0.0.1")] [Upload("/", ".", MaxBodyBytes = 0)]""" },
        { "SYSC003", "MaxBodyBytes is 1099511627777, but must be", "(1L << 40) + 1", """[TcpServer(Address = "127.0.0.1")] [Upload("/", ".", MaxBodyBytes = (1L << 40) + 1)]""" },
        { "SYSC034", "There already is a route for POST /a/*", "\"/a/*\"", """[TcpServer(Address = "127.0.0.1")] [Upload("/a/", ".")] [StaticResponse("/a/*", "", Method = "POST")]""" },
        { "SYSC086", "Clients can upload to './a'", "true", """[TcpServer(Address = "127.0.0.1")] [Files("/", "./a", Precompressed = true)] [Upload("/", "a/b/")]""" },
        { "SYSC087", "Whoever reaches 0.0.0.0:8080 can upload", "Upload(\"/\", \"a\")", """[TcpServer] [Upload("/", "a")]""" },
        { "SYSC087", "Whoever reaches [::ffff:1.2.3.4]:80 can upload", "Upload(\"/\", \"a\")", """[TcpServer(Listen = ["unix:/s", "[::1]:80", "127.1.2.3:80", "[::ffff:127.0.0.1]:81", "[::ffff:1.2.3.4]:80"])] [Upload("/", "a")]""" },
        { "SYSC052", "Public means nothing to a server that only this machine reaches", "true", """[TcpServer(Listen = ["unix:/s"])] [Upload("/", "a", Public = true)]""" },
        { "SYSC088", "\"https://app.example/\" is not an origin", "\"https://app.example/\"", """[TcpServer(Address = "127.0.0.1")] [Upload("/", "a", AllowedOrigins = ["https://app.example:8443", "https://app.example/"])]""" },
        { "SYSC088", "\"http://a:80\" is not an origin", "\"http://a:80\"", """[TcpServer(Address = "127.0.0.1")] [Upload("/", "a", AllowedOrigins = ["http://a:80"])]""" },
        { "SYSC090", "\"/a\" is not what paths of files can begin with", "\"/a\"", """[TcpServer(Address = "127.0.0.1")] [Upload("/a", ".")]""" },
        { "SYSC091", "\"\" is not the path of a folder", "\"\"", """[TcpServer(Address = "127.0.0.1")] [Upload("/", "")]""" },
        { "SYSC038", "the errors that the server itself gives are 400, 404, 405", "500", """[TcpServer] [StaticResponse("/", "")] [ErrorPage(500, "")]""" },

        { "SYSC120", "\"\" is not a realm", "\"\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "", Users = "U")]""" },
        { "SYSC120", "write 1 to 100 printable ASCII characters", "\"a\\\"b\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "a\"b", Users = "U")]""" },
        { "SYSC120", "\"a\\b\" is not a realm", "@\"a\\b\"", """[TcpServer] [StaticResponse("/", "")] [BearerAuth("/", @"a\b", Tokens = "U")]""" },
        { "SYSC120", "\"a\\u000D\\u000Ab\" is not a realm", "\"a\\r\\nb\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "a\r\nb", Users = "U")]""" },
        { "SYSC120", "is not a realm", "\"é\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "é", Users = "U")]""" },
        { "SYSC120", "...\" is not a realm", "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", Users = "U")]""" },
        { "SYSC121", "No users are named: write Users = \"...\" for a variable", "BasicAuth(\"/\", \"x\")", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x")]""" },
        { "SYSC121", "No tokens are named: write Tokens = \"...\" for a variable of the environment, TokensFile = \"...\" for a file, or TokenHashes", "BearerAuth(\"/\", \"x\", TokenHashes = [])", """[TcpServer] [StaticResponse("/", "")] [BearerAuth("/", "x", TokenHashes = [])]""" },
        { "SYSC122", "Users has to be the name of a variable of the environment", "\"admin:secret\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x", Users = "admin:secret")]""" },
        { "SYSC122", "no secret stands in the program", "\"1A\"", """[TcpServer] [StaticResponse("/", "")] [BearerAuth("/", "x", Tokens = "1A")]""" },
        { "SYSC122", "Users has to be", "\"\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x", Users = "")]""" },
        { "SYSC122", "Users has to be", "null", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x", Users = null)]""" },
        { "SYSC122", "UsersFile has to be a file: write an absolute path", "\"secrets/users\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x", UsersFile = "secrets/users")]""" },
        { "SYSC122", "TokensFile has to be a file", "\"/a\\0\"", """[TcpServer] [StaticResponse("/", "")] [BearerAuth("/", "x", TokensFile = "/a\0")]""" },
        { "SYSC122", "UserHashes has to be 64 hexadecimal digits", "\"secret\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x", UserHashes = ["0000000000000000000000000000000000000000000000000000000000000000", "secret"])]""" },
        { "SYSC122", "TokenHashes has to be 64 hexadecimal digits", "\"000000000000000000000000000000000000000000000000000000000000000g\"", """[TcpServer] [StaticResponse("/", "")] [BearerAuth("/", "x", TokenHashes = ["000000000000000000000000000000000000000000000000000000000000000g"])]""" },
        { "SYSC123", "No route answers '/admin/*', so nothing is guarded", "\"/admin/*\"", """[TcpServer] [StaticResponse("/a", "")] [BasicAuth("/admin/*", "x", Users = "U")]""" },
        { "SYSC123", "No route answers '/admin/*' for PUT", "\"/admin/*\"", """[TcpServer] [StaticResponse("/admin/a", "")] [BasicAuth("/admin/*", "x", Users = "U", Methods = ["PUT"])]""" },
        { "SYSC123", "for all paths of a folder write \"/a/*\"", "\"/a\"", """[TcpServer] [StaticResponse("/a/*", "")] [BasicAuth("/a", "x", Users = "U")]""" },
        { "SYSC123", "for all paths of a folder write \"/*\"", "\"/\"", """[TcpServer] [Files("/", ".")] [BasicAuth("/", "x", Users = "U")]""" },
        { "SYSC123", "the path of [HealthCheck] is open to everybody", "\"/healthz\"", """[TcpServer] [HealthCheck("/healthz")] [BasicAuth("/healthz", "x", Users = "U")]""" },
        { "SYSC123", "No route answers '/b/*'", "\"/b/*\"", """[TcpServer] [StaticResponse("/a", "")] [AllowFrom("::1", Path = "/b/*")]""" },
        { "SYSC124", "This [BasicAuth] and another [BasicAuth] have some requests for '/' in common", "BasicAuth(\"/\", \"x\", Users = \"V\")", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/", "x", Users = "U")] [BasicAuth("/", "x", Users = "V")]""" },
        { "SYSC124", "This [BearerAuth] and another [BasicAuth] have some requests for '/*' in common", "BearerAuth(\"/*\", \"x\", Tokens = \"V\", Methods = [\"GET\"])", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("/*", "x", Users = "U")] [BearerAuth("/*", "x", Tokens = "V", Methods = ["GET"])]""" },
        { "SYSC124", "or Methods of which none is in both", "BearerAuth(\"/*\", \"x\", Tokens = \"V\", Methods = [\"GET\", \"PUT\"])", """[TcpServer] [StaticResponse("/", "")] [StaticResponse("/", "", Method = "PUT")] [BasicAuth("/*", "x", Users = "U", Methods = ["PUT"])] [BearerAuth("/*", "x", Tokens = "V", Methods = ["GET", "PUT"])]""" },
        { "SYSC124", "This [AllowFrom] and another [AllowFrom]", "AllowFrom(\"10.0.0.0/8\")", """[TcpServer] [StaticResponse("/", "")] [AllowFrom("::1")] [AllowFrom("10.0.0.0/8")]""" },
        { "SYSC125", "Methods leaves POST of '/*' open to everybody", "[\"PUT\"]", """[TcpServer(Address = "127.0.0.1")] [Upload("/", ".")] [BasicAuth("/*", "x", Users = "U", Methods = ["PUT"])]""" },
        { "SYSC125", "Methods leaves DELETE of '/a' open to everybody", "[\"GET\"]", """[TcpServer] [StaticResponse("/a", "")] [StaticResponse("/a", "", Method = "DELETE")] [BearerAuth("/*", "x", Tokens = "U", Methods = ["GET"])]""" },
        { "SYSC126", "'/a' needs credentials, but 'public' in its Cache-Control", "\"/a\"", """[TcpServer] [StaticResponse("/a", "", CacheControl = "max-age=5, Public")] [BasicAuth("/*", "x", Users = "U")]""" },
        { "SYSC126", "'/*' needs credentials, but 's-maxage'", "\"/*\"", """[TcpServer] [StaticResponse("/*", "", Headers = ["Cache-Control: s-maxage=5"])] [BasicAuth("/a/*", "x", Users = "U")]""" },
        { "SYSC126", "'must-revalidate'", "\"/a/\"", """[TcpServer] [Files("/a/", ".", CacheControl = "must-revalidate")] [BasicAuth("/*", "x", Users = "U")]""" },
        { "SYSC133", "\"\" is no origin of pages: it is empty", "\"\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = [""])]""" },
        { "SYSC133", "no origin is named", "Cors(\"/\")", """[TcpServer] [StaticResponse("/", "")] [Cors("/")]""" },
        { "SYSC133", "no origin is named", "[]", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = [])]""" },
        { "SYSC133", "\"null\" is what pages of files and of sandboxes send", "\"null\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example", "null"])]""" },
        { "SYSC133", "browsers send no slash at its end", "\"https://a.example/\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example/"])]""" },
        { "SYSC133", "an origin has no path", "\"https://a.example/app\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example/app"])]""" },
        { "SYSC133", "it begins with a scheme", "\"a.example\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["a.example"])]""" },
        { "SYSC133", "in small letters", "\"https://A.example\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://A.example"])]""" },
        { "SYSC133", "do not send the usual port", "\"https://a.example:443\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example:443"])]""" },
        { "SYSC133", "for no part of one", "\"https://*.example\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://*.example"])]""" },
        { "SYSC133", "write it alone", "\"*\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example", "*"])]""" },
        { "SYSC133", "it is there already", "\"https://a.example\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example", "https://a.example"])]""" },
        { "SYSC133", "a scheme (http or https)", "\"ftp://a.example\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["ftp://a.example"])]""" },
        { "SYSC133", "a host in ASCII", "\"https://é.example\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://é.example"])]""" },
        { "SYSC134", "'*' in Origins stands for nothing where Credentials = true", "\"*\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], Credentials = true)]""" },
        { "SYSC134", "'*' in Headers", "\"*\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example"], Headers = ["*"], Credentials = true)]""" },
        { "SYSC134", "'*' in ExposeHeaders", "\"*\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["https://a.example"], ExposeHeaders = ["*"], Credentials = true)]""" },
        { "SYSC135", "\"Cookie\" in Headers has no use: no page can send it", "\"Cookie\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], Headers = ["Cookie"])]""" },
        { "SYSC135", "\"sec-x\" in Headers", "\"sec-x\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], Headers = ["sec-x"])]""" },
        { "SYSC135", "it is no name of a header", "\"a b\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], Headers = ["a b"])]""" },
        { "SYSC135", "it is there already", "\"etag\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], ExposeHeaders = ["ETag", "etag"])]""" },
        { "SYSC135", "no page can read it", "\"Set-Cookie\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], ExposeHeaders = ["Set-Cookie"])]""" },
        { "SYSC137", "No route has a path of '/b/*'", "\"/b/*\"", """[TcpServer] [StaticResponse("/a", "")] [Headers("/b/*", "X: y")]""" },
        { "SYSC137", "for all paths of a folder write \"/a/*\"", "\"/a/\"", """[TcpServer] [StaticResponse("/a/b", "")] [Cors("/a/", Origins = ["*"])]""" },
        { "SYSC003", "MaxAge is 86401, but must be from 0 to 86400", "86401", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], MaxAge = 86401)]""" },
        { "SYSC003", "MaxAge is -1", "-1", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], MaxAge = -1)]""" },
        { "SYSC041", "\"OPTIONS\" is not the method of a route", "\"OPTIONS\"", """[TcpServer] [StaticResponse("/", "")] [Cors("/", Origins = ["*"], Methods = ["GET", "OPTIONS"])]""" },
        { "SYSC045", "write the headers after the path", "Headers(\"/\")", """[TcpServer] [StaticResponse("/", "")] [Headers("/")]""" },
        { "SYSC045", "or as \"!Name\"", "\"X\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/", "A: b", "X")]""" },
        { "SYSC045", "it has no value: write \"!X\"", "\"X:\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/", "X:")]""" },
        { "SYSC045", "is not a token", "\"! X y\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/", "! X y")]""" },
        { "SYSC045", "a line feed", "\"X: a\\nY: b\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/", "X: a\nY: b")]""" },
        { "SYSC045", "'Content-Type' is written by the server itself", "\"Content-Type: a/b\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/", "Content-Type: a/b")]""" },
        { "SYSC045", "write [Redirect]", "\"location: /\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/", new[] { "A: b", "location: /" })]""" },
        { "SYSC045", "write [Headers(\"/a\", \"!X\")]", "\"/a\"", """[TcpServer] [StaticResponse("/a", "", Headers = ["X:"])] [Headers("/*", "X: y")]""" },
        { "SYSC047", "'x' is also given by another [Headers(\"/*\", ...)]", "\"x: 2\"", """[TcpServer] [StaticResponse("/", "")] [Headers("/*", "X: 1")] [Headers("/*", "Y: 1", "x: 2")]""" },
        { "SYSC047", "'Access-Control-Allow-Origin' is also given by [Cors(\"/*\")]", "[\"Access-Control-Allow-Origin: *\"]", """[TcpServer(Headers = ["Access-Control-Allow-Origin: *"])] [StaticResponse("/", "")] [Cors("/*", Origins = ["*"])]""" },
        { "SYSC047", "'access-control-allow-origin' is also given by [Cors(\"/a/*\")]", "\"access-control-allow-origin: *\"", """[TcpServer] [StaticResponse("/a/b", "")] [Cors("/a/*", Origins = ["*"])] [Headers("/*", "access-control-allow-origin: *")]""" },
        { "SYSC047", "'Access-Control-Max-Age' is also given by [Cors(\"/*\")]", "\"/a\"", """[TcpServer] [StaticResponse("/a", "", Headers = ["Access-Control-Max-Age: 5"])] [Cors("/*", Origins = ["*"])]""" },
        { "SYSC126", "'/a/*' needs credentials, but 'public'", "\"/a/*\"", """[TcpServer] [StaticResponse("/a/b", "")] [BasicAuth("/*", "x", Users = "U")] [Headers("/a/*", "Cache-Control: public")]""" },
        { "SYSC136", "Another [Cors] is for '/a', too", "\"/a\"", """[TcpServer] [StaticResponse("/*", "")] [Headers("/b", "X: y")] [Cors("/%61", Origins = ["*"])] [Cors("/a", Origins = ["https://a.example"])]""" },
        { "SYSC127", "\"10.0.0.1/8\" is no address of clients: write a block", "\"10.0.0.1/8\"", """[TcpServer] [StaticResponse("/", "")] [AllowFrom("::1", "10.0.0.1/8")]""" },
        { "SYSC127", "\"localhost\" is no address", "\"localhost\"", """[TcpServer] [StaticResponse("/", "")] [AllowFrom("localhost")]""" },
        { "SYSC127", "\"10.0.0.0/33\" is no address", "\"10.0.0.0/33\"", """[TcpServer] [StaticResponse("/", "")] [AllowFrom(addresses: ["10.0.0.0/33"])]""" },
        { "SYSC127", "\"\" is no address", "AllowFrom", """[TcpServer] [StaticResponse("/", "")] [AllowFrom]""" },
        { "SYSC041", "methods are case-sensitive (RFC 9110, section 9.1): write PUT", "\"put\"", """[TcpServer] [StaticResponse("/", "", Method = "PUT")] [BasicAuth("/*", "x", Users = "U", Methods = ["put"])]""" },
        { "SYSC041", "a route for GET answers HEAD too", "\"HEAD\"", """[TcpServer] [StaticResponse("/", "")] [AllowFrom("::1", Methods = ["GET", "HEAD"])]""" },
        { "SYSC030", "\"admin/*\" does not begin with a slash", "\"admin/*\"", """[TcpServer] [StaticResponse("/", "")] [BasicAuth("admin/*", "x", Users = "U")]""" },
        { "SYSC031", "braces are kept for parameters", "\"/{a}/*\"", """[TcpServer] [StaticResponse("/", "")] [AllowFrom("::1", Path = "/{a}/*")]""" },
        { "SYSC005", "has nothing to answer", "TcpServer", """[TcpServer] [BasicAuth("/*", "x", Users = "U")]""" },
        { "SYSC016", "'Site' has a response but is no server", "AllowFrom(\"::1\")", """[AllowFrom("::1")]""" },
        { "SYSC050", "'Site' has routes or pages too", "RawResponse(\"x\")", """[TcpServer] [RawResponse("x")] [AllowFrom("::1")]""" },

        { "SYSC036", "\"new\" is no target of a redirect: it must be a path that begins with '/'", "\"new\"", """[TcpServer] [Redirect("/old", "new")]""" },
        { "SYSC036", "it is empty", "\"\"", """[TcpServer] [Redirect("/old", "")]""" },
        { "SYSC036", "it is empty", "null!", """[TcpServer] [Redirect("/old", null!)]""" },
        { "SYSC036", "it holds a carriage return", "\"/a\\r\\nSet-Cookie: b\"", """[TcpServer] [Redirect("/old", "/a\r\nSet-Cookie: b")]""" },
        { "SYSC036", "two slashes begin the name of a host", "\"//example.com/\"", """[TcpServer] [Redirect("/old", "//example.com/")]""" },
        { "SYSC036", "no rest of a path for '*' to stand for", "\"/new/*\"", """[TcpServer] [Redirect("/old/", "/new/*")]""" },
        { "SYSC036", "it must be a path", "\"https:example.com\"", """[TcpServer] [Redirect("/old", "https:example.com")]""" },
        { "SYSC036", "there is no host behind '//'", "\"https:///x\"", """[TcpServer] [Redirect("/old", "https:///x")]""" },
        { "SYSC036", "its host holds ' '", "\"https://a b/\"", """[TcpServer] [Redirect("/old", "https://a b/")]""" },
        { "SYSC036", "its host holds '@'", "\"https://a@b/\"", """[TcpServer] [Redirect("/old", "https://a@b/")]""" },
        { "SYSC036", "Punycode", "\"https://bücher.example/\"", """[TcpServer] [Redirect("/old", "https://bücher.example/")]""" },
        { "SYSC036", "a percent sign itself is written %25", "\"/100%\"", """[TcpServer] [Redirect("/old", "/100%")]""" },
        { "SYSC036", "a request with such a path is bad", "\"/%0A\"", """[TcpServer] [Redirect("/old", "/%0A")]""" },
        { "SYSC036", "write '/' instead of '\\'", "@\"/\\example.com\"", """[TcpServer] [Redirect("/old", @"/\example.com")]""" },
        { "SYSC036", "lone surrogate", "\"/\\uD800\"", """[TcpServer] [Redirect("/old", "/\uD800")]""" },
        { "SYSC037", "leads to itself, so a client would never arrive: /a -> /a", "\"/a?x\"", """[TcpServer] [Redirect("/a", "/a?x")]""" },
        { "SYSC037", "/a -> /b -> /c -> /a", "\"/b\"", """[TcpServer] [Redirect("/a", "/b")] [Redirect("/b", "/x/../c#y")] [Redirect("/c", "/%61")]""" },
        { "SYSC037", "/* -> /*", "\"/login\"", """[TcpServer] [Redirect("/*", "/login")]""" },
        { "SYSC037", "/old/* -> /new/* -> /old/*", "\"/new/a\"", """[TcpServer] [Redirect("/old/*", "/new/a")] [Redirect("/new/*", "/old/b")] [Redirect("/way/in", "/old/c")]""" },
        { "SYSC037", "/b -> /a -> /b", "\"/a\"", """[TcpServer] [Redirect("/a", "/b")] [Redirect("/b", "/a", Host = "b.example")]""" },
        { "SYSC037", "/x -> /y -> /x", "\"/y\"", """[TcpServer] [Redirect("/x", "/y", Host = "a.example")] [Redirect("/y", "/x")]""" },

        { "SYSC038", "The status cannot be 199 here: a response has one from 200 to 599", "199", """[TcpServer] [StaticResponse("/", "", Status = 199)]""" },
        { "SYSC038", "cannot be 600", "600", """[TcpServer] [StaticResponse("/", "", Status = 600)]""" },
        { "SYSC038", "cannot be 100", "100", """[TcpServer] [StaticResponse("/", "", Status = 100)]""" },
        { "SYSC038", "206 (Partial Content)", "206", """[TcpServer] [StaticResponse("/", "", Status = 206)]""" },
        { "SYSC038", "304 (Not Modified)", "304", """[TcpServer] [StaticResponse("/", "", Status = 304)]""" },
        { "SYSC038", "write [ErrorPage(405, ...)]", "405", """[TcpServer] [StaticResponse("/", "", Status = 405)]""" },
        { "SYSC038", "426 (Upgrade Required)", "426", """[TcpServer] [StaticResponse("/", "", Status = 426)]""" },
        { "SYSC038", "a redirect has 301, 302, 303, 307 or 308", "304", """[TcpServer] [Redirect("/", "/a", Status = 304)]""" },
        { "SYSC038", "the errors that the server itself gives are 400, 404, 405, 406, 408, 412, 413, 414, 417, 431, 501, 503 and 505", "500", """[TcpServer] [StaticResponse("/", "")] [ErrorPage(500, "")]""" },
        { "SYSC039", "A response with the status 204 has no body, but one of 1 bytes", "\"x\"", """[TcpServer] [StaticResponse("/", "x", Status = 204)]""" },
        { "SYSC039", "A response with the status 205 has no body", "new byte[] { 1 }", """[TcpServer] [StaticResponse("/", new byte[] { 1 }, Status = 205)]""" },
        { "SYSC040", "add \"Location: ...\" to Headers, or write [Redirect]", "301", """[TcpServer] [StaticResponse("/", "", Status = 301)]""" },
        { "SYSC040", "add \"WWW-Authenticate: ...\" to Headers", "401", """[TcpServer] [StaticResponse("/", "", Status = 401)]""" },
        { "SYSC040", "add \"Proxy-Authenticate: ...\" to Headers", "407", """[TcpServer] [StaticResponse("/", "", Status = 407)]""" },
        { "SYSC041", "methods are case-sensitive (RFC 9110, section 9.1): write POST", "\"post\"", """[TcpServer] [StaticResponse("/", "", Method = "post")]""" },
        { "SYSC041", "a route for GET answers HEAD too", "\"HEAD\"", """[TcpServer] [StaticResponse("/", "", Method = "HEAD")]""" },
        { "SYSC041", "the server itself answers it", "\"OPTIONS\"", """[TcpServer] [StaticResponse("/", "", Method = "OPTIONS")]""" },
        { "SYSC041", "\"BREW\" is not the method of a route: write GET", "\"BREW\"", """[TcpServer] [StaticResponse("/", "", Method = "BREW")]""" },
        { "SYSC041", "\"\" is not the method", "null!", """[TcpServer] [StaticResponse("/", "", Method = null!)]""" },
        { "SYSC042", "write it without a port", "\"example.com:80\"", """[TcpServer] [StaticResponse("/", "", Host = "example.com:80")]""" },
        { "SYSC042", "without scheme and path", "\"http://example.com\"", """[TcpServer] [StaticResponse("/", "", Host = "http://example.com")]""" },
        { "SYSC042", "Punycode", "\"bücher.example\"", """[TcpServer] [Redirect("/", "/a", Host = "bücher.example")]""" },
        { "SYSC042", "it holds ' '", "\"a b\"", """[TcpServer] [StaticResponse("/", "", Host = "a b")]""" },
        { "SYSC042", "'*' stands for nothing", "\"*.example.com\"", """[TcpServer] [StaticResponse("/", "", Host = "*.example.com")]""" },
        { "SYSC042", "between dots there must be 1 to 63", "\"example.com.\"", """[TcpServer] [StaticResponse("/", "", Host = "example.com.")]""" },
        { "SYSC042", "it is empty", "\"\"", """[TcpServer] [StaticResponse("/", "x", Host = "")]""" },

        { "SYSC043", "\"html\" is not a media type", "\"html\"", """[TcpServer] [StaticResponse("/", "", ContentType = "html")]""" },
        { "SYSC043", "\"text/html;\" is not", "\"text/html;\"", """[TcpServer] [StaticResponse("/", "", ContentType = "text/html;")]""" },
        { "SYSC043", "is not a media type", "\"text/html\\r\\nX: y\"", """[TcpServer] [StaticResponse("/", "", ContentType = "text/html\r\nX: y")]""" },
        { "SYSC043", "is not a media type", "\"text/html; charset=a; charset=b\"", """[TcpServer] [StaticResponse("/", "")] [NotFound("", ContentType = "text/html; charset=a; charset=b")]""" },
        { "SYSC044", "The charset cannot be \"utf-16\": text is written in utf-8", "\"utf-16\"", """[TcpServer] [StaticResponse("/", "", Charset = "utf-16")]""" },
        { "SYSC044", "The charset cannot be \"us-ascii\": it has no 'é', which is at index 3", "\"café\"", """[TcpServer] [StaticResponse("/", "café", Charset = "us-ascii")]""" },
        { "SYSC044", "it has no '\U0001F600'", "\"\U0001F600\"", """[TcpServer] [StaticResponse("/", "😀", Charset = "iso-8859-1")]""" },
        { "SYSC044", "the content type says 'utf-8'", "\"us-ascii\"", """[TcpServer] [StaticResponse("/", "", ContentType = "text/html; charset=utf-8", Charset = "us-ascii")]""" },
        { "SYSC044", "text is written in utf-8", "\"text/html; charset=windows-1252\"", """[TcpServer] [StaticResponse("/", "", ContentType = "text/html; charset=windows-1252")]""" },
        { "SYSC044", "it is not the name of a character set", "\"a b\"", """[TcpServer] [StaticResponse("/", new byte[] { 1 }, Charset = "a b")]""" },
        { "SYSC045", "\"X\" cannot be sent as a header: write it as \"Name: value\"", "\"X\"", """[TcpServer] [StaticResponse("/", "", Headers = ["A: b", "X"])]""" },
        { "SYSC045", "the name 'X Y' is not a token", "\"X Y: z\"", """[TcpServer] [StaticResponse("/", "", Headers = ["X Y: z"])]""" },
        { "SYSC045", "the name 'X ' is not a token", "\"X : z\"", """[TcpServer] [StaticResponse("/", "", Headers = new[] { "A: b", "X : z" })]""" },
        { "SYSC045", "the name '' is not a token", "\": z\"", """[TcpServer] [StaticResponse("/", "", Headers = new string[] { ": z" })]""" },
        { "SYSC045", "its value holds a carriage return", "\"X: a\\r\\nSet-Cookie: b\"", """[TcpServer] [Redirect("/", "/a", Headers = ["X: a\r\nSet-Cookie: b"])]""" },
        { "SYSC045", "its value holds a NUL", "\"X: \\0\"", """[TcpServer] [StaticResponse("/", "")] [ErrorPage(400, "", Headers = ["X: \0"])]""" },
        { "SYSC045", "its value holds 'é'", "\"X: é\"", """[TcpServer] [StaticResponse("/", "", Headers = ["X: é"])]""" },
        { "SYSC045", "write it as", "null!", """[TcpServer] [StaticResponse("/", "", Headers = [null!])]""" },
        { "SYSC045", "its value holds a line feed", "\"no-store\\n\"", """[TcpServer] [StaticResponse("/", "", CacheControl = "no-store\n")]""" },
        { "SYSC045", "ServerHeader cannot be sent as a header: its value holds", "\"a\\rb\"", """[TcpServer(ServerHeader = "a\rb")] [StaticResponse("/", "")]""" },
        { "SYSC045", "leave it out for no Server field", "\"\"", """[TcpServer(ServerHeader = "")] [StaticResponse("/", "x")]""" },
        { "SYSC046", "'Content-Length' is written by the server itself", "\"Content-Length: 5\"", """[TcpServer] [StaticResponse("/", "", Headers = ["Content-Length: 5"])]""" },
        { "SYSC046", "'transfer-encoding' is written", "\"transfer-encoding: chunked\"", """[TcpServer] [StaticResponse("/", "", Headers = ["transfer-encoding: chunked"])]""" },
        { "SYSC046", "'Content-Type' is written by the server itself, which knows what is right in each response: write ContentType = ", "\"Content-Type: a/b\"", """[TcpServer] [StaticResponse("/", "", Headers = ["Content-Type: a/b"])]""" },
        { "SYSC046", "write ServerHeader = ", "\"Server: x\"", """[TcpServer] [StaticResponse("/", "", Headers = ["Server: x"])]""" },
        { "SYSC047", "'cache-control' is also given by CacheControl", "\"cache-control: no-store\"", """[TcpServer] [StaticResponse("/", "", Headers = ["cache-control: no-store"], CacheControl = "no-cache")]""" },
        { "SYSC047", "'Content-Disposition' is also given by Download", "true", """[TcpServer] [Files("/", "x", Download = true, Headers = ["content-disposition: inline"])]""" },
        { "SYSC047", "'Location' is also given by the redirect", "\"Location: /b\"", """[TcpServer] [Redirect("/", "/a", Headers = ["Location: /b"])]""" },
        { "SYSC048", "The headers have 7681 bytes, but at most 7680", "Redirect(\"/\", \"/a\", Headers = [Text.Header])", """[TcpServer] [Redirect("/", "/a", Headers = [Text.Header])]""" },
        { "SYSC050", "'Site' has routes or pages too", "RawResponse(\"x\")", """[TcpServer] [RawResponse("x")] [StaticResponse("/", "")]""" },
        { "SYSC050", "'Site' has routes or pages too", "RawResponse(\"x\")", """[TcpServer] [RawResponse("x")] [NotFound("")]""" },
        { "SYSC051", "'Site' already has a page for 404", "ErrorPage(404, \"\")", """[TcpServer] [StaticResponse("/", "")] [NotFound("")] [ErrorPage(404, "")]""" },
        { "SYSC052", "MaxBodyBytes means nothing to a raw response", "0", """[TcpServer(MaxBodyBytes = 0)] [RawResponse("x")]""" },
        { "SYSC052", "MaxRequestMemoryBytes means nothing to a raw response", "2097152", """[TcpServer(MaxRequestMemoryBytes = 2097152)] [RawResponse("x")]""" },
        { "SYSC052", "MaxRequestMemoryBytes means nothing to processes that serve one connection each, and have memory for one request", "2097152", """[TcpServer(MaxRequestMemoryBytes = 2097152)] [StaticResponse("/", "")]""" },
        { "SYSC052", "MaxRequestMemoryBytes means nothing to processes that serve one connection each", "2097152", """[TcpServer(Concurrency = Concurrency.Prefork, MaxRequestMemoryBytes = 2097152)] [StaticResponse("/", "")]""" },
        { "SYSC052", "ServerHeader means nothing to a raw response", "\"x\"", """[TcpServer(ServerHeader = "x")] [RawResponse("x")]""" },
        { "SYSC052", "Workers means nothing to Concurrency.Fork", "2", """[TcpServer(Workers = 2)] [StaticResponse("/", "")]""" },
        { "SYSC052", "MaxConnections means nothing to Concurrency.Prefork", "2", """[TcpServer(Concurrency = Concurrency.Prefork, MaxConnections = 2)] [StaticResponse("/", "")]""" },
        { "SYSC003", "Workers is -1", "-1", """[TcpServer(Concurrency = Concurrency.Prefork, Workers = -1)] [StaticResponse("/", "")]""" },
        { "SYSC003", "Workers is 257", "257", """[TcpServer(Concurrency = Concurrency.EventLoop, Workers = 257)] [StaticResponse("/", "")]""" },
        { "SYSC003", "MaxConnections is 1048577", "1048577", """[TcpServer(Concurrency = Concurrency.EventLoop, MaxConnections = 1048577)] [StaticResponse("/", "")]""" },
        { "SYSC053", "Concurrency.Prefork is for HTTP, and 'Site' has a raw response", "Concurrency.Prefork", """[TcpServer(Concurrency = Concurrency.Prefork)] [RawResponse("x")]""" },
        { "SYSC054", "The page for 503 has 16385 bytes, but an event loop sends it to clients that it has no place for, and those get at most 16384", "Text.Page", """[TcpServer(Concurrency = Concurrency.EventLoop)] [StaticResponse("/", "x")] [ErrorPage(503, Text.Page)]""" },
        { "SYSC048", "The headers have 7681 bytes, but at most 7680", "Text.Server", """[TcpServer(ServerHeader = Text.Server)] [StaticResponse("/", "x")]""" },
        { "SYSC053", "Concurrency.EventLoop is for HTTP, and 'Site' has a raw response", "Concurrency.EventLoop", """[TcpServer(Concurrency = Concurrency.EventLoop)] [RawResponse("x")]""" },
    };

    /// <summary>Id, a part of the message, the squiggled text, the whole source.</summary>
    public static TheoryData<string, string, string, string> MistakesOfMembers => new()
    {
        { "SYSC007", "The response has 1048577 bytes", "Text.Long", "[TcpServer] partial class Site { [Route(\"/\")] const string Page = Text.Long; }" },
        { "SYSC014", "it is null", "null", "[TcpServer] partial class Site { [Route(\"/\")] const string? Page = null; }" },
        { "SYSC016", "'Site' has a response but is no server", "Route(\"/\")", "partial class Site { [Route(\"/\")] const string Page = \"\"; }" },
        { "SYSC030", "\"a\" does not begin with a slash", "\"a\"", "[TcpServer] partial class Site { [Route(\"a\")] const string Page = \"\"; }" },
        { "SYSC034", "There already is a route for GET /", "\"/\"", "[TcpServer] [StaticResponse(\"/%2E\" + \"./\", \"\")] partial class Site { [Route(\"/\")] const string Page = \"\"; }" },
        { "SYSC034", "There already is a route for GET /a", "\"/a\"", "[TcpServer] partial class Site { [Route(\"/a\")] const string A = \"\"; [Route(\"/b\")] [Route(\"/a\")] const string B = \"\"; }" },
        { "SYSC039", "A response with the status 204 has no body", "\"x\"u8", "[TcpServer] partial class Site { [Route(\"/\", Status = 204)] static System.ReadOnlySpan<byte> Page => \"x\"u8; }" },
        { "SYSC044", "it has no 'é'", "\"é\"u8", "[TcpServer] partial class Site { [Route(\"/\", Charset = \"us-ascii\")] static System.ReadOnlySpan<byte> Page => \"é\"u8; }" },
        { "SYSC049", "The value of 'Page' is not known when the program is compiled", "Page", "[TcpServer] partial class Site { [Route(\"/\")] static string Page = \"\"; }" },
        { "SYSC049", "The value of 'Page'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] static readonly string Page = \"\"; }" },
        { "SYSC049", "The value of 'Page'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] const int Page = 1; }" },
        { "SYSC049", "The value of 'Page'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] static string Page => \"\"; }" },
        { "SYSC049", "make it a 'const string', or a static property 'ReadOnlySpan<byte> Page => \"...\"u8;'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] System.ReadOnlySpan<byte> Page => \"x\"u8; }" },
        { "SYSC049", "The value of 'Page'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] static System.ReadOnlySpan<byte> Page => new byte[10]; }" },
        { "SYSC049", "The value of 'Page'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] static System.ReadOnlySpan<byte> Page { get { System.GC.Collect(); return \"x\"u8; } } }" },
        { "SYSC049", "The value of 'Page'", "Page", "[TcpServer] partial class Site { [Route(\"/\")] static System.ReadOnlySpan<byte> Page => Text.Header.Length > 3 ? \"x\"u8 : \"y\"u8; }" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_named_where_it_is(string id, string message, string squiggled, string attributes)
        => await AssertMistakeAsync(id, message, squiggled, attributes + " partial class Site;");

    [Theory]
    [MemberData(nameof(MistakesOfMembers))]
    public async Task A_mistake_of_a_member_is_named_where_it_is(string id, string message, string squiggled, string source)
        => await AssertMistakeAsync(id, message, squiggled, source);

    private static async Task AssertMistakeAsync(string id, string message, string squiggled, string source)
    {
        GeneratorRun run = GeneratorRun.Of("using SyscallServer; " + source + (source.Contains("Text.", StringComparison.Ordinal) ? Texts : ""), properties: ("SyscallServerHost", "NativeAot"));

        // One mistake may make a path that is found otherwise, too.
        (Diagnostic diagnostic, string text) = Assert.Single(await run.AnalyzeAsync(), found => found.Diagnostic.Id != "SYSC032" || id == "SYSC032");
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(squiggled, text);
        Assert.Contains(message, diagnostic.GetMessage(null), StringComparison.Ordinal);

        // Only a warning leaves the server there; and without [TcpServer] the program really lacks its Main.
        IEnumerable<string> errors = run.After.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Id);
        Assert.Equal(id == "SYSC016" ? ["CS5001"] : [], errors);
        Assert.Equal(diagnostic.Severity == DiagnosticSeverity.Warning && id != "SYSC016", run.Files.ContainsKey("Site.g.cs"));
    }

    private static readonly string Texts =
        $" static class Text {{ public const string Long = \"{new string('x', StaticResponseAttribute.MaxLength + 1)}\"; public const string Header = \"X: {new string('x', 7680 - 14 - 5 + 1)}\"; public const string Server = \"{new string('x', 7680 - 10 + 1)}\"; public const string Page = \"{new string('x', 16385)}\"; }}";

    [Theory]
    [InlineData("Accept-Ranges")]
    [InlineData("Allow")]
    [InlineData("Connection")]
    [InlineData("Content-Encoding")]
    [InlineData("Content-Length")]
    [InlineData("Content-Range")]
    [InlineData("Content-Type")]
    [InlineData("Date")]
    [InlineData("ETag")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Server")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Upgrade")]
    public async Task What_the_server_writes_itself_is_not_set_by_hand(string name)
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] [StaticResponse(\"/\", \"\", Headers = [\"{name}: x\"])] partial class Site;");
        Assert.Equal("SYSC046", Assert.Single(await run.AnalyzeAsync()).Diagnostic.Id);
    }

    [Theory]
    [InlineData("""[StaticResponse("/", "")]""")]
    [InlineData("""[StaticResponse("/", "", Status = 599)] [StaticResponse("//", "", Status = 204)]""")]
    [InlineData("""[StaticResponse("/a", "")] [StaticResponse("/A", "")] [StaticResponse("/a/", "")] [StaticResponse("/a/*", "")] [StaticResponse("/*", "")] [StaticResponse("/a%2Fb", "")] [StaticResponse("/a/b", "")]""")]
    [InlineData("""[StaticResponse("/", "")] [StaticResponse("/", "", Host = "a.example")] [StaticResponse("/", "", Method = "POST")]""")]
    [InlineData("""[StaticResponse("/*", "", Host = "a.example")] [NotFound("")]""")]
    [InlineData("""[Redirect("/*", "/")] [StaticResponse("/", "")]""")]
    [InlineData("""[Redirect("/", "/a/")] [Redirect("/a/", "/a/b")] [StaticResponse("/a/b", "")]""")]
    [InlineData("""[Redirect("/*", "https://example.com/", Host = "www.example.com")]""")]
    [InlineData("""[Redirect("/a", "/b", Host = "a.example")] [Redirect("/b", "/a", Host = "b.example")]""")]
    [InlineData("""[Redirect("/a", "/b")] [Redirect("/b", "/a", Host = "b.example")] [StaticResponse("/a", "", Host = "b.example")]""")]
    [InlineData("""[Redirect("/A", "/a")] [StaticResponse("/a", "")]""")]
    [InlineData("""[StaticResponse("/", "", Status = 303, Method = "POST", Headers = ["location: /done"])]""")]
    [InlineData("""[StaticResponse("/", "", Status = 401, Headers = ["WWW-Authenticate: Basic realm=\"x\""])]""")]
    [InlineData("""[StaticResponse("/", "", Headers = ["Cache-Control: no-store", "Vary: Origin", "Set-Cookie: a=b", "Set-Cookie: c=d", "X-Empty:", "Strict-Transport-Security: max-age=1"])]""")]
    [InlineData("""[StaticResponse("/", "", Headers = [])] [NotFound("")] [ErrorPage(405, "")]""")]
    [InlineData("""[StaticResponse("/a/b", "")] [BasicAuth("/a/*", "It's a realm: ~", Users = "_U1")] [ErrorPage(401, "")] [ErrorPage(429, "")]""")]
    [InlineData("""[StaticResponse("/a", "")] [BasicAuth("/a/*", "x", Users = "U")] [BearerAuth("/a/*", "x", Tokens = "U")] [BasicAuth("/*", "x", UsersFile = "u")]""")]
    [InlineData("""[Files("/", ".")] [Upload("/", ".")] [BasicAuth("/a/*", "x", Users = "U")] [BearerAuth("/*", "x", TokensFile = "/u", Methods = ["POST", "PUT"])]""")]
    [InlineData("""[StaticResponse("/a", "", CacheControl = "private")] [StaticResponse("/b", "", CacheControl = "public")] [BasicAuth("/a", "x", Users = "U")]""")]
    [InlineData("""[StaticResponse("/", "", CacheControl = "public")] [AllowFrom("10.0.0.0/8", "::1", "2001:db8::/32", "unix:")] [ErrorPage(403, "")]""")]
    [InlineData("""[StaticResponse("/", "")] [StaticResponse("/", "", Method = "PUT")] [BasicAuth("/*", "x", Users = "U", Methods = ["GET"])] [BasicAuth("/*", "x", Users = "V", Methods = ["PUT"])]""")]
    [InlineData("""[StaticResponse("/", "", ContentType = "multipart/mixed; boundary=\"a\\\"b; c\"")]""")]
    [InlineData("""[StaticResponse("/", "", Host = "a-1.example")] [StaticResponse("/", "", Host = "127.0.0.1")] [StaticResponse("/", "", Host = "localhost")]""")]
    [InlineData("""[StaticResponse("/", "", ContentType = null, CacheControl = null, Host = null, Headers = null)]""")]
    public async Task Of_right_content_nothing_is_said(string attributes)
    {
        GeneratorRun run = GeneratorRun.Of("using SyscallServer; [TcpServer] " + attributes + " partial class Site;");
        Assert.Empty(await run.AnalyzeAsync());
        run.AssertCompiles();
    }

    [Fact]
    public async Task Response_data_in_members_is_fine_without_a_runtime()
    {
        GeneratorRun run = GeneratorRun.Of(
            """"
            using System;
            using SyscallServer;

            [TcpServer]
            static partial class Site
            {
                [Route("/"), Route("/index.html")]
                private const string Index = "<p>" + nameof(Site);

                [Route("/a")]
                private static ReadOnlySpan<byte> A => "a"u8 + """
                    b
                    """u8;

                [Route("/b")]
                private static ReadOnlySpan<byte> B => [1, 2, Three];

                [Route("/c")]
                private static ReadOnlySpan<byte> C { get => new byte[] { 1, 2, 3 }; }

                private const byte Three = 3;
            }
            """",
            properties: ("SyscallServerHost", "Freestanding"));
        Assert.Empty(await run.AnalyzeAsync());
        run.AssertCompiles();
    }

    [Fact]
    public async Task Several_mistakes_are_all_named_at_once()
    {
        GeneratorRun run = GeneratorRun.Of(
            """
            using SyscallServer;
            [TcpServer(MaxBodyBytes = -1)]
            [StaticResponse("a", "é", Status = 100, Method = "get", Host = "", Charset = "us-ascii", Headers = ["Date: x", "y"])]
            [Redirect("/b?", "c", Status = 200)]
            [ErrorPage(200, "")]
            class Site;
            """);
        Assert.Equal(
            ["SYSC003", "SYSC030", "SYSC044", "SYSC038", "SYSC041", "SYSC042", "SYSC046", "SYSC045", "SYSC031", "SYSC036", "SYSC038", "SYSC038", "SYSC001"],
            (await run.AnalyzeAsync()).Select(found => found.Diagnostic.Id));
    }

    [Theory]
    [InlineData("[StaticResponse(\"/\", 1)]")]
    [InlineData("[StaticResponse(Missing, \"\")]")]
    [InlineData("[StaticResponse(\"/\", \"\", Headers = [Missing])]")]
    [InlineData("[StaticResponse]")]
    public async Task Of_what_does_not_compile_only_the_compiler_speaks(string attribute)
    {
        GeneratorRun run = GeneratorRun.Of($"using SyscallServer; [TcpServer] [StaticResponse(\"/a\", \"\")] {attribute} partial class Site;");
        Assert.Empty(await run.AnalyzeAsync());
        Assert.Contains(run.After.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
