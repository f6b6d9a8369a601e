using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Where a redirect leads.</summary>
internal sealed record RedirectTarget
{
    /// <summary>What stands for a piece of a request's path in <see cref="Path"/>: a segment that no route has written, for a brace in one is <c>%7B</c>.</summary>
    private const string Piece = "{0";

    /// <summary>The name of the rest of a path.</summary>
    private const string Rest = "*";

    private static readonly Regex Placeholder = new(@"\{([A-Za-z0-9_]+)\}|(?<=/)\*\z", RegexOptions.CultureInvariant);

    /// <summary>The same in a file of redirects.</summary>
    private static readonly Regex PlaceholderOfFile = new(@":([A-Za-z][A-Za-z0-9_]*)", RegexOptions.CultureInvariant);

    /// <summary>The value of the Location field, where it is the same for every request.</summary>
    internal string Location { get; private init; } = "";

    /// <summary>The location in the engine's form (CarryingRedirect), where it has parts of what was asked for; null where it is the same for every request.</summary>
    internal byte[]? Carried { get; private init; }

    /// <summary>The canonical path, where it is on the same host; null where it is a whole URI.</summary>
    internal byte[]? Path { get; private init; }

    /// <summary>The status of the redirect.</summary>
    internal int Status { get; init; }

    /// <summary>By how many bytes a path that was followed is longer than the one before, at most.</summary>
    internal int Growth { get; private init; }

    /// <summary>What all paths begin with that it leads to on the same host; null where it leads to one path.</summary>
    internal byte[]? Start { get; private init; }

    /// <summary>Reads a target.</summary>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="from">The path of the route.</param>
    /// <param name="host">The host that the route is for; empty where it is for all.</param>
    /// <param name="keepsQuery">Whether the query is carried over; null where the user has not said.</param>
    /// <param name="mistake">What is wrong with it, where the result is null.</param>
    /// <param name="isOfFile">Whether it is a line of a file that says it: then parts of what was asked for are written <c>:name</c> and <c>:splat</c>, and the query is carried over where there is no other.</param>
    internal static RedirectTarget? Read(string? text, RoutePath? from, string host, bool? keepsQuery, out string mistake, bool isOfFile = false)
    {
        Regex placeholder = isOfFile ? PlaceholderOfFile : Placeholder;
        if (!isOfFile && text is not null && host.Length > 0 && from?.Parameters.Contains("host") != true)
        {
            text = text.Replace("{host}", host);
        }

        int end = text is null || text.IndexOfAny(['?', '#']) is not (>= 0 and int index) ? text?.Length ?? 0 : index;
        string path = text?.Substring(0, end) ?? "";
        string rest = text?.Substring(end) ?? "";
        Match[] places = from is null ? [] : [.. placeholder.Matches(path).Cast<Match>()];
        mistake = MistakeOfPlaces(path, placeholder.Match(rest), places, from, isOfFile) ?? MistakeOfStar(placeholder.Replace(path, "") + rest, from, isOfFile) ?? Mistake(text is null ? null : placeholder.Replace(path, from is null ? "$0" : "x") + rest) ?? "";
        if (mistake.Length > 0)
        {
            return null;
        }

        bool keeps = keepsQuery ?? ((places.Length > 0 || isOfFile) && !rest.StartsWith("?", StringComparison.Ordinal));
        byte[]? canonical = null;
        if (path[0] == '/')
        {
            canonical = CanonicalPath.Of(Encoding.ASCII.GetBytes(Grammar.ToUri(placeholder.Replace(path, Piece))));
            if (canonical is null)
            {
                mistake = "a request with such a path is bad (400)";
                return null;
            }
        }

        return new RedirectTarget
        {
            Location = Grammar.ToUri(text!),
            Path = canonical,
            Start = canonical is null || places.Length == 0 ? null : BeforePiece(canonical),
            Carried = places.Length > 0 || keeps || isOfFile ? InForm(path, rest, places, keeps) : null,
            Growth = canonical is null || from is null ? 0 : GrowthOf(canonical, places, from),
        };
    }

    /// <summary>What is wrong with what stands for parts of the request; null where nothing is.</summary>
    private static string? MistakeOfPlaces(string path, Match inRest, Match[] places, RoutePath? from, bool isOfFile)
    {
        if (inRest.Success)
        {
            return $"'{inRest.Value}' can stand in the path only{(isOfFile ? "; a colon itself is written %3A" : "")}";
        }

        foreach (Match place in places)
        {
            string name = NameOf(place);
            if (name == Rest ? !from!.IsPrefix : !from!.Parameters.Contains(name))
            {
                return isOfFile ? $"the path before it has no {(name == Rest ? "'/*' at its end" : $"'{place.Value}'")} for '{place.Value}' to stand for; a colon itself is written %3A"
                    : name == Rest ? $"there is no rest of a path for '*' to stand for: '{from.Text}' has no star at its end; a star itself is written %2A"
                    : name == "host" ? "the host is known where the redirect is for one: write Host"
                    : $"'{from.Text}' has no parameter '{name}'; a brace itself is written %7B or %7D";
            }
        }

        int authority = path.IndexOf("://", StringComparison.Ordinal);
        int start = authority < 0 ? 0 : path.IndexOf('/', authority + 3);
        return places.Length > 0 && (path[0] != '/' && authority < 0 || start < 0 || places[0].Index <= start)
            ? $"'{places[0].Value}' stands behind the host and a slash, so that no client can choose the host" : null;
    }

