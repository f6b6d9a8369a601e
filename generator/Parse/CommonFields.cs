using System.Collections.Generic;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse;

/// <summary>Reads the field lines that <c>[TcpServer]</c> gives all responses.</summary>
internal static class CommonFields
{
    /// <summary>
    /// What tells browsers to be strict: nothing from elsewhere (CSP Level 3), no window or page of another origin in touch with this one (HTML, "cross-origin opener policies"; Fetch, "cross-origin resource policy"), no path in the
    /// Referer of other origins, TLS for a year (RFC 6797), no type but the one that is sent (Fetch, "X-Content-Type-Options"), no frame (RFC 7034).
    /// </summary>
    private static readonly FieldLine[] Security =
    [
        new("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Referrer-Policy", "strict-origin-when-cross-origin"),
        new("Strict-Transport-Security", "max-age=31536000"),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Frame-Options", "DENY"),
    ];

    /// <summary>Reads them.</summary>
    internal static EquatableArray<FieldLine> Read(AttributeReader server, Problems problems)
    {
        IEnumerable<FieldLine> own = Fields.Read(server, location: null, problems);
        return new EquatableArray<FieldLine>(server.Flag("SecurityHeaders", false) ? FieldLine.And(own, Security) : own);
    }
}
