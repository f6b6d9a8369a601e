using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>How programs for arm64 run on this machine: under qemu-user, which makes each of their system calls here.</summary>
internal static class Arm64
{
    /// <summary>What the names of its binutils begin with.</summary>
    internal const string Tools = "aarch64-linux-gnu-";

    private const string Qemu = "qemu-aarch64-static";

    private static string Folder => Repository.Path("artifacts", "end-to-end", "arm64");

    /// <summary>
    /// The start code of the tests. It differs from that of the package in one call: Debian's qemu (7.2) does not know openat2(2), so openat(2) takes its place, which leaves the flags of <c>resolve</c> out.
    /// </summary>
    /// <returns>Its folder, with one for the platform.</returns>
    internal static async Task<string> StartCodeAsync()
    {
        const string openat2 = "        system_call openat2, 437\n";
        const string openat = """
                    .section .text.openat2, "ax", %progbits
                    routine openat2
            openat2:
                    ldr     x3, [x2, #8]                    /* open_how.mode */
                    ldr     x2, [x2]                        /* open_how.flags */
                    call_kernel 56                          /* openat */
                    ret
                    end_routine openat2

            """;
        string source = Repository.Path("runtime", "Freestanding", "linux-arm64");
        string calls = await File.ReadAllTextAsync(Path.Combine(source, "SystemCalls.S"));
        if (!calls.Contains(openat2, StringComparison.Ordinal))
        {
            throw new XunitException($"SystemCalls.S has no line '{openat2.Trim()}', in whose place the tests have another call: see {nameof(Arm64)}.cs");
        }

        string folder = Path.Combine(Folder, "start-code");
        string objects = Directory.CreateDirectory(Path.Combine(folder, "linux-arm64")).FullName;
        await File.WriteAllTextAsync(Path.Combine(objects, "SystemCalls.S"), calls.Replace(openat2, openat, StringComparison.Ordinal));
        foreach (string name in new[] { "StartCode", "Faults" })
        {
            // The assembler looks for what is included beside the source at last.
            string copy = Path.Combine(objects, name + ".S");
            File.Copy(Path.Combine(source, name + ".S"), copy, overwrite: true);
            await Command.OutputOfAsync(Tools + "as", ["-I", objects, "-o", Path.Combine(objects, name + ".o"), copy]);
        }

        return folder + "/";
    }

    /// <summary>A program of this machine that runs one for arm64 under its name, which is how tests find it among processes.</summary>
    /// <param name="executable">The program for arm64.</param>
    internal static string Runner(string executable)
    {
        string name = Path.GetFileName(executable);
        string folder = Directory.CreateDirectory(Path.Combine(Folder, "run", name + "-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(executable)))[..8])).FullName;
        string emulator = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "qemu")).FullName, name);
        string runner = Path.Combine(folder, name);
        lock (Qemu)
        {
            if (!File.Exists(runner))
            {
                File.Delete(emulator);
                File.CreateSymbolicLink(emulator, Find(Qemu));
                File.WriteAllText(runner, $"#!/bin/sh\nexec '{emulator}' '{executable}' \"$@\"\n");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(runner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
                }
            }
        }

        return runner;
    }

    private static string Find(string program)
        => Array.Find(Array.ConvertAll(Environment.GetEnvironmentVariable("PATH")!.Split(':'), folder => Path.Combine(folder, program)), File.Exists)
            ?? throw new XunitException($"{program} is not installed: ./test.sh does that, or apt-get install qemu-user-static");
}
