namespace SyscallServer.Language.Library;

/// <summary>Initial values that are data.</summary>
public static class Values
{
    public static readonly int[] Table = [3, 1, 4, 1, 5, 9, 2, 6];
    public static int Number = 1234;
    public static string Text = "of a library";
    public static readonly string ReadOnlyText = "read-only";
}

/// <summary>Initial values that are computed.</summary>
public static class Computed
{
    public static readonly long Factorial = Of(15);
    public static int Calls;

    private static long Of(int n)
    {
        Calls++;
        return n < 2 ? 1 : n * Of(n - 1);
    }
}
