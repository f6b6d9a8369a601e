using System.Runtime.CompilerServices;

// Of the types that we have, those that net8.0, net9.0 and net10.0 declare here, and MemoryMarshal, which older libraries look for here.
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.CallingConvention))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.DllImportAttribute))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.MarshalAsAttribute))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.MemoryMarshal))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.OptionalAttribute))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.UnmanagedFunctionPointerAttribute))]
