using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>A line of a file of redirects, with what is needed to speak of it.</summary>
internal sealed class ParsedRedirect
{
    /// <summary>The file.</summary>
    internal RedirectFileSpec File { get; init; } = null!;

    /// <summary>The virtual host in lower case; empty where it is for every host.</summary>
    internal string Host { get; init; } = "";

    /// <summary>The path.</summary>
    internal RoutePath Path { get; init; } = null!;

    internal int Status { get; init; }

    /// <summary>Whether the status ends with an exclamation mark.</summary>
    internal bool IsForced { get; init; }

    /// <summary>Where it leads, as it is written.</summary>
    internal string To { get; init; } = "";

    /// <summary>Which line of the file, from 1 on.</summary>
    internal int Number { get; init; }

    /// <summary>Where the path stands, and where what stands in its place.</summary>
    internal FilePlace FromPlace { get; init; }

    internal FilePlace ToPlace { get; init; }

    /// <summary>Whether it is no redirect, but says what folders answer for what is not there.</summary>
    internal bool IsPage => Status is 200 or 404;

    /// <summary>The redirect; null where it is none.</summary>
    internal RedirectLineSpec? Spec { get; set; }

    /// <summary>Whether the path is written with a slash at its end.</summary>
    internal bool IsWrittenWithSlash => Path.WrittenPrefix.EndsWith("/", System.StringComparison.Ordinal);

    /// <summary>Whether a request decides nothing of the path.</summary>
    internal bool IsExact => !Path.IsPrefix && Path.Parameters.Length == 0;

    /// <summary>Bytes of the path before the first slash behind which a request decides: all of it where none does.</summary>
    internal int KeyLength { get; init; }

    /// <summary>The path as messages have it.</summary>
    internal string Text => (Host.Length == 0 ? "" : "http://" + Host) + Path.WrittenPrefix;
}
