using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Generator.Plan;

namespace SyscallServer.Generator.Emit.Features;

/// <summary>Writes what refuses requests for who sends them: where the secrets are, what reads them, and the member of the app that the engine asks.</summary>
internal static class GuardEmitter
{
    private const string Secrets = "EngineFeatures::Secrets";
    private const string Field = "s_secrets";
    private const string Request = "EngineHttp::RequestHead";
    private const string Output = "EngineHttp::Output";
    private const string Method = "EngineApi::HttpMethod";

    private static IEnumerable<SecretsSpec> SetsOf(ServerPlan plan) => plan.Http?.Guards?.Secrets ?? Enumerable.Empty<SecretsSpec>();

    private static string[] Variables(ServerPlan plan) => [.. SetsOf(plan).Select(set => set.Variable).OfType<string>().Distinct()];

    /// <summary>The names of the variables that it reads.</summary>
    internal static IEnumerable<string> Names(ServerPlan plan)
        => [.. Variables(plan), .. SetsOf(plan).Any(set => set.File?.StartsWith("/", StringComparison.Ordinal) == false) ? ["CREDENTIALS_DIRECTORY"] : Array.Empty<string>()];

    /// <summary>Where the secrets are, and what reads them.</summary>
    internal static void EmitField(SourceWriter writer, ServerPlan plan)
    {
        SecretsSpec[] sets = SetsOf(plan).ToArray();
        if (sets.Length == 0)
        {
            return;
        }

        string[] variables = Variables(plan);
        // Those in the program have their place before any others are counted.
        string[] steps =
        [
            .. sets.SelectMany((set, index) => set.Digests.Select(digest => $"{Secrets}.Add({Field}, set: {index}, {ByteLiteral.Of([.. digest])})")),
            .. sets.Select((set, index) => set.Variable is null ? null : $"{Secrets}.ReadVariable<TKernel, Settings>({Field}, set: {index}, {Kind(set)}, argv, {Literal(set.Variable)})").OfType<string>(),
            .. sets.Select((set, index) => set.File is null ? null : $"{Secrets}.ReadFile<TKernel, Settings>({Field}, set: {index}, {Kind(set)}, argv, {Literal(set.File)})").OfType<string>(),
        ];
        writer.WriteLines($"""
            /// <summary>Who may come in: the digests of users with their passwords, and of tokens.</summary>
            private static {Secrets}* {Field};

            /// <summary>Reads the secrets, before there is anybody who could ask.</summary>
            private static bool OpenSecrets<TKernel>(byte** argv)
                where TKernel : struct, EngineKernel::IKernel
            """);
        using (writer.WriteBlock())
        {
            writer.WriteLines($"bool isGood = {string.Join("\n    && ", steps.Prepend($"{Secrets}.Open<TKernel, Settings>(out {Field})"))};");
            foreach (string variable in variables)
            {
                writer.WriteLines($"{Secrets}.Forget(argv, {Literal(variable)});");
            }

            writer.WriteLines("return isGood;");
        }

        writer.WriteLine();
    }

    private static string Kind(SecretsSpec set) => "areTokens: " + (set.AreTokens ? "true" : "false");

    private static string Literal(string text) => ByteLiteral.Of(Encoding.UTF8.GetBytes(text));

    /// <summary>What ends a start without secrets, as it ends one with wrong arguments; empty where none are needed.</summary>
    internal static string Open(ServerPlan plan)
        => !SetsOf(plan).Any() ? "" : """
            if (!OpenSecrets<TKernel>(argv))
            {
                return EngineStartup::CommandLine.UsageError;
            }


            """;

