using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>What an <c>[Upload]</c> says besides its path and folder.</summary>
internal static class UploadOptions
{
    /// <summary>An origin as browsers write it (RFC 6454, section 6.2): a scheme, a host in small letters, and a port that is not the scheme's own.</summary>
    private static readonly Regex Origin = new(@"\A(?:http://(?!.*:80\z)|https://(?!.*:443\z))(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[1-9][0-9]{0,4})?\z", RegexOptions.CultureInvariant);

    /// <summary>Whether a text is an origin as browsers write it.</summary>
    internal static bool IsOrigin(string text) => Origin.IsMatch(text);

    /// <summary>The origins whose pages may upload besides the server's own.</summary>
    internal static EquatableArray<string> Origins(AttributeReader attribute, Problems problems)
    {
        var origins = new List<string>();
        foreach ((string? origin, int index) in attribute.Elements("AllowedOrigins").Select((element, index) => (element.Value as string, index)))
        {
            if (origin is null || !Origin.IsMatch(origin))
            {
                problems.Report(Descriptors.InvalidOrigin, attribute.LocationOf("AllowedOrigins", index), origin ?? "");
            }
            else
            {
                origins.Add(origin);
            }
        }

        return new EquatableArray<string>(origins);
    }

    /// <summary>Whether one of two folders is the other, or in it, as far as their paths say.</summary>
    internal static bool Overlap(string one, string other)
    {
        one = Normal(one);
        other = Normal(other);
        return one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);
    }

    /// <summary>The path with a slash behind each of its folders, and without those that stand for nothing: "./a//b" is "a/b/", "." is "".</summary>
    private static string Normal(string path)
        => (path.StartsWith("/", StringComparison.Ordinal) ? "/" : "") + string.Concat(path.Split('/').Where(name => name is not ("" or ".")).Select(name => name + "/"));
}
