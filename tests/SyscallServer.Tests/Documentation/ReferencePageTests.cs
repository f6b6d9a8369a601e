using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Documentation;

/// <summary>
/// docs/reference.md is written by this test: of each attribute what its comments say, what its properties are by default, and from where to where its numbers go (<c>Limits</c>, as <see cref="DiagnosticPageTests"/> lists them).
/// SNAPSHOTS=accept writes it.
/// </summary>
[Trait("Category", "Documents")]
public sealed partial class ReferencePageTests
{
    private const string Introduction =
        """
        # Reference

        Every attribute with all of its properties, as an editor shows them: a test writes this page from
        the comments in the code, and from the limits that the compiler checks. [Attributes](attributes.md)
        explains them by what they are for. A number that is out of range is [an
        error](diagnostics.md#sysc003).

        """;

    /// <summary>Numbers that are no quantity: a status is one of a list, which its comment has. The others have a limit that is told with them.</summary>
    private static readonly string[] WithoutRange = ["Status", "Upload.MaxBodyBytes"];

    private static readonly Type[] Exported = [.. typeof(TcpServerAttribute).Assembly.GetExportedTypes().Where(type => type.Namespace == "SyscallServer")];

    /// <summary>[TcpServer] comes first, what several have in common last.</summary>
    private static readonly Type[] Attributes = [.. Exported.Where(type => type.IsSubclassOf(typeof(Attribute))).OrderBy(type => (type != typeof(TcpServerAttribute), type.IsAbstract)).ThenBy(type => type.Name, StringComparer.Ordinal)];

