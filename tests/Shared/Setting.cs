using System;
using System.Globalization;

namespace SyscallServer.Tests.Shared;

/// <summary>Numbers that can be said to a test run, by variables of the environment: how much of something, which of many.</summary>
internal static class Setting
{
    /// <summary>The value; null where the variable is not set or empty.</summary>
    internal static int? Number(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
