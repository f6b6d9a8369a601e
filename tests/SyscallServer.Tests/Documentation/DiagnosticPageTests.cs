extern alias Generator;

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SyscallServer.Tests.Support;
using Xunit;
using Limit = Generator::SyscallServer.Internal.Contract.Limit;
using Limits = Generator::SyscallServer.Internal.Contract.Limits;

namespace SyscallServer.Tests.Documentation;

/// <summary>
/// docs/diagnostics.md is written by people as to what it explains, and by this test as to what the code says itself: the order, the list at the top, the title, severity and message of each, and the table of numbers.
/// SNAPSHOTS=accept writes these anew.
/// </summary>
[Trait("Category", "Documents")]
public sealed partial class DiagnosticPageTests
{
    /// <summary>What the build says, which has no descriptors. A test below looks for them where they are reported.</summary>
    private static readonly Entry[] OfTheBuild =
    [
        new("SYSC101", DiagnosticSeverity.Error, "The program is published for a platform that is not supported", null),
        new("SYSC102", DiagnosticSeverity.Error, "The program needs the .NET runtime, as the AOT compiler or the linker has found", null),
        new("SYSC103", DiagnosticSeverity.Error, "The assets cannot be embedded", null),
        new("SYSC104", DiagnosticSeverity.Warning, "An asset is left out", null),
        new("SYSC105", DiagnosticSeverity.Error, "Two assets have the same path", null),
        new("SYSC106", DiagnosticSeverity.Warning, "The version of the AOT compiler is not known", null),
        new("SYSC107", DiagnosticSeverity.Error, "An AOT compiler whose version is not known has failed", null),
        new("SYSC108", DiagnosticSeverity.Error, "The AOT compiler has failed", null),
        new("SYSC109", DiagnosticSeverity.Error, "The executable cannot be linked", null),
        new("SYSC110", DiagnosticSeverity.Error, "The image cannot be written", null),
        new("SYSC111", DiagnosticSeverity.Error, "There is no such layout", null),
        new("SYSC112", DiagnosticSeverity.Error, "The seccomp profile cannot be written", null),
    ];

    /// <summary>The numbers that SYSC003 is about, as its table has them.</summary>
    internal static readonly Number[] Numbers =
    [
        new("`Port`", Limits.Port, "0: the kernel chooses"),
        new("`Backlog`", Limits.Backlog, "connections that wait to be accepted"),
        new("`Workers` with `Prefork`", Limits.PreforkWorkers, "processes; 0 stands for the default"),
        new("`Workers` with `EventLoop`", Limits.EventLoopWorkers, "processes; 0 stands for one per CPU"),
        new("`MaxConnections` with `Fork`", Limits.ForkConnections, "connections at the same time; 0 stands for the default"),
        new("`MaxConnections` with `EventLoop`", Limits.EventLoopConnections, "connections at the same time; 0 stands for the default"),
        new("`ReadTimeoutSeconds`", Limits.ReadTimeout, "seconds"),
        new("`WriteTimeoutSeconds`", Limits.WriteTimeout, "seconds"),
        new("`IdleTimeoutSeconds`", Limits.IdleTimeout, "seconds"),
        new("`DrainDelaySeconds`", Limits.DrainDelay, "seconds"),
        new("`GracePeriodSeconds`", Limits.GracePeriod, "seconds"),
        new("`MaxTargetBytes`", Limits.TargetBytes, "bytes; RFC 9112, section 3, recommends at least 8000"),
        new("`MaxHeaderBytes`", Limits.HeaderBytes, "bytes"),
        new("`MaxBodyBytes`", Limits.BodyBytes, "bytes; 0 allows no body"),
        new("`MaxBodyBytes` of a handler", Limits.HandlerBodyBytes, "bytes; 0 is the default of GET and DELETE"),
        new("`MaxResponseBytes` of a handler", Limits.HandlerResponseBytes, "bytes"),
        new("`MaxAge` of `[Cors]`", Limits.CorsMaxAge, "seconds; without it the field is not sent"),
        new("`MaxRequestMemoryBytes`", Limits.RequestMemory, "bytes, in each process of an event loop"),
    ];

    [Fact]
    public void The_page_has_what_the_code_says_of_each_diagnostic()
    {
        string path = Repository.Path("docs", "diagnostics.md");
        string[] parts = SectionStart().Split(File.ReadAllText(path));
        Dictionary<string, string> sections = parts.Skip(1).ToDictionary(part => part[..part.IndexOf('\n', StringComparison.Ordinal)].Trim(), part => part[part.IndexOf('\n', StringComparison.Ordinal)..].Trim('\n'), StringComparer.Ordinal);
        Entry[] entries = [.. Descriptors.All.Select(Of).Concat(OfTheBuild).OrderBy(entry => entry.Id, StringComparer.Ordinal)];
        Assert.Equal(entries.Select(entry => entry.Id), sections.Keys.Order(StringComparer.Ordinal));

        var page = new StringBuilder();
        page.Append(List().Replace(parts[0], "").TrimEnd()).Append("\n\n| Id | Severity | What is wrong |\n| --- | --- | --- |\n");
        foreach (Entry entry in entries)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{entry.Id}](#{entry.Id.ToLowerInvariant()}) | {entry.Severity} | {entry.Title} |\n");
        }

