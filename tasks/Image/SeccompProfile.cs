using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tasks.Image;

/// <summary>
/// The system calls that a freestanding program can make, as a seccomp profile in the form that container engines and Kubernetes read: all others fail with EPERM.
/// </summary>
/// <remarks>
/// <see href="https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp">The OCI runtime specification</see> has the form.
/// </remarks>
internal static class SeccompProfile
{
    /// <summary>What the start code does besides (runtime/Freestanding): it ends the program, takes rights from pages, and catches faults.</summary>
    internal static readonly string[] OfStartCode = ["exit", "exit_group", "mprotect", "rt_sigaction", "sigaltstack", "write"];

    /// <summary>What the kernel makes of a call that SIGSTOP and SIGCONT have interrupted.</summary>
    private const string Restarted = "restart_syscall";

    /// <summary>
    /// What a container runtime does between the filter and the program: it drops privileges, closes descriptors, and begins the program. Measured with runc 1.1.5, call by call; with what
    /// the Go runtime may do meanwhile.
    /// </summary>
    private static readonly string[] OfRuntime =
    [
        "capget", "capset", "chdir", "close", "epoll_ctl", "epoll_pwait", "execve", "faccessat2", "fcntl", "fstat", "fstatfs", "futex", "getcwd", "getdents64", "getpid", "getppid", "gettid", "madvise", "mmap", "munmap", "nanosleep",
        "newfstatat", "openat", "prctl", "read", "rt_sigprocmask", "rt_sigreturn", "sched_yield", "setgid", "setgroups", "setuid", "tgkill",
    ];

    /// <summary>The bytes of a profile.</summary>
    /// <param name="values">What the generator has left in the assemblies of the program.</param>
    /// <param name="processors">What the program is for: <c>x64</c>, <c>arm64</c>, or both.</param>
    internal static byte[] Write(IEnumerable<string> values, IReadOnlyCollection<string> processors)
    {
        string[] calls = [.. OfProgram(values, processors)];
        return Json.Object(profile =>
        {
            profile.WriteString("defaultAction", "SCMP_ACT_ERRNO");
            profile.WriteNumber("defaultErrnoRet", 1); // EPERM
            profile.Array("architectures", architectures =>
            {
                foreach (string processor in processors.Order(StringComparer.Ordinal))
                {
                    architectures.WriteStringValue(processor == "arm64" ? "SCMP_ARCH_AARCH64" : "SCMP_ARCH_X86_64");
                }
            });
            profile.Array("syscalls", groups =>
            {
                Group(groups, "what the server does", calls);
                Group(groups, "what a container runtime does before it begins the server", OfRuntime.Except(calls));
            });
        });

        static void Group(Utf8JsonWriter groups, string comment, IEnumerable<string> names) => groups.Object(group =>
        {
            group.WriteString("comment", comment);
            group.Array("names", array =>
            {
                foreach (string name in names.Order(StringComparer.Ordinal))
                {
                    array.WriteStringValue(name);
                }
            });
            group.WriteString("action", "SCMP_ACT_ALLOW");
        });
    }

    /// <summary>The names of the calls that a program can make by itself on a platform: without those that a container engine makes before it.</summary>
    internal static IEnumerable<string> CallsOf(IEnumerable<string> values, string platform) => OfProgram(values, [ProcessorOf(platform)]);

    /// <summary>The processor of a platform: x64 of linux-x64.</summary>
    internal static string ProcessorOf(string platform) => platform[(platform.LastIndexOf('-') + 1)..];

    /// <summary>The names of the calls on the processors.</summary>
    private static IEnumerable<string> OfProgram(IEnumerable<string> values, IReadOnlyCollection<string> processors)
        => ProgramValues.Behind(values, ProgramMetadata.Calls).SelectMany(list => list.Split(',')).Select(SystemCalls.Named)
            .SelectMany(call => processors.Select(processor => processor == "arm64" ? call.Arm64.Name : call.Name))
            .Concat(OfStartCode).Append(Restarted).Distinct();
}
