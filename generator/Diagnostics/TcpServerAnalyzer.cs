using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SyscallServer.Generator.Parse;
using SyscallServer.Generator.Parse.Attributes;

namespace SyscallServer.Generator.Diagnostics;

/// <summary>Says what is wrong with a server's declaration. It reads it with the generator's own parser.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TcpServerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var servers = new ConcurrentBag<INamedTypeSymbol>();
            var files = new Lazy<ProjectFiles>(() => Files(start.Options, start.CancellationToken));
            start.RegisterSymbolAction(symbol => AnalyzeType(symbol, files, servers), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => AnalyzeProgram(end, servers));
        });
    }

    private static ProjectFiles Files(AnalyzerOptions options, CancellationToken cancellationToken)
    {
        string folder = ProjectTextReader.FolderOf(options.AnalyzerConfigOptionsProvider.GlobalOptions);
        return new ProjectFiles(ManifestReader.Read(options.AdditionalFiles, cancellationToken), name => ProjectTextReader.Find(options.AdditionalFiles, folder, name, cancellationToken));
    }

    private static void AnalyzeType(SymbolAnalysisContext context, Lazy<ProjectFiles> files, ConcurrentBag<INamedTypeSymbol> servers)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!ServerParser.IsServer(type, context.CancellationToken))
        {
            AttributeReader? response = AttributeReader.All(type, context.CancellationToken).FirstOrDefault(attribute => AttributeTable.IsResponse(attribute.Name))
                ?? ServerMembers.Constants(type, context.CancellationToken).Select(member => member.Route)
                    .Concat(ServerMembers.Handlers(type, context.CancellationToken).Select(handler => handler.Route)).FirstOrDefault();
            if (response is not null)
            {
                context.ReportDiagnostic(new Problem(Descriptors.ResponseWithoutServer, response.Location, type.Name).ToDiagnostic());
            }

            return;
        }

        servers.Add(type);
        ServerParser.Parse(type, context.Compilation, files.Value, context.CancellationToken, out IReadOnlyList<Problem> problems);
        foreach (Problem problem in problems.Where(problem => !problem.IsOfGenerator))
        {
            context.ReportDiagnostic(problem.ToDiagnostic());
        }
    }

    private static void AnalyzeProgram(CompilationAnalysisContext context, ConcurrentBag<INamedTypeSymbol> servers)
    {
        if (servers.Count < 2 || !ProgramParser.NeedsEntryPoint(context.Compilation, context.CancellationToken))
        {
            return;
        }

        foreach (INamedTypeSymbol server in servers)
        {
            Location location = AttributeReader.All(server, AttributeTable.TcpServer, context.CancellationToken).First().Location;
            context.ReportDiagnostic(new Problem(Descriptors.SeveralEntryPoints, location, servers.Count, server.Name).ToDiagnostic());
        }
    }
}
