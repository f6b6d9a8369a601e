using SyscallServer.Internal.Kernel;

namespace SyscallServer.Internal.Http;

/// <summary>The file that is sent behind the output of an exchange.</summary>
internal static unsafe class ExchangeFile
{
    /// <summary>Closes it, if there is one: nothing more of it is sent.</summary>
    internal static void Close<TKernel>(Exchange* exchange)
        where TKernel : struct, IKernel
    {
        if (exchange->Remaining != 0 || (exchange->Use & FileUse.IsInParts) != 0)
        {
            exchange->Use = FileUse.None;
            exchange->Remaining = 0;
            _ = TKernel.close(exchange->File);
        }
    }

    /// <summary>
    /// Reads the beginning of a file that was just opened into the output, where it has room, and closes the file. Up to some 16 kB that costs less than
    /// sendfile(2), and responses to pipelined requests go out together (docs/benchmarks.md). A file that has become shorter is left to sendfile, which
    /// finds that out.
    /// </summary>
    /// <param name="output">What it is added to.</param>
    /// <param name="file">Its descriptor.</param>
    /// <param name="length">How much of it: at least 1.</param>
    /// <returns>Whether all of it was added.</returns>
    internal static bool TryRead<TKernel, TApp>(Output* output, int file, ulong length)
        where TKernel : struct, IKernel
        where TApp : struct, IApp
    {
        byte* to = output->Buffer + output->Length;
        if (length > (ulong)(Output.CapacityOf<TApp>() - output->Length) || TKernel.read(file, to, (nuint)length) != (nint)length)
        {
            return false;
        }

        output->Length += (int)length;
        _ = TKernel.close(file);
        return true;
    }
}
