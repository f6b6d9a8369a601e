namespace System;

/// <summary>
/// Known to compilers only: there is nothing to catch one. Here a thrown exception is in truth the address of the message that
/// the program ends with; see Abort.
/// </summary>
public class Exception
{
}
