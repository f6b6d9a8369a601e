using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// The profile of system calls that a publish writes: servers that may make no other one. (<c>SECCOMP_TESTS=all ./test.sh</c> runs every test of freestanding servers for x86-64 so.)
/// </summary>
public sealed class SeccompTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Requests of all kinds, of which none may end a process, and the end in order.</summary>
    [Theory]
    [InlineData(Programs.Site)]
    [InlineData(Programs.Api)]
    [InlineData(Programs.FileStore)]
    [InlineData(Programs.Http)]
    [InlineData(Programs.HttpPrefork)]
    [InlineData(Programs.HttpEventLoop)]
    [InlineData(Programs.HandlersLoop)]
    [InlineData(Programs.Many)]
    public async Task A_server_needs_no_call_that_its_profile_has_not(string program)
    {
        await using ServerProcess server = await StartAsync(program);
        using Client client = await Client.ConnectAsync(server.Port);
        string[] requests =
        [
            "GET / HTTP/1.1\r\nHost: h\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n",
            "GET /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /style.css HTTP/1.1\r\nHost: h\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n",
            "PUT /a.txt HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
            "GET /a.txt HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\r\n",
            "nonsense\r\n\r\n",
        ];
        foreach (string request in requests)
        {
            using Client each = await Client.ConnectAsync(server.Port);
            await each.SendAsync(request);
            each.EndSending();
            Assert.StartsWith("HTTP/1.1 ", await each.ReadToEndAsync(), StringComparison.Ordinal);
        }

        server.Signal("STOP");
        await Task.Delay(100);
        server.Signal("CONT"); // what it waited in is begun anew by the kernel
        await client.SendAsync("GET /plan");
        server.Signal("TERM");
        client.Dispose();
        Assert.Equal(0, await server.ExitAsync());
        Assert.DoesNotContain("has ended", server.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_call_is_the_end()
    {
        // Without accept(2) it gets as far as the first client. How the client sees that (as a connection that is reset, or only later) is a race.
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Hello);
        string[] tool = await Seccomp.ToolAsync(executable);
        await using ServerProcess server = await ServerProcess.StartAsync([.. tool.Where(word => word != "43")], executable);
        await Record.ExceptionAsync(async () => (await Client.ConnectAsync(server.Port)).Dispose());
        Assert.Equal(128 + 31, await server.ExitAsync()); // SIGSYS
    }

    [Fact]
    public async Task A_profile_has_the_form_that_container_runtimes_read_and_nothing_that_the_server_does_not_do()
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, Programs.Hello);
        using var profile = JsonDocument.Parse(await File.ReadAllTextAsync(executable + ".seccomp.json"));
        JsonElement root = profile.RootElement;
        Assert.Equal(("SCMP_ACT_ERRNO", 1, "SCMP_ARCH_X86_64"), (root.GetProperty("defaultAction").GetString(), root.GetProperty("defaultErrnoRet").GetInt32(), root.GetProperty("architectures").EnumerateArray().Single().GetString()));
        Assert.Equal(2, root.GetProperty("syscalls").GetArrayLength());
        Assert.All(root.GetProperty("syscalls").EnumerateArray(), group => Assert.Equal("SCMP_ACT_ALLOW", group.GetProperty("action").GetString()));
        string[] calls = [.. Seccomp.Calls(executable)];
        Assert.Contains("accept", calls);
        foreach (string call in new[] { "execve", "open", "openat", "openat2", "connect", "ptrace", "unlink", "sendfile", "setuid" })
        {
            Assert.DoesNotContain(call, calls);
        }
    }

    [Fact]
    public async Task A_program_with_a_runtime_has_no_profile()
    {
        Command.Result build = await Programs.TryPublishAsync(Programs.Hello, "-no-profile", "-p:SyscallServerHost=NativeAot", "-p:SyscallServerSeccompProfile=true", "-p:SampleFramework=net9.0");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("error SYSC112: What system calls a program makes is known of a freestanding one", build.Output, StringComparison.Ordinal);
    }

    private async Task<ServerProcess> StartAsync(string program)
    {
        string executable = await Programs.ExecutableAsync(Host.Freestanding, program);
        _folder.CreateSubdirectory("files"); // of sample/FileStore
        return await ServerProcess.StartAsync(["env", $"--chdir={_folder.FullName}", .. await Seccomp.ToolAsync(executable)], executable);
    }
}
