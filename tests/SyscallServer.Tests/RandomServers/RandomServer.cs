using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// A server that a seed decides: the C# source of an annotated class, with limits and sizes at their edges, and the requests that are made for it, each with what the attributes promise.
/// </summary>
internal sealed partial class RandomServer
{
    // Chosen by the seed itself, so that all else of a server is what it was before there were any.
    private static readonly int[] DrainDelays = [0, 1, 240];
    private static readonly string[] LogFormats = ["Common", "Combined", "Json"];
    private static readonly string[] MetricsTypes = ["application/openmetrics-text", "text/plain", "*/*"];
    private static readonly string[] Proxies = ["", ", TrustedProxies = [\"10.0.0.0/8\", \"2001:db8::/32\", \"unix:\"]", ", TrustedProxies = [\"0.0.0.0/0\"], ClientAddressField = \"Forwarded\"", ", TrustedProxies = [\"unix:\", \"192.0.2.1\"]"];

    private static readonly int[] BodySizes = [0, 1, 2, 100, 2047, 2048, 2049, 4096, 16383, 16384, 16385];
    private static readonly int[] Timeouts = [1, 2, 10, 60, 3600];
    private static readonly int[] AlwaysErrors = [400, 404, 405, 406, 408, 412, 413, 414, 417, 431, 501, 503, 505];

    private readonly Random _random;
    private readonly Random _fields;
    private readonly StringBuilder _attributes = new();
    private readonly StringBuilder _members = new();
    private readonly Dictionary<int, Page> _errorPages = [];
    private readonly List<Func<Exchange>> _makers = [];
    private readonly int _maxBody;
    private readonly int _roots;
    private readonly int _handlers;
    private readonly bool _hasAssets;
    private int _serial;

    internal RandomServer(int seed)
    {
        Seed = seed;
        _random = new Random(seed);
        _fields = new Random(~seed);
        Concurrency = Pick("Fork", "Prefork", "EventLoop", "EventLoop");
        MaxTarget = Pick(64, 1000, 8000, 8000, 65536);
        MaxHeader = Pick(256, 8192, 8192, 65536);
        _maxBody = Pick(0, 1, 1000, 16384, 1 << 20, 1 << 30);
        SendsDate = _random.Next(4) != 0;
        Server = _random.Next(3) == 0 ? new string('s', Pick(1, 20, 500)) : null;
        MaxConnections = Concurrency != "EventLoop" ? 1 : Pick(1, 1, 2, 3, 16, 1024, 65536);
        LogsAccess = _random.Next(3) == 0;
        _roots = _random.Next(3) == 0 ? 0 : Pick(1, 1, 2, 5);
        _handlers = _random.Next(2) == 0 ? 0 : _random.Next(1, 4);
        _hasAssets = _random.Next(4) == 0;
        AddSettings();
        _attributes.Append(HasManagement ? "    [SyscallServer.Metrics(\"/metrics\", Listen = \"127.0.0.1:9090\")]\n" : HasMetrics ? "    [SyscallServer.Metrics(\"/metrics\")]\n" : "");
        _attributes.Append(CarriesOver ? "    [SyscallServer.Redirect(\"/c/*\", \"https://example.org/to/*\", Status = 307, Headers = new string[] { \"X-Carried: yes\" })]\n" : "");
        _attributes.Append(IsGuarded ? Guarded : "");
        _attributes.Append(HasRedirects ? "    [SyscallServer.Redirects(\"project/_redirects\", Headers = new string[] { \"X-Carried: yes\" })]\n    [SyscallServer.StaticResponse(\"/zf/page\", \"never\")]\n" : "");
        AddGroups();
        AddStatic();
        AddHosts();
        AddErrorPages();
        AddFiles();
        AddAssets();
        AddHandlers();
        AddOthers();
    }

    internal int Seed { get; }

    internal string Name => FormattableString.Invariant($"Server{Seed}");

    internal string Concurrency { get; }

    internal int MaxConnections { get; }

    internal int MaxTarget { get; }

    internal int MaxHeader { get; }

    internal bool SendsDate { get; }

    internal bool LogsAccess { get; }

    /// <summary>Whether each connection begins with a header of the PROXY protocol; as with the delays.</summary>
    private bool HasProxyProtocol => Seed % 5 == 4;

    /// <summary>Whether it has a redirect that carries over what was asked for; as with the delays.</summary>
    private bool CarriesOver => Seed % 7 == 3;

    /// <summary>Whether some of its paths need a password; as with the delays.</summary>
    private bool IsGuarded => Seed % 6 == 5;

    /// <summary>Whether it has the redirects of a file (<see cref="RandomAssets.Redirects"/>); as with the delays.</summary>
    private bool HasRedirects => Seed % 8 == 6;

    /// <summary>What is guarded: with it, the SHA-256 of a:1.</summary>
    private const string Guarded = """
            [SyscallServer.StaticResponse("/g/page", "guarded")]
            [SyscallServer.StaticResponse("/g/page", "posted", Method = "POST")]
            [SyscallServer.BasicAuth("/g/*", "random", UserHashes = new string[] { "2b2c40a6706d9e5f320d553628313833e3668d8b0c8f5b0a25a2ca7d926df6d4" })]

        """;

    private const string Challenge = "WWW-Authenticate: Basic realm=\"random\", charset=\"UTF-8\"";

    /// <summary>Whether it has a page in several languages; as with the delays.</summary>
    private bool HasLanguages => Seed % 3 == 2;

    /// <summary>Whether it has a file that is filled in when it starts; as with the delays.</summary>
    private bool HasVariables => Seed % 2 == 1;

    /// <summary>Whether some files of its folders are left out, and some are kept for another time; as with the delays.</summary>
    private bool HasFileRules => Seed % 5 is 1 or 2;

    private string Rules => HasFileRules ? ", Exclude = new string[] { \"*16384*\", \"hidden/\" }, CacheRules = new string[] { \"**/file1*: no-store\", \"file?: no-cache\" }" : "";

