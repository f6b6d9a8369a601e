namespace SyscallServer.Internal.Kernel;

/// <summary>
/// The system calls of the freestanding host: each is a routine of its own (SystemCalls.S), called directly, and only those that a
/// server reaches are linked. There is no runtime that would have to know of a call. The members are written from the table in
/// Contract/SystemCalls.cs.
/// </summary>
/// <remarks>On the other hosts this struct is only a name, and every call answers ENOSYS.</remarks>
public partial struct FreestandingKernel : IKernel;
