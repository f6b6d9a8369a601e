using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// A server for arm64 on a kernel for arm64, in a machine that qemu emulates: what qemu-user, which makes system calls of this machine, does otherwise. There openat2(2) is not known (<see cref="Arm64"/>), and a program has no vDSO.
/// </summary>
public sealed class Arm64KernelTests : OutsideTests
{
    /// <summary>What is done there. Each answer follows a line with the path that was asked for.</summary>
    private const string Init =
        """
        #!/bin/busybox sh
        export PATH=/bin
        /bin/busybox --install -s /bin
        mount -t devtmpfs devices /dev
        exec < /dev/ttyAMA0 > /dev/ttyAMA0 2>&1
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t tracefs tracefs /sys/kernel/tracing
        mount -t tmpfs tmp /srv
        ifconfig lo 127.0.0.1 up
        mkdir -p /srv/files/in /srv/outside
        echo inside > /srv/files/in/a
        echo secret > /srv/outside/secret
        ln -s /srv/outside/secret /srv/files/absolute
        ln -s ../outside/secret /srv/files/relative
        ln -s ../outside /srv/files/folder
        ln -s in/a /srv/files/link
        ln -s in /srv/files/folder-inside
        ln -s /proc/self/root/srv/outside/secret /srv/files/magic
        ln -s loop /srv/files/loop
        cd /sys/kernel/tracing
        echo 'id==113' > events/raw_syscalls/sys_enter/filter
        echo 1 > events/raw_syscalls/sys_enter/enable
        /server --port 8080 2> /srv/error &
        until grep -q Listening /srv/error; do sleep 0.1; done
        ask() {
            echo
            echo "ask $1 $2"
            printf "$1 $2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n$3\r\n$4" | nc 127.0.0.1 8080
        }
        for path in in/a link folder-inside/a absolute relative folder/secret magic loop none; do
            ask GET /files/$path
        done
        ask PUT /files/in/new 'Content-Length: 4\r\n' 'new\n'
        ask PUT /files/folder/new 'Content-Length: 4\r\n' 'new\n'
        ask GET /files/in/new
        ask GET /metrics
        echo
        echo "ask calls"
        sed -n 's/.*server-.*NR 113 (\([0-9]*\),.*/clock \1/p' trace
        ls /srv/outside
        echo "ask end"
        poweroff -f
        """;

    private static readonly string[] Folders = ["bin", "dev", "proc", "sys", "srv"];
    private static readonly string[] Inside = ["in/a", "link", "folder-inside/a"];
    private static readonly string[] Outside = ["absolute", "relative", "folder/secret", "magic", "loop", "none"];

    /// <summary>Without a network: what it says comes by its serial line.</summary>
    private static readonly string[] Machine = ["-M", "virt", "-cpu", "cortex-a57", "-m", "256", "-nographic", "-nic", "none", "-no-reboot", "-append", "console=ttyAMA0 quiet panic=-1 rdinit=/init"];

    [Fact]
    public async Task Files_stay_within_their_folder_and_the_clock_is_read_without_a_call()
    {
        string kernel = Repository.Path("artifacts", "end-to-end", "arm64-kernel");
        await Command.OutputOfAsync("bash", [Repository.Path("tests", "arm64-kernel.sh"), kernel]);
        string project = await ProjectAsync(
            "server",
            "",
            """
            using SyscallServer;

            [TcpServer(Port = 8080, Address = "127.0.0.1", Concurrency = Concurrency.EventLoop, Workers = 1)]
            [Files("/files/", "/srv/files")]
            [Upload("/files/", "/srv/files")]
            [Metrics("/metrics")]
            static partial class Server;
            """);
        await TakeFrameworkOfHereAsync(project);
        await Command.OutputOfAsync("dotnet", ["publish", project, "-r", "linux-arm64", "-p:PublishAot=true", "-o", Path.Combine(Folder, "native"), "-m:1"]);
        string system = Path.Combine(Folder, "system");
        await File.WriteAllBytesAsync(system, Archive(
            [.. Folders.Select(folder => (folder, Convert.ToInt32("40755", 8), Array.Empty<byte>())),
            ("bin/busybox", Convert.ToInt32("100755", 8), await File.ReadAllBytesAsync(Path.Combine(kernel, "busybox"))),
            ("init", Convert.ToInt32("100755", 8), Encoding.ASCII.GetBytes(Init)),
            ("server", Convert.ToInt32("100755", 8), await File.ReadAllBytesAsync(Path.Combine(Folder, "native", "server")))]));
        string output = (await Command.OutputOfAsync(
            "qemu-system-aarch64",
            [.. Machine, "-kernel", Path.Combine(kernel, "vmlinuz"), "-initrd", system])).Replace("\r", "", StringComparison.Ordinal);
        Dictionary<string, string> answers = output.Split("\nask ").Skip(1).Select(part => part.Split('\n', 2)).ToDictionary(part => part[0], part => part[1]);
        foreach (string path in Inside)
        {
            AssertAnswered("200 OK", $"GET /files/{path}", "\n\ninside\n");
        }

        foreach (string path in Outside)
        {
            AssertAnswered("404 Not Found", $"GET /files/{path}", "\n\n404 Not Found\n");
        }

        AssertAnswered("201 Created", "PUT /files/in/new", "");
        AssertAnswered("403 Forbidden", "PUT /files/folder/new", "");
        AssertAnswered("200 OK", "GET /files/in/new", "\n\nnew\n");
        AssertAnswered("200 OK", "GET /metrics", "http_request_duration_seconds_count 12\n");

        // CLOCK_REALTIME (0), for what was uploaded and for dates, is a call. CLOCK_MONOTONIC (1), for durations, is the vDSO's. Nothing was written elsewhere.
        string[] calls = answers["calls"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("clock 0", calls);
        Assert.DoesNotContain("clock 1", calls);
        Assert.Equal("secret", calls[^1]);

        void AssertAnswered(string status, string request, string content)
        {
            Assert.StartsWith($"HTTP/1.1 {status}\n", answers[request], StringComparison.Ordinal);
            Assert.Contains(content, answers[request], StringComparison.Ordinal);
        }
    }

    /// <summary>Files as the kernel takes them for its first: cpio(5), "newc".</summary>
    private static byte[] Archive(params (string Name, int Mode, byte[] Content)[] files)
    {
        using var archive = new MemoryStream();
        int number = 0;
        foreach ((string name, int mode, byte[] content) in files.Append(("TRAILER!!!", 0, [])))
        {
            int[] fields = [++number, mode, 0, 0, 1, 0, content.Length, 0, 0, 0, 0, name.Length + 1, 0];
            Write(Encoding.ASCII.GetBytes("070701" + string.Concat(fields.Select(field => field.ToString("X8", CultureInfo.InvariantCulture))) + name + "\0"));
            Write(content);
        }

        return archive.ToArray();

        void Write(byte[] bytes)
        {
            archive.Write(bytes);
            while (archive.Length % 4 != 0)
            {
                archive.WriteByte(0);
            }
        }
    }
}
