using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>What a browser does with files besides pages: it seeks in a video, and keeps a service worker.</summary>
public sealed class AppFilesTests : OutsideTests
{
    private const string Source =
        """
        using SyscallServer;

        [TcpServer(Concurrency = Concurrency.EventLoop, SecurityHeaders = true, AccessLog = AccessLogMode.Always)]
        [StaticFiles("/", "wwwroot", CacheControl = "max-age=3600")]
        [Files("/disk/", "wwwroot", CacheControl = "max-age=3600")]
        static partial class Media;

        """;

    private const string Page =
        """
        <!doctype html>
        <title>A clip</title>
        <link rel="stylesheet" href="style.css">
        <link rel="icon" href="data:,">
        <h1>Halfway</h1>
        <video src="clip.webm" preload="metadata" muted></video>

        """;

    private const string Style = "body { font: 1rem sans-serif; margin: 2rem; }\n";

    /// <summary>Answers for one path of the folder that it is in, and takes over from the worker before it at once.</summary>
    private static string Worker(string version) =>
        $$"""
        self.addEventListener("install", event => self.skipWaiting());
        self.addEventListener("activate", event => event.waitUntil(clients.claim()));
        self.addEventListener("fetch", event => {
          if (new URL(event.request.url).pathname === "/disk/version") {
            event.respondWith(new Response("{{version}}"));
          }
        });

        """;

    /// <summary>Where the browser may seek to, in whole seconds; where it is then; whether the corner of the picture that it shows is blue there.</summary>
    private const string Seek =
        """
        (async () => {
          const clip = document.querySelector("video");
          if (clip.readyState < HTMLMediaElement.HAVE_METADATA) {
            await new Promise(done => clip.addEventListener("loadedmetadata", done));
          }

          const places = clip.seekable.length + ": " + clip.seekable.start(0) + " to " + Math.round(clip.seekable.end(0));
          const arrival = new Promise(done => clip.addEventListener("seeked", done));
          clip.currentTime = 20;
          await arrival;
          const canvas = new OffscreenCanvas(clip.videoWidth, clip.videoHeight).getContext("2d");
          canvas.drawImage(clip, 0, 0);
          const [red, , blue] = canvas.getImageData(clip.videoWidth - 10, 10, 1, 1).data;
          return places + ", at " + clip.currentTime + (blue > 200 && red < 50 ? ", blue" : ", " + red + " and " + blue);
        })()
        """;

    private const string Register =
        """
        (async () => {
          const taken = new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done));
          await navigator.serviceWorker.register("worker.js");
          await taken;
          return await (await fetch("version")).text();
        })()
        """;

    private const string Update =
        """
        (async () => {
          const taken = new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done));
          const registration = await navigator.serviceWorker.getRegistration();
          await registration.update();
          await taken;
          return await (await fetch("version")).text();
        })()
        """;

    /// <summary>Nothing has changed, so there is no other worker.</summary>
    private const string UpdateOfNothing =
        """
        (async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          await registration.update();
          return (registration.installing ?? registration.waiting) + " " + await (await fetch("version")).text();
        })()
        """;

    [Fact]
    public async Task Chromium_seeks_in_a_video_and_updates_a_service_worker()
    {
        string project = await ProjectAsync("Media", "", Source);
        string folder = Path.GetDirectoryName(project)!;
        string files = Directory.CreateDirectory(Path.Combine(folder, "wwwroot")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "index.html"), Page);
        await File.WriteAllTextAsync(Path.Combine(files, "style.css"), Style);
        await File.WriteAllTextAsync(Path.Combine(files, "worker.js"), Worker("first"));
        await MakeClipAsync(Path.Combine(files, "clip.webm"));
        await Command.OutputOfAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(folder, "out"), "-m:1"]);
        await using ServerProcess server = await ServerProcess.StartAsync(["env", $"--chdir={folder}"], Path.Combine(folder, "out", "Media"));
        await using Browser browser = await Browser.StartAsync();
        foreach (string prefix in (string[])["/", "/disk/"])
        {
            await SeekAsync(server, browser, prefix);
        }

        await Picture.KeepAsync(browser, "video-seek.png", width: 544, height: 400);
        await UpdateWorkerAsync(server, browser, Path.Combine(files, "worker.js"));
        Assert.DoesNotContain(server.Output.Split('\n'), line => line.Contains(" 404 ", StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
    }

    /// <summary>Forty seconds, of some megabytes, with a corner that is red for the first fifteen and blue then.</summary>
    private static async Task MakeClipAsync(string file)
        => await Command.OutputOfAsync(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=480x270:rate=10:duration=40",
                "-vf", "drawbox=x=416:w=64:h=64:color=red:t=fill,drawbox=x=416:w=64:h=64:color=blue:t=fill:enable='gte(t,15)'",
                "-c:v", "libvpx", "-qmin", "0", "-qmax", "4", "-b:v", "4M", "-deadline", "realtime", "-cpu-used", "8", "-g", "10", file,
            ]);

    private static async Task SeekAsync(ServerProcess server, Browser browser, string prefix)
    {
        browser.Responses.Clear();
        await browser.NavigateAsync($"http://127.0.0.1:{server.Port}{prefix}");
        Assert.Equal("1: 0 to 40, at 20, blue", await browser.EvaluateAsync(Seek));

        // The beginning, the index at the end, and the place: each may be a request for a range, unless the browser has read so far already, or has it in its cache.
        await ServerProcess.EventuallyAsync(() => Responses().Length > 0, "there is an answer for the clip");
        Assert.All(Responses(), response => Assert.Equal($"206 {prefix}clip.webm", response));

        string[] Responses() => [.. browser.Responses.Where(response => response.EndsWith("/clip.webm", StringComparison.Ordinal))];
    }

    /// <summary>What is changed on the disk is taken, whatever Cache-Control says: browsers look at the script itself without their cache.</summary>
    private static async Task UpdateWorkerAsync(ServerProcess server, Browser browser, string file)
    {
        await browser.NavigateAsync($"http://127.0.0.1:{server.Port}/disk/");
        Assert.Equal("first", await browser.EvaluateAsync(Register));
        Assert.Equal("null first", await browser.EvaluateAsync(UpdateOfNothing));
        await File.WriteAllTextAsync(file, Worker("the second"));
        Assert.Equal("the second", await browser.EvaluateAsync(Update));
        await browser.ReloadAsync();
        Assert.Equal("the second", await browser.EvaluateAsync("fetch('version').then(response => response.text())"));

        // Each time it was asked for; where nothing had changed, with a condition.
        await ServerProcess.EventuallyAsync(() => Statuses().Length >= 3, "the log has three lines for the worker");
        Assert.Equal(["200", "304", "200"], Statuses().Take(3));

        string[] Statuses() => [.. server.Output.Split('\n').Where(line => line.Contains("\"GET /disk/worker.js ", StringComparison.Ordinal)).Select(line => line.Split("\" ")[1].Split(' ')[0])];
    }
}
