using System;

namespace SyscallServer.ServerBenchmarks;

/// <summary>Something because of which there is no figure.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);

/// <summary>An argument is wrong.</summary>
internal sealed class UsageException(string message) : Exception(message);
