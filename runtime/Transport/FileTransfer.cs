
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Transport;

/// <summary>Sends a file behind what was written of a response: <see cref="Exchange.File"/>.</summary>
internal static unsafe class FileTransfer
{
    /// <summary>
    /// How many bytes one call sends at most. While it lasts, an event loop serves nobody else: so much takes about a millisecond where it is in memory, and
    /// a call for each costs nothing beside that. nginx's sendfile_max_chunk is the same.
    /// </summary>
    private const int Piece = 2 << 20;

    /// <summary>Sends as much as the client takes now, or on a blocking socket as much as one call does. The file is closed behind its last byte, unless it is sent in parts.</summary>
    /// <returns>
    /// The bytes that it took, or a negative errno. 0 where the file has become shorter: its length was said, so that nothing but the end of the connection tells the client.
    /// </returns>
    internal static nint Send<TKernel>(int connection, Exchange* exchange)
        where TKernel : struct, IKernel
    {
        long wanted = exchange->Remaining;
        if (wanted > Piece && (exchange->Use & FileUse.IsCorked) == 0)
        {
            // Segments of full size only: it takes a fifth off the work for a large file.
            exchange->Use |= FileUse.IsCorked;
            Cork<TKernel>(connection, 1);
        }

        nint count = TKernel.sendfile(connection, exchange->File, &exchange->Offset, (nuint)(wanted < Piece ? wanted : Piece));
        if (count <= 0)
        {
            return count;
        }

        exchange->Remaining = wanted - count;
        if (exchange->Remaining == 0)
        {
            if ((exchange->Use & FileUse.IsInParts) == 0)
            {
                _ = TKernel.close(exchange->File);
            }

            if ((exchange->Use & FileUse.IsCorked) != 0)
            {
                exchange->Use &= ~FileUse.IsCorked;
                Cork<TKernel>(connection, 0);
            }
        }

        return count;
    }

    /// <summary>Holds back what fills no segment, or lets it go: TCP_CORK, tcp(7). A socket of another family has no segments, and refuses.</summary>
    private static void Cork<TKernel>(int connection, int value)
        where TKernel : struct, IKernel
        => TKernel.setsockopt(connection, Linux.IPPROTO_TCP, Linux.TCP_CORK, &value, sizeof(int));
}
