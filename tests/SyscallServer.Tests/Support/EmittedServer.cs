using System;
using System.Reflection;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Startup;

namespace SyscallServer.Tests.Support;

/// <summary>What the generator has written into the class of a server.</summary>
internal static class EmittedServer
{
    /// <summary>The name of the nested class that holds it.</summary>
    internal const string Name = "GeneratedServer";

    internal static Type Emitted(this Type server) => server.GetNestedType(Name, BindingFlags.NonPublic)!;

    /// <summary>Finds the assets of an app, as a server does before it serves.</summary>
    internal static Type OpenAssets(this Type app)
    {
        if (app.GetProperty(nameof(IApp.HasAssets)) is not null)
        {
            typeof(ManagedHost).GetMethod(nameof(ManagedHost.OpenAssets))!.MakeGenericMethod(app).Invoke(null, null);
        }

        return app;
    }
}
