using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>sample/Docs: the documentation, served by a program that it is a part of.</summary>
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
