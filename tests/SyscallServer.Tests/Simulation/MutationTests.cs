using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.Tests.Simulation;

/// <summary>
/// Whether the simulated worlds find faults: the engines and the worlds are compiled anew with all of them, one is chosen, and some world must object.
/// </summary>
[Trait("Category", "Slow")]
public class MutationTests
{
    /// <summary>How many worlds there are to find a fault in.</summary>
    private const int Schedules = 4000;

    /// <summary>And how many show that nothing is found because of the way in which faults are planted. The same worlds, and many more, are run with the engine itself by their own tests.</summary>
    private const int SchedulesWithoutFault = 400;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    /// <summary>What faults are planted in.</summary>
    private static readonly string[] EngineFiles = ["EventLoop.cs", "EventLoop.Client.cs", "Supervisor.cs", "HttpChild.cs", "Connection.cs", "PreforkWorker.cs", "ForkParent.cs", "ExchangeFile.cs", "FileResponse.cs", "FileTransfer.cs", "PendingWrite.cs", "Shortage.cs", "Endpoint.cs", "Endpoint.Listener.cs", "Endpoints.cs", "EndpointRoles.cs", "ServiceManager.cs", "SocketFolder.cs"];

    private static readonly List<Fault> Faults = ReadFaults();

    private static readonly Lazy<Func<string, int, int, string?>> Run = new(Compile);

