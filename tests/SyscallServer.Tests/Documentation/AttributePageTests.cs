using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SyscallServer.Internal.Contract;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>The tables of docs/attributes.md have every property of every attribute, and what each is by default is what the code says.</summary>
[Trait("Category", "Documents")]
public sealed class AttributePageTests
{
    private static readonly Page Attributes = Page.Read("docs/attributes.md");

    /// <summary>What the column "Of" calls several attributes at once.</summary>
    private static readonly Dictionary<string, Type[]> Groups = new(StringComparer.Ordinal)
    {
        ["routes"] = [typeof(StaticResponseAttribute), typeof(RouteAttribute)],
        ["redirects"] = [typeof(RedirectAttribute)],
        ["pages"] = [typeof(NotFoundAttribute), typeof(ErrorPageAttribute)],
        ["embedded files"] = [typeof(StaticFileAttribute), typeof(StaticFilesAttribute)],
        ["files"] = [typeof(StaticFileAttribute), typeof(StaticFilesAttribute), typeof(FilesAttribute), typeof(UploadAttribute)],
        ["handlers"] = [typeof(RouteAttribute), typeof(GetAttribute), typeof(PostAttribute), typeof(PutAttribute), typeof(DeleteAttribute), typeof(PatchAttribute)],
    };

    /// <summary>What a cell says of a default that is no value of the property: what the server does then.</summary>
    private static readonly string[] InWords =
        ["umask", "with workers", "32; one per CPU", "1024; 65536", "`true` with `[HealthCheck]`", "see [redirects](#redirects)", "every host", "by extension", "the server's page", "the server's", "every method", "GET and POST", "not sent", "16384; 0 for GET and DELETE"];

