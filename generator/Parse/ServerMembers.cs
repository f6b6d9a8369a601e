using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Parse.Attributes;

namespace SyscallServer.Generator.Parse;

/// <summary>The members of a class that answer requests.</summary>
internal static class ServerMembers
{
    /// <summary>The constants that answer a path.</summary>
    internal static IEnumerable<(ISymbol Member, AttributeReader Route)> Constants(INamedTypeSymbol type, CancellationToken cancellationToken)
        => from member in type.GetMembers()
           where member is IFieldSymbol or IPropertySymbol && !member.IsImplicitlyDeclared
           from route in AttributeReader.All(member, AttributeTable.Route, cancellationToken)
           select (member, route);

    /// <summary>The methods that answer a path.</summary>
    internal static IEnumerable<(IMethodSymbol Method, AttributeReader Route)> Handlers(INamedTypeSymbol type, CancellationToken cancellationToken)
        => from method in type.GetMembers().OfType<IMethodSymbol>()
           where !method.IsImplicitlyDeclared
           from route in HandlerRoutes(method, cancellationToken)
           select (method, route);

    /// <summary>Whether a method answers a path.</summary>
    internal static bool IsHandler(IMethodSymbol method, CancellationToken cancellationToken) => HandlerRoutes(method, cancellationToken).Any();

    private static IEnumerable<AttributeReader> HandlerRoutes(IMethodSymbol method, CancellationToken cancellationToken)
        => AttributeReader.All(method, cancellationToken).Where(route => AttributeTable.IsHandler(route.Name));
}