    /// <summary>Whether it counts what it does; as with the delays.</summary>
    internal bool HasMetrics => Seed % 4 == 2;

    /// <summary>Whether some clients are gone in the middle of a response; as with the delays. Not of those that count, where what is added is a response.</summary>
    internal bool HasClientsThatGo => Seed % 3 == 1 && !HasMetrics;

    /// <summary>Whether it has an endpoint besides, whose connections alone begin with such a header, unless all do; as with the delays.</summary>
    private bool HasProxyEndpoint => Seed % 11 is 5 or 7;

    /// <summary>Whether the numbers have an endpoint of their own, the last one; as with the delays.</summary>
    internal bool HasManagement => HasMetrics && Seed % 3 == 1;

    /// <summary>The place of that endpoint.</summary>
    internal int ManagementEndpoint => HasProxyEndpoint ? 2 : 1;

    /// <summary>The place of the endpoint that a client comes to.</summary>
    internal int AnyEndpoint() => HasProxyEndpoint ? _fields.Next(2) : 0;

    /// <summary>What a client sends before its first request, as Latin-1.</summary>
    /// <param name="endpoint">The place of the endpoint that it comes to.</param>
    internal string Preamble(int endpoint) => !(HasManagement && endpoint == ManagementEndpoint ? false : HasProxyProtocol || endpoint == 1) ? "" : _fields.Next(6) switch
    {
        0 => "PROXY UNKNOWN\r\n",
        1 => "PROXY UNKNOWN ffff::1 nonsense" + new string('x', _fields.Next(70)) + "\r\n",
        2 => "PROXY TCP4 203.0.113.9 10.0.0.1 0 65535\r\n",
        3 => "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe 2001:db8::1 4711 80\r\n",
        4 => Binary('\x21', '\x11', 12 + _fields.Next(100)),
        _ => Binary('\x20', (char)_fields.Next(256), _fields.Next(200)),
    };

    private static string Binary(char command, char family, int length)
        => $"\r\n\r\n\0\r\nQUIT\n{command}{family}{(char)(length >> 8)}{(char)(length & 255)}" + string.Concat(Enumerable.Range(0, length).Select(i => (char)(203 - i & 255)));

    /// <summary>The form of the lines that it logs; null where it logs none.</summary>
    internal string? LogFormat => LogsAccess ? LogFormats[Seed / DrainDelays.Length % LogFormats.Length] : null;

    internal string? Server { get; }

    /// <summary>Bytes for requests whose bodies are still to come, where many connections share them.</summary>
    private int MaxRequestMemory { get; set; }

    /// <summary>The class, in a namespace that no other has.</summary>
    internal string Source => $$"""
        namespace N{{Seed}}
        {
        {{_attributes}}    internal static partial class {{Name}}
            {
        {{_members}}    }
        }

        """;

    /// <summary>The page for an error; null where the attributes do not say.</summary>
    internal Page? ErrorPage(int status) => _errorPages.GetValueOrDefault(status);

    /// <summary>A request that the server is made for.</summary>
    internal Exchange Next() => HasGroups ? WithOrigin(_fields.Next(12) == 0 ? Preflight() : AnyRequest()) : AnyRequest();

    private Exchange AnyRequest()
        => HasMetrics && _fields.Next(10) == 0 ? HasManagement ? Of("GET", "/metrics", ErrorPage(404), 404) : Metrics()
            : CarriesOver && _fields.Next(5) == 0 ? Carried("/c/", 307)
            : IsGuarded && _fields.Next(4) == 0 ? OfGuarded()
            : HasRedirects && _fields.Next(3) == 0 ? OfRedirects()
            : WithLoggedFields(_makers[_random.Next(_makers.Count)]());

    /// <summary>A redirect with a rest of the path and a query, which may be as long as a target may be, or longer where it is encoded.</summary>
    private Exchange Carried(string prefix, int status)
    {
        int room = MaxTarget - prefix.Length;
        string rest = new('r', Math.Min(room, _fields.Next(3) == 0 ? room : _fields.Next(40)));
        int encoded = _fields.Next(3) == 0 ? Math.Min(rest.Length, _fields.Next(rest.Length + 1)) : 0;
        rest = new string('[', encoded) + rest[encoded..];
        string query = room - rest.Length > 1 && _fields.Next(2) == 0 ? "?" + new string('q', _fields.Next(room - rest.Length)) : "";
        string location = "https://example.org/to/" + rest.Replace("[", "%5B", StringComparison.Ordinal) + query;
        return Of("GET", $"{prefix}{rest}{query}", new Page(status, "", ["X-Carried: yes", "Location: " + location]), location.Length - 23 > MaxTarget - 3 ? 414 : null);
    }

    /// <summary>A request for a line of the file, or for what looks like one.</summary>
    private Exchange OfRedirects() => _fields.Next(10) switch
    {
        0 or 1 => Carried("/z/", 301),
        2 => Carried("/zf/", 308),
        3 => Line("/z", 301, "to/"),
        4 => Line("/zf/page?q", 308, "to/page?q"),
        5 => Line("/zs/1/%5B/?q", 307, "%5B/1?q"),
        6 => Line("/zs/1/2/3/", 302, "3/"),
        7 => Of(_fields.Next(2) == 0 ? "POST" : "DELETE", "/zx/", ErrorPage(405), 405),
        8 => Of("GET", _fields.Next(3) switch { 0 => "/zs/1", 1 => "/zx/x", _ => "/" + string.Concat(Enumerable.Repeat("z/", _fields.Next((MaxTarget - 8) / 2) | 1)) + "x" } is var path && path.StartsWith("/z/", StringComparison.Ordinal) ? "/x" + path : path, ErrorPage(404), 404),
        _ => Line("/zx", 302, "x"),
    };

