using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Model;

/// <summary>A file that becomes part of the program: an entry of the manifest. Its bytes are not here; the block of the assembly has them (<see cref="AssetBlock"/>).</summary>
/// <param name="Path">From the folder of the project file on, with slashes.</param>
/// <param name="LastModified">Seconds since 1970.</param>
/// <param name="Hash">Of the content: SHA-256 in hexadecimal digits.</param>
/// <param name="Content">The content.</param>
/// <param name="Gzip">The same with the content coding gzip; null where there is none that is smaller.</param>
/// <param name="Brotli">The same with br; null where there is none that is smaller.</param>
internal sealed record EmbeddedFile(string Path, long LastModified, string Hash, AssetContent Content, AssetContent? Gzip, AssetContent? Brotli);

/// <summary>Bytes of a file in one coding.</summary>
/// <param name="Entry">Which entry of the block's table they are.</param>
/// <param name="Length">How many.</param>
internal sealed record AssetContent(int Entry, int Length);
