using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads what a response consists of: status, body, content type, field lines.</summary>
internal sealed class ContentParser
{
    private readonly string? _server;
    private readonly EquatableArray<FieldLine> _commonFields;
    private readonly Problems _problems;

    /// <summary>Whether a head has room for what every response has; where it has none, that is said once.</summary>
    private bool _serverFits = true;

    /// <param name="server">The value of the Server field of every response.</param>
    /// <param name="commonFields">Further field lines of every response.</param>
    /// <param name="problems">Where to say what is wrong.</param>
    internal ContentParser(string? server, EquatableArray<FieldLine> commonFields, Problems problems)
    {
        _server = server;
        _commonFields = commonFields;
        _problems = problems;
    }

    /// <summary>Reads the response of a route.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="content">Its body.</param>
    /// <param name="path">The path, by whose extension the body may have a type.</param>
    internal ResponseSpec OfRoute(AttributeReader attribute, Content content, string path)
    {
        int status = attribute.Number("Status", 200);
        EquatableArray<FieldLine> fields = Fields.Read(attribute, location: null, _problems);
        string? mistake = status switch
        {
            < 200 or > 599 => "a response has one from 200 to 599 (those below only announce another response)",
            206 => "206 (Partial Content) answers a request for a range, which the server does by itself",
            304 => "304 (Not Modified) answers a conditional request, which the server does by itself",
            405 => "405 (Method Not Allowed) is what the server itself answers to methods that a path has no route for, with the Allow that belongs to it; for a page of your own write [ErrorPage(405, ...)]",
            426 => "426 (Upgrade Required) offers another protocol, and the server speaks none",
            _ => null,
        };
        if (mistake is not null)
        {
            _problems.Report(Descriptors.InvalidStatus, attribute.LocationOf("Status"), status, mistake);
        }

        string? needed = status switch
        {
            301 or 302 or 303 or 307 or 308 => "Location",
            401 => "WWW-Authenticate",
            407 => "Proxy-Authenticate",
            _ => null,
        };
        if (needed is not null && !Fields.Has(fields, needed))
        {
            _problems.Report(Descriptors.StatusNeedsField, attribute.LocationOf("Status"), status, needed, needed == "Location" ? ", or write [Redirect]" : "");
        }

        return Read(attribute, status, content, path, fields, attribute.Flag("Compress", true));
    }

    /// <summary>Reads the page for an error.</summary>
    internal ResponseSpec OfError(AttributeReader attribute, int status, Content content)
        => Read(attribute, status, content, path: "", Fields.Read(attribute, location: null, _problems), compress: false);

    /// <summary>Reads the response with a file, for the body of which it leaves the place.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="file">The file, by whose extension it has a type.</param>
    /// <param name="path">The path, by whose extension it has one where the file has none.</param>
    internal ResponseSpec OfFile(AttributeReader attribute, string file, string path)
    {
        EquatableArray<FieldLine> fields = Fields.Read(attribute, location: null, _problems, file.Substring(file.LastIndexOf('/') + 1));
        string? type = attribute.Text("ContentType")?.Trim(' ', '\t');
        if (type is not null && !MediaType.IsValid(type, out _))
        {
            _problems.Report(Descriptors.InvalidContentType, attribute.LocationOf("ContentType"), type);
        }

        type ??= ContentTypes.WithCharset(ContentTypes.OfPath(file) ?? ContentTypes.OfPath(path) ?? ContentTypes.OfBytes);
        CheckHead(attribute.Location, type, fields);
        return new ResponseSpec(200, default, type, fields, attribute.Flag("Compress", true));
    }

    /// <summary>Reads the field lines of responses whose bodies the attribute does not say.</summary>
    internal EquatableArray<FieldLine> FieldsOf(AttributeReader attribute)
    {
        EquatableArray<FieldLine> fields = Fields.Read(attribute, location: null, _problems);
        CheckHead(attribute.Location, contentType: null, fields);
        return fields;
    }

    /// <summary>Says where a head has no room for field lines.</summary>
    internal void CheckFields(Location location, IEnumerable<FieldLine> fields) => CheckHead(location, contentType: null, fields);

    /// <summary>Reads the response of a redirect.</summary>
    internal ResponseSpec OfRedirect(AttributeReader attribute, int status, string? location)
    {
        EquatableArray<FieldLine> fields = Fields.Read(attribute, location, _problems);
        CheckHead(attribute.Location, contentType: null, fields);
        return new ResponseSpec(status, default, ContentType: null, fields, Compress: false);
    }

    private ResponseSpec Read(AttributeReader attribute, int status, Content content, string path, EquatableArray<FieldLine> fields, bool compress)
    {
        string? contentType = ContentType(attribute, content, path, out Encoding encoding);
        byte[] body = Body(content, encoding);
        if (body.Length > Limits.ContentBytes)
        {
            _problems.Report(Descriptors.ResponseTooLong, content.Location, body.Length, Limits.ContentBytes);
        }

        // RFC 9110, sections 15.3.5 and 15.3.6. (1xx and 304 are no statuses of routes.)
        bool hasBody = status is not (204 or 205);
        if (!hasBody && body.Length > 0)
        {
            _problems.Report(Descriptors.BodyNotAllowed, content.Location, status, body.Length);
        }

        CheckHead(attribute.Location, contentType, fields);
        return new ResponseSpec(status, new EquatableArray<byte>(body), hasBody ? contentType : null, fields, compress && hasBody);
    }

