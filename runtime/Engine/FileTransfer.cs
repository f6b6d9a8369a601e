using SyscallServer.Http;
using SyscallServer.Kernel;

namespace SyscallServer.Engine;

/// <summary>Sends a file behind what was written of a response: <see cref="Exchange.File"/>.</summary>
internal static unsafe class FileTransfer
{
    /// <summary>
    /// How many bytes one call sends at most. While it lasts, an event loop serves nobody else: so much is copied in less than a millisecond where it is in memory, and
    /// a call for each costs nothing beside that.
    /// </summary>
    private const int Piece = 1 << 20;

    /// <summary>Sends as much as the client takes now, or on a blocking socket as much as one call does. The file is closed behind its last byte.</summary>
    /// <returns>
    /// The bytes that it took, or a negative errno. EIO is also what it is called that the file has become shorter: its length was said, so that nothing but the end of the
    /// connection tells the client.
    /// </returns>
    internal static nint Send<TKernel>(int connection, Exchange* exchange)
        where TKernel : struct, IKernel
    {
        long wanted = exchange->Remaining;
        nint count = TKernel.sendfile(connection, exchange->File, &exchange->Offset, (nuint)(wanted < Piece ? wanted : Piece));
        if (count <= 0)
        {
            return count == 0 ? -Errno.EIO : count;
        }

        exchange->Remaining = wanted - count;
        if (exchange->Remaining == 0)
        {
            _ = TKernel.close(exchange->File);
        }

        return count;
    }

    /// <summary>Sends no more.</summary>
    internal static void Abandon<TKernel>(Exchange* exchange)
        where TKernel : struct, IKernel
    {
        if (exchange->Remaining != 0)
        {
            exchange->Remaining = 0;
            _ = TKernel.close(exchange->File);
        }
    }
}