    private static readonly Type[] All = [.. typeof(TcpServerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Attribute)) && !type.IsAbstract && type.Namespace == "SyscallServer")];

    [Fact]
    public void The_table_of_the_server_has_a_row_for_each_property_and_no_other()
        => Assert.Equal(Settings(typeof(TcpServerAttribute)).Select(property => property.Name).Order(), Attributes.Rows("[TcpServer]").Select(row => row[0].Trim('`')).Order());

    [Fact]
    public void What_a_server_is_by_default_is_what_the_table_says()
    {
        var server = new TcpServerAttribute();
        Assert.All(Attributes.Rows("[TcpServer]"), row => AssertDefault(row[0].Trim('`'), row[1], typeof(TcpServerAttribute).GetProperty(row[0].Trim('`'))!.GetValue(server)));
    }

    /// <summary>These two depend on the engine, so the property itself does not say.</summary>
    [Fact]
    public void The_defaults_of_the_engines_are_those_of_the_limits()
    {
        Dictionary<string, string> defaults = Attributes.Rows("[TcpServer]").ToDictionary(row => row[0].Trim('`'), row => row[1], StringComparer.Ordinal);
        Assert.Equal($"{Limits.PreforkWorkers.Default}; one per CPU", defaults["Workers"]);
        Assert.Equal($"{Limits.ForkConnections.Default}; {Limits.EventLoopConnections.Default}", defaults["MaxConnections"]);
    }

    [Fact]
    public void Every_property_of_every_other_attribute_has_a_row_that_is_of_it()
    {
        IEnumerable<string> properties = All.Where(type => type != typeof(TcpServerAttribute)).SelectMany(type => Settings(type).Select(property => $"{Name(type)}: {property.Name}"));
        IEnumerable<string> rows = Rows().Select(row => $"{Name(row.Type)}: {row.Property}");
        Assert.Equal(properties.Order(), rows.Distinct().Order());
    }

    [Fact]
    public void What_the_others_are_by_default_is_what_the_table_says()
    {
        foreach (IGrouping<(Type Type, string Property), (Type Type, string Property, string Default)> group in Rows().GroupBy(row => (row.Type, row.Property)))
        {
            object? value = group.Key.Type.GetProperty(group.Key.Property)!.GetValue(New(group.Key.Type));
            Assert.All(group, row => AssertDefault($"{Name(row.Type)}: {row.Property}", row.Default, value));
        }
    }

    [Fact]
    public void Every_attribute_that_answers_is_in_the_table_of_those()
    {
        string[] named = [.. Attributes.Rows("What the server answers").Select(row => row[0])];
        Assert.All(All.Where(type => type != typeof(TcpServerAttribute)), type => Assert.Contains(named, cell => cell.Contains($"[{Name(type)}(", StringComparison.Ordinal) || cell.Contains($"[{Name(type)}]", StringComparison.Ordinal)));
    }

    /// <summary>Ranges and defaults are in the comments, too, which editors show.</summary>
    [Theory]
    [InlineData(nameof(TcpServerAttribute.Port), nameof(Limits.Port))]
    [InlineData(nameof(TcpServerAttribute.Backlog), nameof(Limits.Backlog))]
    [InlineData(nameof(TcpServerAttribute.ReadTimeoutSeconds), nameof(Limits.ReadTimeout))]
    [InlineData(nameof(TcpServerAttribute.WriteTimeoutSeconds), nameof(Limits.WriteTimeout))]
    [InlineData(nameof(TcpServerAttribute.IdleTimeoutSeconds), nameof(Limits.IdleTimeout))]
    [InlineData(nameof(TcpServerAttribute.DrainDelaySeconds), nameof(Limits.DrainDelay))]
    [InlineData(nameof(TcpServerAttribute.GracePeriodSeconds), nameof(Limits.GracePeriod))]
    [InlineData(nameof(TcpServerAttribute.MaxTargetBytes), nameof(Limits.TargetBytes))]
    [InlineData(nameof(TcpServerAttribute.MaxHeaderBytes), nameof(Limits.HeaderBytes))]
    [InlineData(nameof(TcpServerAttribute.MaxBodyBytes), nameof(Limits.BodyBytes))]
    [InlineData(nameof(TcpServerAttribute.MaxRequestMemoryBytes), nameof(Limits.RequestMemory))]
    public void The_comment_of_a_number_has_its_range_and_its_default(string property, string limit)
    {
        var range = (Limit)typeof(Limits).GetField(limit, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        XDocument comments = XDocument.Load(System.IO.Path.Combine(AppContext.BaseDirectory, "SyscallServer.xml"));
        string summary = comments.Descendants("member").Single(member => member.Attribute("name")!.Value == $"P:SyscallServer.TcpServerAttribute.{property}").Element("summary")!.Value;
        summary = Regex.Replace(summary, @"\s+", " ");
        Assert.Matches($@"\b{range.Least}( \([^)]*\))? to {range.Greatest}\b", summary);
        Assert.Matches($@"[Dd]efault\s+{range.Default}\b", summary);
    }

    /// <summary>Of pages for errors: what the comment and the page say is what the parser takes.</summary>
    [Fact]
    public void The_errors_that_can_have_a_page_are_those_that_the_comment_and_the_page_of_diagnostics_list()
    {
        XElement remarks = XDocument.Load(System.IO.Path.Combine(AppContext.BaseDirectory, "SyscallServer.xml")).Descendants("member").Single(member => member.Attribute("name")!.Value == "T:SyscallServer.ErrorPageAttribute").Element("remarks")!;
        string row = Page.Read("docs/diagnostics.md").Rows("SYSC038").Single(row => row[0] == "`[ErrorPage]`")[1];
        foreach (string text in new[] { remarks.Value, row })
        {
            Assert.Equal(ErrorPageReader.Errors, Regex.Matches(text, @"\b[45]\d\d\b").Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).Order());
        }
    }

    /// <summary>What users can set: what the constructor takes has no setter.</summary>
    private static IEnumerable<PropertyInfo> Settings(Type attribute) => attribute.GetProperties().Where(property => property.CanWrite);

    private static string Name(Type attribute) => attribute.Name[..^"Attribute".Length];

    /// <summary>The rows of "Their properties", one for each property and attribute.</summary>
    private static IEnumerable<(Type Type, string Property, string Default)> Rows()
    {
        foreach (string[] row in Attributes.Rows("Their properties"))
        {
            string[] properties = [.. row[0].Split(", ").Select(name => name.Trim('`'))];
            string[] groups = row[2].Split("; ");
            for (int i = 0; i < groups.Length; i++)
            {
                string[] defaults = row[1].Split("; ");
                foreach (Type type in groups[i].Split(", ").SelectMany(Of).Distinct())
                {
                    // In a row of several properties each is of its own attribute.
                    foreach (string property in properties.Where(property => properties.Length == 1 || type.GetProperty(property) is not null))
                    {
                        yield return (type, property, groups.Length == defaults.Length ? defaults[i] : row[1]);
                    }
                }
            }
        }
    }

    private static IEnumerable<Type> Of(string name)
        => name == "all"
            ? All.Where(type => type.GetProperty("CacheControl") is not null)
            : Groups.TryGetValue(name, out Type[]? types) ? types : [All.Single(type => $"`[{Name(type)}]`" == name)];

    private static object New(Type attribute)
    {
        ConstructorInfo constructor = attribute.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
    }

    private static void AssertDefault(string name, string cell, object? value)
    {
        string[] right = value switch
        {
            null => ["none"],
            string text => [$"`\"{text}\"`", $"`{text}`"],
            bool truth => [truth ? "`true`" : "`false`"],
            Enum member => [$"`{member}`"],
            ICollection { Count: 0 } => ["none", "`[]`"],
            _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
        };
        bool isNothing = value is null or false or 0 or ICollection { Count: 0 } || name.EndsWith("MaxBodyBytes", StringComparison.Ordinal);
        Assert.True(right.Contains(cell) || (isNothing && InWords.Contains(cell)), $"{name} is {right[0]} by default, and the table says {cell}");
    }
}
