using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Emit;

/// <summary>Writes what a publish has to know of the program, which the build's tasks read from its assembly.</summary>
internal static class MetadataEmitter
{
    internal static void Emit(SourceWriter writer, ServerPlan plan)
    {
        foreach (string value in OfProgram(plan).Concat(OfImage(plan)))
        {
            writer.WriteLines($"[assembly: global::System.Reflection.AssemblyMetadata(\"{ProgramMetadata.Key}\", {SymbolDisplay.FormatLiteral(value, quote: true)})]");
        }

        writer.WriteLine();
    }

    /// <summary>How it is compiled and linked.</summary>
    private static IEnumerable<string> OfProgram(ServerPlan plan)
    {
        if (plan.HasEntryPoint)
        {
            yield return ProgramMetadata.EntryPoint;
        }

        if (plan.Http?.HasHandlers == true)
        {
            yield return ProgramMetadata.Handlers;
        }

        if (plan.Http is { } http && (http.HasHandlers || http.Roots.Count > 0 || plan.Spec.Concurrency == ConcurrencyKind.EventLoop))
        {
            yield return ProgramMetadata.Hardened;
        }

        yield return ProgramMetadata.Calls + string.Join(",", plan.Calls.Select(planned => planned.Call.Name));
        if (plan.Http is { Assets: { Length: > 0 } assets })
        {
            yield return ProgramMetadata.Assets + string.Join(",", assets.Select(entry => entry.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>What has to be where it runs.</summary>
    private static IEnumerable<string> OfImage(ServerPlan plan)
    {
        ServerSpec spec = plan.Spec;
        string[] endpoints = spec.Listening?.All.ToArray() ?? [];
        IEnumerable<int> ports = spec.Listening is null ? [spec.Port] : endpoints.Where(endpoint => !ListenSpec.IsUnix(endpoint)).Select(Port);
        foreach (int port in ports.Where(port => port != 0).Distinct())
        {
            yield return ProgramMetadata.Port + port.ToString(CultureInfo.InvariantCulture);
        }

        foreach (string path in endpoints.Where(ListenSpec.IsUnix).Select(endpoint => endpoint.Substring(ListenSpec.UnixScheme.Length)).Where(path => path[0] == '/'))
        {
            yield return ProgramMetadata.WritableFolder + path.Substring(0, Math.Max(1, path.LastIndexOf('/')));
        }

        if (plan.Http is not null)
        {
            foreach (RootPlan root in plan.Http.Roots)
            {
                yield return (plan.Http.IsWritten(root) ? ProgramMetadata.WritableFolder : ProgramMetadata.Folder) + root.Path;
            }
        }

        if (spec.HealthCheckPath is not null)
        {
            yield return ProgramMetadata.HealthCheck;
        }
    }

    /// <summary>That of an address, which may have zeros before it.</summary>
    private static int Port(string endpoint) => int.Parse(endpoint.Substring(endpoint.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
}
