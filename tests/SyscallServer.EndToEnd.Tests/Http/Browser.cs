using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Shared;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>A headless Chromium with one page, driven through the DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly string _profile = Directory.CreateTempSubdirectory("browser").FullName;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(Patience.SecondsForPrograms));
    private TaskCompletionSource _loaded = new();
    private Process? _process;
    private int _lastCall;

    /// <summary>What the server answered to each request, as it came over the network: "200 /path".</summary>
    internal ConcurrentQueue<string> Responses { get; } = new();

    /// <summary>The errors that its console shows.</summary>
    internal ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>What it is asked a name and a password for.</summary>
    internal ConcurrentQueue<string> Prompts { get; } = new();

    private (string Name, string Password) _answer;
    private readonly ConcurrentDictionary<string, string> _requests = new();
    private readonly ConcurrentDictionary<string, int> _statuses = new();

    /// <param name="arguments">Further arguments of its command line.</param>
    internal static async Task<Browser> StartAsync(params string[] arguments)
    {
        var browser = new Browser();
        try
        {
            await browser.LaunchAsync(arguments);
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }

        return browser;
    }

    private async Task LaunchAsync(string[] arguments)
    {
        // The sandbox does not work for root, and /dev/shm is small in containers.
        _process = Command.Start("chromium",
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--user-data-dir={_profile}", "--remote-debugging-port=0", .. arguments, "about:blank",
        ]);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = _process.StandardError.ReadToEndAsync(CancellationToken.None);

        // The browser writes where it listens into its profile.
        string file = Path.Combine(_profile, "DevToolsActivePort");
        string[] lines;
        while ((lines = File.Exists(file) ? await File.ReadAllLinesAsync(file) : []).Length < 2)
        {
            if (_process.HasExited)
            {
                throw new XunitException($"chromium does not start: {await error}");
            }

            await Task.Delay(50, _end.Token);
        }

        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), _end.Token);
        _ = ReceiveAsync();
        string target = (string)(await CallAsync("Target.createTarget", new() { ["url"] = "about:blank" }, null))["targetId"]!;
        _session = (string)(await CallAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }, null))["sessionId"]!;
        await CallAsync("Page.enable");
        await CallAsync("Network.enable");
        await CallAsync("Log.enable");
    }

    private string? _session;

    internal Task NavigateAsync(string url) => LoadAsync("Page.navigate", new() { ["url"] = url });

    internal Task ReloadAsync() => LoadAsync("Page.reload", []);

    /// <summary>The value of an expression in the page.</summary>
    internal async Task<string> EvaluateAsync(string expression)
        => (string)(await CallAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true }))["result"]!["value"]!;

    /// <summary>Chooses files in the first field for files of the page.</summary>
    internal async Task ChooseFileAsync(string file)
    {
        string field = (string)(await CallAsync("Runtime.evaluate", new() { ["expression"] = "document.querySelector('input[type=file]')" }))["result"]!["objectId"]!;
        await CallAsync("DOM.setFileInputFiles", new() { ["files"] = new JsonArray(file), ["objectId"] = field });
    }

    /// <summary>Answers what it is asked when a page needs a name and a password. Where it is asked again, it gives up.</summary>
    internal Task AnswerPromptsAsync(string name, string password)
    {
        _answer = (name, password);
        return CallAsync("Fetch.enable", new() { ["handleAuthRequests"] = true });
    }

    /// <summary>Has downloads go to a folder.</summary>
    internal Task DownloadToAsync(string folder) => CallAsync("Browser.setDownloadBehavior", new() { ["behavior"] = "allow", ["downloadPath"] = folder }, null);

    /// <summary>A picture of the page, as PNG.</summary>
    internal async Task<byte[]> ScreenshotAsync() => Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot"))["data"]!);

    /// <summary>A picture of what is at the top of the page, as PNG.</summary>
    internal async Task<byte[]> ScreenshotAsync(int width, int height)
    {
        var top = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = width, ["height"] = height, ["scale"] = 1 };
        return Convert.FromBase64String((string)(await CallAsync("Page.captureScreenshot", new() { ["clip"] = top }))["data"]!);
    }

    private async Task LoadAsync(string method, JsonObject parameters)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await CallAsync(method, parameters);
        await _loaded.Task.WaitAsync(_end.Token);
    }

    private Task<JsonNode> CallAsync(string method, JsonObject? parameters = null) => CallAsync(method, parameters ?? [], _session);

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters, string? session)
    {
        int id = Interlocked.Increment(ref _lastCall);
        TaskCompletionSource<JsonNode> call = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            message["sessionId"] = session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, _end.Token);
        JsonNode answer = await call.Task.WaitAsync(_end.Token);
        return answer["result"] ?? throw new XunitException($"{method}: {answer}");
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[65536];
        while (true)
        {
            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Take(JsonNode.Parse(message.ToArray())!);
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            _calls[(int)id].TrySetResult(message);
            return;
        }

        JsonNode parameters = message["params"]!;
        switch ((string?)message["method"])
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Log.entryAdded" when (string?)parameters["entry"]!["level"] == "error":
                Errors.Enqueue((string)parameters["entry"]!["text"]!);
                break;
            case "Fetch.requestPaused":
                _ = CallAsync("Fetch.continueRequest", new() { ["requestId"] = (string)parameters["requestId"]! });
                break;
            case "Fetch.authRequired":
                Answer(parameters);
                break;
            case "Network.requestWillBeSent":
                _requests[(string)parameters["requestId"]!] = new Uri((string)parameters["request"]!["url"]!).AbsolutePath;
                Note((string)parameters["requestId"]!);
                break;

            // Network.responseReceived says 200 where what was in the cache is shown; this one says what came.
            case "Network.responseReceivedExtraInfo":
                _statuses[(string)parameters["requestId"]!] = (int)parameters["statusCode"]!;
                Note((string)parameters["requestId"]!);
                break;
        }
    }

    private void Answer(JsonNode asked)
    {
        string request = (string)asked["requestId"]!;
        JsonNode challenge = asked["authChallenge"]!;
        bool isFirst = !Prompts.Contains(request);
        Prompts.Enqueue($"{challenge["scheme"]} {challenge["realm"]}");
        Prompts.Enqueue(request);
        _ = CallAsync("Fetch.continueWithAuth", new()
        {
            ["requestId"] = request,
            ["authChallengeResponse"] = isFirst
                ? new JsonObject { ["response"] = "ProvideCredentials", ["username"] = _answer.Name, ["password"] = _answer.Password }
                : new JsonObject { ["response"] = "CancelAuth" },
        });
    }

    /// <summary>The two events come in either order.</summary>
    private void Note(string request)
    {
        if (_requests.TryGetValue(request, out string? path) && _statuses.TryRemove(request, out int status))
        {
            Responses.Enqueue($"{status} {path}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _end.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper process of the browser's was still writing; the folder is a temporary one.
        }
    }
}
