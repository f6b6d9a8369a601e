using System.Globalization;

namespace SyscallServer.Tasks;

/// <summary>SOURCE_DATE_EPOCH, with which a build gives the same bytes wherever and whenever it is run: https://reproducible-builds.org/specs/source-date-epoch/.</summary>
internal static class SourceDateEpoch
{
    /// <summary>Reads it.</summary>
    /// <param name="text">What the property or the environment variable says; empty where there is none.</param>
    /// <param name="seconds">Seconds since 1970; null where there is none.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <returns>Whether nothing is wrong with it.</returns>
    internal static bool TryRead(string text, out uint? seconds, out string problem)
    {
        bool isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        seconds = isNumber ? number : null;
        problem = isNumber || text.Length == 0 ? "" : $"SOURCE_DATE_EPOCH is '{text}', which is no number of seconds since 1970: set it to one, or do not set it";
        return problem.Length == 0;
    }
}
