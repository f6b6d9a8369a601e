using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>The field line by which a client stores a file instead of showing it (RFC 6266).</summary>
internal static class ContentDisposition
{
    internal const string Name = "Content-Disposition";

    /// <summary>Characters of a parameter's value that need no encoding besides letters and digits (RFC 8187, section 3.2.1).</summary>
    private const string Unencoded = "!#$&+-.^_`|~";

    /// <summary>The line.</summary>
    /// <param name="file">The name of the file; null where the client takes that from the path.</param>
    internal static FieldLine Of(string? file)
    {
        if (file is null)
        {
            return new FieldLine(Name, "attachment");
        }

        // A percent sign, too, is not understood by all in the same way (RFC 6266, appendix D).
        string plain = string.Concat(file.Select(character => character is < ' ' or > '~' or '"' or '\\' or '%' ? '_' : character));
        string extended = plain == file ? "" : "; filename*=UTF-8''" + string.Concat(Encoding.UTF8.GetBytes(file).Select(Encode));
        return new FieldLine(Name, $"attachment; filename=\"{plain}\"{extended}");
    }

    private static string Encode(byte value)
        => (value < 0x80 && char.IsLetterOrDigit((char)value)) || Unencoded.IndexOf((char)value) >= 0 ? ((char)value).ToString() : "%" + value.ToString("X2", CultureInfo.InvariantCulture);
}