    private static readonly Dictionary<string, XElement> Comments = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "SyscallServer.xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    [Fact]
    public void The_page_has_what_the_comments_and_the_limits_say()
    {
        var page = new StringBuilder(Introduction);
        foreach (Type attribute in Attributes)
        {
            Write(page, attribute);
        }

        foreach (Type values in Attributes.SelectMany(attribute => attribute.GetProperties()).Select(property => property.PropertyType).Where(type => type.IsEnum).Distinct())
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {values.Name}\n\n{Text(CommentOf("T:" + values.FullName), "summary")}\n\n| Value | Meaning |\n| --- | --- |\n");
            foreach (string value in Enum.GetNames(values))
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{value}` | {Text(CommentOf($"F:{values.FullName}.{value}"), "summary")} |\n");
            }
        }

        Snapshot.VerifyFile(page.ToString(), Repository.Path("docs", "reference.md"));
    }

    /// <summary>So that none is left without its range, neither here nor in the error.</summary>
    [Fact]
    public void Every_number_of_an_attribute_has_a_range()
    {
        IEnumerable<string> numbers = from attribute in Attributes
                                      from property in attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                                      where property.CanWrite && (property.PropertyType == typeof(int) || property.PropertyType == typeof(long)) && RangeOf(attribute, property.Name).Length == 0
                                      select $"{NameOf(attribute)}.{property.Name}";
        Assert.DoesNotContain(numbers, number => !WithoutRange.Any(name => number == name || number.EndsWith("." + name, StringComparison.Ordinal)));
    }

    private static void Write(StringBuilder page, Type attribute)
    {
        XElement comment = CommentOf("T:" + attribute.FullName);
        string heading = attribute.IsAbstract ? $"Shared: {NameOf(attribute)}" : $"[{NameOf(attribute)}]";
        page.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n{Text(comment, "summary")}\n");
        foreach (string paragraph in Remarks(comment))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{paragraph}\n");
        }

        string[] rows = [.. Arguments(attribute), .. Properties(attribute)];
        if (rows.Length > 0)
        {
            page.Append("\n| Name | Type | Default | Range | Meaning |\n| --- | --- | --- | --- | --- |\n").AppendJoin("", rows);
        }

        if (attribute.BaseType is { } shared && shared != typeof(Attribute))
        {
            page.Append(CultureInfo.InvariantCulture, $"\nFurther properties: [{NameOf(shared)}](#shared-{NameOf(shared).ToLowerInvariant()}).\n");
        }
    }

    private static IEnumerable<string> Arguments(Type attribute)
    {
        foreach (ConstructorInfo constructor in attribute.GetConstructors().Where(constructor => constructor.GetParameters().Length > 0))
        {
            string name = $"M:{attribute.FullName}.#ctor({string.Join(',', constructor.GetParameters().Select(parameter => IdOf(parameter.ParameterType)))})";
            foreach (ParameterInfo parameter in constructor.GetParameters())
            {
                string meaning = Markdown(CommentOf(name).Elements("param").Single(element => element.Attribute("name")!.Value == parameter.Name));
                yield return $"| `{parameter.Name}` | {TypeOf(parameter.ParameterType)} | argument | | {meaning} |\n";
            }
        }
    }

    private static IEnumerable<string> Properties(Type attribute)
    {
        object? instance = attribute.IsAbstract ? null : New(attribute);
        foreach (PropertyInfo property in attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(property => property.CanWrite).OrderBy(property => property.MetadataToken))
        {
            XElement comment = CommentOf($"P:{attribute.FullName}.{property.Name}");
            string[] ranges = RangeOf(attribute, property.Name);
            string defaults = ranges.Length > 0 ? string.Join("; ", DefaultsOf(attribute, property.Name)) : instance is null ? DefaultOf(Inheriting(property)) : DefaultOf(property.GetValue(instance));
            yield return $"| `{property.Name}` | {TypeOf(property.PropertyType)} | {defaults} |{string.Concat(" ", string.Join("; ", ranges)).TrimEnd()} | {string.Join("<br>", [Text(comment, "summary"), .. Remarks(comment)])} |\n";
        }
    }

    /// <summary>What all attributes that have it from an abstract one say, if they agree.</summary>
    private static object? Inheriting(PropertyInfo property)
        => Attributes.Where(type => !type.IsAbstract && type.IsSubclassOf(property.DeclaringType!)).Select(type => type.GetProperty(property.Name)!.GetValue(New(type))).Distinct().ToArray() is [var single] ? single : Missing.Value;

    private static string[] RangeOf(Type attribute, string property)
        => [.. LimitsOf(attribute, property).Select(number => $"{number.Limit.Least} to {number.Limit.Greatest}")];

    private static IEnumerable<string> DefaultsOf(Type attribute, string property) => LimitsOf(attribute, property).Select(number => number.Limit.Default.ToString(CultureInfo.InvariantCulture));

    /// <summary>By the names in the table of SYSC003: of an attribute, of handlers, and otherwise of the server; several for the engines.</summary>
    private static IEnumerable<DiagnosticPageTests.Number> LimitsOf(Type attribute, string property)
        => DiagnosticPageTests.Numbers.Where(number => number.Setting.StartsWith($"`{property}`", StringComparison.Ordinal) && OwnersOf(number.Setting).Contains(attribute));

    private static IEnumerable<Type> OwnersOf(string setting)
        => setting.EndsWith(" of a handler", StringComparison.Ordinal) ? [typeof(HandlerAttribute), typeof(RouteAttribute)]
            : OfAttribute().Match(setting) is { Success: true } match ? Attributes.Where(type => NameOf(type) == match.Groups[1].Value)
            : [typeof(TcpServerAttribute)];

    private static string NameOf(Type attribute) => attribute.Name[..^"Attribute".Length];

    private static object New(Type attribute)
    {
        ConstructorInfo constructor = attribute.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)]);
    }

    private static string DefaultOf(object? value) => value switch
    {
        null or ICollection { Count: 0 } => "none",
        Missing => "differs",
        string text => $"`\"{text}\"`",
        bool truth => truth ? "`true`" : "`false`",
        Enum member => $"`{member}`",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string IdOf(Type type) => type.FullName!;

    private static string TypeOf(Type type)
        => type.IsEnum ? $"[{type.Name}](#{type.Name.ToLowerInvariant()})"
            : type.IsArray ? TypeOf(type.GetElementType()!) + "[]"
            : Type.GetTypeCode(type) switch { TypeCode.String => "string", TypeCode.Boolean => "bool", TypeCode.Int32 => "int", TypeCode.Int64 => "long", TypeCode.Byte => "byte", _ => type.Name };

    private static XElement CommentOf(string member) => Comments.TryGetValue(member, out XElement? comment) ? comment : throw new InvalidOperationException($"{member} has no comment");

    private static string Text(XElement comment, string part) => Markdown(comment.Element(part)!);

    /// <summary>The paragraphs of the remarks, without the lists and the code in them.</summary>
    private static IEnumerable<string> Remarks(XElement comment)
    {
        XElement? remarks = comment.Element("remarks");
        return remarks is null ? [] : (remarks.Elements("para").Any() ? remarks.Elements("para") : [remarks]).Select(Markdown);
    }

    private static string Markdown(XElement comment)
    {
        var text = new StringBuilder();
        foreach (XNode node in comment.Nodes())
        {
            text.Append(node switch
            {
                XText words => Special().Replace(words.Value, @"\$0"),
                XElement { Name.LocalName: "c" or "paramref" } code => Code(code.Attribute("name")?.Value ?? code.Value),
                XElement { Name.LocalName: "see" } reference => Code(NameOf(reference)),
                XElement { Name.LocalName: "list" } list => string.Join(" · ", list.Elements("item").Select(item => Markdown(item.Element("description")!))),
                XElement other => Markdown(other),
                _ => "",
            });
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>What a reference shows: of an attribute its name in brackets, of a member its last name.</summary>
    private static string NameOf(XElement reference)
    {
        string name = (reference.Attribute("langword") ?? reference.Attribute("cref"))!.Value;
        string last = name.Split('(')[0].Split('.')[^1];
        return name.StartsWith("T:SyscallServer.", StringComparison.Ordinal) && last.EndsWith("Attribute", StringComparison.Ordinal) ? $"[{last[..^"Attribute".Length]}]" : last;
    }

    private static string Code(string text) => $"`{text.Replace("|", "\\|", StringComparison.Ordinal)}`";

    [GeneratedRegex(@" of `\[(\w+)\]`$")]
    private static partial Regex OfAttribute();

    [GeneratedRegex(@"[\\`*_<>|\[\]]")]
    private static partial Regex Special();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