    /// <summary>What is wrong with a star that stands for nothing, where the path before has a rest that it looks like; null where there is none.</summary>
    private static string? MistakeOfStar(string withoutPlaces, RoutePath? from, bool isOfFile)
        => from is not { IsPrefix: true } || !withoutPlaces.Contains("*") ? null
            : isOfFile ? "the rest of the path is ':splat' here; a star itself is written %2A"
            : "'*' is the rest of the path where it stands at the end of the path, behind a slash; a star itself is written %2A";

    /// <summary>What stands in the place, as CarryingRedirect has it.</summary>
    private static string NameOf(Match place) => place.Value is Rest or ":splat" ? Rest : place.Groups[1].Value;

    /// <summary>The location as CarryingRedirect has it.</summary>
    private static byte[] InForm(string path, string rest, Match[] places, bool keepsQuery)
    {
        var form = new StringBuilder();
        int at = 0;
        foreach (Match place in places)
        {
            form.Append(Grammar.ToUri(path.Substring(at, place.Index - at))).Append('\0').Append(NameOf(place)).Append('\0');
            at = place.Index + place.Length;
        }

        form.Append(Grammar.ToUri(path.Substring(at)));
        int fragment = rest.IndexOf('#');
        string query = fragment < 0 ? rest : rest.Substring(0, fragment);
        form.Append(Grammar.ToUri(query)).Append(!keepsQuery ? "" : query.Length == 0 ? "\0?\0" : "\0&\0").Append(fragment < 0 ? "" : Grammar.ToUri(rest.Substring(fragment)));
        return Encoding.ASCII.GetBytes(form.ToString());
    }

    private static byte[] BeforePiece(byte[] canonical)
    {
        string path = Encoding.UTF8.GetString(canonical);
        int piece = path.IndexOf(Piece, StringComparison.Ordinal); // which dot segments behind it may have removed
        return piece < 0 ? canonical : Encoding.UTF8.GetBytes(path.Substring(0, piece));
    }

    private static int GrowthOf(byte[] canonical, Match[] places, RoutePath from)
    {
        if (places.GroupBy(NameOf).Any(group => group.Count() > 1))
        {
            return Limits.TargetBytes.Greatest; // what stands there twice is as long as a client wants
        }

        int literal = canonical.Length - places.Length * Piece.Length;
        return literal - (from.Bytes.Length - from.Parameters.Length);
    }

    private static string? Mistake(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "it is empty";
        }

        if (Grammar.IndexOfControl(text!) is >= 0 and int control)
        {
            return $"it holds {Grammar.NameOf(text![control])}, which no URI can hold";
        }

        if (Grammar.IndexOfLoneSurrogate(text!) is >= 0 and int surrogate)
        {
            return $"there is a lone surrogate at index {surrogate}";
        }

        if (Grammar.IndexOfBadPercent(text!) is >= 0 and int percent)
        {
            return $"'%' at index {percent} is not followed by two hexadecimal digits; a percent sign itself is written %25";
        }

        if (text!.Contains("\\"))
        {
            return "write '/' instead of '\\'";
        }

        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            return "two slashes begin the name of a host: write the scheme too, as in 'https://example.com/', or one slash";
        }

        return text[0] == '/' ? null : MistakeOfUri(text);
    }

    /// <summary>scheme ":" and, for the web, "//" host (RFC 3986, section 3).</summary>
    private static string? MistakeOfUri(string text)
    {
        const string shape = "it must be a path that begins with '/', or a whole URI such as 'https://example.com/'";
        int colon = text.IndexOf(':');
        string scheme = colon < 0 ? "" : text.Substring(0, colon).ToLowerInvariant();
        if (scheme.Length == 0 || scheme[0] is not (>= 'a' and <= 'z') || !IsScheme(scheme))
        {
            return shape;
        }

        if (scheme is not ("http" or "https"))
        {
            return null;
        }

        string rest = text.Substring(colon + 1);
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return shape;
        }

        int end = rest.IndexOfAny(['/', '?', '#'], 2);
        string authority = rest.Substring(2, (end < 0 ? rest.Length : end) - 2);
        if (authority.Length == 0 || authority[0] == ':')
        {
            return "there is no host behind '//'";
        }

        foreach (char character in authority)
        {
            if (character is ' ' or > '~' or '"' or '<' or '>' or '^' or '`' or '{' or '|' or '}' or '@')
            {
                return character > '~' ? "a host is ASCII: write its Punycode form (xn--...)" : $"its host holds {Grammar.NameOf(character)}";
            }
        }

        return null;
    }

    private static bool IsScheme(string text)
    {
        foreach (char character in text)
        {
            if (character is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
