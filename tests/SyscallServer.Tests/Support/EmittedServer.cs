using System;
using System.Reflection;

namespace SyscallServer.Tests.Support;

/// <summary>What the generator has written into the class of a server.</summary>
internal static class EmittedServer
{
    /// <summary>The name of the nested class that holds it.</summary>
    internal const string Name = "GeneratedServer";

    internal static Type Emitted(this Type server) => server.GetNestedType(Name, BindingFlags.NonPublic)!;
}
