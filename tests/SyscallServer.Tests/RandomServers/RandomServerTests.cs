using System;
using System.Threading.Tasks;
using SyscallServer.Tests.Shared;
using Xunit;
using Xunit.Abstractions;

namespace SyscallServer.Tests.RandomServers;

/// <summary>
/// Servers that a seed decides, with requests made for them. RANDOM_SERVERS says how many (default 1000), RANDOM_SERVERS_FIRST from which seed on, RANDOM_SERVER_SEED which one alone: a failure names its seed.
/// </summary>
public class RandomServerTests(ITestOutputHelper output, PlantedEngine engine) : IClassFixture<PlantedEngine>
{
    private const int Default = 1000;

    /// <summary>How many servers there are to find a fault with.</summary>
    private const int ForFault = 1000;

    /// <summary>And how many show that it is the fault that is found.</summary>
    private const int WithoutFault = 40;

    /// <summary>Where the generator only plans, and does not write, there is nothing to compile: that is fast enough for thousands.</summary>
    [Fact]
    public async Task A_server_answers_by_its_plan_as_its_attributes_say()
    {
        int? seed = Setting.Number("RANDOM_SERVER_SEED");
        string? failure = await RandomBatch.FirstFailureOfPlannedAsync(seed ?? Setting.Number("RANDOM_SERVERS_FIRST") ?? 1, seed is null ? Setting.Number("RANDOM_SERVERS") ?? Default : 1);
        Assert.True(failure is null, failure);
    }

    /// <summary>With each stands the seed that it is looked for from: of a server that finds it, as the servers are made today.</summary>
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("Output.cs", "CapacityOf<TApp>() - TApp.LongestResponse - BlockSize", "CapacityOf<TApp>() - 2048 - BlockSize", 1)]
    [InlineData("EventLoop.cs", "int each = isObserved ? 4 : 2;", "int each = isObserved ? 3 : 1;", 1)]
    [InlineData("AccessLog.cs", "sent - response->BodyStart", "sent", 1)]
    [InlineData("AccessLog.cs", "lines->First += response->Length;", "lines->First += to - line;", 1)]
    [InlineData("HttpConnection.cs", "        TApp.RequestHeadReceived(output, head);\n        BeginBody", "        BeginBody", 1)]
    [InlineData("HttpConnection.cs", "request->Path != null ? TApp.Refuse(request, output) : 0", "0", 5)]
    [InlineData("HttpConnection.cs", "_connection = hasBody ? ConnectionField.Close : ConnectionOf(request->Flags);", "_connection = ConnectionOf(request->Flags);", 5)]
    [InlineData("Secrets.cs", "return found != 0;", "return true;", 5)]
    [InlineData("Authentication.cs", " || lines.Next(name) != null", "", 5)]
    [InlineData("RedirectTable.cs", "line != 0 && line < Found;", "line != 0;", 6)]
    [InlineData("RedirectTable.cs", "(Flags(table + line) & RedirectLine.IsForced) != 0", "false", 6)]
    [InlineData("RedirectTable.cs", "request->PathLength - (request->Path[request->PathLength - 1] == '/' ? 1 : 0)", "request->PathLength", 6)]
    [InlineData("HttpConnection.cs", "TApp.ChoosesNotFound ? OrNotFound<TApp>(request, TApp.Route(request)) : TApp.Route(request)", "TApp.Route(request)", 6)]
    [InlineData("EventLoop.cs", "PendingWrite.SendAtOnce<TKernel>(&pending, descriptor)", "TKernel.sendto(descriptor, pending.Bytes, (nuint)pending.Length, 0, null, 0)", 21)]
    [InlineData("EventLoop.Client.cs", "        TApp.CountedTurnBegan(index);\n        do", "        do", 1)]
    [InlineData("EventLoop.cs", "        TApp.Count(Counted.Accepted, 1);\n", "", 1)]
    [InlineData("PendingWrite.cs", "        CountSent<TApp>(count);\n        return count is", "        return count is", 1)]
    [InlineData("HttpConnection.cs", "TApp.HasActionsWithoutBody && noBody != 0", "false && noBody != 0", 1)]
    [InlineData("HttpConnection.cs", "count == -413 ? _response", "false ? _response", 431)]
    [InlineData("HttpConnection.cs", "TApp.HasPreamble && (TApp.Role & EndpointRole.Preamble) == 0", "false", 1)]
    [InlineData("EventLoop.Client.cs", "            TApp.Role = connection->Role;\n", "", 1)]
    [InlineData("LogText.cs", "and not '\"' and not", "and not", 1)]
    [InlineData("LoggedFields.cs", "int share = (room - names) / 4;", "int share = room - names;", 69)]
    [InlineData("LoggedRequest.cs", "*Texts(request) != 0 ? ", "true ? ", 1)]
    [InlineData("EventLoop.Client.cs", "connection->HasLaterParts = output->Ranges->HasLaterParts;", "connection->HasLaterParts = false;", 1)]
    [InlineData("Multipart.cs", "part->First = origin + range->First;", "part->First = origin;", 1)]
    [InlineData("ByteRange.cs", "canBeParts &= range->Length <= left;", "", 1)]
    [InlineData("FilePages.cs", "ExchangeFile.Close<TKernel>(output->Exchange);", "", 77)]
    [InlineData("FieldSet.cs", "            state->Set = set;\n            Output.Interrupt<TApp>(output);", "            state->Set = set;", 4)]
    [InlineData("HttpConnection.cs", "            FieldSet.Use<TApp>(output, _chunks.FieldSet);\n            FieldSet.Begin<TApp>(output);", "            FieldSet.Use<TApp>(output, _chunks.FieldSet);", 4)]
    [InlineData("HttpConnection.cs", "            _chunks.FieldSet = 0;\n", "", 4)]
    [InlineData("FileRules.cs", "return true;\n            }\n        }\n\n        return false;", "return false;\n            }\n        }\n\n        return false;", 1)]
    [InlineData("FileRules.cs", "return line;", "return null;", 1)]
    [InlineData("Languages.cs", "refused |= 1u << language;", "", 1)]
    [InlineData("Languages.cs", " && (refused & 1u << i) == 0", "", 1)]
    [InlineData("Languages.cs", "weight > Weight.Whole || ", "", 1)]
    [InlineData("Variables.cs", "position = place->End;", "position = place->Start;", 1)]
    [InlineData("BufferPool.cs", "_memory + (nint)buffer * _size", "_memory + (nint)(buffer + 1) * _size", 1)] // there is a page that is not there behind the last one
    public async Task A_planted_fault_is_found(string file, string text, string fault, int first)
    {
        string? failure = await RandomBatch.FirstFailureOfPlannedAsync(first, ForFault, engine.Location, PlantedEngine.NumberOf(file, text, fault));
        Assert.NotNull(failure);
        output.WriteLine(failure[..Math.Min(failure.Length, 1000)]);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Where_none_is_planted_none_is_found()
    {
        string? failure = await RandomBatch.FirstFailureOfPlannedAsync(1, WithoutFault, engine.Location);
        Assert.True(failure is null, failure);
    }
}
