using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SyscallServer.EndToEnd.Tests.Support;
using SyscallServer.Tests.Documentation;
using SyscallServer.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests;

/// <summary>
/// docs/getting-started.md, what docs/testing.md adds to it, and docs/deployment, done as they say, with the packages as they are shipped. What differs: the template comes from its package here and not from a
/// registry; servers listen at a port that is free; and in the place of Docker skopeo reads the image (<see cref="ImageTests"/> runs one as an engine does).
/// </summary>
[Trait("Category", "Documents")]
public sealed class GettingStartedTests : OutsideTests
{
    private static readonly string[] Languages = ["sh", "console", "csharp"];

    private static readonly string[] Deployments = ["systemd", "docker", "kubernetes"];

    private static readonly string Port = $"{FreePort.ToStay(1)[0]}";

    [Fact]
    public async Task Every_command_of_the_pages_does_what_they_say()
    {
        using Shell shell = await StartAsync();
        await shell.RunAsync("""
            docker() {
                case "$1" in
                    load) skopeo inspect "docker-archive:$3" ;;
                    run) echo "the engine runs $5" ;;
                esac
            }
            """);
        foreach ((string language, string code) in Blocks("docs/getting-started.md").Concat(Blocks("docs/testing.md")))
        {
            switch (language)
            {
                case "sh":
                    await shell.StopServerAsync();
                    foreach (string command in Commands(code))
                    {
                        await (IsServer(command) ? shell.StartServerAsync(command) : shell.RunAsync(command));
                    }

                    break;
                case "console":
                    await CompareAsync(shell, code.Replace("localhost:8080", "localhost:" + Port, StringComparison.Ordinal));
                    break;
                default:
                    await WriteOrCompareAsync(code);
                    break;
            }
        }
    }

    /// <summary>
    /// What is named is there, in the place where the next command, the unit or the image looks for it: the executable of ExecStart=, the profile, the image. There is neither systemd nor an engine nor a cluster here, so these do no more
    /// than to look.
    /// </summary>
    [Fact]
    public async Task Every_command_of_the_pages_on_deployment_finds_what_it_names()
    {
        using Shell shell = await StartAsync();
        await shell.RunAsync("dotnet new install SyscallServer.Templates && dotnet new syscallserver -o Site && cd Site");
        await shell.RunAsync($$"""
            root='{{Folder}}/root'
            mkdir -p $root/etc/systemd/system $root/usr/local/bin
            ln -s '{{Repository.Path("deploy")}}' deploy
            sudo() { "$@"; }
            install() { command install "$1" "$root$2"; }
            cp() { command cp "${@:1:$#-1}" "$root${!#}"; }
            systemctl() {
                for unit in "$@"; do
                    case $unit in
                        *.service) test -x "$root$(sed -n 's/^ExecStart=//p' $root/etc/systemd/system/$unit)" || return ;;
                        *.socket) test -f "$root/etc/systemd/system/$unit" || return ;;
                    esac
                done
            }
            journalctl() { test -f "$root/etc/systemd/system/$2"; }
            docker() {
                case "$1" in
                    load) command skopeo list-tags "docker-archive:$3" >$root/tags ;;
                    run)
                        grep -qF "\"${!#}:latest\"" $root/tags || return
                        for option in "$@"; do
                            case $option in seccomp=*) test -f "${option#seccomp=}" || return ;; esac
                        done ;;
                esac
            }
            skopeo() { command skopeo copy "$2" "dir:$root/pushed"; }
            kubectl() { test -f '{{Repository.Path("deploy", "kubernetes")}}'/"$3"; }
            """);
        foreach (string page in Deployments)
        {
            foreach (string command in Blocks($"docs/deployment/{page}.md").Where(block => block.Language == "sh").SelectMany(block => Commands(block.Code)))
            {
                await shell.RunAsync(command);
            }
        }
    }

