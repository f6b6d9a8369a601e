using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Listening;
using SyscallServer.Internal.Models;
using SyscallServer.Internal.Process;
using SyscallServer.Internal.Transport;

namespace SyscallServer.Internal.Startup;

/// <summary>
/// What is needed only where the .NET runtime is underneath (JIT, NativeAOT): the arguments come as strings, and under the JIT
/// the stubs and all code must be ready before the first fork.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class ManagedHost
{
    /// <summary>Whether there is no .NET runtime underneath, so that <see cref="FreestandingKernel"/> calls the kernel.</summary>
    public static bool IsFreestanding => false;

    /// <summary>A way to read the clock without a system call; null where there is none. The freestanding host has one.</summary>
    /// <param name="argv">The arguments, as the kernel has left them.</param>
    public static void* Clock(byte** argv) => null;

    /// <summary>
    /// The arguments and the environment as the kernel hands them to a program: a program name, then <paramref name="args"/>, and behind a
    /// null pointer the variables that a server reads (PORT, and those of <see cref="ServiceManager"/>), each ended by a NUL. The memory is never
    /// freed: it lives as long as the process, as the kernel's own does.
    /// </summary>
    /// <param name="args">The arguments of Main.</param>
    /// <returns>The arguments, ended by a null pointer, and the environment, ended by another.</returns>
    public static byte** Arguments(string[] args) => Arguments(args, default);

    /// <summary>The same, with further variables that this server reads.</summary>
    /// <param name="args">The arguments of Main.</param>
    /// <param name="further">Their names, with a NUL between two.</param>
    /// <returns>The arguments, ended by a null pointer, and the environment, ended by another.</returns>
    public static byte** Arguments(string[] args, ReadOnlySpan<byte> further)
    {
        ArgumentNullException.ThrowIfNull(args);
        const string program = ""; // which no message uses
        string[] variables = ["PORT", "LISTEN_PID", "LISTEN_FDS", "NOTIFY_SOCKET", .. Encoding.UTF8.GetString(further).Split('\0', StringSplitOptions.RemoveEmptyEntries)];
        return NullTerminated([program, .. args, null, .. variables.Where(name => Environment.GetEnvironmentVariable(name) is not null).Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}")]);
    }

    /// <summary>Finds the assets of an app, before the first fork: they are a resource of its assembly, and lie in memory as it does.</summary>
    /// <exception cref="InvalidOperationException">The assembly was changed after the build: it has no such resource.</exception>
    public static void OpenAssets<TApp>()
        where TApp : struct, IApp
    {
        Assembly assembly = typeof(TApp).Assembly;
        AssetsOf<TApp>.Block = assembly.GetManifestResourceStream(AssetBlock.Resource) is UnmanagedMemoryStream stream
            ? stream.PositionPointer
            : throw new InvalidOperationException($"{assembly.GetName().Name} has no resource '{AssetBlock.Resource}', in which the build put the files that the server has.");
    }

    /// <summary>Where the assets of an app lie.</summary>
    /// <param name="place">The constant in whose place they are in a program without a runtime.</param>
    public static byte* Assets<TApp>(byte* place)
        where TApp : struct, IApp
        => AssetsOf<TApp>.Block;

    private static class AssetsOf<TApp>
    {
        internal static byte* Block;
        internal static LiveAssets? Live;
    }

    /// <summary>From here on the assets of an app are those on the disk, if the program is where it was built (<see cref="LiveAssets"/>). Under the JIT only, when it is prepared.</summary>
    /// <param name="files">Which responses have files: see <see cref="LiveAssets.Open"/>.</param>
    /// <param name="args">The arguments of Main, among which may be <c>--quiet</c>.</param>
    public static void OpenLiveAssets<TApp>(ReadOnlySpan<byte> files, string[] args)
        where TApp : struct, IApp
    {
        Assembly assembly = typeof(TApp).Assembly;
        using var stream = (UnmanagedMemoryStream)assembly.GetManifestResourceStream(AssetBlock.Resource)!;
        AssetsOf<TApp>.Live = LiveAssets.Open(assembly.GetName().Name!, files, TApp.Responses, TApp.Bytes, TApp.Phrases, stream.PositionPointer, stream.Length);
        if (AssetsOf<TApp>.Live is { } live)
        {
            AssetsOf<TApp>.Block = live.Block;
            live.IsQuiet = args.Contains("--quiet");
        }
    }

    /// <summary>Says that it is so, behind the start-up line.</summary>
    public static void TellLiveAssets<TApp>()
        where TApp : struct, IApp
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            AssetsOf<TApp>.Live?.Tell();
        }
    }

    /// <summary>A response as it is now: 404 where it was planned for a file that is gone.</summary>
    /// <param name="response">What the router has found: a response, or an action.</param>
    public static int LiveResponse<TApp>(int response)
        where TApp : struct, IApp
        => RuntimeFeature.IsDynamicCodeSupported && AssetsOf<TApp>.Live is { } live ? live.Current(response) : response;

    /// <summary>The table of responses, which changes with the files.</summary>
    /// <param name="planned">The table as it was planned.</param>
    public static PlannedResponse* LiveResponses<TApp>(void* planned)
        where TApp : struct, IApp
        => RuntimeFeature.IsDynamicCodeSupported && AssetsOf<TApp>.Live is { } live ? live.Responses : (PlannedResponse*)planned;

    /// <summary>The bytes of responses, which change with the files.</summary>
    /// <param name="planned">The bytes as they were planned.</param>
    public static byte* LiveBytes<TApp>(void* planned)
        where TApp : struct, IApp
        => RuntimeFeature.IsDynamicCodeSupported && AssetsOf<TApp>.Live is { } live ? live.Bytes : (byte*)planned;

    /// <summary>The phrases that belong to those bytes.</summary>
    /// <param name="planned">The phrases as they were planned.</param>
    public static ushort* LivePhrases<TApp>(void* planned)
        where TApp : struct, IApp
        => RuntimeFeature.IsDynamicCodeSupported && AssetsOf<TApp>.Live is { } live ? live.Phrases : (ushort*)planned;

    /// <summary>What was compiled for arm64 calls the kernel by the start code of the freestanding host, which is not there under the JIT.</summary>
    /// <exception cref="PlatformNotSupportedException">Always.</exception>
    [DoesNotReturn]
    public static void RefuseArm64()
        => throw new PlatformNotSupportedException("This server was compiled for linux-arm64, where it runs published only: 'dotnet publish -r linux-arm64 -p:PublishAot=true'. 'dotnet run' takes a machine with x86-64.");

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
        Span<byte> copy = Begin<TKernel>(code, out stubs);
        Rehearse<TKernel>(respond);
        Activate(code, copy);
    }

    /// <summary>The same for a server with a raw response that has <see cref="Endpoints"/>.</summary>
    /// <param name="code">The stubs; they do not depend on their place.</param>
    /// <param name="stubs">Where the emitted kernel looks for them.</param>
    /// <param name="respond">What a child does with its connection.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x86-64.</exception>
    /// <exception cref="InvalidOperationException">The kernel refused the memory.</exception>
    public static void Prepare<TKernel, TServer>(ReadOnlySpan<byte> code, out byte* stubs, delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
        where TServer : struct, IServer
    {
        Span<byte> copy = Begin<TKernel>(code, out stubs);
        Rehearse<TKernel>(respond);

        // The beginning of a child, with a connection of a Unix socket, which takes more; and its end.
        Endpoints endpoints = default;
        endpoints.Count = 1;
        endpoints.First->Address.Family = Endpoint.AddressFamilyUnix;
        Endpoints.BeginChild<TKernel, TServer>(&endpoints, -1);
        byte buffer = 0;
        Connection.Linger<TKernel>(-1, &buffer, 0, 0);
        Activate(code, copy);
    }

    /// <summary>The same for a server of HTTP, however it serves its connections.</summary>
    /// <param name="code">The stubs; they do not depend on their place.</param>
    /// <param name="stubs">Where the emitted kernel looks for them.</param>
    /// <exception cref="PlatformNotSupportedException">This is not Linux on x86-64.</exception>
    /// <exception cref="InvalidOperationException">The kernel refused the memory.</exception>
    public static void Prepare<TKernel, TApp, TServer>(ReadOnlySpan<byte> code, out byte* stubs)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        Span<byte> copy = Begin<TKernel>(code, out stubs);
        CompileAll(typeof(TKernel), typeof(TApp), typeof(TServer));
        CompileAll(typeof(EventLoop<TKernel, TApp, TServer>));
        Rehearse<TKernel, TApp, TServer>();
        Activate(code, copy);
        ShowRoutes(typeof(TApp).DeclaringType!.DeclaringType!);
    }

    /// <summary>What comes first for every server: memory for code that is this process's own, and stubs that do nothing, each of which was called.</summary>
    private static Span<byte> Begin<TKernel>(ReadOnlySpan<byte> code, out byte* stubs)
        where TKernel : struct, IKernel
    {
        StartWithoutSharedCode();
        Span<byte> copy = CopyStubs(code, out stubs);
        CallAll(typeof(TKernel));
        return copy;
    }

    /// <summary>
    /// Starts the program again, as the same process, with the runtime's W^X off: only then is the memory for compiled code a process's own, and not
    /// a mapping that children share, in which they would link their calls at the same time (seen: children that crash from then on). And without tiered
    /// compilation: the threads that would compile anew what is called often are not there in a child. A debugger would lose the program; under one
    /// it stays as it is.
    /// </summary>
    private static void StartWithoutSharedCode()
    {
        const string variable = "DOTNET_EnableWriteXorExecute";
        if (Environment.GetEnvironmentVariable(variable) == "0" || Debugger.IsAttached)
        {
            return;
        }

        Environment.SetEnvironmentVariable("DOTNET_TieredCompilation", "0");
        Environment.SetEnvironmentVariable(variable, "0");
        byte** argv = NullTerminated(File.ReadAllText("/proc/self/cmdline")[..^1].Split('\0'));
        byte** envp = NullTerminated(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}").ToArray());
        _ = Execute(Environment.ProcessPath!, argv, envp);

        // It could not be started: then it goes on as it is.
        NativeMemory.Free(argv);
        NativeMemory.Free(envp);
    }

    /// <summary>An array in the way of C, in which null is a null pointer, as it is behind the last one.</summary>
    private static byte** NullTerminated(string?[] texts)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++)
        {
            array[i] = texts[i] is { } text ? NullTerminated(text) : null;
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

    /// <summary>Goes once the way of a child. A call that is missing here is compiled in the child: a test looks for that.</summary>
    private static void Rehearse<TKernel>(delegate*<int, byte*, void> respond)
        where TKernel : struct, IKernel
    {
        byte buffer = 0;
        _ = Connection.Read<TKernel>(-1, &buffer, 0);
        _ = Connection.Write<TKernel>(-1, &buffer, 1);
        _ = Connection.WriteLong<TKernel>(-1, &buffer, 1);
        Connection.Linger<TKernel>(-1);
        respond(-1, &buffer);
    }

    /// <summary>The most common way of a child of HTTP. All of its ways are too much to be gone; what lies on them is compiled (<see cref="CompileAll(Type, Type, Type)"/>).</summary>
    private static void Rehearse<TKernel, TApp, TServer>()
        where TKernel : struct, IKernel
        where TApp : struct, IApp
        where TServer : struct, IServer
    {
        byte* memory = (byte*)NativeMemory.AllocZeroed((nuint)HttpChild.MemorySize<TApp>());
        if (TApp.IsObserved)
        {
            ClientAddress client = default;
            HttpChild.SetClient<TApp>(memory, &client);
        }

        _ = HttpChild.Serve<TKernel, TApp, TServer>(-1, -1, memory, Ending.None);
        // Not as HttpChild has divided it: an app of an event loop keeps its last response behind the date, which there has no room for that.
        var output = new Output(memory, memory + Output.CapacityOf<TApp>() + 128);
        if (TApp.HasActions)
        {
            output.Exchange = (Exchange*)(memory + Output.CapacityOf<TApp>() + 256);
        }

        HttpConnection http = default;
        ReadOnlySpan<byte> request = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"0\"\r\n\r\n"u8;
        byte* input = memory + Output.CapacityOf<TApp>();
        request.CopyTo(new Span<byte>(input, request.Length));
        _ = http.Receive<TApp>(input, request.Length, &output);
        _ = Connection.Write<TKernel>(-1, memory, 1);
        NativeMemory.Free(memory);
    }

    /// <summary>
    /// Calls all system calls of the emitted kernel once, while they do nothing: a call of an unmanaged function has a transition of its own, which
    /// is compiled when it is called for the first time.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070:UnrecognizedReflectionPattern", Justification = "Called under the JIT only, where nothing is trimmed.")]
    private static void CallAll(Type kernel)
    {
        IEnumerable<MethodInfo> calls = kernel.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && method.ReturnType == typeof(nint));
        foreach (MethodInfo call in calls)
        {
            _ = call.Invoke(null, call.GetParameters().Select(parameter => Zero(parameter.ParameterType)).ToArray());
        }

        static object? Zero(Type type)
            => type == typeof(int) ? 0
            : type == typeof(uint) ? 0u
            : type == typeof(nint) ? (nint)0
            : type == typeof(nuint) ? (nuint)0
            : null; // a pointer
    }

    /// <summary>Compiles all methods of the engine, of the emitted kernel, of the emitted app and of the server's settings.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026:RequiresUnreferencedCode", Justification = "Called under the JIT only, where nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075:UnrecognizedReflectionPattern", Justification = "Called under the JIT only, where nothing is trimmed.")]
    private static void CompileAll(Type kernel, Type app, Type server)
    {
        var arguments = new Dictionary<string, Type> { ["TKernel"] = kernel, ["TCalls"] = kernel, ["TApp"] = app, ["TServer"] = server };
        IEnumerable<Type> engine = typeof(ManagedHost).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("SyscallServer", StringComparison.Ordinal) == true && !type.IsGenericType);
        Type emitted = app.DeclaringType!;
        Type handlers = emitted.DeclaringType!; // the user's class
        foreach (MethodBase method in engine.Concat([kernel, app, server, emitted, handlers]).SelectMany(MethodsWithBody))
        {
            if (!method.IsGenericMethodDefinition)
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
            else if (method.GetGenericArguments().All(Fits))
            {
                IEnumerable<Type> own = method.GetGenericArguments().Select(parameter => arguments[parameter.Name]);
                RuntimeHelpers.PrepareMethod(method.MethodHandle, [.. method.DeclaringType!.GenericTypeArguments.Concat(own).Select(argument => argument.TypeHandle)]);
            }
        }

        // What only files or handlers call wants an app that has them.
        bool Fits(Type parameter)
            => arguments.TryGetValue(parameter.Name, out Type? argument) && parameter.GetGenericParameterConstraints().All(constraint => constraint.IsAssignableFrom(argument));
    }

    /// <summary>Compiles all methods of a type with type arguments.</summary>
    private static void CompileAll(Type type)
    {
        RuntimeTypeHandle[] arguments = type.GenericTypeArguments.Select(argument => argument.TypeHandle).ToArray();
        foreach (MethodBase method in MethodsWithBody(type))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026:RequiresUnreferencedCode", Justification = "Called under the JIT only, where nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070:UnrecognizedReflectionPattern", Justification = "Called under the JIT only, where nothing is trimmed.")]
    private static IEnumerable<MethodBase> MethodsWithBody(Type type)
        => type.GetMembers(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .OfType<MethodBase>()
            .Where(method => !method.IsAbstract && method.GetMethodBody() is not null);

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
