using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What "dotnet new syscallserver" makes: every kind is a project that is published without a warning, and answers.</summary>
public sealed class TemplateTests : OutsideTests
{
    private static readonly (string Name, string[] Options)[] Projects =
    [
        ("my-site", ["--image"]),
        ("Api", ["--kind", "api", "--engine", "EventLoop"]),
        ("Moved", ["--kind", "redirect", "--engine", "Prefork", "--framework", "net9.0"]),
        ("Errors", ["--kind", "default-backend", "--framework", "net8.0"]),
        ("Raw", ["--kind", "raw"]),
    ];

    [Fact]
    public async Task Every_kind_of_project_is_published_and_answers()
    {
        await CreateAsync();
        await Package.ConfigureAsync(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.props"), "<Project><PropertyGroup><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup></Project>");

        // Not every registry has NativeAOT's runtime, of which nothing is used.
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.targets"), "<Project><ItemGroup><KnownILCompilerPack Update=\"@(KnownILCompilerPack)\" ILCompilerRuntimePackNamePattern=\"\" /></ItemGroup></Project>");
        string all = await Package.WriteProjectOfAllAsync(Folder, "*/*.csproj", continueOnError: false);
        await Command.OutputOfAsync("dotnet", ["publish", all, "-c", "Release", "-r", "linux-x64", "-m:1"]);

        Assert.EndsWith("<p>The file is about.html, and its path is /about. <a href=\"/\">Back</a></p>\n  </main>\n</body>\n</html>\n", await AskAsync("my-site", "GET /about HTTP/1.1"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nHello, Ada!\n", await AskAsync("Api", "GET /hello/Ada HTTP/1.1"), StringComparison.Ordinal);
        Assert.Contains("\r\nLocation: https://www.example.com/a/b?c\r\n", await AskAsync("Moved", "GET /a/b?c HTTP/1.1"), StringComparison.Ordinal);
        Assert.Contains("<h1>We will be right back</h1>", await AskAsync("Errors", "GET /503.html HTTP/1.1"), StringComparison.Ordinal);
        Assert.Equal("Hello from a server without HTTP.\n", await AskAsync("Raw", ""));
        Assert.True(File.Exists(Path.Combine(Publish("my-site", "net10.0"), "my-site.oci.tar")));
        Assert.InRange(new FileInfo(Path.Combine(Publish("my-site", "net10.0"), "my-site")).Length, 1, 30_000); // as docs/getting-started.md says
        string readme = await File.ReadAllTextAsync(Path.Combine(Folder, "my-site", "README.md"));
        Assert.Contains("`my-site.oci.tar`", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("oci.tar", await File.ReadAllTextAsync(Path.Combine(Folder, "Api", "README.md")), StringComparison.Ordinal);
    }

    /// <summary>Installs the template from its package, for these tests alone, and makes the projects.</summary>
    private async Task CreateAsync()
    {
        string hive = Path.Combine(Folder, "hive");
        await Command.OutputOfAsync("dotnet", ["new", "install", await Package.TemplateAsync(), "--debug:custom-hive", hive]);
        foreach ((string name, string[] options) in Projects)
        {
            await Command.OutputOfAsync("dotnet", ["new", "syscallserver", "-o", Path.Combine(Folder, name), "--no-update-check", "--debug:custom-hive", hive, .. options]);
        }
    }

    private async Task<string> AskAsync(string name, string request)
    {
        string framework = Projects.Single(project => project.Name == name).Options is [.., "--framework", string chosen] ? chosen : "net10.0";
        await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(Publish(name, framework), name));
        return await Client.ExchangeAsync(server.Port, request.Length == 0 ? "x" : $"{request}\r\nHost: h\r\nConnection: close\r\n\r\n");
    }

    private string Publish(string name, string framework) => Path.Combine(Folder, name, "bin", "Release", framework, "linux-x64", "publish");
}