    private Exchange Line(string target, int status, string location)
        => Of(_fields.Next(2) == 0 ? "HEAD" : status is 307 or 308 ? "PATCH" : "GET", target, new Page(status, "", ["X-Carried: yes", "Location: https://example.org/" + location]));

    /// <summary>A request below the guarded prefix, with and without the password, however the path is written. The body of one that is refused is not read.</summary>
    private Exchange OfGuarded()
    {
        string path = _fields.Next(5) switch { 0 => "/%67/page", 1 => "/x/../g/page", 2 => "/g/./page?q=/x", 3 => "/g/none", _ => "/g/page" };
        bool isThere = path != "/g/none";
        string body = _fields.Next(3) == 0 && isThere && _maxBody >= 3 ? "abc" : "";
        string start = (body.Length > 0 ? "POST " : _fields.Next(4) == 0 ? "HEAD " : "GET ") + path + " HTTP/1.1\r\nHost: a\r\n" + (body.Length > 0 ? "Content-Length: 3\r\n" : "");
        bool isHead = start.StartsWith("HEAD", StringComparison.Ordinal);
        var refused = new Exchange("", 401) { Page = new Page(401, null, [Challenge]), IsHead = isHead, MayClose = body.Length > 0 };
        return _fields.Next(5) switch
        {
            0 => refused with { Request = $"{start}\r\n{body}" },
            1 => refused with { Request = $"{start}Authorization: Basic YTox\r\nAuthorization: Basic YTox\r\n\r\n{body}" },
            2 => refused with { Request = $"{start}authorization: basic {(_fields.Next(2) == 0 ? "YToy" : new string('A', _fields.Next(100)))}\r\n\r\n{body}", Other = 429, MayHave = ["Retry-After: 60"] },
            _ => new Exchange($"{start}Authorization: Basic YTox\r\n\r\n{body}", isThere ? 200 : 404) { Page = isThere ? new Page(200, body.Length > 0 ? "posted" : "guarded", []) : ErrorPage(404), IsHead = isHead },
        };
    }

    /// <summary>A request of somebody who has come to the endpoint of the numbers.</summary>
    internal Exchange OfManagement() => _fields.Next(5) switch
    {
        0 => Of("GET", "/short", ErrorPage(404), 404),
        1 => Of("GET", "/" + new string('m', _fields.Next(MaxTarget - 1)), ErrorPage(404), 404),
        2 => Of("POST", "/metrics", ErrorPage(405), 405),
        _ => Metrics(),
    };

    private Exchange Metrics()
        => Of(_fields.Next(3) == 0 ? "HEAD" : "GET", "/metrics", new Page(200, null, ["Cache-Control: no-store"]), null, "Accept: " + MetricsTypes[_fields.Next(3)]);

    /// <summary>Adds fields that are logged, where the head has room for them.</summary>
    private Exchange WithLoggedFields(Exchange exchange)
    {
        const string host = "\r\nHost: a\r\n";
        int place = exchange.Request.IndexOf(host, StringComparison.Ordinal);
        if (!LogsAccess || place < 0)
        {
            return exchange;
        }

        var lines = new StringBuilder();
        foreach (string name in new[] { "referer", "User-Agent", "X-Request-ID", "X-Forwarded-For", "x-forwarded-for", "Forwarded", "Forwarded" })
        {
            lines.Append(_fields.Next(2) == 0 ? "" : $"{name}:{new string(' ', _fields.Next(3))}{LoggedValue()}\r\n");
        }

        place += host.Length;
        int fields = exchange.Request.IndexOf("\r\n\r\n", place - 2, StringComparison.Ordinal) - place;
        return fields + lines.Length < MaxHeader / 2 ? exchange with { Request = exchange.Request.Insert(place, lines.ToString()) } : exchange;
    }

    private string LoggedValue() => _fields.Next(10) switch
    {
        0 => "",
        1 => new string('v', _fields.Next(1000)),
        2 => new string('"', _fields.Next(200)) + "\\\u00ff",
        3 => "203.0.113.9",
        4 => "10.2.3.4, 2001:db8::7, [2001:db8::8]:443, 10.1.1.1:80",
        5 => "for=203.0.113.9;proto=https, for=\"[2001:db8::1]:4711\"",
        6 => ",, unknown , 1.2.3.4.5, [::1, ::1]:, " + new string('1', 70),
        7 => "for=\"" + new string('\\', _fields.Next(5)) + "\";for=1.2.3.4,for=_hidden;by=\",",
        8 => "::ffff:10.9.9.9, 203.0.113.10:65536, 203.0.113.11",
        _ => string.Concat(Enumerable.Range(0, _fields.Next(300)).Select(_ => (char)_fields.Next(' ', 127))),
    };

    /// <summary>One whose response is short and ends nothing.</summary>
    internal Exchange Short() => Of("GET", "/short", new Page(200, "short", []));

