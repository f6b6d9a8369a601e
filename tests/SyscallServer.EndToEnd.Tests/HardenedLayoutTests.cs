using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Http;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tasks.Link;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What the kernel makes of a program with the hardened layout: where it lies, and what may be done with its pages.</summary>
public sealed class HardenedLayoutTests
{
    /// <summary>A line of /proc/PID/maps that belongs to the executable.</summary>
    private sealed record Mapping(long Start, long End, string Rights);

    [Fact]
    public async Task Twenty_starts_have_twenty_addresses()
    {
        var addresses = new HashSet<long>();
        for (int start = 0; start < 20; start++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Api);
            addresses.Add(Mappings(server.Pid)[0].Start);
        }

        Assert.Equal(20, addresses.Count);
    }

    [Fact]
    public async Task Constants_are_only_read_code_is_only_executed_and_nothing_else_is()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Api);
        Mapping[] mappings = Mappings(server.Pid);
        Assert.Equal(["r--p", "r-xp"], mappings.Select(mapping => mapping.Rights));
        byte[] constant = "application/json"u8.ToArray();
        Assert.True(Contains(mappings[0], constant));
        Assert.False(Contains(mappings[1], constant));

        // Besides it, the vDSO (and the page that old programs call the kernel by) is executed; and nothing is written and executed.
        Assert.All(ProcFile.Maps(server.Pid).Where(line => line.Split(' ')[1][2] == 'x'), line => Assert.Matches(@" (r-xp .*/Api|r-xp .*\[vdso\]|--xp .*\[vsyscall\])$", line));

        bool Contains(Mapping mapping, byte[] content) => ProcFile.Memory(server.Pid, mapping.Start, (int)(mapping.End - mapping.Start)).AsSpan().IndexOf(content) >= 0;
    }

    /// <summary>The first byte is 0, so that no text that runs over a buffer can repeat it.</summary>
    [Fact]
    public async Task The_stack_canary_is_random()
    {
        await using ServerProcess first = await ServerProcess.StartAsync(Host.Freestanding, Programs.Api);
        await using ServerProcess second = await ServerProcess.StartAsync(Host.Freestanding, Programs.Api);
        string symbol = (await Command.OutputOfAsync("nm", [Programs.Symbols(Programs.Api)])).Split('\n').Single(line => line.EndsWith(" random_security_cookie", StringComparison.Ordinal));
        long offset = long.Parse(symbol.Split(' ')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        byte[][] canaries = [.. new[] { first, second }.Select(server => ProcFile.Memory(server.Pid, Mappings(server.Pid)[0].Start + offset, sizeof(long)))];
        Assert.NotEqual(canaries[0], canaries[1]);
        Assert.All(canaries, canary => Assert.True(canary[0] == 0 && canary.Any(value => value != 0), Convert.ToHexString(canary)));
    }

    /// <summary>Tables of methods, which a program with objects has, are constant as soon as they have the addresses of where it lies.</summary>
    [Fact]
    public async Task What_has_addresses_is_written_once_and_then_only_read()
    {
        string program = await Programs.ExecutableAsync(Host.Freestanding, LanguageTests.Project);
        Command.Result result = await Command.RunAsync("strace", ["-e", "trace=mprotect", "-o", "/proc/self/fd/2", program]);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"\Amprotect\(0x[0-9a-f]+, \d+, PROT_READ\) += 0\n\+\+\+ exited with 0 \+\+\+\n\z", result.Error);
    }

    [Theory]
    [InlineData(Programs.Hello, false)]
    [InlineData(Programs.Silent, false)]
    [InlineData(Programs.Pages, false)]
    [InlineData(Programs.Site, false)]
    [InlineData(Programs.HttpEventLoop, true)]
    [InlineData(Programs.Handlers, true)]
    [InlineData(Programs.FileStore, true)]
    [InlineData(LanguageTests.Project, true)]
    public async Task A_program_has_it_that_has_handlers_files_on_disk_an_event_loop_or_a_Main_of_its_own(string project, bool isHardened)
        => Assert.Equal(isHardened ? Elf.ET_DYN : Elf.ET_EXEC, BitConverter.ToUInt16(await Programs.ImageAsync(Host.Freestanding, project), 16));

    [Fact]
    public async Task Any_server_has_it_where_the_project_says_so()
    {
        (string executable, _) = await Programs.WithFeatureAsync("HardenedLayout");
        await using ServerProcess server = await ServerProcess.StartAsync([], executable);
        Assert.Equal(["r--p", "r-xp"], Mappings(server.Pid).Select(mapping => mapping.Rights));
        Assert.Equal(200, (await HttpServer.ExchangeAsync(server.Port, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")).Status);
    }

    [Fact]
    public async Task Another_layout_is_an_error_that_names_both()
    {
        Command.Result result = await Programs.TryPublishAsync(Programs.Hello, "-layout", "-p:SyscallServerLayout=Large");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error SYSC111: The property SyscallServerLayout is 'Large', and can be Small or Hardened.", result.Output, StringComparison.Ordinal);
    }

    private static Mapping[] Mappings(int pid)
    {
        string executable = new FileInfo($"/proc/{pid}/exe").LinkTarget!;
        return [.. ProcFile.Maps(pid).Where(line => line.EndsWith(' ' + executable, StringComparison.Ordinal)).Select(line => line.Split(' ')).Select(words => new Mapping(Address(words[0].Split('-')[0]), Address(words[0].Split('-')[1]), words[1]))];

        static long Address(string text) => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
