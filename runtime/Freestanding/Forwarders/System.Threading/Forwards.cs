using System.Runtime.CompilerServices;

// Of the types that we have, those that net8.0, net9.0 and net10.0 declare here.
[assembly: TypeForwardedTo(typeof(System.Threading.Interlocked))]
