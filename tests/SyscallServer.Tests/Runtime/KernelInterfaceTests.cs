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
    [Fact]
    public Task Structures_are_laid_out_as_in_the_headers() => CAssertions.CompileAsync(
        ["netinet/in.h", "poll.h", "sys/uio.h", "time.h", "sys/time.h", "sys/signalfd.h", "sys/epoll.h", "sys/resource.h", "sys/stat.h", "linux/openat2.h"],
        [
            // The kernel's own struct sigaction, which the C library hides: include/linux/signal_types.h and asm/signal.h.
            "struct kernel_sigaction { void (*sa_handler)(int); unsigned long sa_flags; void (*sa_restorer)(void); unsigned long sa_mask; };",
            .. Layout<sockaddr_in>("struct sockaddr_in"),
            .. Layout<pollfd>("struct pollfd"),
            .. Layout<iovec>("struct iovec"),
            .. Layout<kernel_sigaction>("struct kernel_sigaction"),
            .. Layout<timespec>("struct timespec"),
            .. Layout<signalfd_siginfo>("struct signalfd_siginfo"),
            .. Layout<epoll_event>("struct epoll_event"),
            .. Layout<itimerspec>("struct itimerspec"),
            .. Layout<rlimit>("struct rlimit"),
            .. Layout<stat>("struct stat"),
            .. Layout<open_how>("struct open_how"),
            "_Static_assert(sizeof(struct timeval) == 16 && offsetof(struct timeval, tv_usec) == 8, \"timeval\");",
        ]);

    [Fact]
    public Task Constants_have_the_values_of_the_headers() => CAssertions.CompileAsync(
        ["sys/socket.h", "netinet/in.h", "netinet/tcp.h", "asm/socket.h", "poll.h", "signal.h", "sys/signalfd.h", "sys/wait.h", "time.h", "sys/epoll.h", "sys/timerfd.h", "sys/mman.h", "sys/prctl.h", "sys/resource.h", "fcntl.h", "sys/stat.h", "sys/file.h", "dirent.h", "linux/openat2.h"],
        typeof(Linux).GetFields().Where(field => !field.Name.StartsWith("SA_RESTORER", System.StringComparison.Ordinal))
            .Select(field => $"_Static_assert((long){field.Name} == {field.GetRawConstantValue() ?? field.GetValue(null)}, \"{field.Name}\");")
            .Append($"_Static_assert({Linux.SA_RESTORER} == 0x04000000, \"asm/signal.h, which the C library hides\");"));

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

    private static IEnumerable<string> Layout<T>(string name)
        where T : struct
        => typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Select(field => $"_Static_assert(offsetof({name}, {field.Name}) == {Marshal.OffsetOf<T>(field.Name)}, \"{name} {field.Name}\");")
            .Append($"_Static_assert(sizeof({name}) == {Marshal.SizeOf<T>()}, \"{name}\");");
}
