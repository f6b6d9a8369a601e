using System;

namespace SyscallServer.Generator.Parse.Attributes;

/// <summary>An attribute at one kind of place.</summary>
/// <typeparam name="T">What the place is to its reader: the class, the value of a constant, a method.</typeparam>
/// <param name="name">The full name of the attribute's class.</param>
/// <param name="read">Reads it.</param>
/// <param name="settings">The named settings that mean something there.</param>
internal sealed class AttributeRow<T>(string name, Action<ServerContent, AttributeReader, T> read, params string[] settings)
{
    internal string Name => name;

    internal Action<ServerContent, AttributeReader, T> Read => read;

    internal string[] Settings => settings;

    /// <summary>Whether the attribute answers paths.</summary>
    internal bool IsRoute { get; init; } = true;

    /// <summary>What the place is called in the warning of a setting that means nothing there.</summary>
    internal string Place { get; init; } = "";
}
