using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>sample/Docs: the documentation, served by a program that it is a part of.</summary>
[Trait("Category", "Documents")]
public class DocsTests
{
    [Fact]
    public async Task Pages_have_clean_paths_and_what_is_not_there_gets_the_page_for_it()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Docs);
        string page = await Command.OutputOfAsync("curl", ["-si", "--compressed", $"http://localhost:{server.Port}/internals/fork"]);
        Assert.StartsWith("HTTP/1.1 200 OK", page);
        Assert.Contains("Content-Encoding: br", page);
        Assert.Contains("<h1 id=\"fork-a-process-for-each-connection\">", page);
        Assert.Contains("Content-Security-Policy: default-src 'self'", page);
        string folder = await Command.OutputOfAsync("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", $"http://localhost:{server.Port}/internals/index.html"]);
        Assert.Equal($"301 http://localhost:{server.Port}/internals/", folder);
        string missing = await Command.OutputOfAsync("curl", ["-si", $"http://localhost:{server.Port}/no-such-page"]);
        Assert.StartsWith("HTTP/1.1 404 Not Found", missing);
        Assert.Contains("<h1>Nothing is here</h1>", missing);
    }

    /// <summary>What the compiler prints leads there, whether it is typed or clicked (sample/Docs/_redirects).</summary>
    [Theory]
    [InlineData("sysc003")]
    [InlineData("SYSC003")]
    [InlineData("sysc101")]
    public async Task The_id_of_a_diagnostic_is_a_path_that_leads_to_what_the_page_says_of_it(string id)
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Docs);
        string redirect = await Command.OutputOfAsync("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code} %{redirect_url}", $"http://localhost:{server.Port}/diagnostics/{id}"]);
        Assert.Equal($"302 http://localhost:{server.Port}/diagnostics#{id.ToLowerInvariant()}", redirect);
    }

    /// <summary>sample/Docs/_headers: pages are asked for anew, what has a hash in its name never is, and neither file is a page itself.</summary>
    [Fact]
    public async Task Caches_keep_what_cannot_change_and_ask_for_the_rest()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Docs);
        string page = await Command.OutputOfAsync("curl", ["-s", $"http://localhost:{server.Port}/"]);
        string[] named = [.. Regex.Matches(page, "\"(/(?:site|theme)\\.[^\"]+)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(3, named.Length);
        foreach (string path in named)
        {
            Assert.Equal("public, max-age=31536000, immutable", await CacheControlAsync(path));
        }

        Assert.Equal("no-cache", await CacheControlAsync("/"));
        Assert.Equal("no-cache", await CacheControlAsync("/no-such-page"));
        Assert.Equal("public, max-age=3600", await CacheControlAsync("/images/fork.svg"));
        foreach (string file in new[] { "/_redirects", "/_headers" })
        {
            Assert.Equal("404", await Command.OutputOfAsync("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", $"http://localhost:{server.Port}{file}"]));
        }

        Task<string> CacheControlAsync(string path)
            => Command.OutputOfAsync("curl", ["-s", "-o", "/dev/null", "-w", "%header{cache-control}", $"http://localhost:{server.Port}{path}"]);
    }

    /// <summary>The button does what the system's setting does, the choice outlives the page, and who chooses what the system says follows the system again.</summary>
    [Fact]
    public async Task Chromium_keeps_the_theme_that_a_reader_has_chosen()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Docs);
        await using Browser browser = await Browser.StartAsync();
        const string state = "[getComputedStyle(document.body).backgroundColor, document.getElementById('site-theme').getAttribute('aria-pressed'), localStorage.getItem('theme')].join(' ')";
        const string light = "rgb(255, 255, 255) false ";
        const string dark = "rgb(13, 17, 23) true dark";
        await browser.NavigateAsync($"http://localhost:{server.Port}/");
        Assert.Equal(light, await browser.EvaluateAsync(state));
        await browser.EvaluateAsync("document.getElementById('site-theme').click(), ''");
        Assert.Equal(dark, await browser.EvaluateAsync(state));
        await browser.NavigateAsync($"http://localhost:{server.Port}/attributes");
        Assert.Equal(dark, await browser.EvaluateAsync(state));
        await browser.EvaluateAsync("document.getElementById('site-theme').click(), ''");
        Assert.Equal(light, await browser.EvaluateAsync(state));
    }

    [Fact]
    public async Task Chromium_searches_the_pages()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Docs);
        await using Browser browser = await Browser.StartAsync();
        await browser.NavigateAsync($"http://localhost:{server.Port}/");
        string path = await browser.EvaluateAsync("""
            (async () => {
              const field = document.querySelector("#site-search input");
              field.focus();
              field.value = "sysc003";
              field.dispatchEvent(new Event("input"));
              for (let i = 0; i < 100 && !document.querySelector("#site-results a"); i++) {
                await new Promise(done => setTimeout(done, 50));
              }

              return document.querySelector("#site-results a").getAttribute("href");
            })()
            """);
        Assert.Equal("/diagnostics#sysc003", path);
    }
}
