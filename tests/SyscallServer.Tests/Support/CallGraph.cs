using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using SyscallServer.Kernel;

namespace SyscallServer.Tests.Support;

/// <summary>Follows compiled code from a method through the engine, to find out which members of the kernel it can reach.</summary>
internal static class CallGraph
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    internal static IEnumerable<MethodInfo> ReachableFrom(MethodInfo root)
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

            foreach (MethodBase callee in Callees(method))
            {
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

    private static IEnumerable<MethodBase> Callees(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i < il.Length;)
        {
            OpCode code = il[i] == 0xFE ? OpCodesByValue[(short)(0xFE00 | il[i + 1])] : OpCodesByValue[il[i]];
            i += code.Size;
            if (code.OperandType == OperandType.InlineMethod)
            {
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(il, i), typeArguments, methodArguments)!;
            }

            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, i),
                _ => 4,
            };
        }
    }
}
