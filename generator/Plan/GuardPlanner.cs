using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Decides what requests get that are refused for who sends them.</summary>
internal sealed class GuardPlanner(HttpSpec http, MessageWriter messages, ResponseTable responses)
{
    private readonly List<SecretsSpec> _secrets = new();

    /// <param name="routes">The routes with their responses.</param>
    /// <returns>Null where nothing is guarded.</returns>
    internal GuardsPlan? Plan(IEnumerable<(RouteSpec Route, int Response)> routes)
    {
        if (!http.HasGuards)
        {
            return null;
        }

        AllowFromPlan[] allowFrom = InOrder(http.AllowFrom.Select(guard => guard.Scope)).Select(PlanAllowFrom).ToArray();
        AuthenticationPlan[] authentication = InOrder(http.Authentication.Select(guard => guard.Scope)).Select(PlanAuthentication).ToArray();
        ScopeSpec[] scopes = [.. http.AllowFrom.Select(guard => guard.Scope), .. http.Authentication.Select(guard => guard.Scope)];
        HealthCheckPlan? healthCheck = routes
            .Where(route => route.Route.Response?.WhileEnding is not null && scopes.Any(scope => scope.MayHave(route.Route)))
            .Select(route => new HealthCheckPlan(route.Route.Path, route.Response))
            .FirstOrDefault();
        return new GuardsPlan(new EquatableArray<AllowFromPlan>(allowFrom), new EquatableArray<AuthenticationPlan>(authentication), new EquatableArray<SecretsSpec>(_secrets)) { HealthCheck = healthCheck };
    }

    private static IEnumerable<ScopeSpec> InOrder(IEnumerable<ScopeSpec> scopes) => scopes.Distinct().OrderBy(scope => scope.IsPrefix).ThenByDescending(scope => scope.Path.Count);

    private AllowFromPlan PlanAllowFrom(ScopeSpec scope)
        => new(http.AllowFrom.First(guard => guard.Scope == scope), PatternOf(scope), Add(403));

    /// <summary>Users and tokens of the same requests are alternatives: the 401 names both.</summary>
    private AuthenticationPlan PlanAuthentication(ScopeSpec scope)
    {
        AuthenticationSpec? users = http.Authentication.FirstOrDefault(guard => guard.Scope == scope && !guard.Secrets.AreTokens);
        AuthenticationSpec? tokens = http.Authentication.FirstOrDefault(guard => guard.Scope == scope && guard.Secrets.AreTokens);
        FieldLine[] basic = users is null ? [] : [Challenge($"Basic realm=\"{users.Realm}\", charset=\"UTF-8\"")]; // RFC 7617, section 2.1
        string bearer = $"Bearer realm=\"{tokens?.Realm}\"";
        FieldLine[] missing = [.. basic, .. tokens is null ? Array.Empty<FieldLine>() : [Challenge(bearer)]];
        FieldLine[] wrong = [.. basic, .. tokens is null ? Array.Empty<FieldLine>() : [Challenge(bearer + ", error=\"invalid_token\"")]]; // RFC 6750, section 3.1
        return new AuthenticationPlan(scope, PatternOf(scope), Set(users), Set(tokens), Add(401, missing), Add(401, wrong), Add(429, new FieldLine("Retry-After", Limits.FailureWindowSeconds.ToString(CultureInfo.InvariantCulture))));
    }

    private static FieldLine Challenge(string challenge) => new("WWW-Authenticate", challenge);

    private int? Set(AuthenticationSpec? guard)
    {
        if (guard is null)
        {
            return null;
        }

        if (!_secrets.Contains(guard.Secrets))
        {
            _secrets.Add(guard.Secrets);
        }

        return _secrets.IndexOf(guard.Secrets);
    }

    private int Add(int status, params FieldLine[] fields)
    {
        ResponseSpec? page = http.ErrorPages.FirstOrDefault(page => page.Status == status)?.Response;
        return responses.Add($"{status} {ReasonPhrase.Of(status)}", messages.Error(status, page, allow: null, fields));
    }

    private static string PatternOf(ScopeSpec scope) => HttpPlanner.PathText(scope.Path, default) + (scope.IsPrefix ? "*" : "");
}
