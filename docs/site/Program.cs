using System;
using System.Collections.Generic;

namespace SyscallServer.Documentation;

internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [string repository, string output])
        {
            Console.Error.WriteLine("SiteBuilder REPOSITORY OUTPUT: makes HTML of docs/ and README.md");
            return 2;
        }

        // In the form of compilers, so that MSBuild makes errors of them.
        IReadOnlyList<string> problems = new Site(repository).Write(output);
        foreach (string problem in problems)
        {
            Console.Error.WriteLine(problem);
        }

        return problems.Count > 0 ? 1 : 0;
    }
}
