using System;
using System.Globalization;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Model;

/// <summary>A file that becomes part of the program: an entry of the manifest. Its bytes are not here; the block of the assembly has them (<see cref="AssetBlock"/>).</summary>
/// <param name="Path">From the folder of the project file on, with slashes.</param>
/// <param name="LastModified">Seconds since 1970.</param>
/// <param name="Hash">Of the content: SHA-256 in hexadecimal digits.</param>
/// <param name="Content">The content.</param>
/// <param name="Gzip">The same with the content coding gzip; null where there is none that is smaller.</param>
/// <param name="Brotli">The same with br; null where there is none that is smaller.</param>
internal sealed record EmbeddedFile(string Path, long LastModified, string Hash, AssetContent Content, AssetContent? Gzip, AssetContent? Brotli)
{
    /// <summary>What in it a server may fill in when it starts, in order.</summary>
    internal EquatableArray<PlaceholderSpec> Placeholders { get; init; }
}

/// <summary>Something in a file that a server may fill in when it starts: <c>${NAME}</c>, or <c>${NAME:-default}</c>.</summary>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Line">The line that it is in; the first is 1.</param>
/// <param name="Place">What the value becomes part of.</param>
/// <param name="Name">The name of the variable.</param>
/// <param name="Default">What stands for it where the variable is not set, or empty; null where there is none.</param>
internal sealed record PlaceholderSpec(int Offset, int Length, int Line, PlaceholderPlace Place, string Name, string? Default)
{
    /// <summary>Reads one as the manifest has it.</summary>
    internal static PlaceholderSpec Read(string text)
    {
        string[] fields = text.Split(' ');
        return new PlaceholderSpec(Number(0), Number(1), Number(2), (PlaceholderPlace)Number(3), fields[4], fields.Length > 5 ? Uri.UnescapeDataString(fields[5].Substring(1)) : null);

        int Number(int field) => int.Parse(fields[field], CultureInfo.InvariantCulture);
    }
}

/// <summary>Bytes of a file in one coding.</summary>
/// <param name="Entry">Which entry of the block's table they are.</param>
/// <param name="Length">How many.</param>
internal sealed record AssetContent(int Entry, int Length);
