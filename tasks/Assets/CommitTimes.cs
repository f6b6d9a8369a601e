using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SyscallServer.Tasks.Assets;

/// <summary>
/// When files were last changed, as git knows it: the time of the commit. So every checkout has the same, which the times of files on the disk are not. A file that is not committed as it is has no such time, and without git, or a repository,
/// none has. In a shallow clone all files that its oldest commit has are of that commit.
/// </summary>
internal static class CommitTimes
{
    /// <summary>How long git may take, all in all; what it has not found by then has no time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>More folders than these are looked for together, by all of the repository.</summary>
    private const int MostFolders = 100;

    private const char StartOfCommit = '\u0001';

    /// <summary>Asks git once for all files.</summary>
    /// <param name="files">Absolute paths.</param>
    /// <returns>Seconds since 1970, by path, of those that there is something known of.</returns>
    internal static Dictionary<string, long> Of(IReadOnlyCollection<string> files)
    {
        var times = new Dictionary<string, long>();
        foreach (IGrouping<string?, string> repository in files.GroupBy(file => RepositoryOf(Path.GetDirectoryName(file))))
        {
            if (repository.Key is not { } root)
            {
                continue;
            }

            var wanted = repository.Distinct().ToDictionary(file => Path.GetRelativePath(root, file).Replace('\\', '/'));
            string[] folders = [.. wanted.Keys.Select(name => name.Contains('/', StringComparison.Ordinal) ? name[..name.LastIndexOf('/')] : ".").Distinct()];
            folders = folders.Length > MostFolders ? ["."] : folders;

            // What is changed, and not committed, is of no commit.
            var changed = new HashSet<string>();
            if (!Run(root, ["diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "HEAD", "--", .. folders], name => changed.Add(name)))
            {
                continue;
            }

            long time = 0;
            int missing = wanted.Count;
            _ = Run(root, ["log", "-z", $"--format=format:{StartOfCommit}%ct", "--name-only", "--no-renames", "--no-ext-diff", "--no-show-signature", "--", .. folders], text =>
            {
                string name = text;
                if (text[0] == StartOfCommit)
                {
                    string[] lines = text.Split('\n', 2);
                    time = long.Parse(lines[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
                    name = lines.Length > 1 ? lines[1] : "";
                }

                // The latest commit comes first.
                if (wanted.TryGetValue(name, out string? file) && !changed.Contains(name) && times.TryAdd(file, time))
                {
                    missing--;
                }

                return missing > changed.Count;
            });
        }

        return times;
    }

    /// <summary>The folder of the repository that a folder is in: where <c>.git</c> is, which is a file in a worktree and in a submodule.</summary>
    private static string? RepositoryOf(string? folder)
    {
        while (folder is not null && !Path.Exists(Path.Combine(folder, ".git")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    /// <summary>Runs git.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="read">Is told each text that it writes with a NUL behind it, and whether to go on.</param>
    /// <returns>Whether git is there, and has done it as far as it was to.</returns>
    private static bool Run(string folder, string[] arguments, Func<string, bool> read)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["GIT_OPTIONAL_LOCKS"] = "0", ["GIT_TERMINAL_PROMPT"] = "0", ["LC_ALL"] = "C" },
        };
        foreach (string argument in (string[])["-c", "core.quotePath=false", "--no-pager", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process git = Process.Start(start)!;
            git.StandardInput.Close();
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            Task<bool> reading = Task.Run(() => ReadTexts(git.StandardOutput, read));
            bool isComplete = reading.Wait(Patience) && reading.Result && git.WaitForExit(Patience);
            if (!isComplete)
            {
                Kill(git);
                return reading.IsCompleted && !reading.Result; // enough was read
            }

            return git.ExitCode == 0;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException or FormatException)
        {
            return false; // there is no git, or one that writes something else
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <summary>Reads texts with a NUL behind each.</summary>
    /// <returns>Whether all were read.</returns>
    private static bool ReadTexts(StreamReader reader, Func<string, bool> read)
    {
        var text = new StringBuilder();
        while (reader.Read() is >= 0 and int character)
        {
            if (character != 0)
            {
                text.Append((char)character);
                continue;
            }

            if (text.Length > 0 && !read(text.ToString()))
            {
                return false;
            }

            text.Clear();
        }

        return text.Length == 0 || read(text.ToString());
    }
}
