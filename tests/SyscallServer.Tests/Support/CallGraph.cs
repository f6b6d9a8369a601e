using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using SyscallServer.Internal.Http;
using SyscallServer.Internal.Kernel;
using SyscallServer.Internal.Process;

namespace SyscallServer.Tests.Support;

/// <summary>
/// Follows compiled code from a method through the engine, to find out which members of the kernel it can reach. Where a branch depends on what the
/// attribute says (a bool of <see cref="IServer"/> or <see cref="IApp"/>), only one side is there for the compilers, and only that is followed.
/// </summary>
internal static class CallGraph
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <param name="root">Where to begin.</param>
    /// <param name="settings">What the attribute says.</param>
    /// <param name="app">What is answered; null where that is a raw response.</param>
    internal static IEnumerable<MethodInfo> ReachableFrom(MethodInfo root, Type settings, Type? app)
    {
        var seen = new HashSet<(Module, int)>();
        var calls = new HashSet<MethodInfo>();
        var open = new Stack<MethodBase>([root]);
        while (open.TryPop(out MethodBase? method))
        {
            if (!seen.Add((method.Module, method.MetadataToken)))
            {
                continue;
            }

            foreach (MethodBase callee in Callees(method, settings, app))
            {
                if (IsOfApp(callee) && app?.GetMethod(callee.Name, BindingFlags.Static | BindingFlags.Public) is { } ofApp)
                {
                    open.Push(ofApp);
                }

                if (callee.DeclaringType == typeof(IKernel))
                {
                    calls.Add((MethodInfo)callee);
                }
                else if (callee.Module == root.Module || callee.Module == typeof(IKernel).Module)
                {
                    open.Push(callee);
                }
            }
        }

        return calls;
    }

    private static IEnumerable<MethodBase> Callees(MethodBase method, Type settings, Type? app)
    {
        Instruction[] instructions = Instructions(method).ToArray();
        Dictionary<int, int> byOffset = instructions.Select((instruction, i) => (instruction.Offset, i)).ToDictionary();
        var seen = new HashSet<int>();
        var open = new Stack<int>(instructions.Length > 0 ? [0] : []);
        foreach (ExceptionHandlingClause clause in method.GetMethodBody()?.ExceptionHandlingClauses ?? [])
        {
            open.Push(byOffset[clause.HandlerOffset]);
        }

        while (open.TryPop(out int i))
        {
            if (!seen.Add(i))
            {
                continue;
            }

            Instruction instruction = instructions[i];
            if (instruction.Method is { } callee)
            {
                yield return callee;
                Type? says = callee.DeclaringType == typeof(IServer) ? settings : IsOfApp(callee) ? app : null;
                if (says is not null && Constant(callee, says) is { } value && Branch(instructions, i) is { } branch)
                {
                    bool isTaken = value == instructions[branch].Code.Name!.StartsWith("brtrue", StringComparison.Ordinal);
                    open.Push(isTaken ? byOffset[instructions[branch].Targets[0]] : branch + 1);
                    continue;
                }
            }

            foreach (int target in instruction.Targets)
            {
                open.Push(byOffset[target]);
            }

            if (instruction.Code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
            {
                open.Push(i + 1);
            }
        }
    }

    /// <summary>Whether it is a member of <see cref="IApp"/>, or of what a feature wants besides.</summary>
    private static bool IsOfApp(MethodBase method) => typeof(IApp).IsAssignableFrom(method.DeclaringType);

    /// <summary>What the attribute says, where it is a yes or a no.</summary>
    private static bool? Constant(MethodBase getter, Type settings)
        => ((MethodInfo)getter).ReturnType == typeof(bool) && getter.GetParameters().Length == 0
            ? (bool)(Closed(settings).GetMethod(getter.Name, BindingFlags.Static | BindingFlags.Public) ?? (MethodInfo)getter).Invoke(null, null)!
            : null;

    /// <summary>An app with actions has the kernel as its argument, on which none of its constants depends.</summary>
    private static Type Closed(Type type) => type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(FreestandingKernel)) : type;

    /// <summary>The branch that tests what a call has returned, also where it was kept in a variable first, as the compiler does it without optimization.</summary>
    private static int? Branch(Instruction[] instructions, int call)
    {
        int i = call + 1;
        if (instructions[i].Code.Name!.StartsWith("stloc", StringComparison.Ordinal) && instructions[i + 1].Code.Name!.StartsWith("ldloc", StringComparison.Ordinal))
        {
            i += 2;
        }

        return instructions[i].Code.Name!.StartsWith("brfalse", StringComparison.Ordinal) || instructions[i].Code.Name!.StartsWith("brtrue", StringComparison.Ordinal) ? i : null;
    }

    private sealed record Instruction(int Offset, OpCode Code, MethodBase? Method, int[] Targets);

    private static IEnumerable<Instruction> Instructions(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i < il.Length;)
        {
            int offset = i;
            OpCode code = il[i] == 0xFE ? OpCodesByValue[(short)(0xFE00 | il[i + 1])] : OpCodesByValue[il[i]];
            i += code.Size;
            int operand = i;
            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
            yield return new Instruction(
                offset,
                code,
                code.OperandType == OperandType.InlineMethod ? method.Module.ResolveMethod(BitConverter.ToInt32(il, operand), typeArguments, methodArguments) : null,
                code.OperandType switch
                {
                    OperandType.ShortInlineBrTarget => [i + (sbyte)il[operand]],
                    OperandType.InlineBrTarget => [i + BitConverter.ToInt32(il, operand)],
                    OperandType.InlineSwitch => [.. Enumerable.Range(1, BitConverter.ToInt32(il, operand)).Select(target => i + BitConverter.ToInt32(il, operand + 4 * target))],
                    _ => [],
                });
        }
    }
}
