using Microsoft.CodeAnalysis;

namespace SyscallServer.Generator.Parse;

/// <summary>The body of a response as it was given: text, or bytes.</summary>
internal sealed class Content
{
    internal Content(string? text, byte[]? bytes, Location location)
    {
        Text = text;
        Bytes = bytes;
        Location = location;
    }

    /// <summary>The text; null where bytes were given, and where it is null.</summary>
    internal string? Text { get; }

    internal byte[]? Bytes { get; }

    internal Location Location { get; }

    /// <summary>False where the compiler says that there is no value.</summary>
    internal bool Compiles { get; init; } = true;

    /// <summary>The argument of an attribute.</summary>
    internal static Content Of(AttributeReader attribute, string parameter)
    {
        TypedConstant? argument = attribute.Argument(parameter);
        if (argument is not { Kind: TypedConstantKind.Array, IsNull: false } array)
        {
            return new Content(attribute.Text(parameter), bytes: null, attribute.LocationOf(parameter)) { Compiles = argument?.Kind is not (null or TypedConstantKind.Error) };
        }

        byte[] bytes = new byte[array.Values.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = array.Values[i].Value is byte number ? number : (byte)0;
        }

        return new Content(text: null, bytes, attribute.LocationOf(parameter));
    }
}
