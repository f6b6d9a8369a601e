using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>Writes the responses of one server as the bytes that go to the client.</summary>
internal sealed class MessageWriter
{
    /// <summary>CompressionLevel.SmallestSize, which came after netstandard2.0.</summary>
    private const CompressionLevel SmallestSize = (CompressionLevel)3;

    private readonly HttpSpec _http;

    /// <summary>Field lines of all responses that have none of the same name, whatever their path is.</summary>
    private readonly FieldLine[] _common;

    internal MessageWriter(HttpSpec http)
    {
        _http = http;
        _common = [.. http.CommonFieldsOfEveryPath];
    }

    /// <summary>A response of the user's.</summary>
    /// <param name="response">What the user said of it.</param>
    /// <param name="isGet">Whether it answers GET: a 200 then has an entity tag and a 304.</param>
    internal ResponseVariants Variants(ResponseSpec response, bool isGet)
    {
        response = WithCommonFields(response);
        bool isTagged = isGet && response.Status == 200 && response.WhileEnding is null;
        ResponseBody body = response.File is null ? ResponseBody.Of(response.Body) : ResponseBody.Of(response.File.Content);
        ResponseMessage identity = Message(response, Coding.Identity, body, isTagged, varies: false);
        ResponseMessage? gzip = null;
        ResponseMessage? brotli = null;
        bool isFilled = response.Placeholders.Count > 0; // what it will be is not known before the start
        if (response.Compress && !isFilled && response.Status is >= 200 and < 300 && !response.Fields.Any(field => Is(field, "Content-Encoding")))
        {
            gzip = SmallerThan(identity, Coding.Gzip, response.File is null ? ResponseBody.Of(new EquatableArray<byte>(Compress(response.Body.ToArray()))) : OfAsset(response.File.Gzip));
            brotli = SmallerThan(gzip ?? identity, Coding.Brotli, OfAsset(response.File?.Brotli));
        }

        bool varies = gzip is not null || brotli is not null;
        if (varies)
        {
            identity = Message(response, Coding.Identity, body, isTagged, varies: true);
        }

        return new ResponseVariants(
            identity,
            NotModified(response, identity, Coding.Identity, varies),
            gzip,
            gzip is null ? null : NotModified(response, gzip, Coding.Gzip, varies: true),
            brotli,
            brotli is null ? null : NotModified(response, brotli, Coding.Brotli, varies: true),
            response.File is null || isFilled ? 0 : Time(response.File))
        {
            Placeholders = response.Placeholders,
            Live = _http.HasLiveAssets && response.File is { } file ? new LiveFile(file.Path, file.Hash, response.ContentType ?? "") : null,
        };

        ResponseMessage? SmallerThan(ResponseMessage other, Coding coding, ResponseBody? coded)
        {
            ResponseMessage? message = coded is null ? null : Message(response, coding, coded, isTagged, varies: true);
            return message?.Length < other.Length ? message : null;
        }

        static ResponseBody? OfAsset(AssetContent? asset) => asset is null ? null : ResponseBody.Of(asset);
    }

    /// <summary>A time as the engine has it, in 32 bits, of which 0 stands for none.</summary>
    private static uint Time(EmbeddedFile file) => (uint)Math.Max(1, Math.Min(file.LastModified, uint.MaxValue));

    /// <summary>A response that is not negotiated and has no entity tag: an error.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="page">The user's page for it; null for a line of text.</param>
    /// <param name="allow">The value of Allow; null where there is none.</param>
    /// <param name="fields">Field lines that it has besides those of the page, and in the place of those that have the same names.</param>
    internal ResponseMessage Error(int status, ResponseSpec? page, string? allow = null, params FieldLine[] fields)
    {
        page ??= new ResponseSpec(
            status,
            new EquatableArray<byte>(Encoding.ASCII.GetBytes($"{status} {ReasonPhrase.Of(status)}\n")),
            "text/plain",
            default,
            Compress: false);
        page = page with { Fields = new EquatableArray<FieldLine>(FieldLine.And(fields, page.Fields)) };
        return Message(WithCommonFields(page) with { Status = status }, Coding.Identity, ResponseBody.Of(page.Body), isTagged: false, varies: false, allow);
    }

    /// <summary>Field lines that a response has besides those that are written at run time, each with its CRLF in front.</summary>
    internal string FieldLines(IEnumerable<FieldLine> fields)
    {
        IEnumerable<FieldLine> server = _http.Server is null ? [] : [new FieldLine("Server", _http.Server)];
        return string.Concat(server.Concat(WithCommon(fields)).Select(field => $"\r\n{field.Name}: {field.Value}"));
    }

    private ResponseSpec WithCommonFields(ResponseSpec response) => response with { Fields = new EquatableArray<FieldLine>(WithCommon(response.Fields)) };

