using System;

namespace SyscallServer.Tasks.Link;

/// <summary>An input that cannot be linked. The message says which and why, as a sentence.</summary>
internal sealed class LinkException(string message) : Exception(message);
