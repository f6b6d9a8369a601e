using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[ErrorPage]</c>, and <c>[NotFound]</c>, which is one for 404.</summary>
internal static class ErrorPageReader
{
    /// <summary>The errors that the server itself can give.</summary>
    internal static readonly int[] Errors = [400, 401, 403, 404, 405, 406, 408, 409, 411, 412, 413, 414, 416, 417, 429, 431, 500, 501, 503, 505, 507];

    /// <summary>Those that it gives only where there are uploads, files (or requests are allowed from some addresses only), credentials, or handlers.</summary>
    private static readonly int[] ErrorsOfUploads = [409, 411, 507];
    private static readonly int[] ErrorsOfFiles = [403];
    private static readonly int[] ErrorsOfAuthentication = [401, 429];
    private static readonly int[] ErrorsOfActions = [500];

    /// <summary>The one that it gives only where files are embedded.</summary>
    private const int RangeNotSatisfiable = 416;

    private const int ServiceUnavailable = 503;

    internal static void ReadNotFound(ServerContent content, AttributeReader attribute, INamedTypeSymbol type) => Add(content, attribute, type, 404);

    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type) => Add(content, attribute, type, attribute.Number("status", 0));

    private static void Add(ServerContent content, AttributeReader attribute, INamedTypeSymbol type, int status)
    {
        ResponseSpec response = content.Responses.OfError(attribute, status, Content.Of(attribute, "body"));
        int[] errors = Errors.Where(error => IsGiven(content, error)).ToArray();
        if (!errors.Contains(status))
        {
            content.Problems.Report(
                Descriptors.InvalidStatus,
                attribute.LocationOf("status"),
                status,
                $"the errors that the server itself gives are {string.Join(", ", errors.Take(errors.Length - 1))} and {errors[errors.Length - 1]}");
        }
        else if (content.ErrorPages.Exists(page => page.Spec.Status == status))
        {
            content.Problems.Report(Descriptors.SeveralErrorPages, attribute.Location, type.Name, status);
        }
        else
        {
            content.ErrorPages.Add((new ErrorPageSpec(status, response), attribute.Location));
            if (status == ServiceUnavailable && content.Settings.IsEventLoop && response.Body.Count > Limits.TurnedAwayPageBytes)
            {
                content.Problems.Report(Descriptors.TurnedAwayPageTooLong, attribute.LocationOf("body"), response.Body.Count, Limits.TurnedAwayPageBytes);
            }
        }
    }

    private static bool IsGiven(ServerContent content, int error)
        => (content.HasUploads || !ErrorsOfUploads.Contains(error))
            && (content.HasFiles || content.HasAllowFrom || !ErrorsOfFiles.Contains(error))
            && (content.HasAuthentication || !ErrorsOfAuthentication.Contains(error))
            && (content.HasActions || !ErrorsOfActions.Contains(error))
            && (content.HasEmbeddedFiles || error != RangeNotSatisfiable);
}