        foreach (Entry entry in entries)
        {
            string explanation = Frame().Replace(sections[entry.Id], "", 1);
            page.Append(CultureInfo.InvariantCulture, $"\n## {entry.Id}\n\n**{entry.Severity}: {entry.Title}.**{(entry.Message is null ? "" : $"\n`{entry.Message}`")}\n\n{explanation}\n");
        }

        string text = NumberTable().Replace(page.ToString(), $"| property | from | to | default | unit |\n| --- | ---: | ---: | ---: | --- |\n{string.Concat(Numbers.Select(Row))}", 1);
        Snapshot.VerifyFile(text, path);
    }

    /// <summary>As the compiler prints an id, and as the link to it has it. The status is one that browsers do not keep, so that a diagnostic may have a page of its own one day.</summary>
    [Fact]
    public void The_site_has_a_path_for_each_diagnostic()
    {
        IEnumerable<string> ids = Descriptors.All.Select(descriptor => descriptor.Id).Concat(OfTheBuild.Select(entry => entry.Id)).Order(StringComparer.Ordinal);
        string lines = string.Concat(ids.SelectMany(id => new[] { id.ToLowerInvariant(), id }.Select(spelling => $"/diagnostics/{spelling} /diagnostics#{id.ToLowerInvariant()}\n")));
        Snapshot.VerifyFile($"# Written by DiagnosticPageTests: a path for each diagnostic.\n{lines}", Repository.Path("sample", "Docs", "_redirects"));
    }

    /// <summary>By the elements of the project files and the calls of the build's steps: what is reported is listed above, as what it is.</summary>
    [Fact]
    public void What_the_build_reports_is_what_the_page_lists()
    {
        string projects = string.Concat(Directory.GetFiles(Repository.Path("runtime", "buildTransitive")).Select(File.ReadAllText));
        IEnumerable<string> steps = Repository.Sources("tasks").SelectMany(source => File.ReadLines(Repository.Path("tasks", source)));
        IEnumerable<(string, string)> reported = ReportedByProject().Matches(projects).Select(match => (match.Groups[2].Value, match.Groups[1].Value))
            .Concat(steps.Where(line => ReportedByStep().IsMatch(line)).Select(line => (ReportedByStep().Match(line).Groups[1].Value, line.Contains("Warning", StringComparison.Ordinal) ? "Warning" : "Error")));
        Assert.Equal(OfTheBuild.Select(entry => (entry.Id, entry.Severity.ToString())), reported.Distinct().Order());
    }

    [Fact]
    public void Every_number_with_limits_is_in_the_table_of_numbers()
        => Assert.Empty(typeof(Limits).GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(Limit) && field.Name is not (nameof(Limits.AccessLog) or nameof(Limits.AccessLogFormat)))
            .Where(field => !Numbers.Any(number => number.Limit.Equals((Limit)field.GetValue(null)!)))
            .Select(field => field.Name));

    private static string Row(Number number)
        => $"| {number.Setting} | {number.Limit.Least} | {number.Limit.Greatest} | {number.Limit.Default} | {number.Unit} |\n";

    private static Entry Of(DiagnosticDescriptor descriptor)
        => new(descriptor.Id, descriptor.DefaultSeverity, descriptor.Title.ToString(CultureInfo.InvariantCulture), Placeholder().Replace(descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), "…").Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));

    /// <summary>A number that is checked, and its unit.</summary>
    internal sealed record Number(string Setting, Limit Limit, string Unit);

    /// <summary>What the code says of a diagnostic: its message, where it has one, with an ellipsis for each name that it will have in it.</summary>
    private sealed record Entry(string Id, DiagnosticSeverity Severity, string Title, string? Message);

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex(@"(?:^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex List();

    [GeneratedRegex(@"\A\*\*(?:Error|Warning): .*\n(?:`.*`\n)?\n")]
    private static partial Regex Frame();

    [GeneratedRegex(@"\| property \| from \| to .*\n(?:\|.*\n)+")]
    private static partial Regex NumberTable();

    [GeneratedRegex(@"(?<!\{)\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("<(Error|Warning) Code=\"(SYSC[0-9]+)\"")]
    private static partial Regex ReportedByProject();

    [GeneratedRegex("\"(SYSC[0-9]+)\"")]
    private static partial Regex ReportedByStep();
}
