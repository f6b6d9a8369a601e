using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>Begins with the classes whose tests build one thing after the other, for minutes: at the end, the machine would wait for nothing but these.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>The longest first.</summary>
    private static readonly string[] Long = [nameof(PackageTests), nameof(ImageTests), nameof(SystemRuntimeTests)];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
        => testCollections.OrderBy(collection => Array.FindIndex(Long, name => collection.DisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and int place ? place : Long.Length);
}