    /// <summary>Field lines, and those of all responses that have other names. One without a value is there to be none.</summary>
    private IEnumerable<FieldLine> WithCommon(IEnumerable<FieldLine> fields)
        => FieldLine.And(fields, _common).Where(field => field.Value.Length > 0 || !_common.Any(common => Is(common, field.Name)));

    /// <summary>The 204 for OPTIONS.</summary>
    internal ResponseMessage Options(string allow)
    {
        var head = new Head(204);
        AddServer(head);
        head.Add("Allow", allow);
        return Complete(head, 204, ResponseBody.None);
    }

    /// <summary>The 204 for a preflight, without what it has for its path and its origin.</summary>
    internal ResponseMessage Preflight(IEnumerable<FieldLine> fields)
    {
        var head = new Head(204);
        AddServer(head);
        AddFields(head, WithCommon(fields), varies: []);
        return Complete(head, 204, ResponseBody.None);
    }

    private ResponseMessage Message(ResponseSpec response, Coding coding, ResponseBody body, bool isTagged, bool varies, string? allow = null)
    {
        // Neither has content, and the length of a 304's would be that of the response it stands for (RFC 9110, section 8.6).
        bool hasContent = response.Status is not (204 or 304);
        var head = new Head(response.Status);
        if (hasContent)
        {
            if (response.ContentType is not null)
            {
                head.Add("Content-Type", response.ContentType);
            }

            if (coding != Coding.Identity)
            {
                head.Add("Content-Encoding", Token(coding));
            }

            // Of a part of a file it is another one: then the engine writes it, of all responses.
            if (!_http.HasParts)
            {
                head.Add("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
            }

            // An error is sent whole, and is not asked for by its time.
            if (response is { File: not null, Status: 200 })
            {
                head.Add("Accept-Ranges", "bytes");
            }

            // The values may change, and the time of the file does not.
            if (response is { File: not null, Status: 200, Placeholders.Count: 0 })
            {
                head.Add("Last-Modified", DateTimeOffset.FromUnixTimeSeconds(Time(response.File)).ToString("r", CultureInfo.InvariantCulture));
            }
        }

        if (hasContent && response.Language is not null)
        {
            head.Add("Content-Language", response.Language);
        }

        AddFields(head, response.Fields.Where(field => !IsOfNotModified(field) && !(isTagged && Is(field, "ETag"))), []);
        if (allow is not null)
        {
            head.Add("Allow", allow);
        }

        // From here on it is the same as in the 304, and there once.
        AddFieldsOfNotModified(head, response, coding, isTagged, varies);
        return Complete(head, response.Status, hasContent ? body : ResponseBody.None);
    }

    /// <summary>
    /// The 304 for a response with an entity tag. Of its field lines it has those that a cache must know of, and not those that describe the
    /// content it has (RFC 9110, section 15.4.5).
    /// </summary>
    private ResponseMessage? NotModified(ResponseSpec response, ResponseMessage modified, Coding coding, bool varies)
    {
        if (modified.EntityTag == 0)
        {
            return null;
        }

        var head = new Head(304);
        AddFieldsOfNotModified(head, response, coding, isTagged: true, varies);
        return Complete(head, 304, ResponseBody.None);
    }

    private static readonly string[] FieldsOfNotModified = ["Cache-Control", "Content-Location", "Expires", "Vary"];

    private static bool IsOfNotModified(FieldLine field) => FieldsOfNotModified.Any(name => Is(field, name));

    private void AddFieldsOfNotModified(Head head, ResponseSpec response, Coding coding, bool isTagged, bool varies)
    {
        AddServer(head);
        if (isTagged)
        {
            head.AddEntityTag(EntityTag(response, coding));
        }

        AddFields(head, response.Fields.Where(IsOfNotModified), [.. response.VariesByLanguage ? ["Accept-Language"] : Array.Empty<string>(), .. varies ? ["Accept-Encoding"] : Array.Empty<string>()]);
    }

    private void AddServer(Head head)
    {
        if (_http.Server is not null)
        {
            head.Add("Server", _http.Server);
        }
    }

    /// <summary>The user's field lines; and Vary with the names of fields, which join the user's own.</summary>
    private static void AddFields(Head head, IEnumerable<FieldLine> fields, string[] varies)
    {
        FieldLine[] lines = fields.ToArray();
        string[] members = lines.Where(line => Is(line, "Vary")).SelectMany(line => line.Value.Split(',')).Select(member => member.Trim()).ToArray();
        string[] others = varies.Except(members, StringComparer.OrdinalIgnoreCase).ToArray();
        if (others.Length > 0 && !members.Contains("*"))
        {
            head.Add("Vary", string.Join(", ", members.Concat(others)));
            lines = lines.Where(line => !Is(line, "Vary")).ToArray();
        }

        foreach (FieldLine line in lines)
        {
            head.Add(line.Name, line.Value);
        }
    }

    private static ResponseMessage Complete(Head head, int status, ResponseBody body)
        => new(status, new EquatableArray<byte>(head.Bytes), body, head.EntityTag, head.EntityTagLength);

    /// <summary>
    /// A strong entity tag (RFC 9110, section 8.8.3): the user's own, or 72 bits of a hash of all that a client would have to fetch anew: the
    /// content, its coding and its type. A user's own is told apart by a suffix where the content is coded, and where it is weak there is none to
    /// compare with.
    /// </summary>
    private static string EntityTag(ResponseSpec response, Coding coding)
    {
        string? own = response.Fields.FirstOrDefault(field => Is(field, "ETag"))?.Value;
        if (own is not null)
        {
            return coding != Coding.Identity && own.EndsWith("\"", StringComparison.Ordinal) ? $"{own.Substring(0, own.Length - 1)}-{Token(coding)}\"" : own;
        }

        using var hash = SHA256.Create();
        string language = response.Language is null ? "" : "\n" + response.Language;
        byte[] about = Encoding.UTF8.GetBytes($"{response.ContentType}\n{coding}\n{response.File?.Hash}{language}");
        byte[] digest = hash.ComputeHash(about.Concat(response.Body).ToArray());
        return '"' + Convert.ToBase64String(digest, 0, 9).Replace('+', '-').Replace('/', '_') + '"';
    }

    /// <summary>The member of RFC 1952, whose header says nothing of the machine or the moment that it was made on.</summary>
    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, Enum.IsDefined(typeof(CompressionLevel), SmallestSize) ? SmallestSize : CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content, 0, content.Length);
        }

        byte[] bytes = compressed.ToArray();
        for (int i = 4; i < 9 && i < bytes.Length; i++)
        {
            bytes[i] = 0; // MTIME: none; XFL: nothing to say of how hard it was tried
        }

        if (bytes.Length > 9)
        {
            bytes[9] = 255; // OS: unknown
        }

        return bytes;
    }

    private static bool Is(FieldLine line, string name) => string.Equals(line.Name, name, StringComparison.OrdinalIgnoreCase);

    private enum Coding
    {
        Identity,
        Gzip,
        Brotli,
    }

    /// <summary>The name of a coding in Content-Encoding.</summary>
    private static string Token(Coding coding) => coding == Coding.Brotli ? "br" : "gzip";

    /// <summary>A head that is being written.</summary>
    private sealed class Head
    {
        private readonly List<byte> _bytes = new();

        internal Head(int status) => Append($"HTTP/1.1 {status} {ReasonPhrase.Of(status)}\r\n");

        internal IReadOnlyList<byte> Bytes => _bytes;

        internal int EntityTag { get; private set; }

        internal int EntityTagLength { get; private set; }

        internal void Add(string name, string value) => Append($"{name}: {value}\r\n");

        internal void AddEntityTag(string entityTag)
        {
            Append("ETag: ");
            if (entityTag.StartsWith("\"", StringComparison.Ordinal))
            {
                EntityTag = _bytes.Count;
                EntityTagLength = entityTag.Length;
            }

            Append(entityTag);
            Append("\r\n");
        }

        private void Append(string text) => _bytes.AddRange(Encoding.UTF8.GetBytes(text));
    }
}

