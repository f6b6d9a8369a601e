using SyscallServer.Generator.Model;

namespace SyscallServer.Generator.Plan;

/// <summary>Who may have what. The first of each kind that has a request decides: those of one path come before those of prefixes, and longer prefixes before shorter ones.</summary>
/// <param name="AllowFrom">Where requests may come from.</param>
/// <param name="Authentication">Which need credentials.</param>
/// <param name="Secrets">The sets of secrets.</param>
internal sealed record GuardsPlan(EquatableArray<AllowFromPlan> AllowFrom, EquatableArray<AuthenticationPlan> Authentication, EquatableArray<SecretsSpec> Secrets)
{
    /// <summary>The path of the health check, which is for everybody; null where there is none that a guard would be asked about.</summary>
    internal HealthCheckPlan? HealthCheck { get; init; }
}

/// <summary>The health check: its path, and its entry in the table of responses.</summary>
internal sealed record HealthCheckPlan(EquatableArray<byte> Path, int Response);

/// <summary>Where some requests may come from.</summary>
/// <param name="Spec">The addresses.</param>
/// <param name="Pattern">The path as the user would write it.</param>
/// <param name="Forbidden">The entry for those from elsewhere.</param>
internal sealed record AllowFromPlan(AllowFromSpec Spec, string Pattern, int Forbidden);

/// <summary>The credentials that some requests need.</summary>
/// <param name="Scope">Which requests.</param>
/// <param name="Pattern">The path as the user would write it.</param>
/// <param name="Users">The set of the users; null where there is none.</param>
/// <param name="Tokens">The set of the tokens; likewise.</param>
/// <param name="Missing">The entry for requests without credentials.</param>
/// <param name="Wrong">The entry for those with wrong ones.</param>
/// <param name="TooMany">The entry for them where there were too many.</param>
internal sealed record AuthenticationPlan(ScopeSpec Scope, string Pattern, int? Users, int? Tokens, int Missing, int Wrong, int TooMany);
