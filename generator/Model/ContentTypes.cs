using System;
using System.Collections.Generic;
using System.Linq;

namespace SyscallServer.Generator.Model;

/// <summary>The media type that belongs to an extension: the names that IANA has registered, where it has one.</summary>
internal static class ContentTypes
{
    internal const string OfText = "text/plain";
    internal const string OfBytes = "application/octet-stream";

    private static readonly Dictionary<string, string> OfExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        // Text.
        ["css"] = "text/css",
        ["csv"] = "text/csv",
        ["htm"] = "text/html",
        ["html"] = "text/html",
        ["ics"] = "text/calendar",
        ["js"] = "text/javascript", // RFC 9239
        ["log"] = "text/plain",
        ["md"] = "text/markdown",
        ["mjs"] = "text/javascript",
        ["txt"] = "text/plain",
        ["vtt"] = "text/vtt",

        // Data. JSON has no charset (RFC 8259, section 11), and XML says itself what it is encoded in.
        ["atom"] = "application/atom+xml",
        ["geojson"] = "application/geo+json",
        ["json"] = "application/json",
        ["jsonld"] = "application/ld+json",
        ["map"] = "application/json",
        ["rss"] = "application/rss+xml",
        ["wasm"] = "application/wasm",
        ["webmanifest"] = "application/manifest+json",
        ["xhtml"] = "application/xhtml+xml",
        ["xml"] = "application/xml",
        ["yaml"] = "application/yaml", // RFC 9512
        ["yml"] = "application/yaml",

        // Images.
        ["apng"] = "image/apng",
        ["avif"] = "image/avif",
        ["bmp"] = "image/bmp",
        ["gif"] = "image/gif",
        ["ico"] = "image/vnd.microsoft.icon",
        ["jpeg"] = "image/jpeg",
        ["jpg"] = "image/jpeg",
        ["png"] = "image/png",
        ["svg"] = "image/svg+xml",
        ["tif"] = "image/tiff",
        ["tiff"] = "image/tiff",
        ["webp"] = "image/webp",

        // Fonts.
        ["otf"] = "font/otf",
        ["ttf"] = "font/ttf",
        ["woff"] = "font/woff",
        ["woff2"] = "font/woff2",

        // Sound and film.
        ["flac"] = "audio/flac",
        ["m4a"] = "audio/mp4",
        ["mp3"] = "audio/mpeg",
        ["mp4"] = "video/mp4",
        ["oga"] = "audio/ogg",
        ["ogg"] = "audio/ogg",
        ["ogv"] = "video/ogg",
        ["opus"] = "audio/ogg",
        ["wav"] = "audio/vnd.wave",
        ["weba"] = "audio/webm",
        ["webm"] = "video/webm",

        // Documents and archives.
        ["7z"] = "application/x-7z-compressed",
        ["bin"] = "application/octet-stream",
        ["epub"] = "application/epub+zip",
        ["gz"] = "application/gzip",
        ["pdf"] = "application/pdf",
        ["rtf"] = "application/rtf",
        ["tar"] = "application/x-tar",
        ["zip"] = "application/zip",
        ["zst"] = "application/zstd",
    };

    /// <summary>Extensions in lower case, and their media types.</summary>
    internal static IReadOnlyCollection<KeyValuePair<string, string>> All => OfExtension;

    /// <summary>The length of the longest value of Content-Type for a file.</summary>
    internal static int Longest => OfExtension.Values.Select(WithCharset).Concat([OfBytes]).Max(type => type.Length);

    /// <summary>The value of Content-Type for text in UTF-8, or for what is no text.</summary>
    internal static string WithCharset(string mediaType) => HasCharset(mediaType) ? mediaType + "; charset=utf-8" : mediaType;

    /// <summary>The media type for the extension of a path's last segment; null where it has none that is known.</summary>
    internal static string? OfPath(string path)
    {
        string name = path.Substring(path.LastIndexOf('/') + 1);
        return OfExtension.TryGetValue(name.Substring(name.LastIndexOf('.') + 1), out string? type) && name.Contains(".") ? type : null;
    }

    /// <summary>Whether bodies of the type are text whose encoding a parameter names (RFC 2046, section 4.1.2).</summary>
    internal static bool HasCharset(string mediaType) => mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
}
