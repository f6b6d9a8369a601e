using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tasks.Link;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>What the linker of the publish makes of whole programs.</summary>
[Collection(Alone.Name)]
public sealed partial class LinkTests : IDisposable
{
    private static readonly string StartCode = Repository.Path("runtime", "Freestanding");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-link-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// Engines, handlers, files, a Main of the user's with static fields of each kind: in short, each thing that is linked otherwise. GNU ld has a script for the small layout; what has the hardened one by
    /// itself is linked here once more.
    /// </summary>
    [Theory]
    [InlineData(Host.Freestanding, Programs.Hello)]
    [InlineData(Host.Freestanding, Programs.Silent)]
    [InlineData(Host.Freestanding, Programs.Site)]
    [InlineData(Host.Freestanding, Programs.Api)]
    [InlineData(Host.Freestanding, Programs.FileStore)]
    [InlineData(Host.Freestanding, Programs.HttpEventLoop)]
    [InlineData(Host.Freestanding, LanguageTests.Project)]
    [InlineData(Host.FreestandingArm64, Programs.Hello)]
    [InlineData(Host.FreestandingArm64, Programs.Silent)]
    [InlineData(Host.FreestandingArm64, Programs.Site)]
    [InlineData(Host.FreestandingArm64, Programs.Api)]
    [InlineData(Host.FreestandingArm64, LanguageTests.Project)]
    public async Task An_executable_is_that_of_GNU_ld_byte_for_byte(Host host, string project)
    {
        bool isArm64 = host == Host.FreestandingArm64;
        string tools = isArm64 ? Arm64.Tools : "";
        string startCode = Path.Combine(StartCode, Programs.Platform(host));
        byte[] image = await Programs.ImageAsync(host, project);
        string compiled = Repository.Path(project, "obj", "Release", "net10.0", Programs.Platform(host), "native", Path.GetFileName(project) + ".o");
        string symbols = await Command.OutputOfAsync(tools + "nm", [compiled]);
        string linked = await Command.OutputOfAsync(tools + "nm", [Programs.Symbols(project, host)]);
        bool reportsFaults = linked.Contains(" report_faults\n", StringComparison.Ordinal);
        bool hasMain = !symbols.Contains(" SyscallServerStart\n", StringComparison.Ordinal);
        string[] objects = [.. reportsFaults ? [Path.Combine(startCode, "Faults.o")] : Array.Empty<string>(), Path.Combine(startCode, "StartCode.o"), compiled];
        var arguments = new List<string> { "-nostdlib", "-static", "--gc-sections", "--build-id=none" };
        if (reportsFaults || isArm64)
        {
            arguments.Add("--defsym=function_alignment=4");
        }

        if (isArm64)
        {
            arguments.AddRange(["--defsym=machine=183", "--defsym=page=0x10000"]);
        }

        if (hasMain)
        {
            arguments.Add("--defsym=SyscallServerStart=SyscallServerMain");
        }

        if (linked.Contains(" _start_with_reference_statics\n", StringComparison.Ordinal))
        {
            // The list has a section of its own: readelf(1) says which, and of how many bytes.
            string headers = await Command.OutputOfAsync("readelf", ["-SsW", compiled]);
            Match list = StaticsList().Matches(headers).First(match => SizeOf(match) > 0);
            arguments.AddRange(["--defsym=_start=_start_with_reference_statics", $"--defsym=reference_statics={list.Groups["name"].Value}", $"--defsym=reference_statics_end={list.Groups["name"].Value}+{SizeOf(list)}"]);

            int SizeOf(Match match) => int.Parse(Regex.Match(headers, $@"\[ *{match.Groups["section"].Value}\] \S+ +\S+ +\S+ +\S+ ([0-9a-f]+)").Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        byte[] expected = await GnuAsync(tools, [.. arguments, "-T", Repository.Path("tests", "Reference", "Freestanding.ld"), .. objects]);
        if (linked.Contains(" start_hardened\n", StringComparison.Ordinal) || HasAssets(compiled))
        {
            Dictionary<string, string> aliases = hasMain ? new() { ["SyscallServerStart"] = "SyscallServerMain" } : [];
            image = Linker.Link(new LinkRequest([.. objects.Select(file => ElfObject.Read(file, File.ReadAllBytes(file)))], reportsFaults ? "report_faults" : "_start", aliases, reportsFaults ? 4 : 1, isArm64 ? "arm64" : "x64", [])).Image;
        }

        // GNU ld writes variables that are zero into the file, where others are in front of them.
        Assert.InRange(image.Length, 1, expected.Length);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(image).PadRight(expected.Length * 2, '0'));
    }

    /// <summary>Whether the linker puts files into a program, of which GNU ld knows nothing.</summary>
    private static bool HasAssets(string compiled) => File.ReadAllBytes(compiled).AsSpan().IndexOf("SyscallServer.Internal.Contract.AssetBlock of "u8) >= 0;

    [Fact]
    public async Task To_publish_a_program_takes_the_SDK_and_no_other_program()
    {
        byte[] expected = await File.ReadAllBytesAsync(await Programs.ExecutableAsync(Host.Freestanding, Programs.Hello));
        string sdk = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);

        // MSBuild starts the AOT compiler by a shell.
        string programs = Directory.CreateDirectory(Path.Combine(Folder, "programs")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "sh"), "/bin/sh");