    /// <summary>The members that the engine asks.</summary>
    internal static void EmitApp(SourceWriter writer, HttpPlan http, string app)
    {
        GuardsPlan guards = http.Guards ?? new GuardsPlan(default, default, default);
        string[] steps =
        [
            .. guards.AllowFrom.Count > 0 ? ["AllowFrom(request, output)"] : Array.Empty<string>(),
            .. http.FieldSets?.Policies.Count > 0 ? [$"EngineHttp::FieldSet.PreflightOf<{app}>(output)"] : Array.Empty<string>(), // which has no credentials
            .. guards.Authentication.Count > 0 ? ["Authenticate(request)"] : Array.Empty<string>(),
        ];
        if (steps.Length == 0)
        {
            return;
        }

        writer.WriteLines($"""
            /// <summary>Some requests are refused for who sends them{(http.FieldSets?.Policies.Count > 0 ? ", or answered before that is asked" : "")}.</summary>
            public static bool HasGuards => true;

            public static int Refuse({Request}* request, {Output}* output)
            """);
        using (writer.WriteBlock())
        {
            EmitHealthCheck(writer, guards);
            EmitSteps(writer, steps);
        }

        writer.WriteLine();
        EmitGuards(
            writer,
            "Where requests may come from.",
            $"private static int AllowFrom({Request}* request, {Output}* output)",
            guards.AllowFrom.Select(guard => (guard.Spec.Scope, guard.Pattern, AllowFrom(guard))).ToArray());
        EmitGuards(
            writer,
            "Who may send them.",
            $"private static int Authenticate({Request}* request)",
            guards.Authentication.Select(guard => (guard.Scope, guard.Pattern, Authenticate(guard))).ToArray());
    }

    /// <summary>The first of the steps that has an answer gives it.</summary>
    private static void EmitSteps(SourceWriter writer, string[] steps)
    {
        for (int i = 0; i < steps.Length - 1; i++)
        {
            writer.WriteLines(i == 0
                ? $"int refusal = {steps[0]};"
                : $$"""
                    if (refusal == 0)
                    {
                        refusal = {{steps[i]}};
                    }

                    """);
        }

        string last = steps[steps.Length - 1];
        writer.WriteLines(steps.Length == 1 ? $"return {last};" : $"return refusal != 0 ? refusal : {last};");
    }

    /// <summary>The route decides, and not the path alone: a virtual host may have something else there.</summary>
    private static void EmitHealthCheck(SourceWriter writer, GuardsPlan guards)
    {
        if (guards.HealthCheck is { } check)
        {
            writer.WriteLines($$"""
                // The health check is for everybody: who asks for it has no secrets, and learns none.
                if (EngineHttp::PathScope.Is({{ByteLiteral.Of(check.Path.ToArray())}}, request) && Route(request) == {{check.Response}})
                {
                    return 0;
                }

                """);
        }
    }

    private static void EmitGuards(SourceWriter writer, string summary, string declaration, (ScopeSpec Scope, string Pattern, string Refusal)[] guards)
    {
        if (guards.Length == 0)
        {
            return;
        }

        writer.WriteLines($"/// <summary>{summary}</summary>\n{declaration}");
        using (writer.WriteBlock())
        {
            foreach ((ScopeSpec scope, string pattern, string refusal) in guards.TakeWhile(guard => !guard.Scope.HasAll))
            {
                writer.WriteLines($$"""
                    if ({{Condition(scope)}}) // {{pattern}}
                    {
                        return {{refusal}};
                    }

                    """);
            }

            writer.WriteLines($"return {guards.FirstOrDefault(guard => guard.Scope.HasAll).Refusal ?? "0"};");
        }

        writer.WriteLine();
    }

    private static string Condition(ScopeSpec scope)
    {
        string path = $"EngineHttp::PathScope.{(scope.IsPrefix ? "IsBelow" : "Is")}({ByteLiteral.Of(scope.Path.ToArray())}, request)";
        string methods = string.Join(" or ", scope.Methods.Select(method => $"{Method}.{RouterEmitter.Pascal(method)}" + (method == "GET" ? $" or {Method}.Head" : "")));
        return methods.Length == 0 ? path
            : scope.Path.Count == 1 && scope.IsPrefix ? $"request->Method is {methods}"
            : $"request->Method is {methods} && {path}";
    }

    private static string AllowFrom(AllowFromPlan guard)
        => FormattableString.Invariant($"EngineFeatures::AllowedClients.Have<TKernel, App<TKernel>>(request, output, {(guard.Spec.Blocks.Count == 0 ? "default" : ByteLiteral.Of([.. guard.Spec.Blocks]))}, hasUnixSockets: {(guard.Spec.HasUnixSockets ? "true" : "false")}) ? 0 : {guard.Forbidden}");

    private static string Authenticate(AuthenticationPlan guard)
        => FormattableString.Invariant($"EngineFeatures::Authentication.Refuse<TKernel>({Field}, request, users: {Set(guard.Users)}, tokens: {Set(guard.Tokens)}, missing: {guard.Missing}, wrong: {guard.Wrong}, tooMany: {guard.TooMany})");

    private static string Set(int? set) => set?.ToString(CultureInfo.InvariantCulture) ?? "EngineFeatures::Authentication.None";
}
