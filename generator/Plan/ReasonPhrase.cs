using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>The reason phrases of status lines.</summary>
internal static class ReasonPhrase
{
    private static readonly Dictionary<int, string> s_phrases = Lines(StatusLines.Usual).Concat(Lines(StatusLines.Others))
        .Select(line => line.Split([' '], 2))
        .ToDictionary(line => int.Parse(line[0], CultureInfo.InvariantCulture), line => line[1]);

    /// <summary>The errors (RFC 9110, sections 15.5 and 15.6) that have one, in their order.</summary>
    internal static IReadOnlyList<int> Errors { get; } = s_phrases.Keys.Where(status => status >= 400).OrderBy(status => status).ToArray();

    /// <summary>The phrase; empty for a code without a name (RFC 9112, section 4).</summary>
    internal static string Of(int status) => s_phrases.TryGetValue(status, out string? phrase) ? phrase : "";

    private static string[] Lines(ReadOnlySpan<byte> lines) => Encoding.ASCII.GetString(lines.ToArray()).Split(['\0'], StringSplitOptions.RemoveEmptyEntries);
}
