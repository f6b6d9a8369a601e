using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>The table of the redirects of files.</summary>
/// <param name="Table">Its bytes (RedirectLine).</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="HasForced">Whether some lines go before the routes.</param>
/// <param name="OfGet">The set of methods of lines that answer GET; -1 where there are none.</param>
/// <param name="OfAll">That of lines that answer every method; likewise.</param>
/// <param name="LongestResponse">The most bytes that it puts into the output.</param>
internal sealed record RedirectTablePlan(EquatableArray<byte> Table, int Lines, bool HasForced, int OfGet, int OfAll, int LongestResponse);
