using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads what <c>[StaticFiles]</c> and <c>[Files]</c> say of some of their files by patterns.</summary>
internal static class FileRulesReader
{
    internal const string Exclude = "Exclude";
    internal const string CacheRules = "CacheRules";

    /// <summary>The patterns of what is left out of a folder on the disk.</summary>
    internal static EquatableArray<string> ReadExcluded(ServerContent content, AttributeReader attribute)
    {
        var patterns = new List<string>();
        foreach ((string pattern, int index) in attribute.Elements(Exclude).Select((element, index) => (element.Value as string ?? "", index)))
        {
            if (IsPattern(content, attribute, Exclude, index, pattern))
            {
                patterns.Add(pattern);
            }
        }

        return new EquatableArray<string>(patterns);
    }

    /// <summary>The values of Cache-Control for some files: <c>"*.html: no-cache"</c>.</summary>
    /// <param name="content">The server.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="fields">The field lines of the other files.</param>
    internal static EquatableArray<CacheRule> ReadCacheRules(ServerContent content, AttributeReader attribute, IEnumerable<FieldLine> fields)
    {
        var rules = new List<CacheRule>();
        foreach ((string rule, int index) in attribute.Elements(CacheRules).Select((element, index) => (element.Value as string ?? "", index)))
        {
            int colon = rule.IndexOf(':');
            string pattern = rule.Substring(0, colon < 0 ? rule.Length : colon).Trim(' ', '\t');
            string value = rule.Substring(colon + 1).Trim(' ', '\t');
            if (colon < 0 || value.Length == 0)
            {
                content.Problems.Report(Descriptors.InvalidPattern, attribute.LocationOf(CacheRules, index), rule, "write a pattern, a colon and the value of Cache-Control, such as \"*.html: no-cache\"");
            }
            else if (IsPattern(content, attribute, CacheRules, index, pattern) && Fields.IsValue(value, $"\"{rule}\"", attribute.LocationOf(CacheRules, index), content.Problems))
            {
                var parsed = new CacheRule(pattern, value);
                content.Responses.CheckFields(attribute.LocationOf(CacheRules, index), parsed.Apply(fields));
                rules.Add(parsed);
            }
        }

        return new EquatableArray<CacheRule>(rules);
    }

    private static bool IsPattern(ServerContent content, AttributeReader attribute, string setting, int index, string pattern)
    {
        string? mistake = PathPattern.MistakeAtRunTime(pattern);
        if (mistake is not null)
        {
            content.Problems.Report(Descriptors.InvalidPattern, attribute.LocationOf(setting, index), pattern, mistake);
        }

        return mistake is null;
    }
}
