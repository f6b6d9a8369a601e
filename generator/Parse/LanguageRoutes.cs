using System;
using System.Collections.Generic;
using System.Linq;
using SyscallServer.Generator.Diagnostics;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Parse;

/// <summary>Makes one route of several for the same requests that say different languages.</summary>
internal static class LanguageRoutes
{
    internal static void Merge(List<ParsedRoute> routes, Problems problems)
    {
        foreach (ParsedRoute first in routes.Where(route => route.Spec.Response?.Language is not null).ToArray())
        {
            // One without a language may be among them; of two the second is told to be there twice.
            ParsedRoute[] same = [.. routes.Where(route => route.IsSamePlace(first.Spec) && route.Spec.Response?.Language is not null)];
            ParsedRoute? neutral = routes.Find(route => route.IsSamePlace(first.Spec) && route.LanguageLocation is not null && route.Spec.Response is { Language: null });
            if (same.FirstOrDefault() == first && (same.Length > 1 || neutral is not null))
            {
                Merge(routes, [.. same, .. neutral is null ? Array.Empty<ParsedRoute>() : [neutral]], neutral, problems);
            }
        }
    }

    private static void Merge(List<ParsedRoute> routes, ParsedRoute[] all, ParsedRoute? neutral, Problems problems)
    {
        foreach (ParsedRoute again in all.Where(route => route != neutral).GroupBy(route => route.Spec.Response!.Language!.ToLowerInvariant()).SelectMany(same => same.Skip(1)))
        {
            Report(again, $"'{again.Path}' has another file in the language '{again.Spec.Response!.Language}': of two, none could be chosen");
        }

        ParsedRoute[] defaults = [.. all.Where(route => route.IsDefaultLanguage || route == neutral)];
        if (defaults.Length == 0)
        {
            Report(all[0], $"No file of '{all[0].Path}' is for clients that ask for another language: write DefaultLanguage = true for one of them");
        }

        foreach (ParsedRoute other in defaults.Skip(1))
        {
            Report(other, $"'{other.Path}' has two files for clients that ask for another language: one is with DefaultLanguage = true, or the only one without Language");
        }

        if (all.Length > Limits.MaxLanguages)
        {
            Report(all[Limits.MaxLanguages], $"'{all[0].Path}' has files in {all.Length} languages, and {Limits.MaxLanguages} are the most: give each language a path of its own");
        }

        ParsedRoute chosen = defaults.FirstOrDefault() ?? all[0];
        RouteSpec merged = chosen.Spec with { OtherLanguages = new EquatableArray<ResponseSpec>(all.Where(route => route != chosen).Select(route => route.Spec.Response!)) };
        routes[routes.IndexOf(chosen)] = new ParsedRoute(merged.With(response => response with { VariesByLanguage = true }), chosen.PathLocation, chosen.Path) { LanguageLocation = chosen.LanguageLocation };
        routes.RemoveAll(route => route != chosen && all.Contains(route));

        void Report(ParsedRoute route, string mistake) => problems.Report(Descriptors.InvalidLanguage, route.LanguageLocation!, mistake);
    }
}
