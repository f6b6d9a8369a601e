using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// tests/Servers/Beside and nginx with the same configuration: they answer the same, but for differences that have a name here and in docs/comparison.md. A difference without a name is a
/// failure, and so is a name without a difference.
/// </summary>
/// <remarks>
/// Compared are the status, Location, the range, what is asked for with 401, the field that was added; and of what is found the type and the body. Errors have pages of their own in each.
/// </remarks>
[Trait("Category", "Documents")]
public sealed class NginxTests : IDisposable
{
    private const string User = "ann:secretsecret1234";

    /// <summary>The same in the form of htpasswd(1).</summary>
    private const string Password = "ann:{PLAIN}secretsecret1234\n";

    private const string Home = "200 text/html; charset=utf-8 35 <!doctype html><title>Home</title>";
    private const string About = "200 text/html; charset=utf-8 36 <!doctype html><title>About</title>";
    private const string Numbers = "200 text/plain; charset=utf-8 81 1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nginx");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A request, and where the answers differ, what they are.</summary>
    private sealed record Case(string Line, string Fields, string? Ours = null, string? Nginx = null)
    {
        public override string ToString() => $"{Line} [{Fields.Replace("\r\n", "; ", StringComparison.Ordinal)}]";
    }

    [Fact]
    public async Task Answers_are_those_of_nginx_but_for_differences_with_a_name()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Beside);
        await using ServerProcess server = await ServerProcess.StartAsync(["env", "BESIDE_USERS=" + User], executable, "--port", "0");
        int port = FreePort.ToStay(1)[0];
        (string program, string[] arguments) = DeployFile.Nginx(await WriteConfigurationAsync(port), _folder.FullName);
        arguments[^1] += " user root;"; // its workers read the folders of this process
        using Process nginx = Command.Start(program, arguments);
        try
        {
            await ServerProcess.EventuallyAsync(() => nginx.HasExited || ProcFile.Listens(nginx.Id), "nginx serves");
            Case[] cases = [.. Cases()];
            string documentation = await File.ReadAllTextAsync(Repository.Path("docs", "comparison.md"));
            Assert.All(Differences, difference => Assert.Contains($"| {difference.Name} |", documentation, StringComparison.Ordinal));
            Assert.InRange(cases.Length, 200, 1000);
            var failures = new List<string>();
            foreach (Case one in cases)
            {
                string ours = await AskAsync(server.Port, one);
                string others = await AskAsync(port, one);
                if (one.Ours is null ? ours != others : (ours, others) != (one.Ours, one.Nginx))
                {
                    failures.Add($"{one}: {ours} | {others}{(one.Ours is null ? "" : $" instead of {one.Ours} | {one.Nginx}")}");
                }
            }

            Assert.True(failures.Count == 0, string.Join("\n", failures));
        }
        finally
        {
            nginx.Kill(entireProcessTree: true);
            await nginx.WaitForExitAsync();
        }
    }

    private async Task<string> WriteConfigurationAsync(int port)
    {
        string passwords = Path.Combine(_folder.FullName, "passwords");
        await File.WriteAllTextAsync(passwords, Password);
        string redirects = string.Join("\n    ", Enumerable.Range(1, 30).Select(i => $"/old-{i} /new-{i};"));
        string configuration = (await File.ReadAllTextAsync(Repository.Path(Programs.Beside, "nginx.conf")))
            .Replace("WWWROOT;", Repository.Path(Programs.Beside, "wwwroot") + ";", StringComparison.Ordinal)
            .Replace("PASSWORDS;", passwords + ";", StringComparison.Ordinal)
            .Replace("REDIRECTS", redirects, StringComparison.Ordinal);
        string file = Path.Combine(_folder.FullName, "configuration");
        await File.WriteAllTextAsync(file, DeployFile.ForNginx(DeployFile.WithPorts(configuration, [("8080", port)]), _folder.FullName));
        return file;
    }

    /// <summary>What of an answer is compared.</summary>
    private static async Task<string> AskAsync(int port, Case one)
    {
        using Client client = await Client.ConnectAsync(port);
        byte[] answer;
        try
        {
            await client.SendAsync(Encoding.Latin1.GetBytes($"{one.Line}\r\n{one.Fields}Connection: close\r\n\r\n"));
            answer = await client.ReadBytesToEndAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return "reset"; // there was more to read than the server has read
        }

        string[] parts = Encoding.Latin1.GetString(answer).Split("\r\n\r\n", 2);
        string[] lines = parts[0].Split("\r\n");
        int status = int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        string?[] compared =
        [
            $"{status}", Field("Location"), status is 206 or 416 ? Field("Content-Range") : null, Field("WWW-Authenticate")?.Split(", charset")[0], Field("X-Robots-Tag"),
            status is 200 or 206 ? Field("Content-Type")?.Split("; boundary")[0] : null, status is 200 or 206 && !one.Line.StartsWith("HEAD", StringComparison.Ordinal) ? $"{parts[1].Length} {parts[1].Split('\n')[0].TrimEnd('\r')}" : null,
        ];
        return string.Join(' ', compared.Where(part => part is not null));

        string? Field(string name) => lines.Skip(1).Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 2)..]).FirstOrDefault();
    }

    private static string Basic(string user) => $"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes(user))}\r\n";

    private static Case Get(string path, string fields = "", string? ours = null, string? nginx = null) => new($"GET {path} HTTP/1.1", "Host: h\r\n" + fields, ours, nginx);

    private static Case Of(string method, string path, string? ours = null, string? nginx = null)
        => new($"{method} {path} HTTP/1.1", "Host: h\r\n" + (method is "POST" or "PUT" ? "Content-Length: 0\r\n" : ""), ours, nginx);

    private static IEnumerable<Case> Cases()
        => [.. Redirects(), .. Pages(), .. Methods(), .. Passwords(), .. Ranges(), .. Conditions(), .. Malformed(), .. Differences.SelectMany(difference => difference.Cases)];

    /// <summary>By the name that each has in docs/comparison.md. In front of the bar is what we answer.</summary>
    private static readonly (string Name, Case[] Cases)[] Differences =
    [
        ("A redirect keeps the escapes of the request", [
            Get("/blog/%20", "", "301 /news/%20", "301 /news/ "), Get("/blog/a%2Fb", "", "301 /news/a%2Fb", "301 /news/a/b"), Get("/blog/%C3%A9", "", "301 /news/%C3%A9", "301 /news/\u00c3\u00a9"), Get("/blog/a%0d%0ab", "", "400", "404"),
        ]),
        ("Empty segments and an empty query stay", [
            Get("/blog///evil.example", "", "301 /news///evil.example", "301 /news/evil.example"), Get("/blog/a//b", "", "301 /news/a//b", "301 /news/a/b"), Get("/blog/?", "", "301 /news/?", "301 /news/"), Get("//", "", "404", Home),
        ]),
        ("A path does not lead out of the root", [
            Get("/blog/../..", "", Home, "400"), Get("/docs/../../etc/passwd", "", "404", "400"), Get("/%2e%2e/etc/passwd", "", "404", "400"),
        ]),
        ("A path is compared when its escapes are decoded", [
            Get("/about%2ehtml", "", "301 /about", About),
        ]),
        ("OPTIONS is answered", [
            Of("OPTIONS", "/", "204", "405"), Of("OPTIONS", "/about", "204", "405"), Of("OPTIONS", "/docs/", "204", "405"), Of("OPTIONS", "/numbers.txt", "204", "405"),
        ]),
        ("A method that nobody knows gets 501", [
            new Case("get /about HTTP/1.1", "Host: h\r\n", "501", "400"), new Case("BREW /about HTTP/1.1", "Host: h\r\n", "501", "405"),
        ]),
        ("Other methods are not redirected to the path of a page", [
            Of("POST", "/about/", "405", "301 /about"), Of("DELETE", "/about.html", "405", "301 /about"),
        ]),
        ("A range that is none is ignored", [
            Get("/numbers.txt", "Range: bytes=5-3\r\n", Numbers, "416 bytes */81"), Get("/numbers.txt", "Range: bytes=a-b\r\n", Numbers, "416 bytes */81"),
        ]),
        ("Ranges are for GET alone", [
            new Case("HEAD /numbers.txt HTTP/1.1", "Host: h\r\nRange: bytes=0-3\r\n", "200 text/plain; charset=utf-8", "206 bytes 0-3/81 text/plain; charset=utf-8"),
        ]),
        ("Ranges that touch are one", [
            Get("/numbers.txt", "Range: bytes=0-1,3-4\r\n", "206 bytes 0-4/81 text/plain; charset=utf-8 5 1", "206 multipart/byteranges 228 "), Get("/numbers.txt", "Range: bytes=0-1,1-2\r\n", "206 bytes 0-2/81 text/plain; charset=utf-8 3 1", "206 multipart/byteranges 228 "),
        ]),
        ("A client that takes no coding gets none", [
            Get("/numbers.txt", "Accept-Encoding: *;q=0\r\n", "406", Numbers), Get("/about", "Accept-Encoding: *;q=0\r\n", "406", About),
        ]),
        ("Bytes that are not ASCII must be escaped", [
            Get("/blog/\u00e9", "", "400", "301 /news/\u00e9"),
        ]),
        ("Errors have the status that says what is wrong", [
            Get("/about", $"X: {new string('y', 40_000)}\r\n", "431", "400"), new Case("GET /about HTTP/9", "Host: h\r\n", "400", "505"), Get("/about", "Transfer-Encoding: x\r\n", "400", "501"),
        ]),
    ];

    private static IEnumerable<Case> Redirects()
    {
        for (int i = 1; i <= 30; i++)
        {
            yield return Get($"/old-{i}");
            yield return Get($"/old-{i}?q={i}");
        }

        for (int i = 1; i <= 5; i++)
        {
            yield return Of("HEAD", $"/old-{i}");
        }

        foreach (string rest in new[] { "", "a", "a/b", "a?x=1", "a;b", "a?b?c", ".", "./a", "a/../b" })
        {
            yield return Get("/blog/" + rest);
        }

        yield return Get("/temp");
        yield return Get("/temp?x=1");
    }

    private static IEnumerable<Case> Pages()
    {
        foreach (string path in new[] { "/", "/about", "/about.html", "/about/", "/about.html?x=1", "/about?x=1", "/docs", "/docs/", "/docs/index.html", "/index.html", "/numbers.txt", "/plain", "/api/data", "/missing", "/missing.js", "/missing.html", "/missing/", "/404", "/404.html", "/a/../about", "/./about", "/%61bout", "/ABOUT", "/a%2fb", "/guarded.txt" })
        {
            yield return Get(path);
            yield return Of("HEAD", path);
        }
    }

    private static IEnumerable<Case> Methods()
    {
        foreach (string method in new[] { "POST", "PUT", "DELETE", "PATCH" })
        {
            foreach (string path in new[] { "/", "/about", "/docs/", "/numbers.txt" })
            {
                yield return Of(method, path);
            }
        }
    }

    private static IEnumerable<Case> Passwords()
    {
        foreach (string fields in new[] { "", Basic(User), Basic("ann:wrong"), Basic("bob:secret"), Basic("ann"), Basic(":"), "Authorization: Basic\r\n", "Authorization: Basic !!!\r\n", "Authorization: Bearer x\r\n", Basic(User).ToLowerInvariant().Replace(Basic(User).Split(' ')[2].ToLowerInvariant(), Basic(User).Split(' ')[2], StringComparison.Ordinal) })
        {
            yield return Get("/admin/", fields);
            yield return new Case("HEAD /admin/ HTTP/1.1", "Host: h\r\n" + fields);
        }
    }

    private static IEnumerable<Case> Ranges()
    {
        foreach (string range in new[] { "0-3", "4-", "-5", "0-0", "0-999", "999-", "-0", "0-", "70-80", "0-1,999-", "-999", "" })
        {
            yield return Get("/numbers.txt", $"Range: bytes={range}\r\n");
        }

        yield return Get("/numbers.txt", "Range: lines=1-2\r\n");
    }

    private static IEnumerable<Case> Conditions()
    {
        foreach (string path in new[] { "/numbers.txt", "/about" })
        {
            foreach (string field in new[] { "If-None-Match: *", "If-None-Match: \"x\"", "If-Match: *", "If-Match: \"x\"", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "If-Modified-Since: nonsense", "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "Accept-Encoding: gzip", "Accept-Encoding: identity", "Accept-Language: de" })
            {
                yield return Get(path, field + "\r\n");
            }
        }
    }

    private static IEnumerable<Case> Malformed()
    {
        yield return new Case("GET /about HTTP/1.1", "");
        yield return new Case("GET /about HTTP/1.0", "");
        yield return new Case("GET /about HTTP/1.2", "Host: h\r\n");
        yield return new Case("GET /about HTTP/2.0", "Host: h\r\n");
        yield return new Case("GET /about http/1.1", "Host: h\r\n");
        yield return new Case("GET /about HTTP/1.1", "Host: a b\r\n");
        yield return new Case("GET /about HTTP/1.1", "Host:\r\n");
        yield return new Case("GET /about HTTP/1.1", "Host: h\r\nHost: two\r\n");
        yield return new Case("GET /about HTTP/1.1", "Host: h\r\nBad Field: x\r\n");
        yield return new Case("GET /about HTTP/1.1", "Host: h\r\nContent-Length: x\r\n");
        yield return new Case($"GET /{new string('y', 40_000)} HTTP/1.1", "Host: h\r\n");
        yield return new Case("GET about HTTP/1.1", "Host: h\r\n");
        yield return new Case("GET http://h/about HTTP/1.1", "Host: h\r\n");
        yield return new Case("GET * HTTP/1.1", "Host: h\r\n");
        yield return new Case("GET /a b HTTP/1.1", "Host: h\r\n");
        yield return Get("/blog/a%");
        yield return Get("/blog/%zz");
        yield return Get("/%00");
    }
}
