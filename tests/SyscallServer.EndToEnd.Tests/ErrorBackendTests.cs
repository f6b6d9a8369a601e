using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>sample/DefaultBackend behind nginx, as deploy/nginx/errors.conf has it: nginx sends what ingress-nginx sends.</summary>
public sealed class ErrorBackendTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_proxy_gets_the_page_of_an_error_in_the_form_that_the_client_accepts()
    {
        string backend = await Programs.ExecutableAsync(Host.Freestanding, Programs.DefaultBackend);
        string behind = await Programs.ExecutableAsync(Host.Freestanding, Programs.Http);
        int[] ports = FreePort.ToStay(2);
        string folder = _folder.FullName;
        await using ServerProcess errors = await ServerProcess.StartAsync([], backend, "--port", "0");
        string configuration = await File.ReadAllTextAsync(Repository.Path("deploy", "nginx", "errors.conf"));
        string file = Path.Combine(folder, "configuration");
        await File.WriteAllTextAsync(file, DeployFile.ForNginx(DeployFile.WithPorts(configuration, [("8000", ports[0]), ("8081", ports[1]), ("8080", errors.Port)]), folder));
        (string program, string[] arguments) = DeployFile.Nginx(file, folder);
        using Process proxy = Command.Start(program, arguments);
        try
        {
            await ServerProcess.EventuallyAsync(() => proxy.HasExited || ProcFile.Listens(proxy.Id), "the proxy serves");

            // Nothing listens behind the proxy.
            Assert.Equal((502, "application/problem+json", "{\"status\":502,\"title\":\"Bad Gateway\"}\n"), await AskAsync("GET /hello", "Accept: application/json\r\n"));
            string page = await File.ReadAllTextAsync(Repository.Path(Programs.DefaultBackend, "errors", "5xx.html"));
            Assert.Equal((502, "text/html; charset=utf-8", page), await AskAsync("GET /hello", "Accept: text/html,*/*;q=0.8\r\n"));

            await using ServerProcess server = await ServerProcess.StartAsync([], behind, "--port", $"{ports[1]}");
            Assert.Equal(200, (await AskAsync("GET /hello", "")).Status);
            page = await File.ReadAllTextAsync(Repository.Path(Programs.DefaultBackend, "errors", "404.html"));
            Assert.Equal((404, "text/html; charset=utf-8", page), await AskAsync("GET /nowhere", ""));
            Assert.Equal((404, "text/html; charset=utf-8", page), await AskAsync("POST /nowhere", "Content-Length: 3\r\n", "abc"));
            Assert.Equal((404, "text/plain; charset=utf-8", "404 Not Found\n"), await AskAsync("DELETE /nowhere", "Accept: text/plain\r\n"));
        }
        finally
        {
            proxy.Kill(entireProcessTree: true);
            await proxy.WaitForExitAsync();
        }

        async Task<(int Status, string? Type, string Body)> AskAsync(string request, string lines, string body = "")
        {
            HttpResponse response = await HttpServer.ExchangeAsync(ports[0], $"{request} HTTP/1.1\r\nHost: h\r\n{lines}\r\n{body}");
            return (response.Status, response["Content-Type"], response.Text);
        }
    }
}
