using SyscallServer.Generator.Model;
using SyscallServer.Internal.Contract;

namespace SyscallServer.Generator.Plan;

/// <summary>The responses as they lie in the program: what heads have in common is there once. The engine's PlannedResponse says how it reads them.</summary>
/// <param name="Phrases">Where each phrase begins among the bytes, and where the last one ends; the first is code <see cref="PlannedResponse.FirstPhrase"/>.</param>
/// <param name="Responses">The entries of the table.</param>
/// <param name="Parts">All bytes: the phrases, the statuses, the responses.</param>
internal sealed record ResponsePacking(EquatableArray<int> Phrases, EquatableArray<PackedResponse> Responses, EquatableArray<MessagePart> Parts);

/// <summary>Where a response lies.</summary>
/// <param name="Head">Where its coded field lines begin.</param>
/// <param name="Status">Where its status begins.</param>
/// <param name="EntityTag">Where its entity tag begins, from <paramref name="Head"/> on; 0 where there is none, and for a 304.</param>
internal sealed record PackedResponse(int Head, int Status, int EntityTag);

/// <summary>Some of the bytes, one behind the other.</summary>
/// <param name="Title">What they are, for a reader.</param>
/// <param name="Head">The head that they stand for, for a reader; empty where there is none.</param>
/// <param name="Offset">Where they begin among all.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Body">Where among them the body begins, whose lines are shown each by itself if it is text.</param>
/// <param name="Fields">Where among them the field lines begin, behind the time of the last change.</param>
/// <param name="Asset">The entry of the body among the assets, which stands in its place; null where it is none.</param>
internal sealed record MessagePart(string Title, string Head, int Offset, EquatableArray<byte> Bytes, int Body, int Fields, int? Asset);