    /// <summary>A shell in the folder of this test, whose commands use the packages of here.</summary>
    private async Task<Shell> StartAsync()
    {
        await Package.ConfigureAsync(Folder);

        // Not every registry has NativeAOT's runtime, of which nothing is used.
        await File.WriteAllTextAsync(Path.Combine(Folder, "Directory.Build.targets"), "<Project><ItemGroup><KnownILCompilerPack Update=\"@(KnownILCompilerPack)\" ILCompilerRuntimePackNamePattern=\"\" /></ItemGroup></Project>");
        string template = await Package.TemplateAsync();
        var shell = new Shell(Folder);
        await shell.RunAsync($$"""
            export PORT={{Port}}
            curl() { command curl -sS "$@"; }
            dotnet() {
                case "$1 $2" in
                    "new install") command dotnet new install '{{template}}' --debug:custom-hive '{{Folder}}/hive' ;;
                    "new "*) command dotnet "$@" --no-update-check --debug:custom-hive '{{Folder}}/hive' ;;
                    *) command dotnet "$@" ;;
                esac
            }
            """);
        return shell;
    }

    /// <summary>The blocks in the order of the page.</summary>
    private static IEnumerable<(string Language, string Code)> Blocks(string path)
    {
        Page page = Page.Read(path);
        return Languages
            .SelectMany(language => page.Blocks(language).Select(block => (block.Line, Language: language, block.Code)))
            .OrderBy(block => block.Line)
            .Select(block => (block.Language, block.Code));
    }

    /// <summary>The lines of a block; one that ends with a backslash goes on in the next.</summary>
    private static string[] Commands(string code) => code.Replace("\\\n", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Commands that go on until Ctrl+C.</summary>
    private static bool IsServer(string command) => command == "dotnet run" || command.StartsWith("bin/", StringComparison.Ordinal);

    /// <summary>A command behind a dollar sign, and what it prints.</summary>
    private static async Task CompareAsync(Shell shell, string code)
    {
        int end = code.IndexOf('\n', StringComparison.Ordinal);
        Assert.Equal("$ ", code[..2]);
        Assert.Equal(code[(end + 1)..], await shell.RunAsync(code[2..end]));
    }

    /// <summary>Code with the name of a file above it goes into that file; the server before that is what the template has made.</summary>
    private async Task WriteOrCompareAsync(string code)
    {
        if (!code.StartsWith("// ", StringComparison.Ordinal))
        {
            if (code.Contains("class Server", StringComparison.Ordinal))
            {
                Assert.Equal(code, await File.ReadAllTextAsync(Path.Combine(Folder, "site", "Server.cs")));
            }

            return;
        }

        int end = code.IndexOf('\n', StringComparison.Ordinal);
        string name = code[3..end];
        string file = Path.Combine(Folder, name.Contains('/', StringComparison.Ordinal) ? name : "site/" + name);
        Assert.True(File.Exists(file), $"{file} is to be replaced, and is not there");
        await File.WriteAllTextAsync(file, code[(end + 1)..]);
    }

    /// <summary>A shell that is given one command after the other, as a person does.</summary>
    private sealed class Shell : IDisposable
    {
        private readonly Process _process;
        private readonly string _output;

        internal Shell(string folder)
        {
            _output = Path.Combine(folder, "output");
            _process = Command.Start("bash", [], folder: folder, redirectInput: true);
            _ = _process.StandardError.ReadToEndAsync();
        }

        /// <summary>Runs a command, which must succeed.</summary>
        /// <returns>What it prints to standard output.</returns>
        internal async Task<string> RunAsync(string command)
        {
            await _process.StandardInput.WriteLineAsync($"{{ {command}\n}} >'{_output}' 2>'{_output}.error'; echo $?");
            await _process.StandardInput.FlushAsync();
            string? status = await _process.StandardOutput.ReadLineAsync();
            return status == "0"
                ? await File.ReadAllTextAsync(_output)
                : throw new XunitException($"{command} ended with {status}\n{await File.ReadAllTextAsync(_output)}{await File.ReadAllTextAsync(_output + ".error")}");
        }

        /// <summary>Starts a server, and waits until it says that it listens.</summary>
        internal async Task StartServerAsync(string command)
        {
            // In a group of its own, which Ctrl+C ends.
            string error = _output + ".server";
            File.Delete(error);
            await RunAsync($"set -m; {command} 2>'{error}' & set +m");
            await ServerProcess.EventuallyAsync(() => File.Exists(error) && File.ReadAllText(error).Contains($"Listening on http://0.0.0.0:{Port}\n", StringComparison.Ordinal), $"'{command}' listens");
        }

        /// <summary>Ctrl+C.</summary>
        internal async Task StopServerAsync() => await RunAsync("if [ -n \"$(jobs -p)\" ]; then kill -INT -- -$(jobs -p); wait; fi");

        public void Dispose()
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
