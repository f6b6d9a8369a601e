using System.Collections.Generic;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Writes what is said of some files of a folder on the disk in the form of the engine's FileRules.</summary>
internal static class FileRulesPlanner
{
    /// <summary>Adds it to a plan, whose field lines then have Cache-Control last. A server in which another folder has some has it for each, if it is empty.</summary>
    internal static FilesPlan With(FilesSpec files, FilesPlan plan)
    {
        if (files.Excluded.Count + files.CacheRules.Count == 0)
        {
            return plan;
        }

        string[] lines = [.. plan.Fields.Split('\n').Skip(1).Select(line => "\r\n" + line.TrimEnd('\r'))];
        string cacheControl = string.Concat(lines.Where(IsCacheControl));
        string others = string.Concat(lines.Where(line => !IsCacheControl(line)));
        var rules = new List<byte> { (byte)(cacheControl.Length & 0x7F), (byte)(cacheControl.Length >> 7) }; // so all of it is text
        rules.AddRange(files.Excluded.SelectMany(Compile));
        rules.Add(0);
        string[] values = [.. files.CacheRules.Select(rule => $"\r\n{FieldLine.CacheControl}: {rule.Value}")];
        for (int i = 0; i < values.Length; i++)
        {
            rules.AddRange(Compile(files.CacheRules[i].Pattern));
            rules.AddRange(Encoding.ASCII.GetBytes(values[i] + "\0"));
        }

        rules.Add(0);
        return plan with { Fields = others + cacheControl, Rules = new EquatableArray<byte>(rules), LongestRule = values.Select(value => value.Length).DefaultIfEmpty().Max() };
    }

    /// <summary>What a folder without any has in a server in which another has some.</summary>
    internal static readonly byte[] None = [0, 0, 0, 0];

    /// <summary>A pattern as the engine has it: <see cref="PatternToken"/>, with the NUL at its end.</summary>
    internal static byte[] Compile(string pattern)
    {
        string path = pattern.TrimEnd('/');
        var tokens = new StringBuilder(path.IndexOf('/') < 0 && path != "**" ? Token(PatternToken.AnyFolders) : "");
        bool isOfFolders = path.Length < pattern.Length;
        string[] segments = path.Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            bool isLast = i == segments.Length - 1;
            tokens.Append(segments[i] == "**"
                ? !isLast ? Token(PatternToken.AnyFolders) : isOfFolders ? Token(PatternToken.AnyFolders) + Token(PatternToken.Star) : Token(PatternToken.Everything)
                : segments[i].Replace('*', (char)PatternToken.Star).Replace('?', (char)PatternToken.Character) + (isLast ? "" : "/"));
        }

        if (isOfFolders)
        {
            tokens.Append((char)PatternToken.Folder);
        }

        return Encoding.UTF8.GetBytes(tokens.Append('\0').ToString());

        static string Token(byte token) => ((char)token).ToString();
    }

    private static bool IsCacheControl(string line) => line.StartsWith($"\r\n{FieldLine.CacheControl}:", System.StringComparison.OrdinalIgnoreCase);
}
