using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using SyscallServer.Internal.Kernel;
using SyscallServer.Tests.Support;

namespace SyscallServer.Tests.Http;

/// <summary>A kernel with memory, files and a clock, as far as secrets need them.</summary>
internal readonly unsafe struct SecretsKernel : IKernel
{
    private const int File = 5;

    [ThreadStatic]
    private static StringBuilder? s_messages;

    [ThreadStatic]
    private static (byte[] Content, int Position) s_open;

    /// <summary>The files that there are.</summary>
    [ThreadStatic]
    internal static Dictionary<string, byte[]>? Files;

    /// <summary>What clock_gettime says.</summary>
    [ThreadStatic]
    internal static long Seconds;

    /// <summary>Whether there is no memory.</summary>
    [ThreadStatic]
    internal static bool HasNoMemory;

    /// <summary>Starts a server as far as its secrets.</summary>
    /// <param name="site">An annotated class.</param>
    /// <param name="variables">The environment; on return as the server has left it.</param>
    /// <returns>What it says; empty where it goes on.</returns>
    internal static string Start(Type site, params string[] variables)
    {
        byte[][] environment = [.. variables.Select(Encoding.UTF8.GetBytes)];
        string messages = RunStep(site.Emitted(), "OpenSecrets", environment);
        for (int i = 0; i < variables.Length; i++)
        {
            variables[i] = Encoding.UTF8.GetString(environment[i]).TrimEnd('\0');
        }

        return messages;
    }

    /// <summary>Runs a step of the start of a server.</summary>
    /// <param name="emitted">What was written for it.</param>
    /// <param name="step">The method, which has the arguments.</param>
    /// <param name="environment">The environment; on return as the server has left it.</param>
    /// <returns>What it says; empty where it goes on.</returns>
    internal static string RunStep(Type emitted, string step, params byte[][] environment)
    {
        nint[] texts = [.. environment.Select(Copy)];
        nint[] argv = [Marshal.StringToCoTaskMemUTF8("server"), Marshal.StringToCoTaskMemUTF8("--quiet"), 0, .. texts, 0];
        s_messages = new StringBuilder();
        bool isGood;
        fixed (nint* first = argv)
        {
            isGood = (bool)emitted.GetMethod(step, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(SecretsKernel)).Invoke(null, [Pointer.Box(first, typeof(byte**))])!;
        }

        for (int i = 0; i < texts.Length; i++)
        {
            Marshal.Copy(texts[i], environment[i], 0, environment[i].Length);
        }

        string messages = s_messages.ToString();
        return isGood == (messages.Length == 0) ? messages : $"{isGood}, but it says: {messages}";
    }

    private static nint Copy(byte[] text)
    {
        nint copy = Marshal.AllocCoTaskMem(text.Length + 1);
        Marshal.Copy(text, 0, copy, text.Length);
        Marshal.WriteByte(copy, text.Length, 0);
        return copy;
    }

    public static nint mmap(void* addr, nuint length, int prot, int flags, int fd, nint offset)
        => HasNoMemory ? -Errno.ENOMEM : (nint)NativeMemory.AllocZeroed(length);

    public static nint write(int fd, void* buf, nuint count)
    {
        s_messages!.Append(Encoding.UTF8.GetString((byte*)buf, (int)count));
        return (nint)count;
    }

    public static nint openat2(int dirfd, byte* pathname, open_how* how, nuint size)
    {
        if (Files?.TryGetValue(Marshal.PtrToStringUTF8((nint)pathname)!, out byte[]? content) != true)
        {
            return -Errno.ENOENT;
        }

        s_open = (content!, 0);
        return File;
    }

    /// <summary>A file comes in pieces.</summary>
    public static nint read(int fd, void* buf, nuint count)
    {
        int length = Math.Min(Math.Min((int)count, 1000), s_open.Content.Length - s_open.Position);
        s_open.Content.AsSpan(s_open.Position, length).CopyTo(new Span<byte>(buf, length));
        s_open.Position += length;
        return length;
    }

    public static nint close(int fd) => fd == File ? 0 : -Errno.EBADF;

    public static nint clock_gettime(int clockid, timespec* tp)
    {
        tp->tv_sec = (nint)Seconds;
        tp->tv_nsec = 0;
        return 0;
    }
}
