using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads the attributes of handlers: <c>[Get]</c> and the others, and <c>[Route]</c> on a method.</summary>
internal static class HandlerReader
{
    /// <summary>The attributes that are named after a method of HTTP, each with that.</summary>
    internal static readonly Dictionary<string, string> Methods = new()
    {
        ["SyscallServer.GetAttribute"] = "GET",
        ["SyscallServer.PostAttribute"] = "POST",
        ["SyscallServer.PutAttribute"] = "PUT",
        ["SyscallServer.DeleteAttribute"] = "DELETE",
        ["SyscallServer.PatchAttribute"] = "PATCH",
    };

    internal static void Read(ServerContent content, AttributeReader attribute, IMethodSymbol member)
    {
        RoutePath? path = attribute.Path(content, allowsParameters: true);
        string method = Methods.TryGetValue(attribute.Name, out string? known) ? known : attribute.Method(content);
        string host = attribute.Host(content);
        Limit body = Limits.HandlerBodyBytes;
        int longest = attribute.Number("MaxBodyBytes", new Limit(method is "GET" or "DELETE" ? 0 : body.Default, body.Least, body.Greatest, body.Hint), content.Problems);
        int longestResponse = attribute.Number("MaxResponseBytes", Limits.HandlerResponseBytes, content.Problems);
        if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(
                path.Route(host, method, response: null) with
                {
                    Action = new HandlerSpec(HandlerMember.Name(member), longest, longestResponse),
                    Parameters = new EquatableArray<string>(path.Parameters),
                },
                attribute.LocationOf("path"),
                path.Text));
        }
    }
}
