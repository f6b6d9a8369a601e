using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace SyscallServer.EndToEnd.Tests.Support;

/// <summary>What /proc says of a process, proc(5).</summary>
internal static class ProcFile
{
    internal static string Name(int pid) => File.ReadAllText($"/proc/{pid}/comm").TrimEnd('\n');

    /// <summary>The children of the main thread, zombies among them.</summary>
    internal static IReadOnlyList<int> Children(int pid)
        => File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();

    internal static IReadOnlyList<string> Descriptors(int pid)
        => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Order().ToArray();

    /// <summary>Whether there is such a process that has not ended.</summary>
    internal static bool IsRunning(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].StartsWith('Z');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The connections that are served: sockets that the children have and their parent has not; of a server without children, those that do not listen.</summary>
    internal static int Connections(int pid)
        => Children(pid) is { Count: > 0 } children ? children.SelectMany(Sockets).Except(Sockets(pid)).Count() : Sockets(pid).Except(ListeningSockets()).Count();

    /// <summary>Whether a socket of the process listens. To try it with connections would keep a server that is told to end from it: it serves those that wait, each with a child.</summary>
    internal static bool Listens(int pid) => Sockets(pid).Intersect(ListeningSockets()).Any();

    /// <summary>All sockets of the machine that listen, as descriptors name them: proc(5).</summary>
    private static IEnumerable<string> ListeningSockets()
    {
        // The inode is the tenth of the words of TCP, where the state (the fourth) is TCP_LISTEN; and the seventh of a Unix socket, whose flags (the fourth) have SO_ACCEPTCON.
        // The kernel lists those of TCP that listen first. To read all of the others, tens of thousands after a test of load, took it seconds, in which clients were idle for too long.
        return Words("tcp").TakeWhile(IsListening).Concat(Words("tcp6").TakeWhile(IsListening)).Select(words => words[9])
            .Concat(Words("unix").Where(words => words[3] == "00010000").Select(words => words[6]))
            .Select(inode => $"socket:[{inode}]");

        static bool IsListening(string[] words) => words[3] == "0A";

        static IEnumerable<string[]> Words(string name)
            => File.ReadLines($"/proc/net/{name}").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static IEnumerable<string> Sockets(int pid)
    {
        try
        {
            return Descriptors(pid).Select(path => new FileInfo(path).LinkTarget ?? "").Where(target => target.StartsWith("socket:", StringComparison.Ordinal)).ToArray();
        }
        catch (DirectoryNotFoundException)
        {
            return []; // it has ended meanwhile
        }
    }

    /// <summary>A line of status without its unit.</summary>
    internal static long Status(int pid, string name)
        => long.Parse(
            File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split([':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);

    /// <summary>Resident memory in kB; of pages that processes share, each has its part (Pss).</summary>
    internal static long ProportionalSetSize(int pid)
        => long.Parse(File.ReadLines($"/proc/{pid}/smaps_rollup").Single(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    /// <summary>CPU time so far, in clock ticks (hundredths of a second).</summary>
    internal static long CpuTicks(int pid)
    {
        string[] fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture); // utime, stime
    }

    /// <summary>How often the process touched a page that was not there, from exec on; since fork, of a process that was forked.</summary>
    internal static long PageFaults(int pid)
    {
        string[] fields = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        return long.Parse(fields[7], CultureInfo.InvariantCulture) + long.Parse(fields[9], CultureInfo.InvariantCulture); // minflt, majflt
    }

    /// <summary>The same of its children that it has waited for, minor ones.</summary>
    internal static long PageFaultsOfChildren(int pid)
        => long.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[8], CultureInfo.InvariantCulture); // cminflt

    /// <summary>Where the stack began when the program was started: its argc.</summary>
    internal static long StackStart(int pid)
        => long.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[25], CultureInfo.InvariantCulture);

    internal static byte[] Memory(int pid, long address, int length)
    {
        using FileStream memory = File.OpenRead($"/proc/{pid}/mem");
        byte[] bytes = new byte[length];
        RandomAccess.Read(memory.SafeFileHandle, bytes, address);
        return bytes;
    }

    internal static IEnumerable<string> Maps(int pid) => File.ReadLines($"/proc/{pid}/maps");
}
