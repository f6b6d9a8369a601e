using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[Upload]</c>.</summary>
internal static class UploadReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        long maxBytes = attribute.LongNumber("MaxBodyBytes", Limits.DefaultUploadBytes);
        if (maxBytes is < 1 or > Limits.MaxUploadBytes)
        {
            content.Problems.Report(Descriptors.OutOfRange, attribute.LocationOf("MaxBodyBytes"), "MaxBodyBytes", maxBytes, 1, Limits.MaxUploadBytes, "a larger file is better sent in parts");
        }

        string[] methods = ["PUT", "POST"];
        bool isPublic = attribute.Flag("Public", false);
        bool isGuarded = attribute.Text("prefix") is { } prefix && CanonicalPath.OfText(prefix) is { } path
            && methods.All(method => GuardChecks.IsGuarded(content, new RouteSpec("", new EquatableArray<byte>(path), IsPrefix: true, method, Response: null)));
        if (content.PublicEndpoint is not null && !isPublic && !isGuarded)
        {
            content.Problems.Report(Descriptors.PublicUpload, attribute.Location, content.PublicEndpoint);
        }
        else if (content.PublicEndpoint is null && isPublic)
        {
            content.Problems.Report(Descriptors.SettingWithoutEffect, attribute.LocationOf("Public"), "Public", "a server that only this machine reaches");
        }

        attribute.AddActions(content, new UploadSpec(attribute.Root(content), maxBytes, UploadOptions.Origins(attribute, content.Problems)), methods);
    }
}
