using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Tests.RandomServers;

/// <summary>What a server writes to standard output: whole lines, each in the form that was asked for, whatever the client has sent.</summary>
internal sealed unsafe partial class RandomWorld
{
    private static readonly string[] Members = ["time", "client", "method", "target", "protocol", "status", "bytes", "duration_us", "host", "referer", "user_agent", "request_id"];

    private void CheckLog(ReadOnlySpan<byte> bytes)
    {
        Require(bytes.Length <= Layout.LogBatch, "more of a log than a pipe takes at once");
        if (bytes.IsEmpty)
        {
            return; // to see whether there is a standard output
        }

        string text = Encoding.Latin1.GetString(bytes);
        Require(text.EndsWith('\n') && text.All(character => character is '\n' or (>= ' ' and <= '~')), $"no lines: {text}");
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            Require(LogFormat == "Json" ? IsJson(line) : (LogFormat == "Combined" ? Combined() : Common()).IsMatch(line), $"no line of {LogFormat}: {line}");
        }
    }

    private bool IsJson(string line)
    {
        using JsonDocument parsed = Parsed(line);
        JsonProperty[] members = [.. parsed.RootElement.EnumerateObject()];
        int[] places = [.. members.Select(member => Array.IndexOf(Members, member.Name))];
        return places.SequenceEqual(places.Distinct().Order()) && places[0] == 0 && places[1] == 1
            && IPAddress.TryParse(members[1].Value.GetString(), out _)
            && parsed.RootElement.GetProperty("status").GetInt32() is >= 200 and < 600
            && parsed.RootElement.GetProperty("bytes").GetInt64() >= 0
            && parsed.RootElement.GetProperty("duration_us").GetInt64() >= 0;
    }

    private JsonDocument Parsed(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            Require(false, $"{exception.Message} {line}");
            throw;
        }
    }

    private const string CommonPattern = """\A[0-9a-f.:]+ - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "([^"\\]|\\x[0-9A-F]{2})*" \d{3} (\d+|-)""";

    [GeneratedRegex(CommonPattern + "\\z")]
    private static partial Regex Common();

    [GeneratedRegex(CommonPattern + """( "([^"\\]|\\x[0-9A-F]{2})+"){2}\z""")]
    private static partial Regex Combined();
}
