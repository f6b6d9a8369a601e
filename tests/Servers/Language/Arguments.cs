using System;
using static SyscallServer.Language.Tests.Output;

namespace SyscallServer.Language.Tests;

/// <summary>C# specification, section 7.1: the arguments of the program, the only strings that are not literals.</summary>
internal static class Arguments
{
    internal static void Run(string[] args)
    {
        Line("arguments"u8, args.Length);
        foreach (string argument in args)
        {
            int characters = 0;
            foreach (char character in argument)
            {
                characters = (characters * 31) + character;
            }

            Line("an argument"u8, argument.Length, characters, Known(argument));
        }

        Line("patterns of arguments"u8, args is ["one", ..] ? 1 : 0, args is [_, _, ""] ? 1 : 0, args is [] ? 1 : 0);
        if (args.Length > 0)
        {
            object first = args[0];
            Line("equality of arguments"u8, (args[0] == "one" ? 1 : 0) + (args[0].Equals("one") ? 2 : 0) + (first.Equals("one") ? 4 : 0) + (first.Equals(args) ? 8 : 0), first == (object)"one" ? 1 : 0);
            Line("a record of an argument"u8, new Named(args[0]) == new Named("one") ? 1 : 0, new Named(args[0]).GetHashCode() == new Named("one").GetHashCode() ? 1 : 0);
            Line("an argument as an object"u8, first is string text ? text.Length : -1, first is "one" ? 1 : 0, first is int ? 1 : 0);
            args[0] = "another";
            Line("an argument that is replaced"u8, args[0].Length);
        }
    }

    private static int Known(string argument)
    {
        switch (argument)
        {
            case "one": return 1;
            case "two": return 2;
            case "": return 3;
            default: return 0;
        }
    }

    private record struct Named(string Name);
}
