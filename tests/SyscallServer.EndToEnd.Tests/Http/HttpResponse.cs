using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Tests.Shared;
using Xunit.Sdk;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>A response of an origin server, taken apart by somebody who forgives nothing (RFC 9110, RFC 9112).</summary>
internal sealed partial record HttpResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Fields, byte[] Body)
{
    /// <summary>How far the server's clock may be from this one, and how long a response may be on its way.</summary>
    private static readonly TimeSpan ClockDifference = Patience.Time;

    /// <summary>Fields that may be there once.</summary>
    private static readonly string[] Singletons = ["Connection", "Content-Encoding", "Content-Length", "Content-Type", "Date", "ETag", "Location", "Cache-Control", "Allow", "Vary", "Server"];

    /// <summary>The value of a field; null where it is not there.</summary>
    internal string? this[string name]
        => Fields.Where(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value).FirstOrDefault();

    internal string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Whether it says that it is the last of its connection.</summary>
    internal bool Closes => this["Connection"] == "close";

    internal bool IsInterim => Status < 200;

    /// <summary>Everything but what changes from one second to the next.</summary>
    internal string Normalized
        => string.Join("\n", Fields.Where(line => line.Key != "Date").Select(line => $"{line.Key}: {line.Value}").Prepend($"{Status}")) + $"\n\n{Convert.ToHexString(Body)}";

    public override string ToString()
        => string.Join("\n", Fields.Select(field => $"{field.Key}: {field.Value}").Prepend($"{Status}")) + $"\n\n{(Text.Length > 200 ? Text[..200] + "..." : Text)}";

    /// <summary>Takes the first response from what a server has sent.</summary>
    /// <param name="bytes">The bytes so far.</param>
    /// <param name="method">The method of the request: HEAD gets no body.</param>
    /// <param name="length">The bytes of the response.</param>
    /// <returns>Null where there is more to come. What is wrong throws.</returns>
    internal static HttpResponse? Take(ReadOnlySpan<byte> bytes, string method, out int length)
    {
        length = 0;
        int headLength = bytes.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4)
        {
            return bytes.Length > 16384 ? throw Wrong("the head does not end", bytes) : null;
        }

        string[] lines = Encoding.Latin1.GetString(bytes[..(headLength - 4)]).Split("\r\n");
        Match statusLine = StatusLine().Match(lines[0]);
        if (!statusLine.Success)
        {
            throw Wrong($"status line \"{lines[0]}\"", bytes);
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (string line in lines[1..])
        {
            Match field = FieldLine().Match(line);
            if (!field.Success)
            {
                throw Wrong($"field line \"{line}\"", bytes);
            }

            fields.Add(new(field.Groups[1].Value, field.Groups[2].Value));
        }

        var response = new HttpResponse(int.Parse(statusLine.Groups[1].Value, CultureInfo.InvariantCulture), fields, []);
        if (response.WhatIsWrong(method, out int bodyLength) is { } wrong)
        {
            throw Wrong(wrong, bytes);
        }

        if (bytes.Length < headLength + bodyLength)
        {
            return null;
        }

        length = headLength + bodyLength;
        return response with { Body = bytes.Slice(headLength, bodyLength).ToArray() };
    }

    /// <summary>What each response owes, whatever was asked.</summary>
    private string? WhatIsWrong(string method, out int bodyLength)
    {
        bodyLength = 0;
        if (Singletons.FirstOrDefault(name => Fields.Count(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1) is { } twice)
        {
            return $"{twice} is there twice";
        }

        if (this["Transfer-Encoding"] is not null)
        {
            return "Transfer-Encoding, where the length is known";
        }

        if (this["Connection"] is not (null or "close" or "keep-alive"))
        {
            return "a Connection field that says neither close nor keep-alive";
        }

        if (IsInterim)
        {
            return Fields.Count > 0 ? "fields in an interim response, which here has none" : null;
        }

        if (this["Date"] is not { } date
            || !DateTime.TryParseExact(date, "ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            || (DateTime.UtcNow - time).Duration() > ClockDifference)
        {
            return "no Date of now";
        }

        bool hasLength = this["Content-Length"] is not null;
        if (Status is 204 or 304)
        {
            return hasLength && Status == 204 ? "Content-Length with 204"
                : this["Content-Type"] is not null ? $"Content-Type with {Status}"
                : Status == 304 && this["ETag"] is null ? "304 without the ETag"
                : null;
        }

        if (!hasLength || !Digits().IsMatch(this["Content-Length"]!))
        {
            return "no Content-Length";
        }

        long length = long.Parse(this["Content-Length"]!, CultureInfo.InvariantCulture);
        if (length > 0 && this["Content-Type"] is null)
        {
            return "a body without Content-Type";
        }

        bodyLength = method == "HEAD" ? 0 : checked((int)length);
        return Status is 301 or 302 or 303 or 307 or 308 && this["Location"] is null ? "a redirect without Location"
            : Status == 405 && this["Allow"] is null ? "405 without Allow"
            : this["ETag"] is { } tag && !EntityTag().IsMatch(tag) ? $"an ETag that is none: {tag}"
            : null;
    }

    private static XunitException Wrong(string what, ReadOnlySpan<byte> bytes)
        => new($"{what}, in the response:\n{Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1000)])}");

    [GeneratedRegex(@"\AHTTP/1\.1 ([1-5][0-9]{2}) [\x20-\x7E]*\z")]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"\A([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ([\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?)\z")]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,17})\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A(W/)?""[\x21\x23-\x7E]*""\z")]
    private static partial Regex EntityTag();
}
