using System.Linq;

namespace SyscallServer.Generator.Parse;

/// <summary>Bytes as a text with a character for each, in which they are easily cut and found.</summary>
internal static class Latin1
{
    internal static string Of(byte[] bytes) => new([.. bytes.Select(value => (char)value)]);

    internal static byte[] Bytes(string text) => [.. text.Select(character => (byte)character)];
}