        // So that it is made again.
        File.Delete(Programs.Symbols(Programs.Hello));
        File.Delete(Path.ChangeExtension(Programs.Symbols(Programs.Hello), null));
        await Command.OutputOfAsync(
            sdk,
            ["publish", Repository.Path(Programs.Hello), "-c", "Release", "-r", "linux-x64", "-p:PublishAot=true", "-p:SyscallServerHost=Freestanding", "-p:BuildProjectReferences=false", "-o", Path.Combine(Folder, "published"), "-m:1"],
            new Dictionary<string, string> { ["PATH"] = programs });
        Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(Folder, "published", "Hello")));
        Assert.True(File.Exists(Programs.Symbols(Programs.Hello)));
    }

    [Fact]
    public async Task A_debugger_knows_the_line_of_each_caller()
    {
        await Programs.ExecutableAsync(Host.Freestanding, Programs.Api);
        string output = await Command.OutputOfAsync(
            "gdb", ["-nx", "-batch", "-ex", "break poll", "-ex", "run", "-ex", "backtrace", "-ex", "kill", "-ex", "info line Api.cs:24", "--args", Programs.Symbols(Programs.Api), "--port", "0"]);
        Assert.Matches(@"#0 .*\bpoll \(\)\n#1 .*__Wait\b.* at .*/ForkParent\.cs:\d+\n#2 .*__Serve\b.* at .*/Api\.g\.cs:\d+\n#3 .*__Start \(argv=0x[0-9a-f]+\) at .*/Api\.g\.cs:\d+\n#4 .* _start \(\)\n", output);
        Assert.Matches(@"Line 24 of "".*/sample/Api/Api\.cs"" starts at address 0x[0-9a-f]+ <Api_Api__Time", output);
    }

    [Fact]
    public async Task A_debugger_knows_a_server_that_runs_wherever_it_lies()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Host.Freestanding, Programs.Api);
        string output = await Command.OutputOfAsync("gdb", ["-nx", "-batch", "-ex", "backtrace", "-p", $"{server.Pid}", Programs.Symbols(Programs.Api)]);
        Assert.Matches(@"#0 .*\bpoll \(\)\n#1 .*__Wait\b.* at .*/ForkParent\.cs:\d+\n#2 .*__Serve\b.* at .*/Api\.g\.cs:\d+\n#3 .*__Start \(argv=0x[0-9a-f]+\) at .*/Api\.g\.cs:\d+\n#4 .* _start \(\)\n", output);
    }

    /// <summary>What GNU ld links, as far as it lies in memory.</summary>
    private async Task<byte[]> GnuAsync(string tools, string[] arguments)
    {
        string linked = Path.Combine(Folder, "linked");
        string image = Path.Combine(Folder, "image");
        await Command.OutputOfAsync(tools + "ld", ["-o", linked, .. arguments]);
        bool hasVariables = Variables().IsMatch(await Command.OutputOfAsync(tools + "size", ["-A", linked]));
        await Command.OutputOfAsync(tools + "objcopy", ["-O", "binary", "-j", ".image", "-j", ".start", "-j", ".code", .. hasVariables ? ["-j", ".variables_header", "-j", ".variables"] : Array.Empty<string>(), linked, image]);
        return await File.ReadAllBytesAsync(image);
    }

    [GeneratedRegex(@" (?<section>\d+) (?<name>\S+__GCStaticRegion)$", RegexOptions.Multiline)]
    private static partial Regex StaticsList();

    [GeneratedRegex(@"^\.variables +[1-9]", RegexOptions.Multiline)]
    private static partial Regex Variables();
}