    /// <summary>The bytes of a body, of which text is UTF-8.</summary>
    internal byte[] Utf8(Content content) => Body(content, StrictUtf8);

    private byte[] Body(Content content, Encoding encoding)
    {
        if (content.Bytes is { } bytes)
        {
            return bytes;
        }

        if (content.Text is null)
        {
            if (content.Compiles)
            {
                _problems.Report(Descriptors.NotText, content.Location, "it is null");
            }

            return [];
        }

        try
        {
            return encoding.GetBytes(content.Text);
        }
        catch (EncoderFallbackException exception)
        {
            if (Grammar.IndexOfLoneSurrogate(content.Text) is >= 0 and int surrogate)
            {
                _problems.Report(Descriptors.NotText, content.Location, $"there is a lone surrogate at index {surrogate}");
            }
            else
            {
                string character = char.IsSurrogate(content.Text[exception.Index]) ? content.Text.Substring(exception.Index, 2) : content.Text.Substring(exception.Index, 1);
                _problems.Report(Descriptors.InvalidCharset, content.Location, encoding.WebName, $"it has no '{character}', which is at index {exception.Index} of the text");
            }

            return [];
        }
    }

    /// <summary>The whole value of Content-Type, and how text is written.</summary>
    private string ContentType(AttributeReader attribute, Content content, string path, out Encoding encoding)
    {
        bool isText = content.Bytes is null;
        string type = attribute.Text("ContentType")?.Trim(' ', '\t') ?? ContentTypes.OfPath(path) ?? (isText ? ContentTypes.OfText : ContentTypes.OfBytes);
        encoding = StrictUtf8;
        if (!MediaType.IsValid(type, out string? ofType))
        {
            _problems.Report(Descriptors.InvalidContentType, attribute.LocationOf("ContentType"), type);
            return ContentTypes.OfText;
        }

        string? given = attribute.Has("Charset") ? attribute.Text("Charset") ?? "" : null;
        string charset = given ?? ofType ?? "utf-8";
        Location location = attribute.LocationOf(given is null ? "ContentType" : "Charset");
        if (given is not null && ofType is not null && !given.Equals(ofType, StringComparison.OrdinalIgnoreCase))
        {
            _problems.Report(Descriptors.InvalidCharset, location, given, $"the content type says '{ofType}'; keep one of them");
        }
        else if (isText && Encoding(charset) is { } known)
        {
            encoding = known;
        }
        else if (isText)
        {
            _problems.Report(Descriptors.InvalidCharset, location, charset, "text is written in utf-8, us-ascii or iso-8859-1; give bytes for another");
        }
        else if (!Grammar.IsToken(charset))
        {
            _problems.Report(Descriptors.InvalidCharset, location, charset, "it is not the name of a character set, such as windows-1252");
        }

        bool isSaid = given is not null || isText && ContentTypes.HasCharset(type);
        return isSaid && ofType is null ? type + "; charset=" + charset.ToLowerInvariant() : type;
    }

    /// <summary>Encodings that fail where a character cannot be written, and put no byte order mark in front.</summary>
    private static Encoding? Encoding(string charset) => charset.ToLowerInvariant() switch
    {
        "utf-8" => StrictUtf8,
        "us-ascii" => StrictAscii,
        "iso-8859-1" => StrictLatin1,
        _ => null,
    };

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding StrictAscii = Strict("us-ascii");
    private static readonly Encoding StrictLatin1 = Strict("iso-8859-1");

    private static Encoding Strict(string name) => System.Text.Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>
    /// Whether the head fits where it is put together: 8 KiB, which is also what clients and proxies take at least. What the server writes by itself
    /// (status line, Date, Content-Length, Content-Encoding, ETag, Vary, Connection, Allow) is less than 512 bytes.
    /// </summary>
    internal const int MaxHeadLength = ResponseRoom.LongestHead - 512;

    /// <summary>Whether what every response has fits by itself: it is there also where the author has said nothing else of one.</summary>
    internal void CheckServer(Location location)
    {
        int length = HeadLength(contentType: null, []);
        CheckHead(location, contentType: null, []);
        _serverFits = length <= MaxHeadLength;
    }

    private void CheckHead(Location location, string? contentType, IEnumerable<FieldLine> fields)
    {
        int length = HeadLength(contentType, fields);
        if (length > MaxHeadLength && _serverFits)
        {
            _problems.Report(Descriptors.HeadTooLong, location, length, MaxHeadLength);
        }
    }

    /// <summary>How many bytes of lines a response has for its path at most.</summary>
    internal int LengthOfGroups { get; set; }

    private int HeadLength(string? contentType, IEnumerable<FieldLine> fields)
        => LengthOfGroups + Length("Content-Type", contentType) + Length("Server", _server) + FieldLine.And(fields, _commonFields).Sum(field => Length(field.Name, field.Value));

    private static int Length(string name, string? value) => value is null ? 0 : name.Length + ": ".Length + value.Length + "\r\n".Length;
}
