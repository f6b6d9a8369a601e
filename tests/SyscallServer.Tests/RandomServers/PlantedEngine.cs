using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.RandomServers;

/// <summary>An engine in which a fault was planted.</summary>
internal sealed class PlantedEngine : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-planted-");

    private PlantedEngine()
    {
    }

    /// <summary>The assembly.</summary>
    internal string Location => Path.Combine(_folder.FullName, "SyscallServer.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Compiles the engine with a fault in it.</summary>
    internal static PlantedEngine Compile(string file, string text, string fault)
    {
        string[] files = [.. Repository.Sources("runtime")
            .Where(name => !name.StartsWith("Freestanding/", StringComparison.Ordinal) || name == "Freestanding/FreestandingKernel.cs")];
        string planted = Assert.Single(files, path => Path.GetFileName(path) == file);
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        Version version = typeof(TcpServerAttribute).Assembly.GetName().Version!;
        string attributes = $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{typeof(PlantedEngine).Assembly.GetName().Name}\")]";
        IEnumerable<string> sources = files.Select(other =>
        {
            string source = File.ReadAllText(Repository.Path("runtime", other));
            if (other == planted)
            {
                PlantedFaults.RequireOnce(file, source, text);
                source = source.Replace(text, fault, StringComparison.Ordinal);
            }

            // What another generator would write; the .NET runtime's own marshalling does the same.
            return source.Replace("[LibraryImport(", "[DllImport(", StringComparison.Ordinal)
                .Replace(", StringMarshalling = StringMarshalling.Utf8", ", CharSet = CharSet.Ansi", StringComparison.Ordinal)
                .Replace("private static partial ", "private static extern ", StringComparison.Ordinal);
        });
        var compilation = CSharpCompilation.Create(
            "SyscallServer",
            sources.Append(attributes).Select(source => CSharpSyntaxTree.ParseText(source, options)),
            GeneratorRun.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        var engine = new PlantedEngine();
        var result = compilation.Emit(engine.Location);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return engine;
    }
}