    /// <summary>The folder or the path that makes the longest response, where there is one: what is to begin at the end of an output.</summary>
    internal Exchange Longest() => _roots > 0 && _random.Next(3) != 0 ? Folder(_random.Next(_roots)) : Next();

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private static string N(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void AddSettings()
    {
        _attributes.Append("    [SyscallServer.TcpServer(Concurrency = SyscallServer.Concurrency.").Append(Concurrency);
        foreach ((string name, int value) in new[]
        {
            ("MaxTargetBytes", MaxTarget), ("MaxHeaderBytes", MaxHeader), ("MaxBodyBytes", _maxBody), ("ReadTimeoutSeconds", Pick(Timeouts)), ("WriteTimeoutSeconds", Pick(Timeouts)),
            ("IdleTimeoutSeconds", Pick(Timeouts)), ("GracePeriodSeconds", Pick(0, 1, 8, 3600)), ("DrainDelaySeconds", DrainDelays[Seed % DrainDelays.Length]), ("Backlog", Pick(1, 4096, 65535)),
        })
        {
            _attributes.Append(", ").Append(name).Append(" = ").Append(N(value));
        }

        _attributes.Append(Concurrency switch
        {
            "Fork" => ", MaxConnections = " + N(Pick(1, 1024, 32768)),
            "Prefork" => ", Workers = " + N(Pick(1, 2, 256)),
            _ => ", Workers = 1, MaxConnections = " + N(MaxConnections),
        });
        if (Concurrency == "EventLoop")
        {
            MaxRequestMemory = Pick(2 << 20, (2 << 20) + 1, 128 << 20, 1 << 30);
            _attributes.Append(", MaxRequestMemoryBytes = ").Append(N(MaxRequestMemory));
        }

        _attributes.Append(SendsDate ? "" : ", DateHeader = false").Append(Server is null ? "" : $", ServerHeader = \"{Server}\"").Append(LogsAccess ? $", AccessLog = SyscallServer.AccessLogMode.Always, AccessLogFormat = SyscallServer.AccessLogFormat.{LogFormat}{Proxies[Seed / 2 % Proxies.Length]}" : "").Append(HasProxyProtocol ? ", ProxyProtocol = true" : "").Append(HasProxyEndpoint ? ", Listen = new string[] { \"0.0.0.0:8080\", \"0.0.0.0:8081 proxy\" }" : "").Append(")]\n");
    }

    /// <summary>Field lines of so many bytes together, with their ends.</summary>
    private string[] Lines()
    {
        int rest = Pick(0, 0, 0, 30, 500, 4000, 6100, 7000, 7400, 7500) - (Server?.Length ?? -10) - 10;
        var lines = new List<string>();
        for (int i = 0; rest > 20 && i < 60; i++)
        {
            int length = _random.Next(3) == 0 ? Math.Min(rest, 40 + _random.Next(200)) : rest;
            string name = $"X-F{N(i)}";
            lines.Add($"{name}: {Text($"line{N(i)}.", length - name.Length - 4)}");
            rest -= length;
        }

        return [.. lines];
    }

    private static string Headers(string[]? lines) => lines is null or [] ? "" : ", Headers = new string[] { " + string.Join(", ", lines.Select(line => "\"" + line + "\"")) + " }";

    /// <summary>Text that is found nowhere else, so whatever is not where it belongs is seen.</summary>
    internal static string Text(string name, int length)
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < length; i++)
        {
            text.Append(name).Append(N(i)).Append(i % 8 == 7 ? '_' : '-');
        }

