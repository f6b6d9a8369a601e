using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace SyscallServer.Tests.Support;

/// <summary>Begins with the classes that take minutes, one test after the other, be it that they wait: at the end, the machine would be busy with nothing but these.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>The classes of both projects, the longest first.</summary>
    private static readonly string[] Long =
    [
        "AotCompilerTests", "ImageTests", "SystemRuntimeTests", "SamplePublishTests", "ReproducibleTests", "MissingMemberTests", "PackageTests", "TemplateTests", "GettingStartedTests", "LifeTests", "SplitCaseTests", "CaseTests", "RestartTests", "ConnectionTests", "AccessLogTests", "ResponseTests", "ListenTests",
        "SlowClientTests", "RollingRestartTests", "EndTests", "EndpointRoleTests", "DrainTests", "HealthCheckTests", "UploadTests", "WorkerTests", "MetricsTests", "ErrorBackendTests", "HardenedLayoutTests", "RandomServerTests", "EventLoopTests",
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
        => testCollections.OrderBy(collection => Array.FindIndex(Long, name => collection.DisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and int place ? place : Long.Length);
}
