using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using SyscallServer.Internal.Kernel;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Runtime;

/// <summary>The structures and constants that cross into the kernel, checked by the C compiler against the headers.</summary>
public class KernelInterfaceTests
{
    private static readonly string[] StructureHeaders = ["netinet/in.h", "poll.h", "sys/uio.h", "time.h", "sys/time.h", "sys/signalfd.h", "sys/epoll.h", "sys/resource.h", "sys/stat.h", "linux/openat2.h"];

    private static readonly string[] ConstantHeaders =
    [
        "sys/socket.h", "netinet/in.h", "netinet/tcp.h", "asm/socket.h", "poll.h", "signal.h", "sys/signalfd.h", "sys/wait.h", "time.h", "sys/epoll.h", "sys/timerfd.h", "sys/mman.h", "sys/prctl.h", "sys/resource.h", "fcntl.h",
        "sys/stat.h", "sys/file.h", "dirent.h", "linux/openat2.h",
    ];

    [Fact]
    public Task Structures_are_laid_out_as_in_the_headers() => CAssertions.CompileAsync(StructureHeaders, Structures(typeof(Linux).Assembly));

    [Fact]
    public Task Constants_have_the_values_of_the_headers() => CAssertions.CompileAsync(ConstantHeaders, Constants(typeof(Linux).Assembly));

    [Fact]
    [Trait("Category", "CrossTools")]
    public Task Structures_for_arm64_are_laid_out_as_in_its_headers() => CAssertions.CompileForArm64Async(StructureHeaders, Structures(Arm64Kernel.Assembly));

    [Fact]
    [Trait("Category", "CrossTools")]
    public Task Constants_for_arm64_have_the_values_of_its_headers() => CAssertions.CompileForArm64Async(ConstantHeaders, Constants(Arm64Kernel.Assembly));

    [Fact]
    public Task Error_numbers_are_those_of_the_headers() => CAssertions.CompileAsync(
        ["errno.h"],
        typeof(Errno).GetFields().Select(field => $"_Static_assert({field.Name} == {field.GetRawConstantValue()}, \"{field.Name}\");"));

    [Fact]
    public unsafe void A_described_error_ends_with_its_name()
    {
        foreach (FieldInfo field in typeof(Errno).GetFields())
        {
            string description = Marshal.PtrToStringUTF8((nint)Errno.Describe((int)field.GetRawConstantValue()!))!;
            Assert.True(description == "errno #" || description.EndsWith($" ({field.Name})", System.StringComparison.Ordinal), description);
        }
    }

    private static IEnumerable<string> Structures(Assembly kernel) =>
    [
        // The kernel's own struct sigaction, which the C library hides: include/linux/signal_types.h and asm/signal.h.
        "struct kernel_sigaction { void (*sa_handler)(int); unsigned long sa_flags; void (*sa_restorer)(void); unsigned long sa_mask; };",
        .. new[]
        {
            nameof(sockaddr_in), nameof(pollfd), nameof(iovec), nameof(kernel_sigaction), nameof(timespec), nameof(signalfd_siginfo), nameof(epoll_event), nameof(itimerspec), nameof(rlimit), nameof(stat), nameof(open_how),
        }.SelectMany(name => Layout(kernel.GetType(typeof(Linux).Namespace + "." + name, throwOnError: true)!)),
        "_Static_assert(sizeof(struct timeval) == 16 && offsetof(struct timeval, tv_usec) == 8, \"timeval\");",
    ];

    private static IEnumerable<string> Layout(Type structure)
        => structure.GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Select(field => $"_Static_assert(offsetof(struct {structure.Name}, {field.Name}) == {Marshal.OffsetOf(structure, field.Name)}, \"{structure.Name} {field.Name}\");")
            .Append($"_Static_assert(sizeof(struct {structure.Name}) == {Marshal.SizeOf(structure)}, \"{structure.Name}\");");

    private static IEnumerable<string> Constants(Assembly kernel)
        => kernel.GetType(typeof(Linux).FullName!, throwOnError: true)!.GetFields().Where(field => field.Name != nameof(Linux.SA_RESTORER))
            .Select(field => $"_Static_assert((long){field.Name} == {field.GetRawConstantValue() ?? field.GetValue(null)}, \"{field.Name}\");")
            .Append($"_Static_assert({Linux.SA_RESTORER} == 0x04000000, \"asm/signal.h, which the C library hides\");");
}
