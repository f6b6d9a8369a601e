namespace System;

/// <summary>Known to compilers only: a delegate would be an object made while the program runs. Use a function pointer.</summary>
public abstract class Delegate
{
}

public abstract class MulticastDelegate : Delegate
{
}
