using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The AOT compilers that the package is used with: those that are known, and others (docs/dotnet-versions.md).</summary>
[Trait("Category", "Documents")]
public sealed partial class AotCompilerTests(VersionsFixture versions) : OutsideTests, IClassFixture<VersionsFixture>
{
    /// <summary>Each known compiler with each server.</summary>
    public static TheoryData<string, string> CompilersAndServers
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach ((string compiler, _) in VersionsFixture.Versions)
            {
                foreach (string server in VersionsFixture.Servers)
                {
                    rows.Add(compiler, server);
                }
            }

            return rows;
        }
    }

    /// <summary>Each known compiler.</summary>
    public static TheoryData<string> Compilers => new(VersionsFixture.Versions.Select(version => version.Compiler));

    [Theory]
    [MemberData(nameof(CompilersAndServers))]
    public async Task Each_version_of_the_AOT_compiler_makes_a_server_that_answers_and_ends(string compiler, string server)
    {
        string executable = Path.Combine(await versions.NativeAsync(compiler, server), server);
        Directory.CreateDirectory(Path.Combine(Folder, "files"));
        (string request, string start, string end) = Exchange(server);
        await using ServerProcess process = await ServerProcess.StartAsync(["env", $"--chdir={Folder}"], executable);
        string response = await Client.ExchangeAsync(process.Port, request);
        Assert.StartsWith(start, response, StringComparison.Ordinal);
        Assert.EndsWith(end, response, StringComparison.Ordinal);
        process.Signal("TERM");
        Assert.Equal(0, await process.ExitAsync());
    }

    /// <summary>A request to a server, and the beginning and the end of what it answers.</summary>
    internal static (string Request, string Start, string End) Exchange(string server)
    {
        const string last = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";
        return server switch
        {
            "Hello" => ("x", "HTTP/1.0 200 OK FROM TCP SERVER\r\n", "\r\n"),
            "Site" => ($"GET /style.css{last}\r\n", "HTTP/1.1 200 OK\r\n", "\r\n\r\n" + File.ReadAllText(Repository.Path(Programs.Site, "wwwroot", "style.css"))),
            "Api" => ($"POST /form{last}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nname=%3Cb%3E", "HTTP/1.1 200 OK\r\n", "<p>Hello, &lt;b&gt;!\n"),
            "FileStore" => ($"PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nkeptGET /a{last}\r\n", "HTTP/1.1 201 Created\r\n", "\r\n\r\nkept"),
            "DefaultBackend" => ($"GET /nowhere{last}\r\n", "HTTP/1.1 404 Not Found\r\n", "</main>\n"),
            "Docs" => ($"GET /{last}\r\n", "HTTP/1.1 200 OK\r\n", "</html>\n"),
            VersionsFixture.Readme => ($"GET /{last}\r\n", "HTTP/1.1 200 OK\r\n", "\r\n\r\nHello, World!\n"),
            _ => throw new ArgumentOutOfRangeException(nameof(server)),
        };
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public async Task Each_version_of_the_AOT_compiler_makes_the_same_of_all_of_our_System_Runtime(string compiler)
    {
        string native = await versions.NativeAsync(compiler, "SystemRuntime");
        await SystemRuntimeTests.VerifyAsync(Path.Combine(native, "SystemRuntime"), Path.Combine(native, "SystemRuntime.dbg"));
        foreach (object[] fault in SystemRuntimeTests.Faults)
        {
            Assert.Equal(new(134, "", (string)fault[1]), await SystemRuntimeTests.RunAsync(Path.Combine(native, "SystemRuntime"), $"printf {fault[0]}"));
        }
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public async Task Each_version_of_the_AOT_compiler_makes_the_same_of_each_construct_of_C_sharp(string compiler)
        => await LanguageTests.VerifyAsync(Path.Combine(await versions.NativeAsync(compiler, "Language"), "Language"));

    [Fact]
    public async Task Each_version_of_the_AOT_compiler_that_is_known_is_one_that_was_tried_and_that_the_docs_name()
    {
        string targets = await File.ReadAllTextAsync(Repository.Path("runtime", "buildTransitive", "SyscallServer.AotCompiler.targets"));
        string[] known = KnownCompilers().Match(targets).Groups[1].Value.Split(';');
        Assert.Equal(known, VersionsFixture.Versions.Select(version => Version.Parse(version.Compiler).ToString(2)).Distinct());
        string docs = await File.ReadAllTextAsync(Repository.Path("docs", "dotnet-versions.md"));
        Assert.All(VersionsFixture.Versions, version => Assert.Contains($"{version.Compiler}", docs, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_AOT_compiler_of_a_version_that_is_not_known_is_tried_with_a_warning()
    {
        string publish = await PublishAsync("Newer", "-p:SyscallServerKnownAotCompilers=6.0%3B7.0");
        Assert.Matches(
            @"warning SYSC106: The AOT compiler's version is 9\.0\.[0-9]+, and this version of SyscallServer knows 6\.0, 7\.0\. It is tried all the same: test what comes out\. Use a version of the \.NET SDK that has one of these, "
            + "or a newer SyscallServer; or set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file\\.",
            publish);
        await using ServerProcess server = await ServerProcess.StartAsync([], Path.Combine(Folder, "native", "Newer"));
        Assert.Equal("x", await Client.ExchangeAsync(server.Port, "x"));

        // A version that is known goes without saying.
        Assert.DoesNotContain("SYSC106", await PublishAsync("Known"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12.0.0", "SYSC107: The AOT compiler failed with what stands above, most likely because its version, 12.0.0, is none that this version of SyscallServer knows: 8.0, 9.0, 10.0, 11.0. Use a version of the .NET SDK")]
    [InlineData("7.0.20", "SYSC107: The AOT compiler failed with what stands above, most likely because its version, 7.0.20, is none that this version of SyscallServer knows: 8.0, 9.0, 10.0, 11.0. Use a version of the .NET SDK")]
    [InlineData("10.0.99", "SYSC108: The AOT compiler, version 10.0.99, failed with what stands above, although SyscallServer knows it: please report that. To go on, set <SyscallServerHost>NativeAot</SyscallServerHost> in the project file.")]
    public async Task An_AOT_compiler_that_fails_is_an_error_that_says_whether_its_version_is_known(string version, string expected)
    {
        // What ILC 11 said when it was new.
        const string message = "Error: Expected type 'Internal.Runtime.MethodTable' not found in module 'System.Runtime'";
        string tools = Path.Combine(Folder, "ilc");
        await File.WriteAllTextAsync(tools, $"#!/bin/sh\n[ \"$1\" != --version ] || exec echo {version}-rtm.1+0123abcd\necho \"{message}\" >&2\nexit 1\n");
        await Command.OutputOfAsync("chmod", ["755", tools]);

        string publish = await PublishAsync("Failing", $"-p:IlcToolsPath={Folder}/");
        Assert.Contains(message[7..], publish, StringComparison.Ordinal);
        Assert.Contains("error " + expected, publish, StringComparison.Ordinal);
        Assert.Equal(version != "10.0.99", publish.Contains($"warning SYSC106: The AOT compiler's version is {version}, ", StringComparison.Ordinal));
        Assert.DoesNotContain("MSB3", publish, StringComparison.Ordinal);
    }

    /// <summary>Publishes a server of one byte, and returns what the build has said.</summary>
    private async Task<string> PublishAsync(string name, params string[] arguments)
    {
        string project = await ProjectAsync(name, "", $"[SyscallServer.TcpServer] [SyscallServer.RawResponse(\"x\")] static partial class {name};");
        Command.Result publish = await Command.RunAsync("dotnet", ["publish", project, "-r", "linux-x64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1", .. arguments]);
        return publish.Output;
    }

    [GeneratedRegex("<SyscallServerKnownAotCompilers [^>]*>([^<]*)<")]
    private static partial Regex KnownCompilers();
}
