using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>Reads <c>[BasicAuth]</c>, <c>[BearerAuth]</c> and <c>[AllowFrom]</c>.</summary>
internal static class GuardReader
{
    private const string Methods = "Methods";
    private const int DigestDigits = 64;

    internal static void ReadUsers(ServerContent content, AttributeReader attribute, INamedTypeSymbol type) => ReadAuthentication(content, attribute, "Users", "UsersFile", "UserHashes");

    internal static void ReadTokens(ServerContent content, AttributeReader attribute, INamedTypeSymbol type) => ReadAuthentication(content, attribute, "Tokens", "TokensFile", "TokenHashes");

    internal static void ReadAllowFrom(ServerContent content, AttributeReader attribute, INamedTypeSymbol type)
    {
        RoutePath? path = RoutePath.Read(attribute.Has("Path") ? attribute.Text("Path") : "/*", attribute.LocationOf("Path"), content.Settings.MaxTargetBytes, content.Problems);
        TypedConstant[] elements = [.. attribute.Elements("addresses")];
        var blocks = new List<byte>();
        bool hasUnixSockets = false;
        for (int i = 0; i < elements.Length; i++)
        {
            string text = elements[i].Value as string ?? "";
            if (text == ListenSpec.UnixScheme)
            {
                hasUnixSockets = true;
            }
            else if (TrustedProxiesReader.Block(text) is { } block)
            {
                blocks.AddRange(block);
            }
            else
            {
                content.Problems.Report(Descriptors.InvalidAllowedAddress, attribute.LocationOfParams(i), text);
            }
        }

        if (elements.Length == 0)
        {
            content.Problems.Report(Descriptors.InvalidAllowedAddress, attribute.Location, "");
        }

        Add(content, attribute, path, scope => new AllowFromSpec(scope, new EquatableArray<byte>(blocks), hasUnixSockets));
    }

    private static void ReadAuthentication(ServerContent content, AttributeReader attribute, string variable, string file, string hashes)
    {
        string realm = attribute.Text("realm") ?? "";
        if (realm.Length is 0 or > Limits.RealmLength || realm.Any(character => character is < ' ' or > '~' or '"' or '\\'))
        {
            content.Problems.Report(Descriptors.InvalidRealm, attribute.LocationOf("realm"), realm.Length > Limits.RealmLength ? realm.Substring(0, Limits.RealmLength) + "..." : string.Concat(realm.Select(Shown)), Limits.RealmLength);
        }

        var secrets = new SecretsSpec(variable[0] == 'T', ReadVariable(content, attribute, variable), ReadFile(content, attribute, file), ReadHashes(content, attribute, hashes));
        if (!attribute.Has(variable) && !attribute.Has(file) && attribute.Elements(hashes).Length == 0)
        {
            content.Problems.Report(Descriptors.NoSecrets, attribute.Location, variable.ToLowerInvariant(), variable, file, hashes);
        }

        Add(content, attribute, attribute.Path(content), scope => new AuthenticationSpec(scope, realm, secrets));
    }

    private static string Shown(char character) => character is < ' ' or '\u007F' ? $"\\u{(int)character:X4}" : character.ToString();

    /// <summary>Whether a text can be the name of a variable of the environment in every shell (POSIX, section 8.1).</summary>
    internal static bool IsVariable(string? name)
        => !string.IsNullOrEmpty(name) && name![0] is not (>= '0' and <= '9') && name.All(character => character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_');

    private static string? ReadVariable(ServerContent content, AttributeReader attribute, string setting)
    {
        string? name = attribute.Text(setting);
        if (attribute.Has(setting) && !IsVariable(name))
        {
            // It may be a secret that somebody has written here: then it is not said again.
            content.Problems.Report(Descriptors.InvalidSecretSource, attribute.LocationOf(setting), setting, "the name of a variable of the environment: letters, digits and '_', such as \"ADMIN_USERS\". What the variable has is said when the server is started, and no secret stands in the program");
        }

        return name;
    }

    private static string? ReadFile(ServerContent content, AttributeReader attribute, string setting)
    {
        string? path = attribute.Text(setting);
        if (attribute.Has(setting) && (string.IsNullOrEmpty(path) || path!.Length > 4000 || path.Contains("\0") || Grammar.IndexOfLoneSurrogate(path) >= 0 || (path[0] != '/' && path.Contains("/"))))
        {
            content.Problems.Report(Descriptors.InvalidSecretSource, attribute.LocationOf(setting), setting, "a file: write an absolute path, such as \"/run/secrets/admin_users\", or the name of a credential of the service, without a slash");
        }

        return path;
    }

    private static EquatableArray<EquatableArray<byte>> ReadHashes(ServerContent content, AttributeReader attribute, string setting)
    {
        var digests = new List<EquatableArray<byte>>();
        string[] hashes = [.. attribute.Elements(setting).Select(element => element.Value as string ?? "")];
        for (int i = 0; i < hashes.Length; i++)
        {
            if (hashes[i].Length != DigestDigits || !hashes[i].All(digit => digit is >= '0' and <= '9' or >= 'a' and <= 'f' or >= 'A' and <= 'F'))
            {
                content.Problems.Report(Descriptors.InvalidSecretSource, attribute.LocationOf(setting, i), setting, "64 hexadecimal digits: the SHA-256 of a secret, as sha256sum writes it");
                continue;
            }

            digests.Add(new EquatableArray<byte>(Enumerable.Range(0, DigestDigits / 2).Select(at => Convert.ToByte(hashes[i].Substring(2 * at, 2), 16))));
        }

        return new EquatableArray<EquatableArray<byte>>(digests);
    }

    private static void Add(ServerContent content, AttributeReader attribute, RoutePath? path, Func<ScopeSpec, GuardSpec> guard)
    {
        string[] methods = [.. attribute.Elements(Methods).Select((element, i) => RouteArguments.CheckMethod(content, element.Value as string ?? "", attribute.LocationOf(Methods, i)))];
        if (path is not null)
        {
            var scope = new ScopeSpec(new EquatableArray<byte>(path.Bytes), path.IsPrefix, new EquatableArray<string>(RouteArguments.Methods.Where(methods.Contains)));
            content.Guards.Add(new ParsedGuard(guard(scope), attribute, path.Text));
        }
    }
}