/// <summary>A response of the user's in all its forms.</summary>
/// <param name="Identity">Without a coding.</param>
/// <param name="NotModified">Its 304.</param>
/// <param name="Gzip">With gzip.</param>
/// <param name="GzipNotModified">Its 304.</param>
/// <param name="Brotli">With br.</param>
/// <param name="BrotliNotModified">Its 304.</param>
/// <param name="LastModified">When the file was last changed, in seconds since 1970; 0 where it is none.</param>
internal sealed record ResponseVariants(
    ResponseMessage Identity,
    ResponseMessage? NotModified,
    ResponseMessage? Gzip,
    ResponseMessage? GzipNotModified,
    ResponseMessage? Brotli,
    ResponseMessage? BrotliNotModified,
    uint LastModified)
{
    /// <summary>What of the file is filled in when the server starts.</summary>
    internal EquatableArray<PlaceholderSpec> Placeholders { get; init; }

    /// <summary>The entries of the same in other languages.</summary>
    internal EquatableArray<int> OtherLanguages { get; init; }

    /// <summary>The entry that it becomes while the server is ending; 0 where it stays the same.</summary>
    internal int WhileEnding { get; init; }

    /// <summary>Whether the access log has a line for it.</summary>
    internal bool IsLogged { get; init; } = true;

    /// <summary>See <see cref="ResponsePlan.Live"/>.</summary>
    internal LiveFile? Live { get; init; }

    /// <summary>The response alone: an error is sent as it is.</summary>
    internal ResponseVariants WithoutOthers => Only(Identity) with { Live = Live };

    /// <summary>A response that has no other forms.</summary>
    internal static ResponseVariants Only(ResponseMessage message) => new(message, null, null, null, null, null, LastModified: 0);
}
