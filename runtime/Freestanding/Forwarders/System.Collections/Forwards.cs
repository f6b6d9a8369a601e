using System.Runtime.CompilerServices;

// What the C# compiler writes for the equality of record structs.
[assembly: TypeForwardedTo(typeof(System.Collections.Generic.EqualityComparer<>))]
