using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Values of the environment, languages, and rules for files, with every engine on every host.</summary>
public sealed class VariantTests : IDisposable
{
    /// <summary>What ends what it stands in, everywhere.</summary>
    internal const string Hostile = "</script></style></title><img src=x onerror=alert(1)>\"'`${alert(1)}\\\\x41&amp;\n\t]]> */ // \u2028\u2029 \u00E9\u4E16\U0001F600";

    private const string Api = "https://api.example.com:8443/v1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("variants");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Variants,
        Concurrency.Prefork => Programs.VariantsPrefork,
        _ => Programs.VariantsLoop,
    };

    private async Task<ServerProcess> StartAsync(Host host, Concurrency engine, params string[] more)
    {
        string executable = await Programs.ExecutableAsync(host, Project(engine));
        string[] tool = host == Host.Freestanding && Seccomp.IsForAll ? await Seccomp.ToolAsync(executable) : [];
        return await ServerProcess.StartAsync(["env", $"--chdir={_folder.FullName}", $"API_URL={Api}", $"TITLE={Hostile}", .. more, .. tool], executable);
    }

    private static Task<HttpResponse> AskAsync(ServerProcess server, string path, string fields = "", string method = "GET")
        => HttpServer.ExchangeAsync(server.Port, $"{method} {path} HTTP/1.1\r\nHost: h\r\n{fields}\r\n");

    private static string Escaped(string text)
        => string.Concat(text.Select(character => character is < ' ' or '"' or '\'' or '`' or '\\' or '$' or '<' or '>' or '&' or '\u2028' or '\u2029' ? $"\\u{(int)character:X4}" : character.ToString()));

    private static string Referenced(string text) => string.Concat(text.Select(character => character is < ' ' or '&' or '<' or '>' or '"' or '\'' ? $"&#{(int)character};" : character.ToString()));

    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Files_have_the_values_of_the_environment(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal($"globalThis.config = {{ api: \"{Api}\", title: '{Escaped(Hostile)}', again: `{Escaped(Hostile)}${{1 + 1}}` }};\n", Encoding.UTF8.GetString((await AskAsync(server, "/config.js")).Body));
        HttpResponse json = await AskAsync(server, "/config.json", "Accept-Encoding: gzip, br\r\n");
        Assert.Equal((200, null, null), (json.Status, json["Content-Encoding"], json["Last-Modified"]));
        Assert.Equal(Hostile, JsonDocument.Parse(json.Body).RootElement.GetProperty("title").GetString());
        string page = Encoding.UTF8.GetString((await AskAsync(server, "/page")).Body);
        Assert.Contains($"<p id=\"text\" title=\"{Referenced(Hostile)}\">{Referenced(Hostile)}</p>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Api}/x?q={Uri.EscapeDataString(Hostile)}\"", page.Replace("%21", "!", StringComparison.Ordinal), StringComparison.Ordinal);
        HttpResponse text = await AskAsync(server, "/title.txt");
        Assert.Equal(Hostile + " dev", Encoding.UTF8.GetString(text.Body));

        // Each process has the same.
        for (int i = 0; i < 20; i++)
        {
            HttpResponse again = await AskAsync(server, "/title.txt", i % 2 == 0 ? "" : $"If-None-Match: {text["ETag"]}\r\n");
            Assert.Equal((i % 2 == 0 ? 200 : 304, text["ETag"]), (again.Status, again["ETag"]));
        }

        HttpResponse part = await AskAsync(server, "/title.txt", $"Range: bytes=0-8\r\nIf-Range: {text["ETag"]}\r\n");
        Assert.Equal((206, "</script>"), (part.Status, Encoding.UTF8.GetString(part.Body)));
        HttpResponse head = await AskAsync(server, "/title.txt", method: "HEAD");
        Assert.Equal(text["Content-Length"], head["Content-Length"]);

        // And so has another server, unless its values are others.
        await using ServerProcess other = await StartAsync(host, engine, "BUILD=");
        Assert.Equal(text["ETag"], (await AskAsync(other, "/title.txt"))["ETag"]);
        await using ServerProcess next = await StartAsync(host, engine, "BUILD=2");
        HttpResponse changed = await AskAsync(next, "/title.txt", $"If-None-Match: {text["ETag"]}\r\n");
        Assert.Equal((200, Hostile + " 2"), (changed.Status, Encoding.UTF8.GetString(changed.Body)));
    }

    [Theory]
    [SomeEngines(OnArm64 = true)]
    public async Task Without_its_variables_a_server_says_so_and_ends_with_2(Host host, Concurrency engine)
    {
        string executable = await Programs.ExecutableAsync(host, Project(engine));
        Assert.Equal((2, "API_URL: not set; files of the server need this variable of the environment\n"), await RunAsync([]));
        Assert.Equal((2, "TITLE: not set; files of the server need this variable of the environment\n"), await RunAsync(["API_URL=/api"]));
        Assert.Equal((2, "TITLE: not UTF-8, or with control characters, which files cannot have\n"), await RunAsync(["API_URL=/api", "TITLE=a\u0001"]));
        Assert.Equal((2, "TITLE: too long; what files get of it has at most 16384 bytes\n"), await RunAsync(["API_URL=/api", "TITLE=" + new string('t', 16385)]));
        Assert.Equal((2, "API_URL: the scheme of this address is none of http, https, mailto and tel\n"), await RunAsync(["API_URL=javascript:alert(1)", "TITLE=t"]));
        (int code, string output, _) = await Command.RunAsync("env", ["-u", "API_URL", executable, "--help"]);
        Assert.Equal(0, code);
        Assert.EndsWith("\nVariables of the environment that its files are filled with:\n  API_URL\n  BUILD (has a default)\n  TITLE\n", output, StringComparison.Ordinal);

        // What is no UTF-8 is not set by .NET, so a shell does it.
        (code, _, string error) = await Command.RunAsync("sh", ["-c", $"cd {_folder.FullName} && API_URL=/ TITLE=$(printf 'a\\377b') exec {executable} --port 0"]);
        Assert.Equal((2, "TITLE: not UTF-8, or with control characters, which files cannot have\n"), (code, error));

        async Task<(int, string)> RunAsync(string[] variables)
        {
            (int code, _, string error) = await Command.RunAsync("env", [$"--chdir={_folder.FullName}", "-u", "API_URL", "-u", "TITLE", .. variables, executable, "--port", "0"]);
            return (code, error);
        }
    }

    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Clients_get_the_language_that_they_like_best(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        var tags = new HashSet<string>();
        foreach ((string accepted, string language) in new[] { ("", "en"), ("de", "de"), ("de-CH, en;q=0.5", "de"), ("es, fr-ca;q=0.1", "fr-CA"), ("fr", "en"), ("de;q=0", "en"), ("de;q=2", "en") })
        {
            foreach (string coding in new[] { "identity", "br", "gzip" })
            {
                string fields = $"Accept-Encoding: {coding}\r\n" + (accepted.Length == 0 ? "" : $"Accept-Language: {accepted}\r\n");
                HttpResponse response = await AskAsync(server, "/", fields);
                Assert.Equal((200, language, coding == "identity" ? null : coding, "Accept-Language, Accept-Encoding"), (response.Status, response["Content-Language"], response["Content-Encoding"], response["Vary"]));
                tags.Add(response["ETag"]!);
                HttpResponse again = await AskAsync(server, "/", fields + $"If-None-Match: {response["ETag"]}\r\n");
                Assert.Equal((304, "Accept-Language, Accept-Encoding"), (again.Status, again["Vary"]));
            }
        }

        Assert.Equal(9, tags.Count);
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Files_are_left_out_and_kept_as_rules_say(Host host, Concurrency engine)
    {
        foreach (string name in (string[])["index.html", "404.html", "secret.html", "about.html", "a.js", "a.js.gz", "a.map", "a.map.gz", "drafts/a.html", "x/drafts/index.html", "x/drafts.html", "assets/b.js", "assets/index.html", "mydrafts/a.js", "A.MAP", "secret/index.html", "about/secret.html"])
        {
            Write(name, name);
        }

        await using ServerProcess server = await StartAsync(host, engine);
        const string browser = "Accept: text/html\r\n";
        foreach ((string path, string fields, int status, string? body, string? caching) in new (string, string, int, string?, string?)[]
        {
            ("/files/a.js", "", 200, "a.js", "max-age=60"),
            ("/files/a.js", "Accept-Encoding: gzip\r\n", 200, "a.js.gz", "max-age=60"),
            ("/files/a.js", "If-None-Match: *\r\n", 304, null, "max-age=60"),
            ("/files/a.js", "Range: bytes=0-0\r\n", 206, "a", "max-age=60"),
            ("/files/about.html", "", 200, "about.html", "no-cache"),
            ("/files/about.html", "If-None-Match: *\r\n", 304, null, "no-cache"),
            ("/files/", "", 200, "index.html", "no-cache"),
            ("/files/assets/b.js", "", 200, "assets/b.js", "public, max-age=31536000, immutable"),
            ("/files/assets/", "", 200, "assets/index.html", "no-cache"),
            ("/files/assets", "", 301, null, "max-age=60"),
            ("/files/mydrafts/a.js", "", 200, "mydrafts/a.js", "max-age=60"),
            ("/files/mydrafts", "", 301, null, "max-age=60"),
            ("/files/A.MAP", "", 200, "A.MAP", "max-age=60"),
            ("/files/a.map", "", 404, null, null),
            ("/files/a.map", "Accept-Encoding: gzip\r\n", 404, null, null),
            ("/files/a.map.gz", "", 404, null, null),
            ("/files/a.ma%70", "", 404, null, null),
            ("/files/%61.map", "", 404, null, null),
            ("/files/x/../a.map", "", 404, null, null),
            ("/files/./a.map", "", 404, null, null),
            ("/files//a.map", "", 404, null, null),
            ("/files/x//../a.map", "", 404, null, null),
            ("/files/a.map/", "", 404, null, null),
            ("/files/a.map?x", "", 404, null, null),
            ("/files/drafts", "", 404, null, null),
            ("/files/drafts/", "", 404, null, null),
            ("/files/drafts/a.html", "", 404, null, null),
            ("/files/drafts%2Fa.html", "", 404, null, null),
            ("/files/mydrafts/../drafts/a.html", "", 404, null, null),
            ("/files/x/drafts/", "", 404, null, null),
            ("/files/x/drafts", "", 404, null, null),
            ("/files/x/drafts.html", "", 200, "x/drafts.html", "no-cache"),
            ("/files/nothing", "", 404, null, null),
            // Pages without their extension.
            ("/pages/about", browser, 200, "about.html", null),
            ("/pages/secret", "Accept: text/plain\r\n", 301, null, null), // the folder
            ("/pages/about/secret", "Accept: text/plain\r\n", 404, "404.html", null),
            ("/pages/about/secret", browser, 200, "index.html", null),
            ("/pages/secret.html", "", 404, "404.html", null),
            ("/pages/secret/", "", 200, "secret/index.html", null),
            ("/pages/drafts/a", "Accept: text/plain\r\n", 404, "404.html", null),
            ("/pages/drafts/a.html", browser, 404, "404.html", null),
            ("/pages/x/drafts/", "Accept: text/plain\r\n", 301, null, null), // to the page
            ("/pages/drafts/", "Accept: text/plain\r\n", 404, "404.html", null),
            ("/pages/x/drafts", browser, 200, "x/drafts.html", null),
            ("/pages/404.html", browser, 404, "404.html", null),
            ("/pages/404", browser, 200, "index.html", null),
            // Another folder has no rules.
            ("/all/a.map", "", 200, "a.map", null),
            ("/all/drafts/a.html", "", 200, "drafts/a.html", null),
        })
        {
            HttpResponse response = await AskAsync(server, path, fields);
            Assert.Equal($"{path} {fields}: {status} {caching}", $"{path} {fields}: {response.Status} {response["Cache-Control"]}");
            Assert.True(body is null || body == Encoding.UTF8.GetString(response.Body), $"{path}: {Encoding.UTF8.GetString(response.Body)}");
        }
    }

    /// <summary>However a path is written, what is left out is never sent.</summary>
    [Fact]
    public async Task No_path_leads_to_what_is_left_out()
    {
        Write("secret.html", "SECRET");
        Write("drafts/secret.js", "SECRET");
        Write("a.map", "MAP");
        Write("open/index.html", "open");
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop);
        string[] pieces = ["secret", ".html", "drafts", "/", "/", "..", ".", "a.map", "%2e", "%2F", "%61.map", "open", "?", "%73ecret", "secret.js", ".gz", "//", "%25", "\\"[..0], "index.html"];
        var random = new Random(1);
        int found = 0;
        for (int i = 0; i < 3000; i++)
        {
            string path = (i % 2 == 0 ? "/files/" : "/pages/") + string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            HttpResponse response = await AskAsync(server, path, random.Next(2) == 0 ? "" : "Accept-Encoding: gzip, br\r\nAccept: text/html\r\n");
            Assert.DoesNotContain("SECRET", Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
            Assert.False(path.StartsWith("/files", StringComparison.Ordinal) && Encoding.UTF8.GetString(response.Body) == "MAP", path);
            found += response.Status == 200 ? 1 : 0;
        }

        Assert.InRange(found, 1, 2999);
    }
}
