using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Http;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>
/// What is needed only where the .NET runtime is underneath (JIT, NativeAOT): the arguments come as strings, and under the JIT
/// the stubs and all code must be ready before the first fork.
/// </summary>
public static unsafe partial class ManagedHost
{
    /// <summary>
    /// The arguments and the environment as the kernel hands them to a program: a program name, then <paramref name="args"/>, and behind a
    /// null pointer the variables that a server reads (PORT), each ended by a NUL. The memory is never freed: it lives as
    /// long as the process, as the kernel's own does.
    /// </summary>
    /// <param name="args">The arguments of Main.</param>
    /// <returns>The arguments, ended by a null pointer, and the environment, ended by another.</returns>
    public static byte** Arguments(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        string? port = Environment.GetEnvironmentVariable("PORT");
        byte** argv = (byte**)NativeMemory.AllocZeroed((nuint)args.Length + 4, (nuint)sizeof(byte*));
        argv[0] = NullTerminated(""); // the name, which no message uses
        for (int i = 0; i < args.Length; i++)
        {
            argv[i + 1] = NullTerminated(args[i]);
        }

        if (port is not null)
        {
            argv[args.Length + 2] = NullTerminated("PORT=" + port);
        }

        return argv;
    }

    private static byte* NullTerminated(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    /// <summary>
    /// For the JIT: makes the stubs executable, and has everything compiled and linked that a forked child of a server with a raw response runs.
    /// </summary>
    /// <remarks>
    /// Read-only data is not executable there, so the stubs are copied into pages of their own, which are never writable and
    /// executable at once. And the compiler must not run in a child: of the runtime's threads only one is there, and the
    /// memory for compiled code is shared with the parent. So the child's part is rehearsed first, on stubs in which
    /// <c>syscall</c> is replaced by <c>xor eax, eax</c>: every call succeeds with 0 and does nothing.
    /// </remarks>
    /// <param name="code">The stubs; they do not depend on their place.</param>
    /// <param name="stubs">Where the emitted kernel looks for them.</param>
    /// <param name="respond">What a child does with its connection.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x86-64.</exception>
    /// <exception cref="InvalidOperationException">The kernel refused the memory.</exception>
    public static void Prepare<TKernel>(ReadOnlySpan<byte> code, out byte* stubs, delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
    {
        Span<byte> copy = CopyStubs(code, out stubs);
        Rehearse<TKernel>(respond);
        Activate(code, copy);
    }

    /// <summary>The same for a server of HTTP, whose child is <see cref="HttpChild"/>.</summary>
    /// <param name="code">The stubs; they do not depend on their place.</param>
    /// <param name="stubs">Where the emitted kernel looks for them.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x86-64.</exception>
    /// <exception cref="InvalidOperationException">The kernel refused the memory.</exception>
    public static void Prepare<TKernel, TApp>(ReadOnlySpan<byte> code, out byte* stubs)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        StartWithoutSharedCode();
        Span<byte> copy = CopyStubs(code, out stubs);
        Rehearse<TKernel, TApp>();
        Activate(code, copy);
    }

    /// <summary>
    /// Starts the program again, as the same process, with the runtime's W^X off: only then is the memory for compiled code a process's own, and not
    /// a mapping that children share, in which they would link their calls at the same time (seen: children that crash from then on). A debugger
    /// would lose the program; under one it stays as it is.
    /// </summary>
    private static void StartWithoutSharedCode()
    {
        const string variable = "DOTNET_EnableWriteXorExecute";
        if (Environment.GetEnvironmentVariable(variable) == "0" || Debugger.IsAttached)
        {
            return;
        }

        Environment.SetEnvironmentVariable(variable, "0");
        byte** argv = NullTerminated(File.ReadAllText("/proc/self/cmdline")[..^1].Split('\0'));
        byte** envp = NullTerminated(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}").ToArray());
        _ = Execute(Environment.ProcessPath!, argv, envp);

        // It could not be started: then it goes on as it is.
        NativeMemory.Free(argv);
        NativeMemory.Free(envp);
    }

    private static byte** NullTerminated(string[] texts)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++)
        {
            array[i] = NullTerminated(texts[i]);
        }

