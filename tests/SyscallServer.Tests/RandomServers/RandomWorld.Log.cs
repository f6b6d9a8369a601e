using System;
using System.Collections.Generic;
using System.Globalization;
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
    private static readonly string[] Members = ["time", "client", "method", "target", "protocol", "status", "host", "referer", "user_agent", "request_id", "bytes_received", "bytes", "duration_us", "aborted"];

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
            _lines.Add(line);
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
            && parsed.RootElement.GetProperty("duration_us").GetInt64() >= 0
            && parsed.RootElement.GetProperty("bytes_received").GetInt64() >= 0
            && (members[^1].Name != "aborted" || members[^1].Value.ValueKind == JsonValueKind.True);
    }

    /// <summary>All lines that were written.</summary>
    private readonly List<string> _lines = [];

    /// <summary>
    /// Compares, when the server has ended, what the lines say that was sent and received with what clients have got and sent. Between connections that are open together there is no order.
    /// </summary>
    internal void CheckLines()
    {
        List<LoggedResponse> logged = [.. _lines.Select(Read)];
        List<LoggedResponse> got = [.. _accepted.SelectMany(client => client.Logged)];
        if (_accepted.Count == 1)
        {
            for (int i = 0; i < Math.Min(got.Count, logged.Count); i++)
            {
                Require(got[i].IsSaidBy(logged[i], isJson: LogFormat == "Json"), $"line {i} is to say {got[i]}: {_lines[i]}");
            }
        }

        // What is behind an answer that was cut off was not sent at all.
        Require(logged.Count >= got.Count && (logged.Count == got.Count || _accepted.Exists(client => client.IsGone)), $"{logged.Count} lines of {got.Count} answers");
        foreach (LoggedResponse answer in got.OrderBy(answer => answer.Status == 0).ThenBy(answer => answer.Received is null)) // what is known less of has what the others leave
        {
            int line = logged.FindIndex(line => answer.IsSaidBy(line, isJson: LogFormat == "Json"));
            Require(line >= 0, $"no line says {answer}");
            logged.RemoveAt(line);
        }

        Require(logged.TrueForAll(line => line.Sent == 0 && (line.IsAborted || LogFormat != "Json")), $"a line of what was not sent: {logged.FirstOrDefault()}");
    }

    private LoggedResponse Read(string line)
    {
        if (LogFormat == "Json")
        {
            JsonElement parsed = JsonDocument.Parse(line).RootElement;
            return new LoggedResponse(parsed.GetProperty("status").GetInt32(), parsed.GetProperty("bytes").GetInt64(), parsed.GetProperty("bytes_received").GetInt64(), parsed.TryGetProperty("aborted", out _));
        }

        Match match = Numbers().Match(line);
        return new LoggedResponse(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value == "-" ? 0 : long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), null, IsAborted: false);
    }

    [GeneratedRegex("""\[[^]]*\] "(?:[^"\\]|\\x[0-9A-F]{2})*" (\d{3}) (\d+|-)""")]
    private static partial Regex Numbers();

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

/// <summary>What a line says of a response, or is to say.</summary>
/// <param name="Status">The status; 0 where it is not known.</param>
/// <param name="Sent">Bytes of the body that were sent.</param>
/// <param name="Received">Bytes of the request that were received; null where that is not known.</param>
/// <param name="IsAborted">Whether not all of it was sent.</param>
internal sealed record LoggedResponse(int Status, long Sent, long? Received, bool IsAborted)
{
    internal bool IsSaidBy(LoggedResponse line, bool isJson)
        => (Status == 0 || line.Status == Status) && line.Sent == Sent && (!isJson || (line.IsAborted == IsAborted && (Received is null || line.Received == Received)));
}