        return text.ToString(0, Math.Max(length, 0));
    }

    private void AddStatic()
    {
        _attributes.Append("    [SyscallServer.StaticResponse(\"/short\", \"short\")]\n");
        int count = _random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            string path = $"/s{N(i)}";
            string method = Pick("GET", "GET", "POST", "PUT", "DELETE");
            int status = Pick(200, 200, 200, 201, 404, 503, 204);
            var page = new Page(status, status == 204 ? "" : Text($"s{N(Seed)}.{N(i)}.", Pick(BodySizes)), Lines());
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticResponse(\"{path}\", \"{page.Body}\", Method = \"{method}\", Status = {N(status)}, Compress = {Pick("true", "false")}{Headers(page.Lines)})]\n");
            _makers.Add(() => method == "GET" ? Of(Pick("GET", "HEAD"), path + Query(path), page) : WithBody(method, path, page, _maxBody));
            if (method == "GET")
            {
                _makers.Add(() => Conditional(path, page));
                _makers.Add(() => Encoded(path, page));
            }

            _makers.Add(() => Of(method == "PATCH" ? "PUT" : "PATCH", path, ErrorPage(405), 405));
        }

        var target = new Page(308, "", Lines());
        string location = "https://example.org/" + Text("to", Pick(1, 100, 400));
        _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.Redirect(\"/r\", \"{location}\", Status = 308{Headers(target.Lines)})]\n");
        _makers.Add(() => Of("GET", "/r", target with { Lines = [.. target.Lines ?? [], "Location: " + location] }));
    }

    /// <summary>A request that asks only if something is so. Whether there is an entity tag, the attributes do not say.</summary>
    private Exchange Conditional(string path, Page page) => _random.Next(5) switch
    {
        0 => Of(Pick("GET", "HEAD"), path, page, 304, "If-None-Match: *"),
        1 => Of(Pick("GET", "HEAD"), path, page, null, "If-None-Match: \"other\", W/\"another\""),
        2 => Of(Pick("GET", "HEAD"), path, page, 412, "If-Match: \"other\""),
        3 => Of(Pick("GET", "HEAD"), path, page, null, "If-Modified-Since: " + Pick(RandomFiles.Time, RandomFiles.Before, "yesterday", "")),
        _ => Of("GET", path, page, _hasAssets ? 206 : null, "Range: bytes=0-0\r\nIf-Range: " + Pick("\"other\"", "W/\"other\"", RandomFiles.Time)),
    };

    /// <summary>A request that says which codings are good. Which there are, the attributes do not say.</summary>
    private Exchange Encoded(string path, Page page) => _random.Next(5) switch
    {
        0 => Of(Pick("GET", "HEAD"), path, page, null, "Accept-Encoding: gzip"),
        1 => Of(Pick("GET", "HEAD"), path, page, null, "Accept-Encoding: deflate, br;q=0.9, gzip;q=0.5, identity;q=0.1"),
        2 => Of(Pick("GET", "HEAD"), path, page, null, "Accept-Encoding: " + Pick("", "*;q=0.5", "zstd", ";;,")),
        3 => Of("GET", path, page, page.Status is >= 200 and < 300 ? 406 : null, "Accept-Encoding: identity;q=0, br, gzip"),
        _ => Of("GET", path, page.Status is >= 200 and < 300 ? ErrorPage(406) : page, 406, "Accept-Encoding: *;q=0"),
    };

    /// <summary>Virtual hosts, of which some have a path that every host has.</summary>
    private void AddHosts()
    {
        int count = Pick(0, 0, 1, 3);
        if (count == 0)
        {
            return;
        }

        var every = new Page(200, "every host", Lines());
        _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticResponse(\"/h\", \"{every.Body}\"{Headers(every.Lines)})]\n");
        for (int i = 0; i < count; i++)
        {
            string host = Pick("a", "xn--abc", new string('h', 63)) + ".example" + N(i);
            var own = new Page(200, Text(host, Pick(1, 2049)), Lines());
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticResponse(\"/h\", \"{own.Body}\", Host = \"{host}\"{Headers(own.Lines)})]\n");
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticResponse(\"/own{N(i)}\", \"own\", Host = \"{host}\")]\n");
            _makers.Add(() => OfHost(Pick(host, host.ToUpperInvariant(), host + ":80", host + ".", host + ".:1"), "/h", own));
            _makers.Add(() => OfHost(Pick("x" + host, host + "x", "other", "other:"), "/h", every));
            _makers.Add(() => OfHost("other", "/own" + N(i), ErrorPage(404), 404));
            _makers.Add(() => OfHost(host, 9 + host.Length <= MaxTarget ? $"http://{host}/h" : "/h", own));
        }
    }

    private static Exchange OfHost(string host, string target, Page? page, int status = 200)
        => new($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n", status) { Page = page };

    /// <summary>Whether folders have pages for what is not there.</summary>
    private bool HasPages => Seed % 4 == 1;

    /// <summary>Whether files are stored instead of shown. Such a folder has no pages.</summary>
    private bool IsDownload => Seed % 16 == 6;

    private string Download => IsDownload ? ", Download = true" : "";

    private string[] DownloadLines => IsDownload ? ["Content-Disposition: attachment"] : [];

    /// <summary>Something that is not among the embedded files.</summary>
    private Exchange MissingAsset(string[] lines)
        => _fields.Next(3) switch
        {
            0 => Of(Pick("GET", "HEAD"), "/e/no.where/page", new Page(200, RandomAssets.Content(2048), lines)),
            1 => Of(Pick("GET", "HEAD"), "/e/page", new Page(404, RandomAssets.Content(1), lines), null, "Accept: " + Pick("application/json", "image/*", "text/html;q=0")),
            _ => Of(Pick("GET", "HEAD", "DELETE"), "/e/script.js", new Page(404, RandomAssets.Content(1), lines), null, "Range: bytes=0-0\r\nIf-None-Match: *"),
        };

    /// <summary>Something that is not among the files of a root.</summary>
    private Exchange MissingFile(int root)
    {
        string prefix = $"/f{N(root)}/";
        string[] lines = _folderLines[root];
        int size = Pick(0, 1, 2048, 2049, 20_000);
        string method = Pick("GET", "HEAD");
        return (HasPages ? _fields.Next(6) : -1) switch
        {
            0 => Of(method, prefix + "no.where/page", new Page(200, RandomFiles.Content("file2048"), lines)),
            1 => Of(method, prefix + "page", new Page(404, RandomFiles.Content("file1"), lines), null, "Accept: " + Pick("application/json", "image/*", "text/html;q=0")),
            2 => Of(method, prefix + "script.js", new Page(404, RandomFiles.Content("file1"), lines), null, "Range: bytes=0-0\r\nIf-None-Match: *"),
            3 => Of(method, prefix + "page" + N(size), new Page(200, RandomFiles.Content($"page{N(size)}.html"), lines)),
            4 => Of(method, prefix + "page" + N(size) + Pick(".html", "/"), new Page(301, "", [.. lines, $"Location: {prefix}page{N(size)}"])),
            5 => Of(method, prefix + "page" + N(size) + Pick(".html?", "/?"), new Page(301, "", [.. lines, $"Location: {prefix}page{N(size)}?"])),
            _ => Of("GET", prefix + "nothing", ErrorPage(404), 404),
        };
    }

    /// <summary>Files that are embedded in the program: see <see cref="RandomAssets"/>.</summary>
    private void AddAssets()
    {
        if (!_hasAssets)
        {
            return;
        }

        string[] lines = Lines();
        bool isCompressed = _random.Next(2) == 0;
        _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticFiles(\"/e/\", \"wwwroot\", Compress = {(isCompressed ? "true" : "false")}{(HasPages ? ", Fallback = \"asset2048.txt\", NotFound = \"asset1.txt\"" : "")}{Download}{Headers(lines)})]\n");
        lines = [.. lines, .. DownloadLines];
        if (HasPages)
        {
            _makers.Add(() => MissingAsset(lines));
        }

        if (HasVariables)
        {
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticFile(\"/filled\", \"{RandomAssets.Template}\", Variables = new string[] {{ \"RANDOM_SERVER\" }})]\n");
            _makers.Add(() => _fields.Next(3) switch
            {
                0 => Part("/filled", RandomAssets.Filled, []),
                1 => Of("GET", "/filled", null, 304, "If-None-Match: *"),
                _ => Of(_fields.Next(2) == 0 ? "GET" : "HEAD", "/filled", new Page(200, RandomAssets.Filled, [])),
            });
        }

        if (HasLanguages)
        {
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticFile(\"/l/*\", \"wwwroot/{RandomAssets.Name(2049)}\")]\n    [SyscallServer.StaticFile(\"/l/*\", \"wwwroot/{RandomAssets.Name(1)}\", Language = \"de\")]\n    [SyscallServer.StaticFile(\"/l/*\", \"wwwroot/{RandomAssets.Name(9000)}\", Language = \"fr-CA\", Compress = false)]\n");
            _makers.Add(Translated);
        }

        _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.StaticFile(\"/one\", \"wwwroot/{RandomAssets.Name(2049)}\")]\n");
        _makers.Add(() => Of(Pick("GET", "HEAD"), "/one", new Page(200, RandomAssets.Content(2049), [])));
        _makers.Add(() =>
        {
            int size = Pick(RandomAssets.Sizes);
            string path = "/e/" + RandomAssets.Name(size);
            var page = new Page(200, RandomAssets.Content(size), lines);
            return _random.Next(4) switch
            {
                0 => Of(Pick("GET", "HEAD"), path, page),
                1 => Encoded(path, page),
                2 when size > 0 => Part(path, RandomAssets.Content(size), lines),
                _ => OfFile(path, page, timesAreStrong: false),
            };
        });
    }

    /// <summary>A page in the language that the client likes best.</summary>
    private Exchange Translated()
    {
        (string field, int size, string? language) = _fields.Next(7) switch
        {
            0 => ("Accept-Language: de", 1, "de"),
            1 => ("Accept-Language: en, de-AT;q=0.5", 1, "de"),
            2 => ("Accept-Language: fr-ca-x-y, de;q=0.9", 9000, "fr-CA"),
            3 => ("Accept-Language: fr, *", 2049, null),
            4 => ("Accept-Language: de-AT, fr-CA;q=0.001, de;q=0", 9000, "fr-CA"),
            5 => ("Accept-Language: de;q=1.5, fr-CA", 2049, null),
            _ => ("X-Language: de", 2049, null),
        };
        string[] lines = language is null ? [] : ["Content-Language: " + language];
        return Of(_fields.Next(2) == 0 ? "GET" : "HEAD", "/l/" + new string('l', _fields.Next(20)), new Page(200, RandomAssets.Content(size), lines), null, field);
    }

    /// <summary>A condition on something whose time is known.</summary>
    /// <param name="path">The path.</param>
    /// <param name="page">What it is.</param>
    /// <param name="timesAreStrong">Whether the time tells one version from the next, so that a part may be asked for with it.</param>
    private Exchange OfFile(string path, Page page, bool timesAreStrong)
    {
        string method = Pick("GET", "HEAD");
        Exchange exchange = _random.Next(7) switch
        {
            0 => Of(method, path, null, 304, "If-None-Match: *"),
            1 => Of(method, path, null, 304, "If-Modified-Since: " + RandomFiles.Time),
            2 => Of(method, path, page, null, "If-Modified-Since: " + Pick(RandomFiles.Before, "yesterday")),
            3 => Of(method, path, page, null, "If-None-Match: \"other\"\r\nIf-Modified-Since: " + RandomFiles.Time),
            4 => Of(method, path, ErrorPage(412), 412, Pick("If-Match: \"other\"", "If-Unmodified-Since: " + RandomFiles.Before)),
            5 => Of(method, path, page, null, Pick("If-Match: *", "If-Unmodified-Since: " + RandomFiles.Time)),
            _ => Of("GET", path, page, timesAreStrong ? 206 : null, "Range: bytes=0-0\r\nIf-Range: " + Pick("\"other\"", RandomFiles.Time), timesAreStrong ? 416 : null),
        };
        return exchange with { MayHave = page.Lines };
    }

    /// <summary>What stands for the boundary and for the media type of the parts in a multipart body, neither of which attributes say.</summary>
    internal const string Boundary = "\u0001";
    internal const string PartType = "\u0002";

    /// <summary>
    /// Several ranges, and what RFC 9110, section 14.2, and the documentation of [StaticFiles] and [Files] say of them: those that are not there are left out, one that is within 80 bytes of that before is one with it, and all is
    /// sent where more than 16 are left, or they are longer together than all is.
    /// </summary>
    private Exchange Parts(string path, string content, string[] lines)
    {
        int size = content.Length;
        var specs = new List<string>();
        var parts = new List<(int First, int End)>();
        for (int count = _fields.Next(1, _fields.Next(2) == 0 ? 5 : 40); count > 0; count--)
        {
            int first = _fields.Next(size + size / 16 + 1);
            int last = first + _fields.Next(_fields.Next(2) == 0 ? size + 1 : size / 64 + 1);
            (string spec, int from, int end) = _fields.Next(4) switch
            {
                0 => ($"{N(first)}-", first, size),
                1 => ($"-{N(last - first)}", Math.Max(0, size - (last - first)), size),
                _ => ($"{N(first)}-{N(last)}", first, Math.Min(last + 1, size)),
            };
            specs.Add(spec);
            if (from < end)
            {
                bool isNear = parts.Count > 0 && from <= parts[^1].End + 80 && parts[^1].First <= end + 80;
                (int First, int End) part = isNear ? (Math.Min(from, parts[^1].First), Math.Max(end, parts[^1].End)) : (from, end);
                parts.RemoveRange(parts.Count - (isNear ? 1 : 0), isNear ? 1 : 0);
                parts.Add(part);
            }

            if (parts.Count > 16 || specs.Sum(each => each.Length + 3) > MaxHeader / 2)
            {
                break;
            }
        }

        string field = "Range: bytes=" + string.Join(_fields.Next(2) == 0 ? "," : " , ", specs);
        bool isWhole = parts.Count > 16 || parts.Sum(part => (long)(part.End - part.First)) > size;
        Page? page = isWhole ? new Page(200, content, lines)
            : parts.Count == 0 ? ErrorPage(416)
            : parts.Count == 1 ? new Page(206, content[parts[0].First..parts[0].End], [.. lines, $"Content-Range: bytes {N(parts[0].First)}-{N(parts[0].End - 1)}/{N(size)}"])
            : new Page(
                206,
                string.Concat(parts.Select(part => $"\r\n--{Boundary}\r\nContent-Type: {PartType}\r\nContent-Range: bytes {N(part.First)}-{N(part.End - 1)}/{N(size)}\r\n\r\n{content[part.First..part.End]}")) + $"\r\n--{Boundary}--\r\n",
                lines);
        return Of("GET", path, page, parts.Count == 0 && !isWhole ? 416 : null, field) with { MayHave = lines };
    }

    /// <summary>A part of something, or of nothing.</summary>
    private Exchange Part(string path, string content, string[] lines)
    {
        int size = content.Length;
        if (Seed % 8 is 3 or 6 && _fields.Next(2) == 0)
        {
            return Parts(path, content, lines);
        }

        int first = _random.Next(size);
        int last = first + _random.Next(size);
        int end = Math.Min(last, size - 1) + 1;
        Exchange exchange = _random.Next(6) switch
        {
            0 => Of("GET", path, new Page(206, content[first..], lines), null, $"Range: bytes={N(first)}-"),
            1 => Of("GET", path, new Page(206, content[^(first + 1)..], lines), null, $"Range: bytes=-{N(first + 1)}"),
            2 => Of("GET", path, ErrorPage(416), 416, $"Range: bytes={N(size)}-"),
            3 => Of("GET", path, new Page(200, content, lines), null, "Range: " + Pick("bytes=4-0", "lines=0-1", "bytes=", "bytes=x")),
            4 => Of("HEAD", path, new Page(200, content, lines), 206, $"Range: bytes={N(first)}-{N(last)}"),
            _ => Of("GET", path, new Page(206, content[first..end], lines), null, $"Range: bytes={N(first)}-{N(last)}"),
        };
        return exchange with { MayHave = lines };
    }

    private void AddErrorPages()
    {
        IEnumerable<int> statuses = AlwaysErrors.Concat(_roots > 0 ? [403, 409, 411, 507] : []).Concat(_roots + _handlers > 0 ? [500] : []);
        foreach (int status in statuses)
        {
            if (_random.Next(3) != 0)
            {
                var page = new Page(status, Text($"e{N(Seed)}.{N(status)}.", Pick(0, 1, 2048, 2049, 16384)), _random.Next(4) == 0 ? Lines() : []);
                _errorPages.Add(status, page);
                _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.ErrorPage({N(status)}, \"{page.Body}\"{Headers(page.Lines)})]\n");
            }
        }
    }

    private void AddFiles()
    {
        for (int i = 0; i < _roots; i++)
        {
            int root = i;
            string[] lines = Lines();
            int most = Pick(1, 100, 5000, 1 << 24);
            _folderLines.Add([.. lines, .. DownloadLines]);
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.Files(\"/f{N(i)}/\", \"root{N(i)}\", Precompressed = {Pick("true", "false")}{(HasPages ? ", Fallback = \"file2048\", NotFound = \"file1\", CleanUrls = true" : "")}{Rules}{Download}{Headers(lines)})]\n");
            _attributes.Append(CultureInfo.InvariantCulture, $"    [SyscallServer.Upload(\"/f{N(i)}/\", \"up{N(i)}\", MaxBodyBytes = {N(most)})]\n");
            _makers.Add(() => File(root));
            _makers.Add(() => File(root));
            _makers.Add(() => Folder(root));
            _makers.Add(() => MissingFile(root));
            _makers.Add(() => Upload(root, most));
        }
    }

    private readonly List<string[]> _folderLines = [];

    private Exchange File(int root)
    {
        int size = Pick(0, 1, 2048, 2049, 16384, 100_000);
        string name = $"file{N(size)}";
        string path = $"/f{N(root)}/{name}";
        if (HasFileRules && size == 16384)
        {
            return Of(Pick("GET", "HEAD"), path, HasPages ? new Page(404, RandomFiles.Content("file1"), _folderLines[root]) : ErrorPage(404), 404, "Accept: image/png");
        }

        string[] lines = [.. _folderLines[root], .. !HasFileRules ? Array.Empty<string>() : size is 1 or 100_000 ? ["Cache-Control: no-store"] : size == 0 ? ["Cache-Control: no-cache"] : []];
        var page = new Page(200, RandomFiles.Content(name), lines);
        return _random.Next(4) switch
        {
            0 => Of(Pick("GET", "HEAD"), path, page),
            1 => Of(Pick("GET", "HEAD"), path, page, null, "Accept-Encoding: " + Pick("gzip, br", "", "identity", "*")),
            2 when size > 0 => Part(path, RandomFiles.Content(name), lines),
            _ => OfFile(path, page, timesAreStrong: true),
        };
    }

    /// <summary>A folder without the slash at its end, with the longest query that there may be, or one that is shorter.</summary>
    private Exchange Folder(int root)
    {
        string prefix = $"/f{N(root)}/";
        int room = Math.Min(MaxTarget, 65000) - prefix.Length;
        string path = prefix + "dir" + new string('d', Math.Min(room - 3, Pick(0, 1, 200, 4000)));
        int query = Math.Min(MaxTarget - path.Length - 2, Pick(0, 100, 2000, 4060, 4080, 65536)) - Pick(0, 0, 1, 17, 100);
        string suffix = query > 0 ? "?" + new string('Q', query) : "";
        return Of("GET", path + suffix, new Page(301, "", [.. _folderLines[root], "Location: " + path + "/" + suffix]), HasPages ? 200 : 404, null, 414);
    }

    private Exchange Upload(int root, int most)
    {
        string path = $"/f{N(root)}/up{N(_serial++)}";
        int length = Math.Min(Pick(0, 1, most, most + 1), 20_000);
        return MayBeShort(WithBody("PUT", path, new Page(201, null, null), most, length));
    }

    private void AddHandlers()
    {
        for (int i = 0; i < _handlers; i++)
        {
            int number = i;
            int most = Pick(0, 1, 2048, 8192, 65536);
            int longest = Pick(0, 1, 100, 16384, 65536, 1 << 20);
            _longestBody = Math.Max(_longestBody, longest);
            _members.Append(CultureInfo.InvariantCulture, $"        [SyscallServer.Get(\"/g{N(i)}\", MaxResponseBytes = {N(most)})] private static void G{N(i)}(in SyscallServer.Request request, ref SyscallServer.ResponseWriter response) => SyscallServer.Tests.RandomServers.Handler.Fill(in request, ref response);\n");
            _members.Append(CultureInfo.InvariantCulture, $"        [SyscallServer.Post(\"/p{N(i)}\", MaxBodyBytes = {N(longest)}, MaxResponseBytes = {N(most)})] private static void P{N(i)}(in SyscallServer.Request request, ref SyscallServer.ResponseWriter response) => response.Write(request.Body);\n");
            _makers.Add(() => Fill(number, most));
            _makers.Add(() =>
            {
                int length = Math.Min(Pick(0, 1, longest, longest + 1, most), 70_000);
                string body = Text("b", length);
                return MayBeShort(WithBody("POST", $"/p{N(number)}", length <= most ? new Page(200, body, []) : ErrorPage(500) ?? new Page(500, null, null), longest, length));
            });
        }
    }

    private int _longestBody;

    /// <summary>Where so many connections at a time as there are here do not all have memory for a body, one may get 503.</summary>
    private Exchange MayBeShort(Exchange exchange)
        => MaxRequestMemory > 0 && MaxRequestMemory / 3 < _longestBody + MaxTarget + MaxHeader + 8192 ? exchange with { Other = 503, MayClose = true } : exchange;

    /// <summary>A handler that writes as much as the request says: body, a field line, and whether one was refused before all of it was forgotten.</summary>
    private Exchange Fill(int handler, int most)
    {
        int body = Pick(0, 1, most, most - 1, most + 1);
        int field = Pick(0, 0, 1, 100, 5000, 7000, 7800, 7850, 7900, 9000);
        bool isForgotten = _random.Next(4) == 0;
        string path = $"/g{N(handler)}?{N(Math.Max(body, 0))},{N(field)},{(isForgotten ? '1' : '0')}";
        bool fits = body <= most && !isForgotten && field < 8500;
        bool mayFail = field > 6000 || !fits;
        var page = fits ? new Page(200, Handler.Content(Math.Max(body, 0)), field == 0 ? [] : ["X-Fill: " + new string('h', field)]) : ErrorPage(500) ?? new Page(500, null, null);
        return Of("GET", path, page, mayFail ? 500 : null);
    }

    private void AddOthers()
    {
        _makers.Add(() => Of("GET", "/nothing", ErrorPage(404), 404));
        _makers.Add(() => Of("OPTIONS", "/short", new Page(204, "", null)));
        _makers.Add(() => Of("GET", "/short", new Page(200, "short", []), null, "X-Long: " + new string('x', Math.Max(1, MaxHeader - 60))));
        _makers.Add(() => Of("GET", "/nothing?" + new string('q', Math.Max(0, MaxTarget - 9)), ErrorPage(404), 404));
    }

    /// <summary>A request that ends its connection.</summary>
    internal Exchange Bad() => _random.Next(5) switch
    {
        0 => new Exchange("BAD\u0001 / HTTP/1.1\r\n\r\n", 400) { MayClose = true },
        1 => new Exchange("GET /" + new string('t', MaxTarget) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414) { MayClose = true },
        2 => new Exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + new string('h', MaxHeader) + "\r\n\r\n", 431) { MayClose = true },
        3 => new Exchange("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505) { MayClose = true },
        _ => new Exchange("GET /short HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200) { MayClose = true, Page = new Page(200, "short", []) },
    };

    /// <summary>One that never comes to its end: 408 when the time for it is over.</summary>
    internal Exchange Unfinished() => _random.Next(4) switch
    {
        0 => new Exchange("GE", 408) { MayClose = true },
        1 => new Exchange("GET /short HTTP/1.1\r\nHost: a\r\n", 408) { MayClose = true },
        2 when _maxBody > 1 => new Exchange("GET /short HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na", 408) { MayClose = true },
        _ => new Exchange("GET /short HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", 408) { MayClose = true },
    };

    private string Query(string path) => _random.Next(5) == 0 ? "?" + new string('q', Math.Min(Pick(1, 100, 4000), MaxTarget - path.Length - 1)) : "";

    private Exchange WithBody(string method, string path, Page page, int most, int? length = null)
    {
        int count = length ?? Math.Min(Pick(0, 1, most, most + 1), 20_000);
        string body = Text("b", count);
        bool isChunked = _random.Next(3) == 0;
        string framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + N(count);
        string content = isChunked ? (count == 0 ? "" : count.ToString("X", CultureInfo.InvariantCulture) + "\r\n" + body + "\r\n") + "0\r\n\r\n" : body;
        bool isTooLong = count > most;
        return new Exchange($"{method} {path} HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n{content}", isTooLong ? 413 : page.Status) { Page = isTooLong ? null : page, MayClose = isTooLong };
    }

    private static Exchange Of(string method, string target, Page? page, int? other = null, string? field = null, int? third = null)
        => new($"{method} {target} HTTP/1.1\r\nHost: a\r\n{(field is null ? "" : field + "\r\n")}\r\n", page?.Status ?? other!.Value) { Page = page, IsHead = method == "HEAD", Other = other, Third = third };
}

/// <summary>What a response is to be. A body or field lines that are null are not known.</summary>
internal sealed record Page(int Status, string? Body, string[]? Lines);

/// <summary>A request, and what may answer it.</summary>
/// <param name="Request">Its bytes, as Latin-1.</param>
/// <param name="Status">The status.</param>
internal sealed record Exchange(string Request, int Status)
{
    internal Page? Page { get; init; }

    /// <summary>Statuses that are right besides, where the size is at an edge that the attributes do not say.</summary>
    internal int? Other { get; init; }

    internal int? Third { get; init; }

    internal bool IsHead { get; init; }

    /// <summary>Lines that the attributes say of another response of the same resource, and that are right with this one.</summary>
    internal string[]? MayHave { get; init; }

    /// <summary>Whether the response may be the connection's last.</summary>
    internal bool MayClose { get; init; }
}
