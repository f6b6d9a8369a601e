namespace System.Runtime.CompilerServices;

/// <summary>
/// Runs static constructors, and the initial values of static fields that the AOT compiler could not compute itself, when the type is first used. The
/// AOT compiler knows this class by name: without it, it would count on all of them having run before the program starts.
/// </summary>
internal static unsafe class ClassConstructorRunner
{
    internal static void EnsureClassConstructorRun(ref StaticClassConstructionContext context)
    {
        nint constructor = context.cctorMethodAddress;
        if (constructor == 0)
        {
            return;
        }

        // Before it runs: what it calls may use the type itself, and sees what there is so far (ECMA-335, partition II, section 10.5.3.3). There is one thread.
        context.cctorMethodAddress = 0;
        ((delegate*<void>)constructor)();
    }

    private static nint CheckStaticClassConstructionReturnNonGCStaticBase(ref StaticClassConstructionContext context, nint nonGcStaticBase)
    {
        EnsureClassConstructorRun(ref context);
        return nonGcStaticBase;
    }

    private static object CheckStaticClassConstructionReturnGCStaticBase(ref StaticClassConstructionContext context, object gcStaticBase)
    {
        EnsureClassConstructorRun(ref context);
        return gcStaticBase;
    }
}
