using System.Linq;
using System.Text;
using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>Field lines that responses have for the paths of their requests, and for the pages that send them. Each set of lines that can come together has a number.</summary>
/// <param name="Classes">Paths for which the same is said.</param>
/// <param name="Tree">Finds the class of a path, by its index; null where all paths have the first set.</param>
/// <param name="Conditions">Rules that are looked at besides: the hosts and paths that they have.</param>
/// <param name="Policies">What is said of pages of other origins.</param>
/// <param name="Sets">The sets. The first one is for requests whose path is not known, and for paths of no class.</param>
/// <param name="Room">The most bytes that a set adds to a head, with the rest of the last block.</param>
internal sealed record FieldSetsPlan(
    EquatableArray<FieldClassPlan> Classes,
    RouteTree? Tree,
    EquatableArray<FieldRuleSpec> Conditions,
    EquatableArray<CorsSpec> Policies,
    EquatableArray<FieldSetPlan> Sets,
    int Room)
{
    /// <summary>The words of the table (FieldSetTable).</summary>
    internal EquatableArray<int> Words { get; init; }

    /// <summary>The texts of the lines, each there once, with its head.</summary>
    internal EquatableArray<PackedLine> Texts { get; init; }
}

/// <summary>A line among the texts, for which a comment has its name.</summary>
internal sealed record PackedLine(string Name, EquatableArray<byte> Bytes);

/// <summary>Paths for which the same is said.</summary>
/// <param name="Scope">Which.</param>
/// <param name="Pattern">Which, for a reader.</param>
/// <param name="FirstSet">The first of their sets.</param>
/// <param name="Policy">What is said of pages of other origins; -1 where nothing is.</param>
/// <param name="States">How many sets there are for who may ask: 1 without a policy.</param>
/// <param name="Conditions">The rules that are looked at besides. For the first one, the sets come once more, and so on.</param>
internal sealed record FieldClassPlan(ScopeSpec Scope, string Pattern, int FirstSet, int Policy, int States, EquatableArray<int> Conditions);

/// <summary>Lines that come together.</summary>
/// <param name="Name">When, for a reader.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Preflight">The entry of the response to a preflight; 0 where it is for none.</param>
internal sealed record FieldSetPlan(string Name, EquatableArray<PlannedLine> Lines, int Preflight)
{
    internal int Length => Lines.Sum(line => line.Text.Length);
}

/// <summary>A line.</summary>
/// <param name="Kind">One of FieldSetTable's.</param>
/// <param name="Line">The line.</param>
internal sealed record PlannedLine(byte Kind, FieldLine Line)
{
    /// <summary>As it is sent.</summary>
    internal byte[] Text => Encoding.ASCII.GetBytes($"{Line.Name}: {Line.Value}\r\n");
}
