extern alias Scalar;
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Attributes;
using SyscallServer.Internal.Http;

namespace SyscallServer.Benchmarks;

using Request = SyscallServer.Internal.Http.RequestHead;

/// <summary>
/// How long it takes to read the head of a request: alone in the buffer, and sixteen of them one behind the other (pipelined), each time
/// with vectors and byte by byte.
/// </summary>
public unsafe class ParserBenchmarks
{
    private const int Pipelined = 16;
    private const int MaxTargetBytes = 8000;
    private const int MaxHeaderBytes = 16 * 1024;

    private byte* _buffer;
    private int _length;

    public static IEnumerable<SampleRequest> Requests => SampleRequest.All;

    [ParamsSource(nameof(Requests))]
    public SampleRequest Request { get; set; } = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _length = Request.Text.Length;
        _buffer = (byte*)NativeMemory.Alloc((nuint)(_length * Pipelined));
        byte[] all = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Request.Text, Pipelined)));
        all.CopyTo(new Span<byte>(_buffer, all.Length));
        if (Alone() != _length || AloneByteByByte() != _length || SixteenPipelined() != all.Length)
        {
            throw new InvalidOperationException("The request is not taken for a good one.");
        }
    }

    [GlobalCleanup]
    public void CleanUp() => NativeMemory.Free(_buffer);

    [Benchmark]
    public int Alone()
    {
        Request request;
        return RequestParser.Parse(_buffer, _length, MaxTargetBytes, MaxHeaderBytes, &request);
    }

    [Benchmark(Baseline = true)]
    public int AloneByteByByte()
    {
        Scalar::SyscallServer.Internal.Http.RequestHead request;
        return Scalar::SyscallServer.Internal.Http.RequestParser.Parse(_buffer, _length, MaxTargetBytes, MaxHeaderBytes, &request);
    }

    [Benchmark(OperationsPerInvoke = Pipelined)]
    public int SixteenPipelined()
    {
        Request request;
        int consumed = 0;
        for (int i = 0; i < Pipelined; i++)
        {
            consumed += RequestParser.Parse(_buffer + consumed, _length * Pipelined - consumed, MaxTargetBytes, MaxHeaderBytes, &request);
        }

        return consumed;
    }

    [Benchmark(OperationsPerInvoke = Pipelined)]
    public int SixteenPipelinedByteByByte()
    {
        Scalar::SyscallServer.Internal.Http.RequestHead request;
        int consumed = 0;
        for (int i = 0; i < Pipelined; i++)
        {
            consumed += Scalar::SyscallServer.Internal.Http.RequestParser.Parse(_buffer + consumed, _length * Pipelined - consumed, MaxTargetBytes, MaxHeaderBytes, &request);
        }

        return consumed;
    }
}
