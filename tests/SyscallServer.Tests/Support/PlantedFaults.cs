using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>A fault to plant in a source file: there, the text is replaced by the mutation.</summary>
internal sealed record Fault(string File, string Text, string Mutation);

/// <summary>
/// Sources with all faults in them at once, of which a number chooses one at run time. Behind each method with a fault stands a copy that has it, and the method begins with going to that copy where it is the one that is chosen.
/// </summary>
internal static class PlantedFaults
{
    internal const int None = 0;

    internal const string TypeName = "SyscallServer.Tests.Support.PlantedFault";

    internal const string FieldName = "Number";

    /// <summary>The source of what says which fault is chosen: its place in the list, from 1 on.</summary>
    internal const string Switch = $"namespace SyscallServer.Tests.Support; public static class PlantedFault {{ public static int {FieldName}; }}";

    /// <summary>The same where an environment variable says it to the process, for as long as that lives.</summary>
    internal static string SwitchOf(string variable)
        => $"namespace SyscallServer.Tests.Support; internal static class PlantedFault {{ internal static readonly int {FieldName} = int.Parse(System.Environment.GetEnvironmentVariable(\"{variable}\") ?? \"0\"); }}";

    /// <summary>Plants those faults that are of the file.</summary>
    internal static string Plant(string file, string source, List<Fault> faults)
    {
        var changes = new List<TextChange>();
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        foreach (IGrouping<MethodDeclarationSyntax, int> planted in Enumerable.Range(0, faults.Count).Where(i => faults[i].File == file).GroupBy(i => Method(root, source, faults[i])))
        {
            MethodDeclarationSyntax method = planted.Key;
            string choices = string.Concat(planted.Select(i => Choice(method, i + 1)));
            changes.Add(method.ExpressionBody is { } body
                ? new TextChange(TextSpan.FromBounds(body.SpanStart, method.Span.End), $"{{ {choices} {(IsVoid(method) ? "" : "return ")}{body.Expression}; }}")
                : new TextChange(new TextSpan(method.Body!.OpenBraceToken.Span.End, 0), choices));
            changes.Add(new TextChange(new TextSpan(method.Span.End, 0), string.Concat(planted.Select(i => "\n" + Copy(source, method, faults[i], i + 1)))));
        }

        return SourceText.From(source).WithChanges(changes.OrderBy(change => change.Span.Start)).ToString();
    }

    /// <summary>Requires that a text is there, and once: otherwise the list of faults is not up to date.</summary>
    internal static void RequireOnce(string file, string source, string text)
        => Assert.True(source.Split(text).Length == 2, $"{file} has this not once, so the list of faults is not up to date: {text}");

    /// <summary>The method that a fault is in.</summary>
    private static MethodDeclarationSyntax Method(SyntaxNode root, string source, Fault fault)
    {
        RequireOnce(fault.File, source, fault.Text);
        var span = new TextSpan(source.IndexOf(fault.Text, StringComparison.Ordinal), fault.Text.Length);
        MethodDeclarationSyntax? method = root.DescendantNodes().OfType<MethodDeclarationSyntax>().SingleOrDefault(method => method.Span.Contains(span));
        Assert.True(method is not null, $"{fault.File}: this is in no method: {fault.Text}");
        return method;
    }

    private static string Name(MethodDeclarationSyntax method, int number) => $"{method.Identifier.Text}_with_fault_{number}";

    private static bool IsVoid(MethodDeclarationSyntax method) => method.ReturnType is PredefinedTypeSyntax type && type.Keyword.IsKind(SyntaxKind.VoidKeyword);

    private static string Choice(MethodDeclarationSyntax method, int number)
    {
        string types = method.TypeParameterList is { } list ? $"<{string.Join(", ", list.Parameters.Select(parameter => parameter.Identifier.Text))}>" : "";
        string arguments = string.Join(", ", method.ParameterList.Parameters.Select(parameter => $"{string.Join(' ', parameter.Modifiers)} {parameter.Identifier.Text}"));
        string call = $"{Name(method, number)}{types}({arguments});";
        return $" if ({TypeName}.{FieldName} == {number}) {{ {(IsVoid(method) ? $"{call} return;" : $"return {call}")} }}";
    }

    private static string Copy(string source, MethodDeclarationSyntax method, Fault fault, int number)
    {
        var copy = new StringBuilder(source, method.SpanStart, method.Span.Length, capacity: method.Span.Length);
        copy.Remove(method.Identifier.SpanStart - method.SpanStart, method.Identifier.Span.Length).Insert(method.Identifier.SpanStart - method.SpanStart, Name(method, number));
        return copy.Replace(fault.Text, fault.Mutation).ToString();
    }
}
