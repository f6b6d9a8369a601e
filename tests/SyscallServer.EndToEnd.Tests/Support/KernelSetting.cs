using System;
using System.IO;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>A setting of the kernel, sysctl(8), for as long as a test needs it: where whoever runs the tests may not change it, it stays as it is.</summary>
internal sealed class KernelSetting : IDisposable
{
    private readonly string _file;
    private readonly string? _before;

    internal KernelSetting(string name, string value)
    {
        _file = "/proc/sys/" + name;
        try
        {
            string before = File.ReadAllText(_file);
            File.WriteAllText(_file, value);
            _before = before;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    public void Dispose()
    {
        if (_before is not null)
        {
            File.WriteAllText(_file, _before);
        }
    }
}
