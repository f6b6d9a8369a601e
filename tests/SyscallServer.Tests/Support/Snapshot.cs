using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace SyscallServer.Tests.Support;

/// <summary>
/// Compares a text with a file beside the tests. Uses the file names of Verify, which can take its place where it is to be
/// had: <c>X.verified.txt</c> is what was agreed on, <c>X.received.txt</c> is written where the text differs. To agree
/// on a new text, rename the one to the other, or run the tests with SNAPSHOTS=accept.
/// </summary>
internal static class Snapshot
{
    internal static void Verify(string text, string name, [CallerFilePath] string callerPath = "")
    {
        string path = Repository.Path("tests", "SyscallServer.Tests", "Snapshots", name);
        Verify(text, path + ".verified.txt", path + ".received.txt", callerPath);
    }

    /// <summary>The same for a file that is a part of the sources: what differs is written beside it.</summary>
    internal static void VerifyFile(string text, string path, [CallerFilePath] string callerPath = "")
        => Verify(text, path, Path.ChangeExtension(path, ".received" + Path.GetExtension(path)), callerPath);

    private static void Verify(string text, string verifiedPath, string receivedPath, string callerPath)
    {
        string verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath) : "";
        if (text == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        if (Environment.GetEnvironmentVariable("SNAPSHOTS") == "accept")
        {
            File.WriteAllText(verifiedPath, text, new UTF8Encoding(false));
            return;
        }

        File.WriteAllText(receivedPath, text, new UTF8Encoding(false));
        Assert.Fail($"{Path.GetFileName(callerPath)}: {receivedPath} differs from {verifiedPath} {FirstDifference(text, verified)}. Where the new text is right, rename it, or run again with SNAPSHOTS=accept.");
    }

    private static string FirstDifference(string text, string verified)
    {
        string[] received = text.Split('\n');
        string[] expected = verified.Split('\n');
        int line = 0;
        while (line < received.Length && line < expected.Length && received[line] == expected[line])
        {
            line++;
        }

        return $"from line {line + 1} on: '{(line < received.Length ? received[line] : "")}' instead of '{(line < expected.Length ? expected[line] : "")}'";
    }
}
