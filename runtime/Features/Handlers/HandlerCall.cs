using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
#if !FREESTANDING
using System;
using SyscallServer.Internal.Process;
#endif

namespace SyscallServer.Internal.Features;

/// <summary>
/// Calls a handler. Where there is a runtime an exception ends in a line on standard error, and costs the client its answer, not the server its process; the freestanding host
/// has no exceptions, and this library is there another one.
/// </summary>
internal static unsafe class HandlerCall
{
    /// <summary>Calls a handler.</summary>
    /// <returns>Whether it came to its end.</returns>
    internal static bool Invoke<TKernel, TApp>(int action, in Request request, ref ResponseWriter response)
        where TKernel : struct, IKernel
        where TApp : struct, IHandlers
    {
#if FREESTANDING
        TApp.Handle(action, in request, ref response);
        return true;
#else
        try
        {
            TApp.Handle(action, in request, ref response);
            return true;
        }
        catch (Exception exception)
        {
            if (TApp.HasMessages)
            {
                Report<TKernel>(TApp.NameOf(action), exception);
            }

            return false;
        }
#endif
    }

#if !FREESTANDING
    /// <summary>GET /fail: System.InvalidOperationException: what the exception says, in one line.</summary>
    private static void Report<TKernel>(ReadOnlySpan<byte> name, Exception exception)
        where TKernel : struct, IKernel
    {
        const int room = 199; // as much as a message quotes
        byte* text = stackalloc byte[room + 1];
        int length = 0;
        foreach (byte character in name)
        {
            Append(character);
        }

        foreach (string part in (ReadOnlySpan<string>)[": ", exception.GetType().FullName ?? "", ": ", exception.Message])
        {
            foreach (char character in part)
            {
                Append(character);
            }
        }

        text[length] = 0;
        fixed (byte* format = "$\0"u8)
        {
            Message.WriteLine<TKernel>(format, text, 0);
        }

        void Append(int character)
        {
            if (length < room)
            {
                text[length++] = character is >= ' ' and < 0x7F ? (byte)character : (byte)'?';
            }
        }
    }
#endif
}