    [Theory]
    [InlineData("EventLoop", "EventLoop.Client.cs", "List(connection->Waiting).Remove(_connections, index);\n        ReturnInput(connection);", "List(connection->Waiting).Remove(_connections, index);")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "            _buffers.Return<TKernel>(connection->OutputBuffer);\n            connection->OutputBuffer = BufferPool.None;", "            connection->OutputBuffer = BufferPool.None;")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "TApp.KeepRequest(OutputPointer, _buffers.Address(connection->RequestBuffer));", "*(int*)_buffers.Address(connection->RequestBuffer) = 0;")]
    [InlineData("EventLoop", "EventLoop.cs", "TApp.ClientCame(ClientAt(index), client);", "")]
    [InlineData("EventLoop", "EventLoop.cs", "EndBatch();", "")]
    [InlineData("HttpChild", "HttpChild.cs", "TApp.BatchEnded<TKernel>(&child->Output, signals, child->Http.IsStopping);", "")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "            TellKeptSent(index, isOver: true);\n", "")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "TellKeptSent(index, isOver: false);", "")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "long left = Unsent(index);\n        while", "long left = 0;\n        while")]
    [InlineData("EventLoop", "EventLoop.cs", "            TellEnd();\n", "")]
    [InlineData("HttpChild", "PendingWrite.cs", "TApp.OutputSent(output, total - Left<TApp>(&pending, output), isOver: true);", "TApp.OutputSent(output, total, isOver: true);")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "_ = TKernel.close(connection->Descriptor);", "")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "return Rewatch(index, Linux.EPOLLOUT);", "return true;")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "if (Rewatch(index, Linux.EPOLLIN) && connection->InputLength > 0)", "if (connection->InputLength > 0)")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "if (Rewatch(index, Linux.EPOLLIN) && connection->InputLength > 0)", "if (!Rewatch(index, Linux.EPOLLIN))")]
    [InlineData("EventLoop", "PendingWrite.cs", "pending->_body.iov_len -= (nuint)(count - taken);", "pending->_body.iov_len = 0;")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "Buffer.MemoryCopy(pending.Bytes,", "Buffer.MemoryCopy(output->Buffer,")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "else if (count == 0 && connection->IsInRequest)", "else if (count == -1)")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "if (connection->Waiting == waiting && connection->Since == _now)", "if (connection->Waiting == waiting)")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "Wait(index, Waiting.Lingering);", "")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "if (connection->ClientEnded || connection->Http.IsOver || TKernel.shutdown(connection->Descriptor, Linux.SHUT_WR) < 0)", "if (true)")]
    [InlineData("EventLoop", "EventLoop.cs", "if (connection->Descriptor >= 0 && !connection->IsWatched)", "if (false)")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "if (waitedForWriting)", "if (false)")]
    [InlineData("EventLoop", "EventLoop.cs", "> (uint)timeout)", ">= (uint)timeout)")]
    [InlineData("EventLoop", "EventLoop.cs", "            Serve(index);\n            if (list.First != index", "            if (list.First != index")]
    [InlineData("EventLoop", "EventLoop.cs", "return (int)ticks;", "Tick((int)ticks);\n        return (int)ticks;")]
    [InlineData("EventLoop", "EventLoop.cs", "_connections[index].Http.Stop();", "")]
    [InlineData("EventLoop", "EventLoop.cs", "Accept(listener, int.MaxValue);", "")]
    [InlineData("EventLoop", "EventLoop.cs", "if (!_endpoints->ArePassed && !_hasEnded)", "")]
    [InlineData("EventLoop", "EventLoop.cs", "            _isAccepting = false;\n            UnwatchListeners(_endpoints->Count);\n        }", "        }")]
    [InlineData("EventLoop", "EventLoop.cs", "if ((accept & 1u << i) != 0)", "if (i == 0)")]
    [InlineData("EventLoop", "EventLoop.cs", "endpoint->IsShared ? Linux.EPOLLIN | Linux.EPOLLEXCLUSIVE : Linux.EPOLLIN", "Linux.EPOLLIN")]
    [InlineData("EventLoop", "EventLoop.cs", "        CloseSilent();\n            _graceLeft", "        _graceLeft")]
    [InlineData("EventLoop", "EventLoop.cs", "or Waiting.Reading && !connection->IsInRequest;", "or Waiting.Reading;")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "if (patience != Patience.Unchanged)", "if (true)")]
    [InlineData("EventLoop", "EventLoop.cs", "if (_count == 0 && _isAccepting && !_isStopping)", "if (_isAccepting && !_isStopping)")]
    [InlineData("EventLoop", "EventLoop.cs", "time.it_value = WriteDate(); // which stood still", "time.it_value = Clock.Now<TKernel>();")]
    [InlineData("EventLoop", "EventLoop.cs", "StartTimer(); // which the kernel has not forgotten, but it is late or early now", "")]
    [InlineData("EventLoop", "EventLoop.cs", "            time.it_value.tv_nsec = 0;", "")]
    [InlineData("EventLoop", "EventLoop.cs", "if (!_isStopping)\n        {\n            time.it_value.tv_nsec = 0;", "if (true)\n        {\n            time.it_value.tv_nsec = 0;")]
    [InlineData("EventLoop", "EventLoop.cs", "_output.DateChanged();", "")]
    [InlineData("EventLoop", "EventLoop.cs", "        ResumeAccepting();\n        if (_count == 0", "        if (_count == 0")]
    [InlineData("EventLoop", "EventLoop.cs", "UnwatchListeners(_endpoints->Count);\n            WakeTimer();", "WakeTimer();")]
    [InlineData("EventLoop", "EventLoop.cs", "if (_count == _maxConnections && !CloseOldest())", "if (_count == _maxConnections)")]
    [InlineData("Listen", "Endpoint.Listener.cs", "result >= 0 && endpoint->HasFile ? SocketFolder.Lock<TKernel>(endpoint->Path) : -1", "-1")]
    [InlineData("Listen", "Endpoint.Listener.cs", "            RemoveFile<TKernel>(endpoint);\n", "")]
    [InlineData("Listen", "Endpoint.Listener.cs", "_ = TKernel.close(folder);", "")]
    [InlineData("Listen", "SocketFolder.cs", " && i < Tries", "")]
    [InlineData("Supervisor", "Supervisor.cs", "while ((pid = (int)TKernel.wait4", "if ((pid = (int)TKernel.wait4")]
    [InlineData("Supervisor", "Supervisor.cs", "status == ExitedWithOne && ", "")]
    [InlineData("Supervisor", "Supervisor.cs", "status == ExitedWithOne && worker->StartAt == 0", "status == ExitedWithOne")]
    [InlineData("Supervisor", "Supervisor.cs", "status == ExitedWithOne && worker->StartAt == 0", "false")]
    [InlineData("Supervisor", "Supervisor.cs", "_ = TKernel.kill(Workers[i].Pid, Linux.SIGKILL);", "")]
    [InlineData("Supervisor", "Supervisor.cs", "worker->StartAt = now + worker->Pause;", "worker->StartAt = now;")]
    [InlineData("Supervisor", "Supervisor.cs", "worker->StartAt = now + FirstPause;", "")]
    [InlineData("Supervisor", "Supervisor.cs", "if (pid < 0 && AcceptErrors.IsFatal(pid))", "if (false)")]
    [InlineData("Supervisor", "Supervisor.cs", "Abandon<TKernel>(MessageNumber.Fork, pid);", "_exitCode = 1;\n            _deadline = 0;")]
    [InlineData("Supervisor", "Supervisor.cs", "CloseListeners<TKernel>(kept: worker);", "")]
    [InlineData("Supervisor", "Supervisor.cs", "_endpoints->First[i].Descriptor = worker->Listeners[i];", "")]
    [InlineData("Supervisor", "Supervisor.cs", "if (kept == null || !(_endpoints->First[i].IsShared || kept == Workers + j))", "if (kept != Workers + j)")]
    [InlineData("Supervisor", "Supervisor.cs", "(!TServer.RunsUserCode || TKernel.SignalForwarder != 0) && ", "")]
    [InlineData("Supervisor", "Supervisor.cs", " || TKernel.SignalForwarder != 0", "")]
    [InlineData("Supervisor", "Supervisor.cs", "(int)TKernel.getppid() != _pid", "false")]
    [InlineData("Supervisor", "Supervisor.cs", "_deadline = 0; // the second one: at once", "")]
    [InlineData("HttpChild", "Connection.cs", "result == -Errno.EAGAIN && waits", "false")]
    [InlineData("HttpChild", "Connection.cs", "result > 0 ? !waits : ", "result > 0 ? false : ")]
    [InlineData("PreforkWorker", "HttpChild.cs", "int grace = left - (child->Timeout - Grace);", "int grace = left;")]
    [InlineData("PreforkWorker", "HttpChild.cs", "int grace = left - (child->Timeout - Grace);", "int grace = 0;")]
    [InlineData("PreforkWorker", "HttpChild.cs", "next = next == Event.Timeout ? Event.Interrupted : next;", "next = next is Event.Timeout or Event.Others ? Event.Interrupted : next;")]
    [InlineData("HttpChild", "HttpChild.cs", "Output.Copy(input, position, length);", "")]
    [InlineData("HttpChild", "PendingWrite.cs", "pending->_bytes.iov_len -= (nuint)taken;", "pending->_bytes.iov_len = 0;")]
    [InlineData("HttpChild", "HttpChild.cs", "while (written && consumed != 0 && length != 0);", "while (false);")]
    [InlineData("HttpChild", "HttpChild.cs", "Linger<TKernel, TApp, TServer>(child, input, capacity);", "")]
    [InlineData("HttpChild", "HttpChild.cs", "if (count == -Errno.EAGAIN && flags != 0)", "if (false)")]
    [InlineData("HttpChild", "HttpChild.cs", "else if (patience == Patience.RestOfRequest)", "else if (true)")]
    [InlineData("EventLoop", "PendingWrite.cs", "return result is > 0 or", "return result is >= 0 or")]
    [InlineData("HttpChild", "FileTransfer.cs", "exchange->Remaining = wanted - count;", "exchange->Remaining = 0;")]
    [InlineData("HttpChild", "Connection.cs", "return result > 0 || result == -Errno.EINTR;", "return result > 0;")]
    [InlineData("HttpChild", "Connection.cs", "return result > 0 ||", "return result >= 0 ||")]
    [InlineData("EventLoop", "ExchangeFile.cs", "exchange->Remaining = 0;\n            _ = TKernel.close(exchange->File);", "exchange->Remaining = 0;")]
    [InlineData("EventLoop", "ExchangeFile.cs", " || (exchange->Use & FileUse.IsInParts) != 0", "")]
    [InlineData("EventLoop", "ExchangeFile.cs", "TKernel.read(file, to, (nuint)length) != (nint)length", "TKernel.read(file, to, (nuint)length) < 0")]
    [InlineData("EventLoop", "ExchangeFile.cs", "        _ = TKernel.close(file);\n", "")]
    [InlineData("HttpChild", "FileTransfer.cs", "if ((exchange->Use & FileUse.IsInParts) == 0)", "if (true)")]
    [InlineData("HttpChild", "PendingWrite.cs", "            ExchangeFile.Close<TKernel>(exchange);\n", "")]
    [InlineData("PreforkWorker", "PendingWrite.cs", "left += Multipart.Left(ref position);", "")]
    [InlineData("EventLoop", "PendingWrite.cs", "*hasLaterParts = part->Length != 0;", "*hasLaterParts = false;")]
    [InlineData("EventLoop", "PendingWrite.cs", "return result is > 0 or -Errno.EAGAIN or -Errno.EINTR;", "return result is > 0 or -Errno.EINTR;")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "ExchangeFile.Close<TKernel>(ExchangeOf(index));", "")]
    [InlineData("PreforkWorker", "HttpChild.cs", "ExchangeFile.Close<TKernel>(child->Output.Exchange);", "")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "_ = TKernel.close(connection);", "")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "Ending after = HttpChild", "Ending after = ending;\n        _ = HttpChild")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "if (ending == Ending.Stopping)", "if (true)")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "_ = TKernel.poll(null, 0, ShortagePause);", "")]
    [InlineData("PreforkWorker", "Shortage.cs", "shortage->_next = second + Pause;", "")]
    [InlineData("EventLoop", "Shortage.cs", "bool isDue = second >= shortage->_next;", "bool isDue = false;")]
    [InlineData("EventLoop", "Shortage.cs", "shortage->_next = second + Pause;", "")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "TApp.BatchEnded<TKernel>(OutputPointer, _signals, _isStopping)", "TApp.BatchEnded<TKernel>(OutputPointer, -1, _isStopping)")]
    [InlineData("EventLoop", "EventLoop.Client.cs", "TApp.BatchEnded<TKernel>(OutputPointer, _signals, _isStopping)", "TApp.BatchEnded<TKernel>(OutputPointer, _signals, false)")]
    [InlineData("HttpChild", "HttpChild.cs", "TApp.BatchEnded<TKernel>(&child->Output, signals, child->Http.IsStopping);", "TApp.BatchEnded<TKernel>(&child->Output, signals, false);")]
    [InlineData("PreforkWorker", "HttpChild.cs", "TApp.ObserverEnded<TKernel>(&child->Output);", "")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "memory, ending, epoll);", "memory, Ending.None, epoll);")]
    [InlineData("EventLoop", "EventLoop.cs", "_connections[index].Http.Drain();", "")]
    [InlineData("EventLoop", "EventLoop.cs", "            connection->Http.Drain();", "")]
    [InlineData("EventLoop", "EventLoop.cs", "_ = TKernel.alarm(_isAlone ? delay : delay + Supervisor.AlarmAfterDelay);", "")]
    [InlineData("EventLoop", "EventLoop.cs", "return !_isAlone;", "return true;")]
    [InlineData("EventLoop", "EventLoop.cs", "return !_isAlone;", "return false;")]
    [InlineData("EventLoop", "EventLoop.cs", "if (signal == Linux.SIGALRM)", "if (false)")]
    [InlineData("Supervisor", "Supervisor.cs", " || IsDraining)\n            {", ")\n            {")]
    [InlineData("Supervisor", "Supervisor.cs", "        Tell<TKernel>(Linux.SIGTERM);", "")]
    [InlineData("Supervisor", "Supervisor.cs", "TServer.HasDrainDelay ? Linux.SIGALRM : Linux.SIGTERM", "Linux.SIGTERM")]
    [InlineData("Supervisor", "Supervisor.cs", "if (worker->Pid == 0 && IsRunning)", "if (worker->Pid == 0 && _deadline == Never)")]
    [InlineData("Supervisor", "Supervisor.cs", "next = -next;", "next = Never;")]
    [InlineData("HttpChild", "HttpChild.cs", "child->Http.Drain(); // its time goes on to run", "Stop(child);")]
    [InlineData("HttpChild", "HttpChild.cs", "signal->ssi_signo == Linux.SIGALRM ? Event.Signal : Event.Interrupted", "Event.Interrupted")]
    [InlineData("HttpChild", "HttpChild.cs", "if (TServer.HasDrainDelay && ending == Ending.Draining)", "if (false)")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "_ = TKernel.alarm(delay + Supervisor.AlarmAfterDelay);", "")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "return signal == Linux.SIGALRM ? Ending.Stopping", "return signal == Linux.SIGALRM ? ending")]
    [InlineData("PreforkWorker", "PreforkWorker.cs", "after = BeginDelay<TKernel>(endpoints);", "")]
    [InlineData("ForkServer", "ForkParent.cs", "_ = TKernel.alarm(0);", "")]
    [InlineData("ForkServer", "ForkParent.cs", "_ = TKernel.alarm(delay);", "")]
    [InlineData("ForkServer", "ForkParent.cs", "parent->_toAccept = DelayHasBegun - 1;", "parent->_toAccept = TServer.Backlog + 1;")]
    [InlineData("ForkServer", "ForkParent.cs", "_ = TKernel.kill((int)TKernel.getpid(), Linux.SIGALRM);", "")]
    [InlineData("ForkServer", "ForkParent.cs", "while ((pid = (int)TKernel.wait4", "if ((pid = (int)TKernel.wait4")]
    [InlineData("ForkServer", "ForkParent.cs", "parent->_toAccept = TServer.Backlog + 1;", "parent->_toAccept = 0;")]
    [InlineData("ForkServer", "ForkParent.cs", "Wait<TKernel>(parent, 1, ShortagePause);", "")]
    public void A_planted_fault_is_found(string simulation, string file, string text, string mutation)
        => Assert.NotNull(Run.Value(simulation, Faults.IndexOf(new Fault(file, text, mutation)) + 1, Schedules));

    [Theory]
    [InlineData("EventLoop")]
    [InlineData("Supervisor")]
    [InlineData("Listen")]
    [InlineData("HttpChild")]
    [InlineData("PreforkWorker")]
    [InlineData("ForkServer")]
    public void Where_none_is_planted_none_is_found(string simulation)
        => Assert.Null(Run.Value(simulation, PlantedFaults.None, SchedulesWithoutFault));

    private static List<Fault> ReadFaults()
        => [.. typeof(MutationTests).GetMethod(nameof(A_planted_fault_is_found))!.GetCustomAttributes<InlineDataAttribute>()
            .Select(attribute => attribute.GetData(null!).Single())
            .Select(data => new Fault((string)data[1], (string)data[2], (string)data[3]))];

    /// <summary>Compiles the engines with all faults, of which a number chooses one (<see cref="PlantedFaults"/>): so it is done once.</summary>
    /// <returns>What runs a simulation with a fault, for so many schedules: how the first that fails does so, or null.</returns>
    private static Func<string, int, int, string?> Compile()
    {
        using var image = new MemoryStream();
        var result = Compilation().Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext("faults").LoadFromStream(image);
        FieldInfo planted = assembly.GetType(PlantedFaults.TypeName)!.GetField(PlantedFaults.FieldName)!;
        var run = assembly.GetType(typeof(Simulations).FullName!)!
            .GetMethod(nameof(Simulations.FirstFailure), BindingFlags.Static | BindingFlags.NonPublic)!
            .CreateDelegate<Func<string, int, string?>>();
        return (simulation, fault, schedules) =>
        {
            planted.SetValue(null, fault);
            return run(simulation, schedules);
        };
    }

    /// <summary>
    /// The engines and the worlds, with what the generator writes for their servers. All else is the runtime's, which lets an assembly of this name
    /// see what is internal; where both have a type, the compiler takes that of the source.
    /// </summary>
    private static CSharpCompilation Compilation()
    {
        IEnumerable<string> files = EngineFiles.Select(file => Directory.GetFiles(Repository.Path("runtime"), file, SearchOption.AllDirectories).Single())
            .Concat(Directory.EnumerateFiles(Repository.Path("tests", "SyscallServer.Tests", "Simulation"), "*.cs").Where(file => !file.EndsWith("Tests.cs", StringComparison.Ordinal)))
            .Append(Repository.Path("tests", "Shared", "Setting.cs"))
            .Append(Repository.Path("tests", "SyscallServer.Tests", "Support", "EmittedServer.cs"));
        var compilation = CSharpCompilation.Create(
            typeof(MutationTests).Assembly.GetName().Name,
            files.Select(file => Parse(PlantedFaults.Plant(Path.GetFileName(file), File.ReadAllText(file), Faults), file)).Append(Parse(PlantedFaults.Switch, "PlantedFaults.cs")),
            [.. GeneratorRun.Framework, .. GeneratorRun.Platform(name => name is "SyscallServer.dll" or "xunit.assert.dll")],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new TcpServerGenerator().AsSourceGenerator()], parseOptions: Options).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return (CSharpCompilation)generated;
    }

    private static SyntaxTree Parse(string source, string file) => CSharpSyntaxTree.ParseText(source, Options, file, Encoding.UTF8);
}
