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
}
