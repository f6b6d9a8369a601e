using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SyscallServer.Tasks.Image;

/// <summary>JSON in an order of our own, so that the same content has the same hash.</summary>
internal static class Json
{
    // What the default encoder escapes for the sake of HTML, as + in media types, stays as it is.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of an object.</summary>
    internal static byte[] Object(Action<Utf8JsonWriter> write) => Bytes(writer => writer.Object(write));

    /// <summary>The bytes of an array.</summary>
    internal static byte[] Array(Action<Utf8JsonWriter> write) => Bytes(writer =>
    {
        writer.WriteStartArray();
        write(writer);
        writer.WriteEndArray();
    });

    /// <summary>An object as a value.</summary>
    internal static void Object(this Utf8JsonWriter writer, Action<Utf8JsonWriter> write)
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }

    /// <summary>An object as a property.</summary>
    internal static void Object(this Utf8JsonWriter writer, string name, Action<Utf8JsonWriter> write)
    {
        writer.WritePropertyName(name);
        writer.Object(write);
    }

    /// <summary>An array as a property.</summary>
    internal static void Array(this Utf8JsonWriter writer, string name, Action<Utf8JsonWriter> write)
    {
        writer.WriteStartArray(name);
        write(writer);
        writer.WriteEndArray();
    }

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
