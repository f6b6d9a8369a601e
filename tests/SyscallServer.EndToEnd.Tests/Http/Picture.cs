using System;
using System.IO;
using System.Threading.Tasks;
using SyscallServer.Tests.Support;
using Xunit;

namespace SyscallServer.EndToEnd.Tests.Http;

/// <summary>The pictures of the documentation. Tests take them of what they have just checked; with PICTURES=accept they become those of docs/images.</summary>
internal static class Picture
{
    /// <summary>A page with pictures should be there at once, and a repository keeps every version of them.</summary>
    private const int MaxBytes = 60_000;

    /// <summary>Takes a picture of what is at the top of a page.</summary>
    /// <param name="browser">Which shows the page.</param>
    /// <param name="name">Of the file.</param>
    /// <param name="width">Of the picture, in pixels.</param>
    /// <param name="height">The same.</param>
    internal static async Task KeepAsync(Browser browser, string name, int width, int height)
    {
        byte[] picture = await browser.ScreenshotAsync(width, height);
        string file = Repository.Path("docs", "images", name);
        if (Environment.GetEnvironmentVariable("PICTURES") == "accept")
        {
            await File.WriteAllBytesAsync(file, picture);
        }

        Assert.InRange(new FileInfo(file).Length, 1, MaxBytes);
    }
}
