using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SyscallServer.Tests.RandomServers;

/// <content>Field lines of groups of routes, and pages of other origins; as with the delays.</content>
internal sealed partial class RandomServer
{
    private const string AllowedOrigin = "https://a.example";
    private static readonly string[] Origins = [AllowedOrigin, "http://b.example:8080", "https://c.example", "null", "https://a.example.evil", ""];

    /// <summary>Names of lines that groups say.</summary>
    internal static readonly string[] GroupFields =
    [
        "X-Group", "X-Long", "X-Short", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers", "Access-Control-Max-Age",
    ];

    /// <summary>Whether it has them.</summary>
    private bool HasGroups => Seed % 9 is 4 or 7;

    private bool HasCors => Seed % 9 == 4;

    /// <summary>How long the line of a folder is.</summary>
    private int LongLine => (Seed / 9 % 5) switch { 0 => 1, 1 => 100, 2 => 1500, 3 => 3000, _ => 5000 };

    private void AddGroups()
    {
        if (!HasGroups)
        {
            return;
        }

        _attributes.Append("    [SyscallServer.Headers(\"/*\", \"X-Group: every\", \"Vary: X-Group\")]\n    [SyscallServer.Headers(\"/short\", \"x-group: short\", \"X-Short: 1\")]\n");
        _attributes.Append(_roots > 0 ? $"    [SyscallServer.Headers(\"/f0/*\", \"!X-Group\", \"X-Long: {new string('l', LongLine)}\")]\n" : "");
        _attributes.Append(HasCors ? $"    [SyscallServer.Cors(\"/*\", Origins = new string[] {{ \"{Origins[0]}\", \"{Origins[1]}\" }}, Methods = new string[] {{ \"GET\", \"PUT\", \"POST\" }}, Credentials = true, MaxAge = 5, ExposeHeaders = new string[] {{ \"ETag\" }})]\n" : "");
        _attributes.Append(HasCors ? "    [SyscallServer.Cors(\"/short\", Origins = new string[] { \"*\" }, Headers = new string[] { \"*\" })]\n" : "");
    }

    /// <summary>The lines that a response may have for the path of its request; none where the server has no groups.</summary>
    internal string[][] GroupsOf(string request)
    {
        if (!HasGroups)
        {
            return [];
        }

        string[] start = request.TrimStart('\r', '\n').Split(' ');
        bool isWhole = start.Length > 2 && request.Contains("\r\n\r\n", StringComparison.Ordinal);
        string path = isWhole ? start[1].Split('?')[0] : "/";
        string? origin = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Origin:", StringComparison.Ordinal))?[7..].Trim();
        bool isPreflight = isWhole && start[0] == "OPTIONS" && request.Contains("Access-Control-Request-Method", StringComparison.Ordinal) && origin is not null;
        string[] every = ["X-Group: every", .. Pages(origin, isPreflight)];
        string[] unknown = ["X-Group: every"];
        string[] brief = ["x-group: short", "X-Short: 1", .. !HasCors ? [] : isPreflight ? ["Access-Control-Allow-Origin: *", "Access-Control-Allow-Methods: GET, HEAD, POST", "Access-Control-Allow-Headers: *"] : new[] { "Access-Control-Allow-Origin: *" }];
        string[] files = _roots > 0 ? ["X-Long: " + new string('l', LongLine), .. Pages(origin, isPreflight)] : every;
        return !isWhole || path[0] != '/' ? [unknown]
            : path.Contains('%', StringComparison.Ordinal) || path.Contains("/.", StringComparison.Ordinal) ? [every, brief, files]
            : path == "/short" ? [brief, unknown] // of a request that is so wrong that it is not looked at
            : path == "/f0" || path.StartsWith("/f0/", StringComparison.Ordinal) ? [files, unknown]
            : [every, unknown];
    }

    private string[] Pages(string? origin, bool isPreflight)
        => !HasCors || !Origins.Take(2).Contains(origin) ? []
            : isPreflight ? [$"Access-Control-Allow-Origin: {origin}", "Access-Control-Allow-Credentials: true", "Access-Control-Allow-Methods: GET, HEAD, POST, PUT", "Access-Control-Max-Age: 5"]
            : [$"Access-Control-Allow-Origin: {origin}", "Access-Control-Allow-Credentials: true", "Access-Control-Expose-Headers: ETag"];

    /// <summary>A page may send it. What would be refused for the page that sends it has a test of its own.</summary>
    private Exchange WithOrigin(Exchange exchange)
    {
        const string host = "\r\nHost: a\r\n";
        int place = exchange.Request.IndexOf(host, StringComparison.Ordinal);
        bool isSafe = exchange.Request.StartsWith("GET ", StringComparison.Ordinal) || exchange.Request.StartsWith("HEAD ", StringComparison.Ordinal);
        if (place < 0 || exchange.Request.Contains("Origin:", StringComparison.Ordinal) || _fields.Next(3) == 0 || (!isSafe && !HasCors))
        {
            return exchange;
        }

        place += host.Length;
        int fields = exchange.Request.IndexOf("\r\n\r\n", place - 2, StringComparison.Ordinal) - place;
        string line = $"Origin: {(isSafe ? Origins[_fields.Next(Origins.Length)] : Origins[_fields.Next(2)])}\r\n";
        return fields + line.Length < MaxHeader / 2 ? exchange with { Request = exchange.Request.Insert(place, line) } : exchange;
    }

    /// <summary>What a browser asks before it sends another request; and what is none of it.</summary>
    private Exchange Preflight()
    {
        string path = _fields.Next(4) switch { 0 => "/short", 1 => "/g/page", 2 => "/nothing", _ => _roots > 0 ? "/f0/x" : "/short" };
        string origin = Origins[_fields.Next(2)];
        return HasCors ? Of("OPTIONS", path, new Page(204, "", []), null, $"Origin: {origin}\r\nAccess-Control-Request-Method: PUT") : Of("GET", "/short", new Page(200, "short", []));
    }
}
