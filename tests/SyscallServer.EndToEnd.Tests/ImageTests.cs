using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>The image of a server, read by a tool of other people's, unpacked, and run as a container engine runs it: alone below its root, without /proc, as process 1 of a user that is nobody.</summary>
public sealed class ImageTests : IDisposable
{
    private static readonly Lazy<Task<string>> Published = new(() => PublishAsync("-image"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscall-server-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The revision is that of the image alone: as SourceRevisionId it would be in all assemblies of this repository, which other tests want as they are.</summary>
    private static async Task<string> PublishAsync(string variant)
        => await Programs.PublishAsync(Programs.DefaultBackend, variant, "-p:SyscallServerImage=true", "-p:SyscallServerImageName=team/backend", "-p:SyscallServerImageTag=1.0", "-p:SyscallServerImageRevision=abc") + ".oci.tar";

    [Fact]
    public async Task Skopeo_reads_it()
    {
        string archive = await Published.Value;
        string inspected = await Command.OutputOfAsync("skopeo", ["inspect", $"oci-archive:{archive}:1.0"]);
        Assert.Contains("\"org.opencontainers.image.title\": \"Default backend\"", inspected, StringComparison.Ordinal);
        Assert.Contains("\"org.opencontainers.image.revision\": \"abc\"", inspected, StringComparison.Ordinal);
        string config = await Command.OutputOfAsync("skopeo", ["inspect", "--config", "--raw", $"docker-archive:{archive}"]);
        foreach (string part in new[] { "\"User\":\"65532:65532\"", "\"ExposedPorts\":{\"8080/tcp\":{}}", "\"Entrypoint\":[\"/DefaultBackend\"]", "\"Test\":[\"CMD\",\"/DefaultBackend\",\"--healthcheck\"]" })
        {
            Assert.Contains(part, config, StringComparison.Ordinal);
        }

        foreach (string architecture in new[] { "amd64", "arm64" })
        {
            Assert.Contains($"\"Architecture\": \"{architecture}\"", await Command.OutputOfAsync("skopeo", ["inspect", "--override-arch", architecture, $"oci-archive:{archive}:1.0"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_compressed_of_the_default_backend_has_at_most_32_kB_for_both_architectures()
    {
        // The layers: what registries and container engines call the size of an image.
        var layers = new List<long>();
        await using FileStream archive = File.OpenRead(await Published.Value);
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            if (entry.DataStream is { } blob && blob.ReadByte() == 0x1F && blob.ReadByte() == 0x8B)
            {
                layers.Add(entry.Length); // gzip (RFC 1952, section 2.3.1)
            }
        }

        Assert.Equal(2, layers.Count);
        Assert.InRange(layers.Sum(), 1, 32_000);
    }

    [Fact]
    public async Task It_is_the_same_when_it_is_made_again()
        => Assert.Equal(await File.ReadAllBytesAsync(await Published.Value), await File.ReadAllBytesAsync(await PublishAsync("-image-again")));

    [Fact]
    public async Task It_runs_alone_below_its_root_and_checks_its_health()
    {
        await Command.OutputOfAsync("skopeo", ["copy", $"oci-archive:{await Published.Value}", $"dir:{_folder.FullName}/copied"]);
        string root = Directory.CreateDirectory(Path.Combine(_folder.FullName, "root")).FullName;
        await Command.OutputOfAsync("sh", ["-c", $"for layer in {_folder.FullName}/copied/*; do gzip -t $layer 2>/dev/null && tar -xzpf $layer -C {root}; done; chmod 755 {_folder.FullName}; true"]);
        string[] inside = ["chroot", "--userspec=65532:65532", root];
        await using ServerProcess server = await ServerProcess.StartAsync(["unshare", "--mount", "--pid", "--fork", "--kill-child", .. inside], "/DefaultBackend", "--port", "0");
        Assert.Equal((404, true), (await HttpServer.ExchangeAsync(server.Port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")) is var response ? (response.Status, response.Text.Contains("No service answers", StringComparison.Ordinal)) : default);
        Assert.Equal(65532, ProcFile.Status(server.Pid, "Uid"));
        Assert.Equal(0, (await Command.RunAsync(inside[0], [.. inside[1..], "/DefaultBackend", "--healthcheck", "--port", $"{server.Port}"])).ExitCode);
        server.Signal("TERM");
        Assert.Equal(0, await server.ExitAsync());
        Command.Result gone = await Command.RunAsync(inside[0], [.. inside[1..], "/DefaultBackend", "--healthcheck", "--port", $"{server.Port}"]);
        Assert.Equal((1, "health check: no server listens there\n"), (gone.ExitCode, gone.Error));
    }

    [Theory]
    [InlineData("SYSC103: The assets cannot be embedded: SOURCE_DATE_EPOCH is 'yesterday'", "-p:SOURCE_DATE_EPOCH=yesterday")]
    [InlineData("SYSC110: SOURCE_DATE_EPOCH is 'yesterday', which is no number of seconds since 1970", "-p:SOURCE_DATE_EPOCH=yesterday", Programs.Hello)]
    [InlineData("SYSC110: 'Team' is no name of an image", "-p:SyscallServerImageName=Team")]
    [InlineData("SYSC110: An image from scratch has nothing but the program", "-p:SyscallServerHost=NativeAot")]
    [InlineData("SYSC110: An image from scratch has nothing but the program", "-p:PublishAot=false")]
    public async Task What_cannot_be_an_image_is_told(string problem, string argument, string project = Programs.DefaultBackend)
    {
        Command.Result result = await Programs.TryPublishAsync(project, "-no-image", "-p:SyscallServerImage=true", argument);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"error {problem}", result.Output, StringComparison.Ordinal);
    }
}
