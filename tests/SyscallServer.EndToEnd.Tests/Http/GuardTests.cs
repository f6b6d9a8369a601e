using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>Passwords, tokens and addresses, with every engine on every host.</summary>
public sealed class GuardTests : IDisposable
{
    private const string Admin = "Authorization: Basic YWRtaW46c2VjcmV0"; // admin:secret
    private const string Token = "Authorization: Bearer t0ken";

    private static readonly DirectoryInfo s_credentials = Directory.CreateTempSubdirectory("credentials-");

    static GuardTests() => File.WriteAllText(Path.Combine(s_credentials.FullName, "tokens"), "t0ken\n");

    /// <summary>Where the tokens are, as systemd says it.</summary>
    internal static string[] Credentials => ["CREDENTIALS_DIRECTORY=" + s_credentials.FullName];

    private readonly HttpClient _client = new();

    public void Dispose() => _client.Dispose();

    private static string Project(Concurrency engine) => engine switch
    {
        Concurrency.Fork => Programs.Guards,
        Concurrency.Prefork => Programs.GuardsPrefork,
        _ => Programs.GuardsEventLoop,
    };

    private static async Task<ServerProcess> StartAsync(Host host, Concurrency engine)
    {
        string executable = await Programs.ExecutableAsync(host, Project(engine));
        string[] tool = host == Host.Freestanding && Seccomp.IsForAll ? await Seccomp.ToolAsync(executable) : [];
        return await ServerProcess.StartAsync(["env", "ADMIN_USERS=admin:secret", .. Credentials, .. tool], executable);
    }