        return array;
    }

    /// <summary>Copies the stubs into pages of their own, in a form in which they do nothing.</summary>
    private static Span<byte> CopyStubs(ReadOnlySpan<byte> code, out byte* stubs)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw new PlatformNotSupportedException(
                $"This server calls the Linux kernel for x86-64 and cannot run on {RuntimeInformation.RuntimeIdentifier}: run it in a container or a virtual machine of that kind.");
        }

        const int protRead = 1, protWrite = 2, mapPrivate = 2, mapAnonymous = 0x20; // mmap(2)
        nint page = MemoryMap(0, (nuint)code.Length, protRead | protWrite, mapPrivate | mapAnonymous, -1, 0);
        if (page == -1)
        {
            throw new InvalidOperationException($"mmap of the system call stubs: errno {Marshal.GetLastPInvokeError()}");
        }

        stubs = (byte*)page;
        var copy = new Span<byte>(stubs, code.Length);
        code.CopyTo(copy);
        ReadOnlySpan<byte> syscall = [0x0F, 0x05];
        ReadOnlySpan<byte> clearEax = [0x31, 0xC0]; // xor eax, eax
        for (int at; (at = copy.IndexOf(syscall)) >= 0;)
        {
            clearEax.CopyTo(copy.Slice(at));
        }

        Protect(copy, executable: true);
        return copy;
    }

    /// <summary>From here on the stubs call the kernel.</summary>
    private static void Activate(ReadOnlySpan<byte> code, Span<byte> copy)
    {
        Protect(copy, executable: false);
        code.CopyTo(copy);
        Protect(copy, executable: true);
    }

    /// <summary>Calls once what a child calls. A child's call that is missing here is compiled in the child: a test looks for that.</summary>
    private static void Rehearse<TKernel>(delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
    {
        byte buffer = 0;
        _ = TKernel.fork();
        _ = TKernel.close(-1);
        _ = TKernel.exit(0);
        _ = TKernel.read(-1, &buffer, 0);
        _ = TKernel.write(-1, &buffer, 0);
        _ = TKernel.shutdown(-1, 0);
        _ = TKernel.recvfrom(-1, null, 0, 0, null, null);
        _ = Connection.Read<TKernel>(-1, &buffer, 0);
        _ = Connection.Write<TKernel>(-1, &buffer, 1);
        Connection.Linger<TKernel>(-1);
        respond(-1, &buffer);
    }

    /// <summary>
    /// What a child of HTTP runs is too much to be called here in all its branches: all methods that it could reach are compiled by name, and the
    /// most common way is gone once.
    /// </summary>
    private static void Rehearse<TKernel, TApp>()
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        CompileAll(typeof(TKernel), typeof(TApp));
        byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)HttpChild.MemorySize<TApp>());
        HttpChild.Serve<TKernel, TApp>(-1, -1, memory, 1, 1, stopping: false);
        var output = new Output(memory, memory + Output.Capacity);
        HttpConnection http = default;
        ReadOnlySpan<byte> request = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"0\"\r\n\r\n"u8;
        request.CopyTo(new Span<byte>(memory + Output.Capacity, request.Length));
        _ = http.Receive<TApp>(memory + Output.Capacity, request.Length, &output);
        NativeMemory.Free(memory);

        // A call of an unmanaged function that may block has a transition of its own, which is made when it is called for the first time.
        byte buffer = 0;
        timespec time;
        iovec vector = default;
        _ = TKernel.fork();
        _ = TKernel.close(-1);
        _ = TKernel.exit(0);
        _ = TKernel.read(-1, &buffer, 0);
        _ = TKernel.write(-1, &buffer, 0);
        _ = TKernel.writev(-1, &vector, 0);
        _ = TKernel.shutdown(-1, 0);
        _ = TKernel.clock_gettime(0, &time);
        _ = Connection.Read<TKernel>(-1, &buffer, 0);
        _ = Connection.Write<TKernel>(-1, &buffer, 1);
    }

    /// <summary>Compiles all methods of the engine, of the emitted kernel and of the emitted app.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026:RequiresUnreferencedCode", Justification = "Called under the JIT only, where nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070:UnrecognizedReflectionPattern", Justification = "Called under the JIT only, where nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075:UnrecognizedReflectionPattern", Justification = "Called under the JIT only, where nothing is trimmed.")]
    private static void CompileAll(Type kernel, Type app)
    {
        IEnumerable<Type> engine = typeof(ManagedHost).Assembly.GetTypes().Where(type => type.Namespace is "SyscallServer.Engine" or "SyscallServer.Http" && !type.IsGenericType);
        IEnumerable<MethodBase> methods = engine.Append(kernel).Append(app).Append(app.DeclaringType!)
            .SelectMany(type => type.GetMembers(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .OfType<MethodBase>()
            .Where(method => !method.IsAbstract && method.GetMethodBody() is not null)
            .Where(method => !method.IsGenericMethodDefinition || method.GetGenericArguments().All(parameter => parameter.Name is "TKernel" or "TApp"));
        foreach (MethodBase method in methods)
        {
            RuntimeTypeHandle[] arguments = method.IsGenericMethodDefinition
                ? method.GetGenericArguments().Select(parameter => (parameter.Name == "TApp" ? app : kernel).TypeHandle).ToArray()
                : [];
            RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments);
        }
    }

    private static void Protect(Span<byte> pages, bool executable)
    {
        const int protRead = 1, protWrite = 2, protExec = 4; // mprotect(2)
        fixed (byte* address = pages)
        {
            if (MemoryProtect((nint)address, (nuint)pages.Length, protRead | (executable ? protExec : protWrite)) != 0)
            {
                throw new InvalidOperationException($"mprotect of the system call stubs: errno {Marshal.GetLastPInvokeError()}");
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, byte** argv, byte** envp);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int MemoryProtect(nint address, nuint length, int protection);
}
