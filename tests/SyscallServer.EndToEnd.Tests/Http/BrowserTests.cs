using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>A real browser shows the page.</summary>
public class BrowserTests
{
    [Fact]
    public async Task Chromium_renders_the_page_and_asks_again_with_a_condition()
    {
        await using ServerProcess server = await HttpServer.StartAsync(Host.Freestanding, Concurrency.Fork);
        await using Browser browser = await Browser.StartAsync();
        string site = $"http://127.0.0.1:{server.Port}";
        await browser.NavigateAsync(site + "/");
        Assert.Equal("A page", await browser.EvaluateAsync("document.title"));
        Assert.Equal("rgb(1, 2, 3)", await browser.EvaluateAsync("document.getElementById('scripted').textContent"));
        Assert.Equal("PNG"u8.ToArray(), (await browser.ScreenshotAsync())[1..4]);
        Assert.Equal(["200 /", "200 /script.js", "200 /style.css"], browser.Responses.Order());

        // no-cache is asked for again, and was not modified; max-age is not asked for.
        browser.Responses.Clear();
        await browser.ReloadAsync();
        Assert.Equal("rgb(1, 2, 3)", await browser.EvaluateAsync("document.getElementById('scripted').textContent"));
        Assert.Equal(["304 /", "304 /style.css"], browser.Responses.Where(response => !response.EndsWith("/script.js", System.StringComparison.Ordinal)).Order());

        // A redirect is followed, and an own page is shown for what is not there.
        browser.Responses.Clear();
        await browser.NavigateAsync(site + "/301");
        Assert.Equal("hello\n", await browser.EvaluateAsync("document.body.textContent"));
        await browser.NavigateAsync(site + "/nothing");
        Assert.Equal("nothing here\n", await browser.EvaluateAsync("document.body.textContent"));
        Assert.Contains("404 /nothing", browser.Responses);
    }
}
