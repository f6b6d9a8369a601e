using System;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
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
        Assert.Equal(["304 /", "304 /style.css"], browser.Responses.Where(response => !response.EndsWith("/script.js", StringComparison.Ordinal)).Order());

        // A redirect is followed, and an own page is shown for what is not there.
        browser.Responses.Clear();
        await browser.NavigateAsync(site + "/301");
        Assert.Equal("hello\n", await browser.EvaluateAsync("document.body.textContent"));
        await browser.NavigateAsync(site + "/nothing");
        Assert.Equal("nothing here\n", await browser.EvaluateAsync("document.body.textContent"));
        Assert.Contains("404 /nothing", browser.Responses);
    }

    [Fact]
    public async Task Chromium_reads_hostile_values_of_the_environment_as_text()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Variants);
        await using ServerProcess server = await ServerProcess.StartAsync(["env", "API_URL=/api?a&b", $"TITLE={VariantTests.Hostile}"], executable);
        await using Browser browser = await Browser.StartAsync();
        string site = $"http://127.0.0.1:{server.Port}";
        await browser.NavigateAsync(site + "/page");
        string hostile = VariantTests.Hostile;
        foreach (string expression in (string[])["document.getElementById('text').textContent", "document.getElementById('text').title", "globalThis.inline", "globalThis.template", "config.title", "config.again.slice(0, -1)"])
        {
            Assert.Equal(hostile, await browser.EvaluateAsync(expression));
        }

        Assert.Equal(hostile, await browser.EvaluateAsync("new URL(document.getElementById('link').href).search.split('&').pop().slice(4) && decodeURIComponent(document.getElementById('link').href.split('q=')[1])"));
        Assert.Equal(hostile, await browser.EvaluateAsync("document.querySelector('title').textContent"));
        Assert.Equal(hostile.Replace("\n", "\\a ", StringComparison.Ordinal).Replace("\t", "\\9 ", StringComparison.Ordinal), await browser.EvaluateAsync("JSON.parse(JSON.stringify(getComputedStyle(document.getElementById('style'), '::before').content)).slice(1, -1).replace(/\\\\([\"\\\\])/g, '$1')"));
        Assert.Equal("/api?a&b", await browser.EvaluateAsync("config.api"));
        Assert.Equal("0", await browser.EvaluateAsync("document.images.length + ''"));
        Assert.Equal("true", await browser.EvaluateAsync("fetch('/config.json').then(response => response.json()).then(data => (data.title === config.title) + '')"));
    }

    [Fact]
    public async Task Chromium_asks_for_a_name_and_a_password_and_sends_them_with_each_request()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Guards);
        await using ServerProcess server = await ServerProcess.StartAsync(["env", "ADMIN_USERS=j\u00f6rg:s\u00e9cret:1", .. GuardTests.Credentials], executable);
        await using Browser browser = await Browser.StartAsync();
        string page = $"http://127.0.0.1:{server.Port}/admin/page";
        await browser.AnswerPromptsAsync("j\u00f6rg", "s\u00e9cret:1");
        await browser.NavigateAsync(page);
        Assert.Equal("basic Admin area", browser.Prompts.First());
        Assert.Equal("secret", await browser.EvaluateAsync("document.getElementById('page').textContent"));
        Assert.Equal("Admin", await browser.EvaluateAsync("document.title"));
        browser.Prompts.Clear();
        await browser.ReloadAsync();
        Assert.Equal("404", await browser.EvaluateAsync("fetch('/admin/none').then(response => response.status + '')"));
        Assert.Empty(browser.Prompts);

        // With a wrong password it is asked again, and shows the 401 in the end.
        await using Browser other = await Browser.StartAsync();
        await other.AnswerPromptsAsync("j\u00f6rg", "wrong");
        await other.NavigateAsync(page);
        Assert.Equal("401 Unauthorized\n", await other.EvaluateAsync("document.body.textContent"));
        Assert.True(other.Prompts.Count >= 4);
    }

    /// <summary>Embedded, and from disk.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/disk/")]
    public async Task Chromium_comes_to_a_page_of_an_app_by_its_address_and_is_strict(string prefix)
    {
        const string text = "document.getElementById('page').textContent";
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.App);
        await using ServerProcess server = await ServerProcess.StartAsync(["env", $"--chdir={Repository.Path(Programs.App)}"], executable);
        await using Browser browser = await Browser.StartAsync();
        string site = $"http://127.0.0.1:{server.Port}{prefix}";
        await browser.NavigateAsync(site + "users/7?tab=1");
        Assert.Equal($"The page of {prefix}users/7", await browser.EvaluateAsync(text));
        Assert.Equal("rgb(1, 2, 3)", await browser.EvaluateAsync("getComputedStyle(document.getElementById('page')).color"));
        await browser.ReloadAsync();
        Assert.Equal($"The page of {prefix}users/7", await browser.EvaluateAsync(text));
        Assert.Empty(browser.Errors);

        // What a page of the app asks for is found or not; only who goes to an address gets the app.
        Assert.Equal("200 text/css; charset=utf-8", await browser.EvaluateAsync(Fetch("style.css")));
        Assert.Equal("404 text/html; charset=utf-8", await browser.EvaluateAsync(Fetch("missing.js")));
        Assert.Equal("404 text/html; charset=utf-8", await browser.EvaluateAsync(Fetch("users/7", "application/json")));
        browser.Errors.Clear();

        // The page is found without its extension, and its script, which is in the page, does not run.
        await browser.NavigateAsync(site + "about.html");
        Assert.Equal(prefix + "about", await browser.EvaluateAsync("location.pathname"));
        Assert.Equal("about", await browser.EvaluateAsync(text));
        Assert.Contains("Content Security Policy", Assert.Single(browser.Errors), StringComparison.Ordinal);

        await browser.NavigateAsync(site + "missing.html");
        Assert.Equal("Nothing is here.", await browser.EvaluateAsync(text));

        string Fetch(string path, string accept = "*/*") => $"fetch('{prefix}{path}', {{ headers: {{ Accept: '{accept}' }} }}).then(response => response.status + ' ' + response.headers.get('Content-Type'))";
    }
}
