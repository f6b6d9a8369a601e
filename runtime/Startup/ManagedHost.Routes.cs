using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SyscallServer.Internal.Startup;

/// <summary>What "dotnet run" says of a server besides: what it answers. It is for people, so it is said at a terminal only, and by programs that are compiled for debugging.</summary>
public static unsafe partial class ManagedHost
{
    /// <summary>More than these would push what was written before off the screen.</summary>
    private const int MostRoutes = 30;

    private const int StandardError = 2;

    /// <summary>With these the server does not start, or is to say nothing.</summary>
    private static readonly string[] Silent = ["--help", "--version", "--quiet", "--healthcheck"];

    /// <summary>Says what a server answers, where somebody who develops it may read that.</summary>
    /// <remarks>Not by <see cref="Console.Error"/>, which takes over signals.</remarks>
    private static void ShowRoutes(Type server)
    {
        bool isDebug = server.Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
        if (!isDebug || Console.IsErrorRedirected || Environment.GetCommandLineArgs().Any(argument => Silent.Any(option => argument.StartsWith(option, StringComparison.Ordinal))))
        {
            return;
        }

        using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
        using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        error.Write(Encoding.UTF8.GetBytes(DescribeRoutes(server)));
    }

    /// <summary>A line for each route, in the order of the attributes: method, path, and what answers.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070:UnrecognizedReflectionPattern", Justification = "Called under the JIT only, where nothing is trimmed.")]
    internal static string DescribeRoutes(Type server)
    {
        const BindingFlags members = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        Route[] routes =
        [
            .. server.GetCustomAttributesData().SelectMany(attribute => RoutesOf(attribute, null)),
            .. server.GetMembers(members).SelectMany(member => member.GetCustomAttributesData().SelectMany(attribute => RoutesOf(attribute, member))),
        ];
        if (routes.Length == 0)
        {
            return "";
        }

        int methods = routes.Max(route => route.Methods.Length);
        int paths = routes.Max(route => route.Path.Length);
        var text = new StringBuilder($"{server.Name} answers:\n");
        foreach (Route route in routes.Take(MostRoutes))
        {
            text.Append($"  {route.Methods.PadRight(methods)}  {route.Path.PadRight(paths)}  {route.Answer}".TrimEnd()).Append('\n');
        }

        return routes.Length > MostRoutes ? text.Append(CultureInfo.InvariantCulture, $"  and {routes.Length - MostRoutes} more\n").ToString() : text.ToString();
    }

    private static IEnumerable<Route> RoutesOf(CustomAttributeData attribute, MemberInfo? member)
    {
        string[] arguments = [.. attribute.ConstructorArguments.Select(argument => argument.Value).OfType<string>()];
        string named(string name, string otherwise) => attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value as string ?? otherwise;
        string host = named("Host", "");
        Route? route = attribute.AttributeType.Name switch
        {
            nameof(StaticResponseAttribute) => new(named("Method", "GET"), arguments[0], ""),
            nameof(RedirectAttribute) => new("GET", arguments[0], "-> " + arguments[1]),
            nameof(StaticFileAttribute) => new("GET", arguments[0], arguments[1]),
            nameof(StaticFilesAttribute) or nameof(FilesAttribute) => new("GET", arguments[0] + "*", arguments[1]),
            nameof(UploadAttribute) => new("PUT, POST", arguments[0] + "*", arguments[1]),
            nameof(HealthCheckAttribute) => new("GET", arguments[0], "health"),
            nameof(MetricsAttribute) => new("GET", arguments[0], named("Listen", "") is { Length: > 0 } own ? $"metrics, at {own}" : "metrics"),
            nameof(RouteAttribute) when arguments.Length == 2 => new(arguments[0], arguments[1], member!.Name),
            nameof(RouteAttribute) => new(named("Method", "GET"), arguments[0], member!.Name),
            _ when attribute.AttributeType.BaseType == typeof(HandlerAttribute) => new(attribute.AttributeType.Name[..^"Attribute".Length].ToUpperInvariant(), arguments[0], member!.Name),
            _ => null,
        };
        return route is null ? [] : [host.Length == 0 ? route : route with { Path = host + route.Path }];
    }

    /// <summary>What a line says.</summary>
    private sealed record Route(string Methods, string Path, string Answer);
}
