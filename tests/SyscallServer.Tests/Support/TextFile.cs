using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SyscallServer.Tests.Support;

/// <summary>A text file that the project file names with AdditionalFiles.</summary>
internal sealed class TextFile(string name, string text) : AdditionalText
{
    /// <summary>Where the project is.</summary>
    internal static readonly (string Name, string Value) Project = ("ProjectDir", "/project/");

    /// <summary>The same for the compiler.</summary>
    internal static Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptionsProvider Options => new GeneratorRun.ProjectProperties([Project]);

    /// <summary>How often it was read.</summary>
    internal int Reads { get; private set; }

    public override string Path => "/project/" + name;

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        Reads++;
        return SourceText.From(text);
    }
}
