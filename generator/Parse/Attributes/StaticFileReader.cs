using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[StaticFile]</c>.</summary>
internal static class StaticFileReader
{
    internal static void Read(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = attribute.Path(content);
        string host = attribute.Host(content);
        FileReference file = attribute.File(content, "file", isFolder: false);
        ResponseSpec response = content.Responses.OfFile(attribute, file.Path, path is { IsPrefix: false } ? path.Text : "") with
        {
            Variables = Variables(content, attribute),
            Language = Language(content, attribute),
        };
        if (response.Language is not null && Fields.Has(response.Fields, LanguageField))
        {
            content.Problems.Report(Descriptors.FieldTwice, attribute.LocationOf("Language"), LanguageField, "Language");
        }

        if (path is not null)
        {
            content.Routes.Add(new ParsedRoute(
                path.Route(host, "GET", response with { Reference = file }), attribute.LocationOf("path"), path.Text)
            {
                LanguageLocation = attribute.Has("Language") ? attribute.LocationOf("Language") : attribute.Location,
                IsDefaultLanguage = attribute.Flag("DefaultLanguage", false),
            });
        }
    }

    private const string LanguageField = "Content-Language";

    /// <summary>A language (RFC 5646): parts of one to eight letters and digits, of which the first has letters.</summary>
    private static string? Language(ServerContent content, AttributeReader attribute)
    {
        string? language = attribute.Text("Language");
        if (attribute.Has("Language") && (language is null || !language.Split('-').All(IsSubtag) || !language.Split('-')[0].All(IsLetter)))
        {
            string instead = language?.Contains("_") == true ? $"write a hyphen: \"{language.Replace('_', '-')}\"" : "write it as in <html lang>, such as \"de\" or \"pt-BR\"";
            content.Problems.Report(Descriptors.InvalidLanguage, attribute.LocationOf("Language"), $"\"{language}\" is not the tag of a language: {instead}");
        }

        return language;

        static bool IsSubtag(string part) => part.Length is > 0 and <= 8 && part.All(character => IsLetter(character) || character is >= '0' and <= '9');

        static bool IsLetter(char character) => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
    }

    /// <summary>The variables that are filled in when the server starts.</summary>
    private static EquatableArray<string> Variables(ServerContent content, AttributeReader attribute)
    {
        var names = new List<string>();
        foreach ((string name, int index) in attribute.Elements("Variables").Select((element, index) => (element.Value as string ?? "", index)))
        {
            string? mistake = !GuardReader.IsVariable(name) ? "it is not the name of a variable of the environment: letters, digits and '_', such as \"API_URL\""
                : names.Contains(name) ? "it is named twice"
                : content.Guards.Exists(guard => guard.Spec is AuthenticationSpec { Secrets.Variable: { } secret } && secret == name) ? "it has the secrets of a guard, and everybody who gets the file would get them"
                : null;
            if (mistake is not null)
            {
                content.Problems.Report(Descriptors.InvalidVariable, attribute.LocationOf("Variables", index), name, mistake);
            }

            names.Add(name);
        }

        return new EquatableArray<string>(names);
    }
}
