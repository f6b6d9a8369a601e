using SyscallServer.Internal.Contract;
using SyscallServer.Internal.Text;

namespace SyscallServer.Internal.Http;

/// <summary>The response to a request that is refused.</summary>
internal static unsafe class RequestError
{
    /// <summary>The entry for a status that the parser can give: one of <see cref="FixedResponse"/>.</summary>
    internal static int EntryOf(int status)
    {
        byte* statuses = CString.Of(FixedResponse.Statuses);
        int entry = 0;
        while (statuses[entry] != status - FixedResponse.FirstStatus)
        {
            entry++;
        }

        return entry;
    }
}