    private static async Task<HttpResponse> SendAsync(ServerProcess server, string start, string line = "X: y", string from = "127.0.0.1")
    {
        using Client client = await Client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), IPAddress.Parse(from));
        await client.SendAsync($"{start} HTTP/1.1\r\nHost: h\r\n{line}\r\nConnection: close\r\n\r\n");
        return await new ResponseReader(client).ReadAsync(start.Split(' ')[0]);
    }

    [Theory]
    [Engines(OnArm64 = true)]
    public async Task Who_may_come_in_does_and_others_do_not(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        foreach ((string start, string line, string from, int status) in new[]
        {
            ("GET /", "X: y", "127.0.0.1", 200),
            ("GET /admin/page", "X: y", "127.0.0.1", 401),
            ("HEAD /admin/page", "X: y", "127.0.0.1", 401),
            ("GET /%61dmin/./page", "X: y", "127.0.0.1", 401),
            ("GET /admin/none", "X: y", "127.0.0.1", 401),
            ("GET /admin/page", Token, "127.0.0.1", 401),
            ("GET /admin/page", "Authorization: Basic YWRtaW46d3Jvbmc=", "127.0.0.1", 401),
            ("GET /admin/page", Admin, "127.0.0.1", 200),
            ("GET /admin/none", Admin, "127.0.0.1", 404),
            ("GET /files/x", "X: y", "127.0.0.1", 200),
            ("PUT /files/x", "X: y", "127.0.0.1", 401),
            ("PUT /files/x", Admin, "127.0.0.1", 401),
            ("PUT /files/x", Token, "127.0.0.1", 200),
            ("GET /local/x", "X: y", "127.0.0.1", 403),
            ("GET /local/x", "X-Forwarded-For: 127.0.0.2", "127.0.0.1", 403),
            ("GET /local/x", "X: y", "127.0.0.2", 200),
            ("GET /healthz", "X: y", "127.0.0.1", 200),
        })
        {
            Assert.Equal($"{start} {line} {status}", $"{start} {line} {(await SendAsync(server, start, line, from)).Status}");
        }

        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [Engines]
    public async Task A_client_of_the_class_library_is_told_what_is_needed_and_sends_it(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        string page = $"http://127.0.0.1:{server.Port}/admin/page";
        using HttpResponseMessage refused = await _client.GetAsync(page);
        AuthenticationHeaderValue challenge = Assert.Single(refused.Headers.WwwAuthenticate);
        Assert.Equal(("Basic", "realm=\"Admin area\", charset=\"UTF-8\""), (challenge.Scheme, challenge.Parameter));
        using var handler = new SocketsHttpHandler { Credentials = new NetworkCredential("admin", "secret") };
        using var client = new HttpClient(handler);
        for (int i = 0; i < 3; i++)
        {
            Assert.Contains("secret", await client.GetStringAsync(page), StringComparison.Ordinal);
        }
    }

    /// <summary>A gigabyte is said to come, and none of it does.</summary>
    [Theory]
    [Engines]
    public async Task A_body_is_not_waited_for(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        foreach (string lines in new[] { "Content-Length: 1000000000", "Content-Length: 5\r\nExpect: 100-continue", "Transfer-Encoding: chunked" })
        {
            using Client client = await Client.ConnectAsync(server.Port);
            await client.SendAsync($"PUT /files/x HTTP/1.1\r\nHost: h\r\n{lines}\r\n\r\n");
            string sent = await client.ReadToEndAsync();
            Assert.StartsWith("HTTP/1.1 401 Unauthorized\r\n", sent, StringComparison.Ordinal);
            Assert.Contains("\r\nWWW-Authenticate: Bearer realm=\"files\"\r\n", sent, StringComparison.Ordinal);
            Assert.Contains("\r\nConnection: close\r\n", sent, StringComparison.Ordinal);
        }
    }

    /// <summary>Each failure is on a connection of its own, and so, with Fork, in a process of its own.</summary>
    [Theory]
    [Engines]
    public async Task Failures_are_those_of_all_processes_and_refuse_nobody_who_is_right(Host host, Concurrency engine)
    {
        await using ServerProcess server = await StartAsync(host, engine);
        int tooMany = 0;
        for (int i = 0; i < 130; i++) // a minute may end in between
        {
            HttpResponse response = await SendAsync(server, "GET /admin/page", "Authorization: Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"admin:{i}")));
            Assert.True(response.Status is 401 or 429);
            tooMany += response.Status == 429 ? 1 : 0;
        }

        Assert.InRange(tooMany, 10, 70);
        Assert.Equal(200, (await SendAsync(server, "GET /admin/page", Admin)).Status);
    }

    [Theory]
    [Engines]
    public async Task Without_secrets_there_is_no_server_but_help_and_a_health_check(Host host, Concurrency engine)
    {
        string executable = await Programs.ExecutableAsync(host, Project(engine));
        Assert.Equal(new(2, "", "ADMIN_USERS: not set; the server needs this variable of the environment, with secrets\n"), await Command.RunAsync(executable, ["--port", "0"]));
        Assert.Equal(new(2, "", "ADMIN_USERS: secret 2 is not name:password, nor {SHA256} with 64 hexadecimal digits\n"), await Command.RunAsync("env", ["ADMIN_USERS=a:1 s3cret", executable, "--port", "0"]));
        Assert.Equal(new(2, "", "tokens: CREDENTIALS_DIRECTORY is not set; systemd sets it for LoadCredential=\n"), await Command.RunAsync("env", ["ADMIN_USERS=a:1", executable, "--port", "0"]));
        Assert.Equal(new(2, "", "tokens: no such file\n"), await Command.RunAsync("env", ["ADMIN_USERS=a:1", "CREDENTIALS_DIRECTORY=/", executable, "--port", "0"]));
        Assert.Equal(0, (await Command.RunAsync(executable, ["--help"])).ExitCode);
        await using ServerProcess server = await StartAsync(host, engine);
        Assert.Equal(new(0, "", ""), await Command.RunAsync(executable, ["--healthcheck", "--port", $"{server.Port}"]));
        Assert.Equal(new(1, "", "health check: status 401\n"), await Command.RunAsync(executable, ["--healthcheck=/admin/page", "--port", $"{server.Port}"]));
    }

    [Fact]
    public async Task Nobody_finds_a_secret_in_the_environment_of_the_process_or_in_its_memory()
    {
        await using ServerProcess server = await StartAsync(Host.Freestanding, Concurrency.EventLoop);
        string environment = await File.ReadAllTextAsync($"/proc/{server.Pid}/environ");
        Assert.Contains("ADMIN_USERS=\0", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("admin:secret", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", Memory(server.Pid), StringComparison.Ordinal);
        Assert.DoesNotContain("admin:secret", Memory(server.Pid), StringComparison.Ordinal);
    }

    /// <summary>What the process has written to, as Latin-1.</summary>
    private static string Memory(int pid)
    {
        var text = new StringBuilder();
        using FileStream memory = File.OpenRead($"/proc/{pid}/mem");
        foreach (string line in File.ReadAllLines($"/proc/{pid}/maps").Where(line => line.Contains(" rw", StringComparison.Ordinal)))
        {
            long[] range = [.. line.Split(' ')[0].Split('-').Select(address => Convert.ToInt64(address, 16))];
            if (range[1] - range[0] > 64 << 20)
            {
                continue; // the buffers of clients, of which there were none
            }

            byte[] bytes = new byte[range[1] - range[0]];
            memory.Position = range[0];
            memory.ReadExactly(bytes);
            text.Append(Encoding.Latin1.GetString(bytes));
        }

        return text.ToString();
    }
}
