using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.RandomServers;

/// <summary>An engine with all faults of <see cref="RandomServerTests"/> in it, compiled when the first test asks for it. Which of them it has is said to the process that runs it: see <see cref="Variable"/>.</summary>
public sealed class PlantedEngine : IDisposable
{
    /// <summary>The environment variable with the number of the fault, from 1 on.</summary>
    internal const string Variable = "PLANTED_FAULT";

    private static readonly List<Fault> Faults = [.. typeof(RandomServerTests).GetMethod(nameof(RandomServerTests.A_planted_fault_is_found))!.GetCustomAttributes<InlineDataAttribute>()
        .Select(attribute => attribute.GetData(null!).Single())
        .Select(data => new Fault((string)data[0], (string)data[1], (string)data[2]))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("syscallserver-planted-");
    private readonly Lazy<string> _location;

    public PlantedEngine() => _location = new Lazy<string>(Compile);

    /// <summary>The assembly.</summary>
    internal string Location => _location.Value;

    /// <summary>The number of a fault.</summary>
    internal static int NumberOf(string file, string text, string mutation) => Faults.IndexOf(new Fault(file, text, mutation)) + 1;

    public void Dispose() => _folder.Delete(recursive: true);

    private string Compile()
    {
        string[] files = [.. Repository.Sources("runtime")
            .Where(name => !name.StartsWith("Freestanding/", StringComparison.Ordinal) || name == "Freestanding/FreestandingKernel.cs")];
        Assert.All(Faults, fault => Assert.Single(files, path => Path.GetFileName(path) == fault.File));
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        Version version = typeof(TcpServerAttribute).Assembly.GetName().Version!;
        string attributes = $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]\n[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{typeof(PlantedEngine).Assembly.GetName().Name}\")]";

        // What another generator would write; the .NET runtime's own marshalling does the same.
        IEnumerable<string> sources = files.Select(file => PlantedFaults.Plant(Path.GetFileName(file), File.ReadAllText(Repository.Path("runtime", file)), Faults)
            .Replace("[LibraryImport(", "[DllImport(", StringComparison.Ordinal)
            .Replace(", StringMarshalling = StringMarshalling.Utf8", ", CharSet = CharSet.Ansi", StringComparison.Ordinal)
            .Replace("private static partial ", "private static extern ", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "SyscallServer",
            sources.Append(attributes).Append(PlantedFaults.SwitchOf(Variable)).Select(source => CSharpSyntaxTree.ParseText(source, options)),
            GeneratorRun.Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        string location = Path.Combine(_folder.FullName, "SyscallServer.dll");
        var result = compilation.Emit(location);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return location;
    }
}
